import { Outlet, useLocation } from "react-router";
import { AddressIssue, VaultFrame } from "@/features/vault/vault-frame";
import { WalletButton } from "@/features/wallet/wallet-button";
import { useVaultRoute } from "./use-vault-route";

/** The frame around all pages of one vault. */
export function VaultLayout() {
  const route = useVaultRoute();
  const { pathname } = useLocation();
  const wallet = <WalletButton chainId={route.kind === "issue" ? undefined : route.chainId} />;
  if (route.kind === "issue") {
    return <AddressIssue title="This page cannot be shown" issue={route.issue} wallet={wallet} />;
  }
  const { chainId, addressText, block } = route;
  return (
    <VaultFrame
      key={`${chainId}:${addressText}`}
      chainId={chainId}
      addressText={addressText}
      block={block}
      path={pathname}
      wallet={wallet}
    >
      {(context) => <Outlet context={context} />}
    </VaultFrame>
  );
}
