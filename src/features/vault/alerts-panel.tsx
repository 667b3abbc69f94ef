import { useMemo } from "react";
import { useRuntime } from "@/data/runtime";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger } from "@/shared/format";
import { alertTexts, alertThresholdsOf, uncheckedSignals } from "./alert-texts";
import { AlertsView } from "./alerts-view";

/** The alerts of one vault at the block of its report, by the levels of the configuration. */
export function AlertsPanel(props: {
  readonly report: VaultReport;
  readonly hrefOf: (page: string) => string;
}) {
  const { report, hrefOf } = props;
  const { config } = useRuntime();
  const thresholds = useMemo(() => alertThresholdsOf(config), [config]);
  const alerts = useMemo(() => alertTexts(report, thresholds), [report, thresholds]);
  // A vault that publishes no managers has none that could raise an alert: its pages say so.
  if (report.completeness.kind === "not-published") return null;
  return (
    <AlertsView
      alerts={alerts}
      unchecked={uncheckedSignals(report)}
      block={formatInteger(report.snapshot.state.block.number)}
      hrefOf={hrefOf}
    />
  );
}
