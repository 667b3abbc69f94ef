import { type CallDescription, describeCall, type KnownContract } from "@/chain/writes/describe";
import type { Address } from "@/domain/model";
import type { PlainCall } from "../transaction/intent";
import { knownContractsOf, type OperatorContext } from "./known-contracts";

/** A call in words, read from its bytes, by the contracts of a vault that the page vouches for. */
export function describeVaultCall(
  context: Pick<OperatorContext, "config" | "state">,
  call: PlainCall,
): CallDescription {
  const contracts = knownContractsOf({ ...context, account: NOBODY });
  return describeCall({ ...call, known: new Map(Object.entries(contracts) as [Address, KnownContract][]) });
}

/** The contracts of a vault do not depend on who looks. */
const NOBODY: Address = "0x0000000000000000000000000000000000000000";
