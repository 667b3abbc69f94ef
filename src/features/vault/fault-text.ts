import type { ChainError } from "@/data/chain-error";
import { READ_FAULT } from "./messages";

/** What a failed read says. */
export function faultText(error: ChainError): {
  readonly cause: string;
  readonly whatToDo: string;
  readonly detail: string;
} {
  const { cause, cure } = READ_FAULT[error.code];
  const { expectedChainId, gotChainId } = error.details;
  const ids =
    expectedChainId !== undefined && gotChainId !== undefined
      ? ` Expected chain ${expectedChainId}, got ${gotChainId}.`
      : "";
  const host = error.endpointHost === undefined ? "" : ` Endpoint: ${error.endpointHost}.`;
  return { cause: `${cause}${ids}${host}`, whatToDo: cure, detail: error.message };
}
