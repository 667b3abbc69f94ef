/** A chain for one test file: exact times, every account unlocked, no gas price, reverts as decoded values. */
import {
  type Abi,
  type Address,
  decodeErrorResult,
  decodeEventLog,
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  getAddress,
  type Hex,
  numberToHex,
} from "viem";
import { type Anvil, AnvilRpcError, startAnvil } from "../anvil";
import { compileContracts, readArtifact } from "../compile";

export interface Contract {
  readonly address: Address;
  readonly abi: Abi;
}

export interface Log {
  readonly address: Address;
  readonly topics: [Hex, ...Hex[]];
  readonly data: Hex;
}

export interface Receipt {
  readonly status: Hex;
  readonly contractAddress: Address | null;
  readonly logs: readonly Log[];
  readonly gasUsed: Hex;
  readonly blockNumber: Hex;
}

/** A decoded custom error, `Error(string)` or panic. */
export interface Revert {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** A transaction that was expected to succeed reverted. */
export class UnexpectedRevert extends Error {
  override readonly name = "UnexpectedRevert";
}

const GENESIS_SECONDS = 1_750_000_000;
const TX_GAS = numberToHex(30_000_000);

export interface Sending {
  readonly from: Address;
  readonly to: Contract;
  readonly fn: string;
  readonly args?: readonly unknown[];
}

export class Chain {
  /** Time of the next block. It moves only when a test moves it. */
  nowSeconds = GENESIS_SECONDS;
  readonly #errors: Abi;

  private constructor(readonly anvil: Anvil) {
    this.#errors = [
      "IFluxErrors",
      "FluxVault",
      "FluxExecutor",
      "TimelockController",
      "ChainlinkFeed",
      "TestToken",
    ]
      .flatMap((name) => readArtifact(name).abi as Abi)
      .filter((item) => item.type === "error");
  }

  static async start(): Promise<Chain> {
    compileContracts();
    const free = ["--auto-impersonate", "--gas-price", "0", "--block-base-fee-per-gas", "0"];
    return new Chain(await startAnvil({ timestampSeconds: GENESIS_SECONDS, args: free }));
  }

  stop(): Promise<void> {
    return this.anvil.stop();
  }

  rpc<T = unknown>(method: string, ...params: readonly unknown[]): Promise<T> {
    return this.anvil.request<T>(method, params);
  }

  at(name: string, address: Address): Contract {
    return { address, abi: readArtifact(name).abi as Abi };
  }

  async deploy(name: string, args: readonly unknown[], from: Address): Promise<Contract> {
    const { abi, bytecode } = readArtifact(name);
    const data = encodeDeployData({ abi: abi as Abi, bytecode, args: [...args] });
    const receipt = await this.#transact({ from, data });
    if (receipt.status !== "0x1" || receipt.contractAddress === null) {
      const revert = await this.#revertOf({ from, data });
      throw new UnexpectedRevert(`deployment of ${name}: ${revert?.name} ${String(revert?.args)}`);
    }
    return { address: getAddress(receipt.contractAddress), abi: abi as Abi };
  }

  /** Sends and expects success. */
  async write({ from, to, fn, args = [] }: Sending): Promise<Receipt> {
    const data = encodeFunctionData({ abi: to.abi, functionName: fn, args: [...args] });
    const receipt = await this.#transact({ from, to: to.address, data });
    if (receipt.status !== "0x1") {
      const revert = await this.#revertOf({ from, to: to.address, data });
      throw new UnexpectedRevert(`${fn}: ${revert?.name} ${String(revert?.args)}`);
    }
    return receipt;
  }

  /** Sends several transactions into one block; all must succeed. */
  async writeInOneBlock(sendings: readonly Sending[]): Promise<readonly Receipt[]> {
    await this.rpc("evm_setAutomine", false);
    const hashes: Hex[] = [];
    for (const { from, to, fn, args = [] } of sendings) {
      const data = encodeFunctionData({ abi: to.abi, functionName: fn, args: [...args] });
      hashes.push(
        await this.rpc<Hex>("eth_sendTransaction", {
          from,
          to: to.address,
          data,
          gas: TX_GAS,
          gasPrice: "0x0",
        }),
      );
    }
    await this.rpc("evm_mine", { timestamp: this.nowSeconds });
    await this.rpc("evm_setAutomine", true);
    const receipts = await Promise.all(
      hashes.map((hash) => this.rpc<Receipt>("eth_getTransactionReceipt", hash)),
    );
    if (receipts.some(({ status }) => status !== "0x1"))
      throw new UnexpectedRevert("a transaction of the block");
    return receipts;
  }

  async read<T>(to: Contract, fn: string, ...args: readonly unknown[]): Promise<T> {
    const data = encodeFunctionData({ abi: to.abi, functionName: fn, args: [...args] });
    const result = await this.rpc<Hex>("eth_call", { to: to.address, data, gas: TX_GAS }, "latest");
    return decodeFunctionResult({ abi: to.abi, functionName: fn, data: result }) as T;
  }

  /** Runs a call without mining it and returns why it reverts, or undefined if it does not. */
  revert({ from, to, fn, args = [] }: Sending): Promise<Revert | undefined> {
    const data = encodeFunctionData({ abi: to.abi, functionName: fn, args: [...args] });
    return this.#revertOf({ from, to: to.address, data });
  }

  /** Name of the error of a call that must revert; fails when it does not. */
  async revertName(sending: Sending): Promise<string> {
    const revert = await this.revert(sending);
    if (revert === undefined) throw new Error(`${sending.fn} did not revert`);
    return revert.name;
  }

  events(receipt: Receipt, contract: Contract, name?: string) {
    return receipt.logs
      .filter((log) => log.address.toLowerCase() === contract.address.toLowerCase())
      .map((log) => {
        const { eventName, args } = decodeEventLog({ abi: contract.abi, data: log.data, topics: log.topics });
        return { eventName: String(eventName), args: (args ?? {}) as Record<string, unknown> };
      })
      .filter(({ eventName }) => name === undefined || eventName === name);
  }

  /** Mines one block that much later, so that views answer for that time. */
  async advance(seconds: number): Promise<void> {
    this.nowSeconds += seconds;
    await this.rpc("evm_mine", { timestamp: this.nowSeconds });
  }

  async snapshot(): Promise<() => Promise<void>> {
    const id = await this.rpc<Hex>("evm_snapshot");
    const atSeconds = this.nowSeconds;
    return async () => {
      if (!(await this.rpc<boolean>("evm_revert", id))) throw new Error("the snapshot is gone");
      this.nowSeconds = atSeconds;
    };
  }

  async #transact(tx: { from: Address; to?: Address; data: Hex }): Promise<Receipt> {
    await this.rpc("evm_setNextBlockTimestamp", this.nowSeconds);
    return this.rpc<Receipt>("eth_sendTransactionSync", { ...tx, gas: TX_GAS, gasPrice: "0x0" });
  }

  async #revertOf(tx: { from: Address; to?: Address; data: Hex }): Promise<Revert | undefined> {
    try {
      await this.rpc("eth_call", { ...tx, gas: TX_GAS }, "latest");
      return undefined;
    } catch (error) {
      if (!(error instanceof AnvilRpcError) || typeof error.data !== "string") throw error;
      if (error.data === "0x") return { name: "", args: [] };
      const { errorName, args } = decodeErrorResult({ abi: this.#errors, data: error.data as Hex });
      return { name: errorName, args: args ?? [] };
    }
  }
}
