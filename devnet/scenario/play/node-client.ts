import { type Abi, encodeDeployData, encodeFunctionData, getContractAddress } from "viem";
import { readArtifact } from "../../compile";

export type Hex = `0x${string}`;

/** One transaction of the history. `from` is a member of the cast; the node holds its key. */
export interface Tx {
  readonly from: string;
  readonly to: Hex | undefined;
  readonly data: Hex;
  readonly gas?: bigint;
  /** What it does, for error messages. */
  readonly label: string;
}

/** The node refused something that a history needs. */
export class SeedError extends Error {
  override readonly name = "SeedError";
}

const DEFAULT_GAS = 4_000_000n;
const DEPLOY_GAS = 16_000_000n;
const MAX_FEE = 100_000_000_000n;
const FIRST_TIP = 2_000_000_000n;

export function lower(address: string): Hex {
  return address.toLowerCase() as Hex;
}

interface TypedArtifact {
  readonly abi: Abi;
  readonly bytecode: Hex;
  readonly deployedBytecode: Hex;
}

const artifacts = new Map<string, TypedArtifact>();

/** A compiled contract; each is read from disk once. */
export function artifactOf(contract: string): TypedArtifact {
  const known = artifacts.get(contract);
  if (known !== undefined) return known;
  const read = readArtifact(contract);
  const fresh = { ...read, abi: read.abi as Abi };
  artifacts.set(contract, fresh);
  return fresh;
}

/** Call data of one function of a compiled contract. */
export function callData(contract: string, functionName: string, args: readonly unknown[]): Hex {
  return encodeFunctionData({ abi: artifactOf(contract).abi, functionName, args });
}

interface RpcAnswer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/**
 * Sends the blocks of a history to a node that mines on request only: all transactions of a block in one batch with
 * explicit nonces, then one request to mine it at its time. Falling tips keep the order inside the block.
 */
export class HistorySender {
  private readonly nonces = new Map<string, number>();
  private readonly url: string;
  private readonly addresses: ReadonlyMap<string, { readonly address: Hex }>;
  readonly sent: { readonly hash: Hex; readonly label: string }[] = [];

  constructor(args: {
    readonly url: string;
    readonly accounts: ReadonlyMap<string, { readonly address: Hex }>;
  }) {
    this.url = args.url;
    this.addresses = args.accounts;
  }

  addressOf(name: string): Hex {
    const account = this.addresses.get(name);
    if (account === undefined) throw new SeedError(`Nobody on the devnet is called ${name}.`);
    return account.address;
  }

  /** A deployment and the address it will have; nonces are counted ahead, so deploy in the order of the calls. */
  deployment(args: {
    readonly from: string;
    readonly contract: string;
    readonly args: readonly unknown[];
    readonly ahead: number;
  }): { readonly tx: Tx; readonly address: Hex } {
    const { abi, bytecode } = artifactOf(args.contract);
    const nonce = BigInt((this.nonces.get(args.from) ?? 0) + args.ahead);
    return {
      address: lower(getContractAddress({ from: this.addressOf(args.from), nonce })),
      tx: {
        from: args.from,
        to: undefined,
        data: encodeDeployData({ abi, bytecode, args: args.args }),
        gas: DEPLOY_GAS,
        label: `deploy ${args.contract}`,
      },
    };
  }

  /** Mines one block with these transactions, in this order, at this time. */
  async mine(txs: readonly Tx[], atSeconds: bigint): Promise<void> {
    if (txs.length > 0) {
      const answers = await this.batch(
        txs.map((tx, index) => ["eth_sendTransaction", [this.requestOf(tx, txs.length - index)]] as const),
      );
      for (const [index, tx] of txs.entries()) {
        this.sent.push({ hash: answers[index] as Hex, label: tx.label });
      }
    }
    await this.batch([["evm_mine", [{ timestamp: Number(atSeconds) }]]]);
  }

  async request<T>(method: string, params: readonly unknown[]): Promise<T> {
    const [answer] = await this.batch([[method, params]]);
    return answer as T;
  }

  /** Several requests in one; throws with the first error. */
  async batch(
    calls: readonly (readonly [method: string, params: readonly unknown[]])[],
  ): Promise<readonly unknown[]> {
    const response = await fetch(this.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(calls.map(([method, params], id) => ({ jsonrpc: "2.0", id, method, params }))),
    });
    const answers = (await response.json()) as readonly RpcAnswer[];
    const byId = new Map(answers.map((answer) => [answer.id, answer]));
    return calls.map(([method], id) => {
      const answer = byId.get(id);
      if (answer === undefined) throw new SeedError(`${method}: the node gave no answer.`);
      if (answer.error !== undefined) throw new SeedError(`${method}: ${answer.error.message}`);
      return answer.result;
    });
  }

  /**
   * Makes sure that everything that was sent was mined and succeeded.
   * @throws SeedError naming the first transaction that did not
   */
  async checkReceipts(): Promise<void> {
    const size = 400;
    for (let start = 0; start < this.sent.length; start += size) {
      const part = this.sent.slice(start, start + size);
      const receipts = await this.batch(part.map(({ hash }) => ["eth_getTransactionReceipt", [hash]]));
      for (const [index, entry] of part.entries()) {
        const receipt = receipts[index] as { readonly status: string; readonly blockNumber: string } | null;
        if (receipt === null) throw new SeedError(`"${entry.label}" was never mined.`);
        if (receipt.status !== "0x1") {
          throw new SeedError(`"${entry.label}" reverted in block ${Number(receipt.blockNumber)}.`);
        }
      }
    }
  }

  private requestOf(tx: Tx, rank: number): Readonly<Record<string, string>> {
    const nonce = this.nonces.get(tx.from) ?? 0;
    this.nonces.set(tx.from, nonce + 1);
    return {
      from: this.addressOf(tx.from),
      ...(tx.to === undefined ? {} : { to: tx.to }),
      data: tx.data,
      nonce: hex(BigInt(nonce)),
      gas: hex(tx.gas ?? DEFAULT_GAS),
      maxFeePerGas: hex(MAX_FEE),
      maxPriorityFeePerGas: hex(FIRST_TIP + BigInt(rank)),
    };
  }
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}
