import { useCallback, useMemo } from "react";
import type { PaymentRule } from "@/domain/liquidation";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { CorridorView } from "./corridor-view";
import { casesOf, ownPartOf } from "./model";

export interface CorridorPanelProps {
  readonly report: VaultReport;
  readonly shownRule: PaymentRule | undefined;
}

/** The corridor on a vault's live parameters; nothing for a vault that publishes none, since the page says so. */
export function CorridorPanel({ report, shownRule }: CorridorPanelProps) {
  const { state } = report.snapshot;
  const cases = useMemo(() => casesOf(report), [report]);
  const ownPart = useCallback(
    (lossAssets: bigint, holder: Address) => ownPartOf(lossAssets, { report, holder }),
    [report],
  );
  if (state.flux === undefined) return null;
  return (
    <CorridorView state={state} flux={state.flux} cases={cases} shownRule={shownRule} ownPart={ownPart} />
  );
}
