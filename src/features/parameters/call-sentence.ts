import type { ArgumentValue, CallArgument, CallDescription } from "@/data/transaction/call-words";
import { formatAddress, formatDuration, formatHash } from "@/shared/format";
import { exactPercent } from "./format";

/** What a parameter was when a change of it was scheduled, and is now. */
export interface ParameterThen {
  readonly whenScheduledWad: bigint;
  readonly nowWad: bigint;
}

function argument({ args }: CallDescription, index: number): ArgumentValue | undefined {
  return args[index]?.value;
}

function valueText({ value, type }: CallArgument): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "string") return "…";
  if (type === "address") return formatAddress(value);
  return type === "bytes32" ? formatHash(value) : value;
}

/** "(20% when scheduled, 18% now)", or only what it is now where that has not moved. */
function fromText(then: ParameterThen | undefined): string {
  if (then === undefined) return "";
  const now = exactPercent(then.nowWad);
  if (then.whenScheduledWad === then.nowWad) return ` (${now} now)`;
  return ` (${exactPercent(then.whenScheduledWad)} when scheduled, ${now} now)`;
}

/** Names of the functions that set a parameter, and the parameter. */
export const SETTERS: Readonly<Record<string, { readonly key: string; readonly words: string }>> = {
  setMinBondRatio: { key: "minBondRatio", words: "minimum bond ratio" },
  setInterestRate: { key: "interestRate", words: "interest rate" },
};

/**
 * A call inside an operation, in a sentence. Made from the decoded bytes; a call that is not wholly understood gets no
 * friendly sentence.
 */
export function callSentence(call: CallDescription, then: ParameterThen | undefined): string {
  const name = call.functionName;
  if (name === undefined || !call.understood) {
    return call.selector === undefined
      ? "A call that carries no function selector."
      : `A call that this build cannot read (selector ${call.selector}).`;
  }
  const first = argument(call, 0);
  const setter = SETTERS[name];
  if (setter !== undefined && typeof first === "bigint") {
    return `Set the ${setter.words} to ${exactPercent(first)}${fromText(then)}.`;
  }
  if (typeof first === "string" && name === "addAllowedAsset") {
    return `Allow the asset wrapper ${formatAddress(first)} as collateral.`;
  }
  if (typeof first === "string" && name === "removeAllowedAsset") {
    return `No longer allow new deposits into the asset wrapper ${formatAddress(first)}.`;
  }
  if (typeof first === "bigint" && name === "updateDelay") {
    return `Change the timelock's own minimum delay to ${formatDuration(first)}.`;
  }
  return `${name}(${call.args.map(valueText).join(", ")}) on the ${call.target?.label ?? "contract"}.`;
}
