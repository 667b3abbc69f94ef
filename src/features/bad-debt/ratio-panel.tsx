import { useMemo } from "react";
import type { UnrealisedView } from "@/data/ledger-book/ledger-view";
import { useUnrealisedSeries } from "@/data/ledger-book/use-unrealised";
import type { RatioDenominator } from "@/domain/ratio-series";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger } from "@/shared/format";
import { KeyValueList } from "@/ui/data/key-value-list";
import { Callout } from "@/ui/data/messages";
import { ProgressBar } from "@/ui/data/progress-bar";
import { Money } from "@/ui/figures/money";
import { Button } from "@/ui/forms/button";
import { Panel } from "@/ui/layout/panel";
import { RatioChartView } from "./ratio-chart-view";
import { unrealisedFacts } from "./unrealised-facts";

export interface RatioPanelProps {
  readonly report: VaultReport;
  readonly denominator: RatioDenominator;
  readonly onDenominator: (value: RatioDenominator) => void;
  readonly rowHref?: ((row: string) => string) | undefined;
}

/** Bad debt over time: realised at once, unrealised when the reader asks for it, since it takes many old blocks. */
export function RatioPanel(props: RatioPanelProps) {
  const { report } = props;
  const view = useUnrealisedSeries(report);
  const missing = report.series.unavailableBlocks.length;
  const isFlux = report.snapshot.state.flux !== undefined;
  return (
    <Panel
      title="Bad-debt ratio over time"
      description="Realised bad debt since the vault began, and what would have been lost at each block had everything been closed there. Every loss and recovery is flagged."
      {...(missing > 0 ? { footer: <ArchiveNote missing={missing} /> } : {})}
    >
      <div className="flex flex-col gap-3">
        <RatioChartView {...props} unrealised={view.points} canReadUnrealised={isFlux} />
        {isFlux && <Unrealised report={report} view={view} />}
      </div>
    </Panel>
  );
}

function Unrealised({ report, view }: { readonly report: VaultReport; readonly view: UnrealisedView }) {
  const { points, progress, fault } = view;
  if (view.isReading) {
    const done = progress?.doneBlocks ?? 0;
    const total = progress?.totalBlocks ?? view.costBlocks;
    return (
      <ProgressBar
        label="Reading what would have been lost"
        percent={progress === undefined ? undefined : (done * 100) / Math.max(1, total)}
        detail={`${formatInteger(done)} of ${formatInteger(total)} blocks`}
        action={
          <Button variant="secondary" size="small" onClick={view.stop}>
            Stop
          </Button>
        }
      />
    );
  }
  return (
    <>
      {fault !== undefined && (
        <Callout tone="danger" title="The unrealised series could not be read">
          {fault.kind === "chain" ? fault.error.message : fault.message}. What was read is kept; reading again
          goes on from there.
        </Callout>
      )}
      {points !== undefined && <Facts report={report} points={points} />}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.8125rem] text-ink-muted">
        <Button size="small" onClick={view.read}>
          {points === undefined ? "Read the unrealised series" : "Read it again, up to the newest block"}
        </Button>
        <span>
          Takes every manager&rsquo;s state at {formatInteger(view.costBlocks)} old blocks: one request or
          more each. What this browser keeps of an earlier visit is not read again.
        </span>
      </div>
    </>
  );
}

function Facts(props: {
  readonly report: VaultReport;
  readonly points: NonNullable<UnrealisedView["points"]>;
}) {
  const { report, points } = props;
  const facts = useMemo(() => unrealisedFacts(points, report.snapshot.state), [points, report]);
  return (
    <KeyValueList
      items={facts.map((fact) => ({
        key: fact.key,
        label: fact.label,
        value: <Money figure={fact.figure} />,
        ...(fact.note === undefined ? {} : { hint: fact.note }),
      }))}
    />
  );
}

function ArchiveNote({ missing }: { readonly missing: number }) {
  return (
    <span>{missing} older blocks are no longer kept by this endpoint; their part of the line is a gap.</span>
  );
}
