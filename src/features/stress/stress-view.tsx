import { useDeferredValue, useMemo } from "react";
import type { Address } from "@/domain/model";
import type { RiskBook } from "@/domain/risk/model";
import { type Outcome, outcomeAt } from "@/domain/risk/outcome";
import { todaysPrices } from "@/domain/risk/prices";
import type { VaultReport } from "@/report/vault-report";
import { AddressLabel } from "@/ui/data/address-label";
import { Callout, EmptyState } from "@/ui/data/messages";
import type { FigureText } from "@/ui/figures/figure-text";
import { PartialNotice } from "@/ui/figures/notices";
import { Stat, StatRow } from "@/ui/figures/stat";
import { Grid } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";
import { LoadLine } from "@/ui/load-line/load-line";
import { fallText, PRESET_FALLS_WAD, type StressChoice } from "./choice";
import { DistanceGauge } from "./components/distance-gauge";
import { HolderLoss } from "./components/holder-loss";
import { ShockControls } from "./components/shock-controls";
import { StressCharts } from "./components/stress-charts";
import { FallTable, WhatIfTable } from "./components/stress-tables";
import { breakEvenTextOf, exactnessText, outcomeFiguresOf, unmovedText } from "./figures";
import type { WorstDay } from "./history";
import { type FallModel, fallModelOf, joinedWhatIf, type ShockModel, shockModelOf } from "./model";
import { shockLoadLineOf } from "./shock-load-line";
import { fallRowsOf, whatIfLinesOf } from "./tables";
import { blockText, inputText, owedText } from "./words";

export interface StressViewProps {
  readonly book: RiskBook;
  readonly report: Pick<VaultReport, "holdings" | "history">;
  readonly choice: StressChoice;
  readonly onChange: (choice: StressChoice) => void;
  readonly worstDayOf: (assets: readonly Address[]) => WorstDay | undefined;
  readonly hrefOf: (manager: Address) => string;
}

