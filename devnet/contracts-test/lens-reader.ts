/** Calls the lens through a state override and takes its answers apart, independently of the application's decoder. */
import {
  type Abi,
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  hexToBytes,
  numberToHex,
} from "viem";
import { readArtifact } from "../compile";
import type { Chain } from "./chain";

const LENS_ADDRESS: Address = "0x00000000000000000000000000000000000f10e5";

/** What the lens writes for a call that failed. */
export const FAILED = "failed";
export type Field = bigint | string;

class FieldReader {
  #at = 0;
  constructor(readonly bytes: Uint8Array) {}

  #next(): Uint8Array | undefined {
    const size = this.bytes[this.#at++];
    if (size === undefined) throw new Error("the answer ends too early");
    if (size === 0xff) return undefined;
    const field = this.bytes.subarray(this.#at, this.#at + size);
    this.#at += size;
    return field;
  }

  number(): bigint | typeof FAILED {
    const field = this.#next();
    if (field === undefined) return FAILED;
    return field.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  }

  text(): string {
    const field = this.#next();
    return field === undefined ? FAILED : new TextDecoder().decode(field);
  }

  get done(): boolean {
    return this.#at === this.bytes.length;
  }
}

const names = (text: string): readonly string[] => text.trim().split(/\s+/);

const HEADER = names("magic blockNumber timestamp chainId");
const VAULT = names(`
  asset assetDecimals assetSymbol vaultName vaultSymbol shareDecimals
  totalAssets totalSupply idleAssets totalPrincipalDebt totalAccruedInterest totalBadDebt
  collectedFees curatorFeeRate curator adlManager STRATEGY FACTORY baseAssetWrapper
  interestRate minBondRatio liquidationBuffer liquidationProfitMargin cumulativeRate isMutable owner
  protocolFeeRate protocolFeeCollector oracleRegistry assetPrice`);
const TEXTS = names("assetSymbol vaultName vaultSymbol");
const MANAGER = names("principal interest bond workingCapital valueUsd canLiquidate minPayment wrapperCount");

export type Fields = Record<string, Field>;

const group = (reader: FieldReader, names: readonly string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, TEXTS.includes(name) ? reader.text() : reader.number()]));

export interface LensCall {
  readonly chain: Chain;
  readonly vault: Address;
  readonly accounts: readonly Address[];
  readonly gas?: bigint;
}

async function ask(fn: string, { chain, vault, accounts, gas = 50_000_000n }: LensCall): Promise<Uint8Array> {
  const lens = readArtifact("VaultLens");
  const abi = lens.abi as Abi;
  const data = encodeFunctionData({ abi, functionName: fn, args: [vault, accounts] });
  const result = await chain.rpc<Hex>(
    "eth_call",
    { to: LENS_ADDRESS, data, gas: numberToHex(gas) },
    "latest",
    { [LENS_ADDRESS]: { code: lens.deployedBytecode } },
  );
  return hexToBytes(decodeFunctionResult({ abi, functionName: fn, data: result }) as Hex);
}

/** Gas that the call uses. The lens is put on the chain for it, because the tracer takes no override. */
export async function lensGas(fn: string, { chain, vault, accounts }: LensCall): Promise<bigint> {
  const lens = readArtifact("VaultLens");
  const data = encodeFunctionData({ abi: lens.abi as Abi, functionName: fn, args: [vault, accounts] });
  await chain.rpc("anvil_setCode", LENS_ADDRESS, lens.deployedBytecode);
  const { gasUsed } = await chain.rpc<{ gasUsed: Hex }>(
    "debug_traceCall",
    { to: LENS_ADDRESS, data, gas: numberToHex(200_000_000n) },
    "latest",
    { tracer: "callTracer", tracerConfig: { onlyTopCall: true } },
  );
  return BigInt(gasUsed);
}

export async function snapshot(call: LensCall) {
  const bytes = await ask("snapshot", call);
  const reader = new FieldReader(bytes);
  const header = group(reader, HEADER);
  const vault = group(reader, VAULT);
  const count = reader.number();
  const managers = Array.from({ length: Number(count) }, () => group(reader, MANAGER));
  if (!reader.done) throw new Error("bytes left over");
  return { header, vault, managers, bytes };
}

export async function composition(call: LensCall) {
  const reader = new FieldReader(await ask("composition", call));
  const header = group(reader, HEADER);
  const list = <T>(item: () => T): T[] | typeof FAILED => {
    const count = reader.number();
    return typeof count === "string" ? FAILED : Array.from({ length: Number(count) }, item);
  };
  const managers = list(() => ({
    ...group(reader, ["bondValueUsd", "workingCapitalValueUsd"]),
    wrappers: list(() => ({
      ...group(reader, ["address", "underlyingAsset"]),
      positions: list(() => group(reader, ["positionId", "balance", "valueUsd"])),
    })),
  }));
  if (!reader.done) throw new Error("bytes left over");
  return { header, managers };
}

export async function shares(call: LensCall) {
  const reader = new FieldReader(await ask("shares", call));
  const header = group(reader, HEADER);
  const holders = Array.from({ length: Number(reader.number()) }, () =>
    group(reader, ["balance", "codeSize"]),
  );
  if (!reader.done) throw new Error("bytes left over");
  return { header, holders };
}
