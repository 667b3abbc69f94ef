import { useMemo } from "react";
import type { PaymentRule } from "@/domain/liquidation";
import type { VaultReport } from "@/report/vault-report";
import { CorridorView } from "./corridor-view";
import { casesOf } from "./model";

export interface CorridorPanelProps {
  readonly report: VaultReport;
  readonly shownRule: PaymentRule | undefined;
}

/** The corridor on a vault's live parameters; nothing for a vault that publishes none, since the page says so. */
export function CorridorPanel({ report, shownRule }: CorridorPanelProps) {
  const { state } = report.snapshot;
  const cases = useMemo(() => casesOf(report), [report]);
  if (state.flux === undefined) return null;
  return <CorridorView state={state} flux={state.flux} cases={cases} shownRule={shownRule} />;
}