/** A shock, what it would cost, who falls first, and how far away the first loss is. */
export function StressView({ book, report, choice, onChange, worstDayOf, hrefOf }: StressViewProps) {
  const { kind, assets } = choice;
  const shock = useMemo(() => shockModelOf(book, { kind, assets }), [book, kind, assets]);
  const today = useMemo(() => outcomeAt(book, { prices: todaysPrices(book) }), [book]);
  // Large books answer a dragged slider a moment later; the slider itself never waits.
  const fallWad = useDeferredValue(choice.fallWad);
  const fall = useMemo(() => fallModelOf(book, { shock, fallWad }), [book, shock, fallWad]);
  const loadLine = useMemo(
    () =>
      shockLoadLineOf({
        book,
        today,
        outcome: fall.outcome,
        shock: `${shock.what} −${fallText(fallWad)}`,
        hrefOf,
      }),
    [book, today, fall, shock, fallWad, hrefOf],
  );
  const worstDay = useMemo(() => worstDayOf(shock.marketAssets), [worstDayOf, shock]);
  if (book.positions.length === 0 && book.unread.length === 0) {
    return (
      <Panel title="Shock">
        <EmptyState title="Nobody owes this vault anything">
          Without debt no fall of a price can cost the LPs.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <>
      {book.unread.length > 0 && (
        <PartialNotice
          missing={`${book.unread.length} of ${book.unread.length + book.positions.length} managers could not be taken apart`}
          consequence="No total is made of the rest. Take the book anew, or use another endpoint."
        />
      )}
      <FixedLabel shock={shock} />
      <BreakEvenPanel book={book} shock={shock} today={today} fallWad={fallWad} hrefOf={hrefOf} />
      <Grid columns="aside">
        <Panel
          title={`Load line at −${fallText(fallWad)}`}
          description="Where every manager's debt would hang. Outlines: where it hangs today."
        >
          {loadLine === undefined ? <EmptyState title="No load line" /> : <LoadLine {...loadLine} />}
        </Panel>
        <Panel title="Shock">
          <ShockControls book={book} choice={choice} onChange={onChange} worstDay={worstDay} />
          <HolderLoss
            book={book}
            report={report}
            outcome={fall.outcome}
            holder={choice.holder}
            fallWad={fallWad}
            onHolder={(holder) => onChange({ ...choice, holder })}
          />
        </Panel>
      </Grid>
      <OutcomeFigures book={book} shock={shock} fall={fall} fallWad={fallWad} />
      <StressCharts
        curves={shock.curves}
        fallWad={fallWad}
        breakEven={shock.breakEven}
        what={shock.what}
        symbol={book.state.asset.symbol}
        fixed={shock.fixed}
      />
      <Tables book={book} shock={shock} fall={fall} fallWad={fallWad} hrefOf={hrefOf} />
    </>
  );
}

function FixedLabel({ shock }: { readonly shock: ShockModel }) {
  if (shock.fixed.length === 0) return null;
  const names = shock.fixed.join(", ");
  const hasMarket = shock.curves.withoutExit.length === 0;
  return (
    <Callout tone="danger" title={`${names}: fixed oracle price`}>
      The oracle goes on saying the same price whatever the market does: no fall of {names} makes a position
      liquidatable.{" "}
      {hasMarket
        ? "Only the market-marked figures below can see it."
        : `Only a market mark could see it, and none is published: no exchange is configured for ${shock.curves.withoutExit.join(", ")}.`}
    </Callout>
  );
}

type BreakEvenProps = Pick<StressViewProps, "book" | "hrefOf"> & {
  readonly shock: ShockModel;
  readonly today: Outcome;
  readonly fallWad: bigint;
};

function BreakEvenPanel({ book, shock, today, fallWad, hrefOf }: BreakEvenProps) {
  const { breakEven, marks, what } = shock;
  const text = breakEvenTextOf({ breakEven, marks, today, book, what });
  return (
    <StatRow label="How far the vault is from a loss">
      <Stat
        label="Break-even shock"
        sublabel={`fall of ${shock.what} at which LPs begin to lose`}
        figure={text.figure}
        tone={text.tone}
        formula={{
          expression: "smallest x with L(x) > 0",
          meaning:
            "The smallest fall at which some position can be liquidated and its payment no longer covers its debt.",
          inputs: [{ label: "Managers that owe", value: `${book.positions.length}` }],
          result: inputText(text.figure),
          block: blockText(book),
        }}
      />
      <div className="flex flex-col justify-center gap-2 text-[0.8125rem] sm:col-span-2">
        {text.safeWad !== undefined && <DistanceGauge safeWad={text.safeWad} fallWad={fallWad} />}
        <p>
          {text.sentence}{" "}
          {text.manager !== undefined && <AddressLabel address={text.manager} href={hrefOf(text.manager)} />}
        </p>
      </div>
    </StatRow>
  );
}

interface FallProps {
  readonly book: RiskBook;
  readonly shock: ShockModel;
  readonly fall: FallModel;
  readonly fallWad: bigint;
}

function OutcomeFigures({ book, shock, fall, fallWad }: FallProps) {
  const { outcome, unmoved, marketLossAssets } = fall;
  const figures = outcomeFiguresOf({ book, outcome, fallWad, what: shock.what });
  const market = marketText(marketLossAssets, shock, book);
  const still = unmovedText(book, unmoved);
  return (
    <div className="flex flex-col gap-2">
      <StatRow label={`If ${shock.what} fell by ${fallText(fallWad)}`}>
        {figures.map(({ id, ...figure }) => (
          <Stat key={id} size="medium" {...figure} />
        ))}
        <Stat
          size="medium"
          label="Market-marked shortfall"
          sublabel="modelled: every position sold on the configured exchanges"
          figure={market}
          formula={{
            expression: "Σ max(0, D − (1 − m) · M · (1 − x))",
            meaning:
              "M: what the exchanges would pay for each position today, sold alone; the depth moves with the price.",
            inputs: [{ label: `Fall of ${shock.what}`, value: fallText(fallWad) }],
            result: inputText(market),
            block: blockText(book),
          }}
        />
      </StatRow>
      <p className="text-xs text-ink-muted">
        {exactnessText(outcome)} {still}
      </p>
    </div>
  );
}

function marketText(loss: FallModel["marketLossAssets"], shock: ShockModel, book: RiskBook): FigureText {
  const { withoutExit } = shock.curves;
  return loss.kind === "unknown" && withoutExit.length > 0
    ? { kind: "unknown", why: `Not published: no exchange is configured for ${withoutExit.join(", ")}.` }
    : owedText(loss, book.state.asset);
}

function Tables({ book, shock, fall, fallWad, hrefOf }: FallProps & Pick<StressViewProps, "hrefOf">) {
  const { symbol } = book.state.asset;
  const rows = useMemo(
    () =>
      shock.marks.kind === "known" ? fallRowsOf(shock.marks.value, { outcome: fall.outcome, book }) : [],
    [shock, fall, book],
  );
  const lines = useMemo(
    () => whatIfLinesOf(joinedWhatIf(shock, fall), { book, closedFirst: fall.closedFirst }),
    [shock, fall, book],
  );
  return (
    <>
      <Panel title="Order of falling" description={`Who falls first when ${shock.what} falls.`} flush>
        <FallTable rows={rows} hrefOf={hrefOf} fallWad={fallWad} symbol={symbol} />
      </Panel>
      <Panel
        title="What a bond ratio or buffer would have changed"
        description={`The same book under other parameters, for falls of ${shock.what}.`}
        flush
      >
        <WhatIfTable
          lines={lines}
          scenarios={fall.isPreset ? PRESET_FALLS_WAD : [...PRESET_FALLS_WAD, fallWad]}
          fallWad={fallWad}
          symbol={symbol}
          hrefOf={hrefOf}
        />
      </Panel>
    </>
  );
}
