import { useMemo } from "react";
import { exposureBookFor } from "@/data/exposure-book";
import { useWallet } from "@/data/wallet/use-wallet";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { formatAddress } from "@/shared/format";
import { LinkButton } from "@/ui/forms/button";
import { Panel } from "@/ui/layout/panel";
import { LpHeadline } from "./components/lp-headline";
import { lpPersonalOf } from "./model";
import { lpHeadlineOf } from "./texts";

export interface MyExposurePanelProps {
  readonly report: VaultReport;
  readonly hrefOf: (address: Address) => string;
}

/** What the connected account holds, lost and could lose; nothing while nobody is connected. */
export function MyExposurePanel({ report, hrefOf }: MyExposurePanelProps) {
  const { state } = useWallet();
  if (state.kind !== "connected") {
    return null;
  }
  return <Connected report={report} hrefOf={hrefOf} account={state.account} />;
}

function Connected({ report, hrefOf, account }: MyExposurePanelProps & { readonly account: Address }) {
  const figures = useMemo(() => {
    const personal = lpPersonalOf(account, {
      book: exposureBookFor(report),
      contractHolders: report.contractHolders,
    });
    if (personal.standing === "never") return undefined;
    return lpHeadlineOf(personal, { state: report.snapshot.state, headline: report.headline });
  }, [account, report]);
  return (
    <Panel
      title="My exposure"
      description={`The connected account, ${formatAddress(account)}.`}
      actions={
        <LinkButton href={hrefOf(account)} size="small">
          Every loss of mine
        </LinkButton>
      }
    >
      {figures === undefined ? (
        <p className="text-[0.8125rem] text-ink-muted">
          This account has never held shares of this vault, so it bore none of its losses.
        </p>
      ) : (
        <LpHeadline label="My exposure" figures={figures} size="medium" />
      )}
    </Panel>
  );
}
