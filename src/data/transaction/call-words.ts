import { type CallDescription, describeCall, type KnownContract } from "@/chain/writes/describe";
import type { Address } from "@/domain/model";
import type { TransactionIntent } from "./intent";

export type { ArgumentValue, CallArgument, CallDescription } from "@/chain/writes/describe";
export type { ArgumentUnit } from "@/chain/writes/units";

/** The call of an intent in words, read from the bytes that will be signed and from nothing else. */
export function callWordsOf({ call, known }: TransactionIntent): CallDescription {
  return describeCall({ ...call, known: new Map(Object.entries(known) as [Address, KnownContract][]) });
}
