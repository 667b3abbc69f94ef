import { useMemo } from "react";
import type { HealthPoint } from "@/data/risk/use-manager-risk";
import type { AssetDescription } from "@/domain/model";
import { counted } from "@/shared/counted";
import { formatInteger, formatStatistic } from "@/shared/format";
import { formatAxisDate, formatAxisNumber, formatMoment } from "@/shared/format-axis";
import { TimeSeriesChart } from "@/ui/charts/time-series-chart";
import { ErrorState } from "@/ui/data/messages";
import { ProgressBar } from "@/ui/data/progress-bar";
import { Button } from "@/ui/forms/button";
import { Grid } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";
import { healthChartsOf } from "./health-chart";

export interface HealthHistoryViewProps {
  readonly asset: AssetDescription;
  readonly points: readonly HealthPoint[] | undefined;
  readonly mostBlocks: number;
  /** Feeds whose past answers are read to find the blocks. */
  readonly feeds: number;
  readonly progress: { readonly done: number; readonly total: number } | undefined;
  readonly fault: string | undefined;
  readonly isReading: boolean;
  readonly onRead: () => void;
  readonly onStop: () => void;
}

const formatAxisRatio = (value: number): string => formatStatistic(value, 2);

/** Health, value and debt of one manager in the past: nothing is read before somebody asks. */
export function HealthHistoryView(props: HealthHistoryViewProps) {
  const { points, fault, isReading, onRead } = props;
  return (
    <Panel
      title="Health over time"
      actions={
        points !== undefined && !isReading ? (
          <Button size="small" onClick={onRead}>
            Read again
          </Button>
        ) : undefined
      }
    >
      {isReading && <Reading {...props} />}
      {!isReading && fault !== undefined && (
        <ErrorState title="The past of this manager could not be read" cause={fault} onRetry={onRead} />
      )}
      {!isReading && fault === undefined && points === undefined && <Offer {...props} />}
      {points !== undefined && <Charts points={points} asset={props.asset} />}
    </Panel>
  );
}

function Offer({ mostBlocks, feeds, onRead }: HealthHistoryViewProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-[0.8125rem] text-ink-muted">
      <p className="max-w-[72ch]">
        Reads the position at up to {formatInteger(mostBlocks)} old blocks, where something happened to it
        {feeds === 0
          ? ""
          : ` or to the prices of its assets, and the past answers of ${counted(feeds, ["price feed", "price feeds"])} to find them`}
        . It needs an endpoint that keeps old state, and can be stopped at any time.
      </p>
      <Button onClick={onRead}>Read its past</Button>
    </div>
  );
}

function Reading({ progress, onStop }: HealthHistoryViewProps) {
  const stop = (
    <Button size="small" onClick={onStop}>
      Stop
    </Button>
  );
  if (progress === undefined)
    return <ProgressBar label="Looking for the blocks" percent={undefined} action={stop} />;
  const { done, total } = progress;
  return (
    <ProgressBar
      label="Reading old blocks"
      percent={total === 0 ? undefined : (done / total) * 100}
      detail={`${formatInteger(done)} of ${formatInteger(total)} blocks`}
      action={stop}
    />
  );
}

function Charts({
  points,
  asset,
}: {
  readonly points: readonly HealthPoint[];
  readonly asset: AssetDescription;
}) {
  const { health, amounts, note } = useMemo(() => healthChartsOf(points, asset), [points, asset]);
  const empty = "No block of the past could be read, so there is no line to draw.";
  return (
    <>
      <Grid columns={2}>
        <TimeSeriesChart
          label="Health of this manager over time"
          series={health}
          formatValue={formatAxisRatio}
          formatAt={formatAxisDate}
          formatMoment={formatMoment}
          fromZero={false}
          empty={empty}
        />
        <TimeSeriesChart
          label="Value and true debt of this manager over time"
          series={amounts}
          formatValue={formatAxisNumber}
          formatAt={formatAxisDate}
          formatMoment={formatMoment}
          empty={empty}
        />
      </Grid>
      <p className="mt-2 text-xs text-ink-muted">{note}</p>
    </>
  );
}
