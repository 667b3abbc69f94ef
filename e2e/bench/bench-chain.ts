import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Hex } from "viem";
import type { Anvil } from "../../devnet/anvil";
import { seedManagers } from "../../devnet/seed-managers";
import { startDevnet } from "../../devnet/start";

export interface BenchChain {
  readonly url: string;
  readonly chainId: number;
  readonly vault: Hex;
  readonly strategy: Hex;
  readonly managers: readonly Hex[];
  readonly multicall3: Hex;
  stop(): Promise<void>;
}

const MULTICALL3: Hex = "0xca11bde05977b3631167028862be2a173976ca11";

/** viem carries Multicall3's creation code for its own use and does not export it; the baseline needs the contract. */
function multicall3Creation(): string {
  const viem = fileURLToPath(import.meta.resolve("viem"));
  const text = readFileSync(viem.replace(/index\.js$/, "constants/contracts.js"), "utf8");
  const code = /multicall3Bytecode\s*=\s*'(0x[0-9a-f]+)'/.exec(text)?.[1];
  if (code === undefined) throw new Error("viem no longer carries Multicall3");
  return code;
}

async function placeMulticall3(anvil: Anvil): Promise<void> {
  const [from] = await anvil.request<string[]>("eth_accounts");
  const hash = await anvil.request<string>("eth_sendTransaction", [
    { from, data: multicall3Creation(), gas: "0x4c4b40" },
  ]);
  await anvil.request("evm_mine");
  const receipt = await anvil.request<{ contractAddress: string }>("eth_getTransactionReceipt", [hash]);
  const code = await anvil.request<string>("eth_getCode", [receipt.contractAddress, "latest"]);
  await anvil.request("anvil_setCode", [MULTICALL3, code]);
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the devnet has no ${what}`);
  return value;
}

/** A chain whose vault has this many managers, all with debt, bond and collateral. */
export async function startBenchChain(options: { readonly managers: number }): Promise<BenchChain> {
  const devnet = await startDevnet({ scenarios: ["weth"], fixedTime: true });
  const { anvil, addressBook } = devnet;
  try {
    const { vault, strategy, baseAssetWrapper } = required(addressBook.scenarios.weth, "weth vault");
    const token = required(
      addressBook.tokens.find(({ ticker }) => ticker === "USDC"),
      "collateral token",
    );
    const template = required(
      addressBook.accounts.find(({ name }) => name === "Brant"),
      "manager to copy",
    );
    await placeMulticall3(anvil);
    const managers = await seedManagers({
      anvil,
      vault: vault as Hex,
      baseAssetWrapper: baseAssetWrapper as Hex,
      wrapper: token.wrapper as Hex,
      template: template.address as Hex,
      count: options.managers,
    });
    const { url, chainId } = anvil;
    return {
      url,
      chainId,
      vault: vault as Hex,
      strategy: strategy as Hex,
      managers,
      multicall3: MULTICALL3,
      stop: () => devnet.stop(),
    };
  } catch (error) {
    await devnet.stop();
    throw error;
  }
}
