import { useCallback } from "react";
import { useSearchParams } from "react-router";
import { useVaultPage } from "./use-vault-page";

/** Makes links within the vault. */
export type VaultHref = (suffix: string, params?: Readonly<Record<string, string>>) => string;

/**
 * Makes links within the vault: "/positions" and the like, with parameters. A page pinned to a block leads to pages of
 * that block.
 */
export function useVaultHref(): VaultHref {
  const { report } = useVaultPage();
  const [search] = useSearchParams();
  const { chainId, address } = report.config;
  const block = search.get("block");
  return useCallback(
    (suffix, params = {}) => {
      const all = new URLSearchParams(block === null ? params : { block, ...params }).toString();
      return `#/v/${chainId}/${address}${suffix}${all === "" ? "" : `?${all}`}`;
    },
    [chainId, address, block],
  );
}
