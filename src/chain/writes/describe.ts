import type { AbiFunction, AbiParameter } from "viem";
import {
  decodeAbiParameters,
  decodeFunctionData,
  encodeAbiParameters,
  encodeFunctionData,
  parseAbi,
} from "viem/utils";
import type { Address, Hex } from "@/domain/model";
import { isHexBytes } from "../bytes";
import { ERC20_FUNCTIONS } from "../flux/abi/erc20";
import { FLUX_EXECUTOR_FUNCTIONS } from "../flux/abi/flux-executor";
import { FLUX_FACTORY_FUNCTIONS } from "../flux/abi/flux-factory";
import { FLUX_STRATEGY_FUNCTIONS } from "../flux/abi/flux-strategy";
import { FLUX_VAULT_FUNCTIONS } from "../flux/abi/flux-vault";
import { ORACLE_REGISTRY_FUNCTIONS } from "../flux/abi/oracle-registry";
import { TIMELOCK_FUNCTIONS } from "../flux/abi/timelock";
import { LIQUIDATION_DATA, LIQUIDATION_MODES, ROUTE_DATA } from "./liquidation";
import { type ArgumentUnit, unitOf } from "./units";

/** What kind of contract a known address is; decides which functions it is believed to have. */
export type ContractKind = "vault" | "strategy" | "timelock" | "factory" | "executor" | "token" | "registry";

/** An address that the page vouches for. */
export interface KnownContract {
  readonly kind: ContractKind;
  /** The page's own name for it, never one read from the chain. */
  readonly label: string;
}

export type ArgumentValue = bigint | boolean | string | readonly ArgumentValue[] | readonly CallArgument[];

export interface CallArgument {
  readonly name: string;
  readonly type: string;
  /** Addresses and bytes in lower-case hex; tuples as named arguments. */
  readonly value: ArgumentValue;
  readonly unit: ArgumentUnit | undefined;
  /** For bytes with a known layout: what they say. */
  readonly parts: readonly CallArgument[] | undefined;
  /** The bytes of the calls that the description lists as `inner`: said there, and not here once more. */
  readonly isInner?: true;
}

/** Call data in words. Built from the bytes alone, so it says what will be signed, whatever the page meant to build. */
export interface CallDescription {
  readonly to: Address;
  readonly target: KnownContract | undefined;
  readonly value: bigint;
  readonly data: Hex;
  readonly selector: Hex | undefined;
  /** Undefined for an unknown selector or target: show the bytes. */
  readonly functionName: string | undefined;
  readonly args: readonly CallArgument[];
  /** Calls that this call makes or schedules, in order. */
  readonly inner: readonly CallDescription[];
  /** False when the bytes hold more, or something else, than the words say: extra or oddly encoded data. */
  readonly exact: boolean;
  /** Whether target and function are known, the bytes exact, and the same holds for every inner call. */
  readonly understood: boolean;
}

export interface DescribeRequest {
  readonly to: Address;
  readonly data: Hex;
  readonly value?: bigint | undefined;
  /** By lower-case address. */
  readonly known: ReadonlyMap<Address, KnownContract>;
}

const ABIS: Readonly<Record<ContractKind, readonly AbiFunction[]>> = {
  vault: parseAbi(FLUX_VAULT_FUNCTIONS),
  strategy: parseAbi(FLUX_STRATEGY_FUNCTIONS),
  timelock: parseAbi(TIMELOCK_FUNCTIONS),
  factory: parseAbi(FLUX_FACTORY_FUNCTIONS),
  executor: parseAbi(FLUX_EXECUTOR_FUNCTIONS),
  token: parseAbi(ERC20_FUNCTIONS),
  registry: parseAbi(ORACLE_REGISTRY_FUNCTIONS),
};

function isTuple(
  parameter: AbiParameter,
): parameter is AbiParameter & { components: readonly AbiParameter[] } {
  return "components" in parameter;
}

interface Naming {
  readonly contract: string;
  readonly path: string;
}

function toValue(parameter: AbiParameter, value: unknown): ArgumentValue {
  if (Array.isArray(value) && parameter.type.endsWith("]")) {
    const element = { ...parameter, type: parameter.type.replace(/\[\d*\]$/, "") };
    return value.map((item: unknown) => toValue(element, item));
  }
  if (isTuple(parameter)) {
    const record = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
    return parameter.components.map(
      (component): CallArgument => ({
        name: component.name ?? "",
        type: component.type,
        value: toValue(component, record[component.name ?? ""]),
        unit: undefined,
        parts: undefined,
      }),
    );
  }
  if (typeof value === "bigint" || typeof value === "boolean") return value;
  if (typeof value === "number") return BigInt(value);
  return isHexBytes(value) ? value.toLowerCase() : String(value);
}

function toArguments(
  parameters: readonly AbiParameter[],
  { values, contract, path }: Naming & { readonly values: readonly unknown[] },
): readonly CallArgument[] {
  return parameters.map((parameter, index): CallArgument => {
    const name = parameter.name ?? "";
    return {
      name,
      type: parameter.type,
      value: toValue(parameter, values[index]),
      unit: unitOf(contract, `${path}.${name}`),
      parts: undefined,
    };
  });
}

interface Decoded {
  readonly name: string;
  readonly args: readonly CallArgument[];
  readonly exact: boolean;
}

