import { useMemo } from "react";
import { useHealthHistory } from "@/data/risk/use-manager-risk";
import type { Address } from "@/domain/model";
import type { RiskBook } from "@/domain/risk/model";
import type { VaultReport } from "@/report/vault-report";
import { HealthHistoryView } from "./health-history-view";
import { faultTextOf } from "./use-positions";

/** A manager's past health, read when somebody asks. */
export function HealthHistoryPanel(props: {
  readonly report: VaultReport;
  readonly manager: Address;
  /** Which feeds move it; undefined where it owes nothing or while it is taken apart. */
  readonly book: RiskBook | undefined;
}) {
  const { report, manager, book } = props;
  const { state } = report.snapshot;
  const known = useMemo(() => book ?? { assets: new Map(), state, rule: undefined }, [book, state]);
  const view = useHealthHistory(report, { manager, book: known });
  const feeds = [...known.assets.values()].filter(({ source }) => source.kind === "market").length;
  return (
    <HealthHistoryView
      asset={state.asset}
      points={view.points}
      mostBlocks={view.mostBlocks}
      feeds={feeds}
      progress={view.progress}
      fault={faultTextOf(view.error)}
      isReading={view.isReading}
      onRead={() => view.read()}
      onStop={() => view.stop()}
    />
  );
}
