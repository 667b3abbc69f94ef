import { useLocation } from "react-router";
import { AddressIssue } from "@/features/vault/vault-frame";
import { WalletButton } from "@/features/wallet/wallet-button";

/** An address that names no page. */
export function NotFoundPage() {
  const { pathname } = useLocation();
  return (
    <AddressIssue
      title="No such page"
      issue={`“${pathname.slice(0, 80)}” is not a page of this dashboard. A vault's page is #/v/<chain>/<address>.`}
      wallet={<WalletButton />}
    />
  );
}