/** viem refuses unknown selectors and malformed data by throwing; both mean "not understood" here. */
function decodeFor(kind: ContractKind, data: Hex): Decoded | undefined {
  const abi = ABIS[kind];
  try {
    // viem's type promises a list; for a function without arguments there is none.
    const decoded: { functionName: string; args?: readonly unknown[] } = decodeFunctionData({ abi, data });
    const { functionName, args: values = [] } = decoded;
    const item = abi.find(({ name, inputs }) => name === functionName && inputs.length === values.length);
    if (item === undefined) return undefined;
    const again = encodeFunctionData({ abi: [item], functionName, args: [...values] });
    return {
      name: functionName,
      args: toArguments(item.inputs, { values, contract: kind, path: functionName }),
      exact: again.toLowerCase() === data.toLowerCase(),
    };
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

interface Layout {
  readonly parameters: readonly AbiParameter[];
  readonly data: Hex;
  readonly naming: Naming;
}

/** Bytes with a known layout, in words; undefined when they do not have it or hold more than it. */
function decodeParts({ parameters, data, naming }: Layout): readonly CallArgument[] | undefined {
  try {
    const values: readonly unknown[] = decodeAbiParameters(parameters, data);
    const again = encodeAbiParameters(parameters, [...values]);
    return again.toLowerCase() === data.toLowerCase()
      ? toArguments(parameters, { ...naming, values })
      : undefined;
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function argument(args: readonly CallArgument[], name: string): CallArgument | undefined {
  return args.find((item) => item.name === name);
}

function hexValue(item: CallArgument | undefined): Hex {
  return isHexBytes(item?.value) ? item.value : "0x";
}

/** The executor's part of `liquidate`: mode, bounds, deadline and route. */
function withLiquidationParts(args: readonly CallArgument[]): readonly CallArgument[] {
  return args.map((item) => {
    if (item.name !== "data") return item;
    const naming = { contract: "liquidation", path: "data" };
    const parts = decodeParts({ parameters: LIQUIDATION_DATA, data: hexValue(item), naming });
    if (parts === undefined) return item;
    const sells = argument(parts, "mode")?.value === BigInt(LIQUIDATION_MODES["sell-collateral"]);
    const described = parts.map((part) => {
      if (part.name !== "route" || !sells) return part;
      const route = { contract: "liquidation", path: "route" };
      return { ...part, parts: decodeParts({ parameters: ROUTE_DATA, data: hexValue(part), naming: route }) };
    });
    return { ...item, parts: described };
  });
}

function listOf(item: CallArgument | undefined): readonly ArgumentValue[] {
  return Array.isArray(item?.value) ? (item.value as readonly ArgumentValue[]) : [];
}

type InnerCall = Pick<DescribeRequest, "to" | "data" | "value">;

function asInnerCall(to: unknown, data: unknown, value: unknown): InnerCall | undefined {
  if (!isHexBytes(to) || !isHexBytes(data)) return undefined;
  return { to, data, value: typeof value === "bigint" ? value : 0n };
}

/** The calls inside a timelock's schedule or execute, single or batch; undefined where the lists do not match. */
function timelockCalls({ name, args }: Decoded): readonly InnerCall[] | undefined {
  if (name === "schedule" || name === "execute") {
    const payload = argument(args, name === "schedule" ? "data" : "payload");
    const call = asInnerCall(argument(args, "target")?.value, payload?.value, argument(args, "value")?.value);
    return call === undefined ? undefined : [call];
  }
  if (name !== "scheduleBatch" && name !== "executeBatch") return [];
  const targets = listOf(argument(args, "targets"));
  const values = listOf(argument(args, "values"));
  const payloads = listOf(argument(args, "payloads"));
  if (values.length !== targets.length || payloads.length !== targets.length) return undefined;
  const calls = targets.map((target, index) => asInnerCall(target, payloads[index], values[index]));
  return calls.every((call) => call !== undefined) ? calls : undefined;
}

/** The arguments of a timelock's functions that hold calls. */
const CALL_BYTES: ReadonlySet<string> = new Set(["data", "payload", "payloads"]);

function markInner(args: readonly CallArgument[]): readonly CallArgument[] {
  return args.map((item) => (CALL_BYTES.has(item.name) ? { ...item, isInner: true } : item));
}

const MAX_DEPTH = 4;

function describeAt(request: DescribeRequest, depth: number): CallDescription {
  const { data, value = 0n, known } = request;
  const to = request.to.toLowerCase() as Address;
  const target = known.get(to);
  const selector: Hex | undefined = data.length >= 10 ? `0x${data.slice(2, 10).toLowerCase()}` : undefined;
  const decoded = target === undefined ? undefined : decodeFor(target.kind, data);
  const base = { to, target, value, data, selector };
  if (target === undefined || decoded === undefined) {
    return { ...base, functionName: undefined, args: [], inner: [], exact: false, understood: false };
  }
  const isTimelock = target.kind === "timelock";
  const calls = isTimelock ? timelockCalls(decoded) : [];
  const inner =
    depth >= MAX_DEPTH ? [] : (calls ?? []).map((call) => describeAt({ ...call, known }, depth + 1));
  const liquidates = target.kind === "vault" && decoded.name === "liquidate";
  const innerKnown = calls !== undefined && inner.length === calls.length;
  const args = liquidates
    ? withLiquidationParts(decoded.args)
    : innerKnown && inner.length > 0
      ? markInner(decoded.args)
      : decoded.args;
  const partsKnown = !liquidates || argument(args, "data")?.parts !== undefined;
  return {
    ...base,
    functionName: decoded.name,
    args,
    inner,
    exact: decoded.exact,
    understood: decoded.exact && partsKnown && innerKnown && inner.every(({ understood }) => understood),
  };
}

/**
 * Says in words what call data do, from the final bytes: function, named arguments with their units, the executor's
 * bounds inside a liquidation, the calls inside a timelock operation.
 *
 * Only a known target is given a function name: the same four bytes mean anything elsewhere. `understood` is false as
 * soon as any byte is not accounted for; the raw data are always there.
 */
export function describeCall(request: DescribeRequest): CallDescription {
  return describeAt(request, 0);
}
