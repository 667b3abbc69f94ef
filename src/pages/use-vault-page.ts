import { useOutletContext } from "react-router";
import type { VaultPageContext } from "@/features/vault/vault-frame";

/** What the frame gives to each page of a vault: its report and its block stamp. */
export function useVaultPage(): VaultPageContext {
  return useOutletContext<VaultPageContext>();
}
