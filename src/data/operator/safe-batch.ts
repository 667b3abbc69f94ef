import type { AbiFunction } from "viem";
import { decodeFunctionData, getAddress, keccak256, parseAbi, stringToBytes } from "viem/utils";
import { TIMELOCK_FUNCTIONS } from "@/chain/flux/abi/timelock";
import type { Address, Hex } from "@/domain/model";
import type { PlainCall } from "../transaction/intent";

interface SafeInput {
  readonly internalType: string;
  readonly name: string;
  readonly type: string;
}

/** One transaction of a batch. The exact bytes are in `data`; method and values say the same in words. */
export interface SafeTransaction {
  readonly to: string;
  /** Decimal text: the builder refuses numbers, which JavaScript cannot hold. */
  readonly value: string;
  readonly data: Hex;
  readonly contractMethod: {
    readonly inputs: readonly SafeInput[];
    readonly name: string;
    readonly payable: boolean;
  } | null;
  readonly contractInputsValues: Readonly<Record<string, string>> | null;
}

/** A file that Safe's Transaction Builder imports, version 1.0 of its format. */
export interface SafeBatchFile {
  readonly version: "1.0";
  readonly chainId: string;
  /** Milliseconds. */
  readonly createdAt: number;
  readonly meta: {
    readonly name: string;
    readonly description: string;
    readonly txBuilderVersion: string;
    readonly createdFromSafeAddress: string;
    readonly createdFromOwnerAddress: string;
    readonly checksum: Hex;
  };
  readonly transactions: readonly SafeTransaction[];
}

export interface SafeBatchRequest {
  readonly chainId: number;
  readonly createdAtMs: number;
  readonly name: string;
  readonly description: string;
  /** The Safe that is to sign; empty in the file when it is not known. */
  readonly safe: Address | undefined;
  readonly calls: readonly PlainCall[];
}

/** The builder's release whose files look like this. */
const BUILDER_VERSION = "1.18.0";

const timelockAbi: readonly AbiFunction[] = parseAbi(TIMELOCK_FUNCTIONS);

/** A batch for Safe's Transaction Builder, with the checksum by which the builder knows an unchanged file. */
export function safeBatchOf(request: SafeBatchRequest): SafeBatchFile {
  const { chainId, createdAtMs, name, description, safe, calls } = request;
  const batch = {
    version: "1.0" as const,
    chainId: `${chainId}`,
    createdAt: createdAtMs,
    meta: {
      name,
      description,
      txBuilderVersion: BUILDER_VERSION,
      createdFromSafeAddress: safe === undefined ? "" : getAddress(safe),
      createdFromOwnerAddress: "",
    },
    transactions: calls.map(transactionOf),
  };
  return { ...batch, meta: { ...batch.meta, checksum: safeChecksumOf(batch) } };
}

/** The file's text. */
export function safeBatchText(request: SafeBatchRequest): string {
  return `${JSON.stringify(safeBatchOf(request), undefined, 2)}\n`;
}

function transactionOf({ to, data, value }: PlainCall): SafeTransaction {
  const target = { to: getAddress(to), value: value.toString(), data };
  const item = timelockAbi.find((one) => isCallOf(one, data));
  if (item === undefined) return { ...target, contractMethod: null, contractInputsValues: null };
  // viem's type promises a list; for a function without arguments there is none.
  const decoded: { args?: readonly unknown[] } = decodeFunctionData({ abi: [item], data });
  const { args = [] } = decoded;
  return {
    ...target,
    contractMethod: {
      inputs: item.inputs.map(({ name = "", type }) => ({ internalType: type, name, type })),
      name: item.name,
      payable: item.stateMutability === "payable",
    },
    contractInputsValues: Object.fromEntries(
      item.inputs.map(({ name = "" }, index) => [name, inputText(args[index])]),
    ),
  };
}

function isCallOf(item: AbiFunction, data: Hex): boolean {
  try {
    decodeFunctionData({ abi: [item], data });
    return true;
  } catch (error) {
    // viem refuses another function's selector by throwing.
    if (error instanceof Error) return false;
    throw error;
  }
}

/** A value as the builder's form holds it: text, and lists as JSON. */
function inputText(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map((one: unknown) => String(one)));
  return String(value);
}

type Json = string | number | null | readonly Json[] | { readonly [key: string]: Json };

/** The builder's own serialisation: object keys sorted and listed before their values. */
function serialise(json: unknown): string {
  if (Array.isArray(json)) return `[${json.map(serialise).join(",")}]`;
  if (typeof json === "object" && json !== null) {
    const record = json as Readonly<Record<string, Json>>;
    const keys = Object.keys(record).sort();
    return `{${JSON.stringify(keys)}${keys.map((key) => `${serialise(record[key])},`).join("")}}`;
  }
  return JSON.stringify(json ?? null);
}

/** keccak-256 of the serialised file without its checksum; the name may be changed without breaking it. */
export function safeChecksumOf(batch: { readonly meta: object }): Hex {
  return keccak256(stringToBytes(serialise({ ...batch, meta: { ...batch.meta, name: null } })));
}
