import { useCallback } from "react";
import { useSearchParams } from "react-router";
import { useVaultPage } from "./use-vault-page";

/** Makes links within the vault: "/positions" and the like. A page pinned to a block leads to pages of that block. */
export function useVaultHref(): (suffix: string) => string {
  const { report } = useVaultPage();
  const [search] = useSearchParams();
  const { chainId, address } = report.config;
  const block = search.get("block");
  return useCallback(
    (suffix: string) => {
      const pinned = block === null ? "" : `?${new URLSearchParams({ block }).toString()}`;
      return `#/v/${chainId}/${address}${suffix}${pinned}`;
    },
    [chainId, address, block],
  );
}
