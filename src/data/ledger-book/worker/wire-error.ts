import { ChainError, type ChainErrorCode, type ChainErrorDetails, isChainError } from "@/chain/errors";

/** An error as plain data, to be thrown again on the other side. Copying an error itself loses all but its text. */
export type WireError =
  | {
      readonly kind: "chain";
      readonly code: ChainErrorCode;
      readonly details: Omit<ChainErrorDetails, "cause">;
      readonly cause: WireError | undefined;
    }
  /** A fault of ours. */
  | { readonly kind: "other"; readonly message: string };

export function toWire(error: unknown): WireError {
  if (isChainError(error)) {
    const { code, message, endpointHost, revert, details, cause } = error;
    return {
      kind: "chain",
      code,
      details: { ...details, message, endpointHost, revert },
      cause: isChainError(cause) ? toWire(cause) : undefined,
    };
  }
  return { kind: "other", message: error instanceof Error ? error.message : "an unknown fault" };
}

export function chainErrorFrom(wire: WireError): ChainError {
  if (wire.kind === "other") return new ChainError("unexpected", { message: wire.message });
  const { code, details, cause } = wire;
  return new ChainError(code, {
    ...details,
    cause: cause === undefined ? undefined : chainErrorFrom(cause),
  });
}
