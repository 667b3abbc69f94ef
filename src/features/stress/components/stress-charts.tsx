import type { Figure } from "@/domain/model";
import type { BreakEven } from "@/domain/risk/fall-marks";
import { formatAxisCompact } from "@/shared/format-compact";
import { TimeSeriesChart } from "@/ui/charts/time-series-chart";
import { Grid } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";
import { axisFallText, curveMarksOf, FALL_AXIS, type StressCurves } from "../curves";
import { saidText } from "../words";

export interface StressChartsProps {
  readonly curves: StressCurves;
  readonly fallWad: bigint;
  readonly breakEven: Figure<BreakEven>;
  readonly what: string;
  readonly symbol: string;
  /** Named assets whose oracle price is fixed. */
  readonly fixed: readonly string[];
}

/** Losses and liquidations over the fall: two pictures, since one is money gone and the other is not. */
export function StressCharts({ curves, fallWad, breakEven, what, symbol, fixed }: StressChartsProps) {
  const marks = curveMarksOf(fallWad, breakEven);
  const why = saidText(curves.unknown, String);
  const empty = curves.isBlind
    ? "The oracle cannot see this fall, and no exchange gives a market mark."
    : why.kind === "unknown"
      ? why.why
      : "No curve can be drawn.";
  const shared = {
    annotations: marks,
    formatValue: formatAxisCompact,
    formatAt: axisFallText,
    formatMoment: axisFallText,
    axis: FALL_AXIS,
    empty,
    height: 240,
  } as const;
  return (
    <Grid columns={2}>
      <Panel
        title="Loss curve L(x)"
        description={`Bad debt in ${symbol} over the fall of ${what}. Money that LPs would be missing.`}
        footer={<MarketNote curves={curves} fixed={fixed} />}
      >
        <TimeSeriesChart
          label={`Loss over the fall of ${what}, ${symbol}`}
          series={curves.loss}
          {...shared}
        />
      </Panel>
      <Panel
        title="Liquidations at risk"
        description={`Debt in ${symbol} that could be liquidated over the fall of ${what}. Not a loss: most of it would be repaid.`}
        footer="Curves are drawn from straight lines between prices. The printed figures of the chosen fall are computed apart, to the unit."
      >
        <TimeSeriesChart
          label={`Liquidations at risk over the fall of ${what}, ${symbol}`}
          series={curves.atRisk}
          {...shared}
          empty={curves.isBlind ? "The oracle cannot see this fall: nothing becomes liquidatable." : empty}
        />
      </Panel>
    </Grid>
  );
}

function MarketNote({ curves, fixed }: Pick<StressChartsProps, "curves" | "fixed">) {
  const { withoutExit } = curves;
  return (
    <>
      {withoutExit.length > 0
        ? `Market-marked: not published. No exchange is configured for ${withoutExit.join(", ")}.`
        : "Market-marked, modelled: what the configured exchanges would pay for each position sold alone, their depth moving with the price."}
      {fixed.length > 0 &&
        ` The oracle-marked line cannot see a fall of ${fixed.join(", ")}: that oracle price is fixed, so only the market-marked line counts for it.`}
    </>
  );
}
