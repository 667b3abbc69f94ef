import { type ReactNode, useMemo } from "react";
import { exposureBookFor } from "@/data/exposure-book";
import type { StatementView } from "@/data/ledger-book/ledger-view";
import { useStatement } from "@/data/ledger-book/use-ledger-book";
import { parseAddress } from "@/data/parse-address";
import { useChainInfo } from "@/data/use-chain-info";
import { useWallet } from "@/data/wallet/use-wallet";
import { useWatchList } from "@/data/watch-list/use-watch-list";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { AddressLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { Callout } from "@/ui/data/messages";
import { Button, LinkButton } from "@/ui/forms/button";
import type { TransactionHref } from "./components/event-table";
import { LpView } from "./lp-view";

export interface LpPanelProps {
  readonly report: VaultReport;
  /** As the address bar has it. */
  readonly addressText: string;
  readonly lpsHref: string;
  /** Shows the LP's statement in the middle of its page. */
  readonly statement: (parts: StatementParts) => ReactNode;
}

/** What the page hands to the part that shows the statement. */
export interface StatementParts {
  readonly address: Address;
  readonly view: StatementView;
  readonly txHrefOf: TransactionHref;
  /** What is known of the LP's movements without a statement. */
  readonly movements: ReactNode;
}

/** The personal page of any address; no wallet is needed. */
export function LpPanel(props: LpPanelProps) {
  const parsed = parseAddress(props.addressText);
  if (!parsed.ok) {
    return (
      <Callout
        tone="caution"
        title="This is not an LP's address"
        action={<LinkButton href={props.lpsHref}>All LPs of this vault</LinkButton>}
      >
        {parsed.message}
      </Callout>
    );
  }
  return <KnownAddress {...props} address={parsed.address} />;
}

function KnownAddress({ report, address, lpsHref, statement }: LpPanelProps & { readonly address: Address }) {
  const view = useStatement(report, address);
  const explorer = useChainInfo(report.config.chainId)?.explorerUrl;
  const txHrefOf = useMemo(
    () => (explorer === undefined ? undefined : (hash: string) => `${explorer}/tx/${hash}`),
    [explorer],
  );
  return (
    <>
      <Whose address={address} chainId={report.config.chainId} />
      <LpView
        report={report}
        book={exposureBookFor(report)}
        address={address}
        lpsHref={lpsHref}
        txHrefOf={txHrefOf}
        ledger={view}
        statement={({ movements }) => statement({ address, view, txHrefOf, movements })}
      />
    </>
  );
}

/** Whose page this is, in the reader's own words, and whether it is on the watch-list. */
function Whose({ address, chainId }: { readonly address: Address; readonly chainId: number }) {
  const { state } = useWallet();
  const watchList = useWatchList(chainId);
  const entry = watchList.entries.find((one) => one.address === address);
  const isOwn = state.kind === "connected" && state.account === address;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
      <AddressLabel
        address={address}
        {...(entry?.label === undefined ? {} : { name: entry.label })}
        tags={isOwn ? <Badge tone="accent">you</Badge> : undefined}
      />
      {entry === undefined ? (
        <Button size="small" onClick={() => watchList.add(address)}>
          Add to watch-list
        </Button>
      ) : (
        <Button size="small" onClick={() => watchList.remove(address)}>
          Remove from watch-list
        </Button>
      )}
    </div>
  );
}
