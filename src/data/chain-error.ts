/** The chain layer's error, for features, which may not reach below the data layer. */
export type { ChainError, ChainErrorCode } from "@/chain/errors";
