import { useRuntime } from "./runtime";

/** A configured chain, as pages name it and link from it. */
export interface ChainInfo {
  readonly id: number;
  readonly name: string;
  /** Without a slash at its end; undefined where the configuration names no explorer. */
  readonly explorerUrl: string | undefined;
  /** Symbol of the chain's own coin. */
  readonly nativeSymbol: string;
}

/** Every chain of the configuration. */
export function useChains(): readonly ChainInfo[] {
  return useRuntime().config.chains.map(({ id, name, explorerUrl, nativeSymbol = "ETH" }) => ({
    id,
    name,
    explorerUrl: explorerUrl?.replace(/\/+$/, ""),
    nativeSymbol,
  }));
}

/** One chain of the configuration; undefined for any other. */
export function useChainInfo(chainId: number | undefined): ChainInfo | undefined {
  return useChains().find((chain) => chain.id === chainId);
}
