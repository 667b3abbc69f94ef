import { useCallback } from "react";
import { useNavigate } from "react-router";
import { LedgerReading } from "@/features/ledger-reading/ledger-reading";
import { LiquidityPanel } from "@/features/liquidity/liquidity-panel";
import { LossSharePanel } from "@/features/loss-share/loss-share-panel";
import { AddressLookup } from "@/features/lp-exposure/address-lookup";
import { MyExposurePanel } from "@/features/lp-exposure/my-exposure-panel";
import { WatchListPanel } from "@/features/lp-exposure/watch-list-panel";
import { faultText } from "@/features/vault/fault-text";
import { Page } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";
import { useVaultHref } from "./use-vault-href";
import { useVaultPage } from "./use-vault-page";

/** Every LP and who bore what; one's own exposure, any address, and the watch-list. */
export function LpsPage() {
  const { report, stamp } = useVaultPage();
  const navigate = useNavigate();
  const hrefTo = useVaultHref();
  const hrefOf = useCallback((address: string) => hrefTo(`/lps/${address}`), [hrefTo]);
  return (
    <Page
      title="LPs"
      description="Who holds the vault's shares, who bore each loss, and what everybody would lose now."
      stamp={stamp}
    >
      <MyExposurePanel report={report} hrefOf={hrefOf} />
      <Panel title="Any address" description="What it holds, lost and could lose. No wallet is needed.">
        <AddressLookup onOpen={(address) => void navigate(hrefOf(address).slice(1))} />
      </Panel>
      <LossSharePanel
        report={report}
        reading={
          <LedgerReading
            report={report}
            missing="Losses without an event, interest and the value of transfers are"
            faultText={faultText}
          />
        }
        hrefOf={hrefOf}
      />
      <LiquidityPanel report={report} hrefOf={hrefOf} />
      <WatchListPanel report={report} hrefOf={hrefOf} />
    </Page>
  );
}
