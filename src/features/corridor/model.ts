import { eventsOf } from "@/domain/history";
import { sharesAtEnd } from "@/domain/holdings";
import {
  badDebtAssets,
  type Corridor,
  corridorOf,
  type HealthInterval,
  isInDeadZone,
  type PaymentRule,
  paymentDown,
} from "@/domain/liquidation";
import { divFloor, WAD } from "@/domain/math";
import type { Address, AssetDescription, Figure, StrategyState, VaultState } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import {
  formatAddress,
  formatInteger,
  formatRatio,
  formatRatioPercent,
  toSafeInteger,
} from "@/shared/format";
import { formatHeld, formatOwed } from "@/shared/format-money";
import type { FigureText } from "@/ui/figures/figure-text";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";

/** A position to look at: the documentation's example, or one that was really liquidated. Base-asset units. */
export interface CorridorCase {
  readonly id: string;
  readonly label: string;
  readonly trueDebtAssets: bigint;
  readonly valueAssets: bigint;
  readonly paymentAssets: bigint;
  /** Undefined for the example. */
  readonly manager: Address | undefined;
  readonly blockNumber: bigint | undefined;
}

export const LESSON_ID = "lesson";
const LESSON_DEBT = 100_000n;
const LESSON_VALUE = 95_000n;

/** The documentation's own case: 100,000 owed, 95,000 worth and paid, 5,000 lost. */
export function lessonCaseOf({ decimals, symbol }: AssetDescription): CorridorCase {
  const unit = 10n ** BigInt(decimals);
  return {
    id: LESSON_ID,
    label: `The documentation's example: ${formatInteger(LESSON_DEBT)} ${symbol} owed, ${formatInteger(LESSON_VALUE)} left`,
    trueDebtAssets: LESSON_DEBT * unit,
    valueAssets: LESSON_VALUE * unit,
    paymentAssets: LESSON_VALUE * unit,
    manager: undefined,
    blockNumber: undefined,
  };
}

/** The example, and every liquidation that left bad debt, newest first. */
export function casesOf(report: Pick<VaultReport, "history" | "snapshot">): readonly CorridorCase[] {
  const { asset } = report.snapshot.state;
  const lost = eventsOf(report.history, "liquidated")
    .filter((event) => event.badDebtAssets > 0n && event.trueDebtAssets > 0n)
    .map(
      (event): CorridorCase => ({
        id: `${event.blockNumber}-${event.logIndex}`,
        label: `Block ${formatInteger(event.blockNumber)}: ${formatAddress(event.manager)}, ${formatOwed({ value: event.badDebtAssets, decimals: asset.decimals })} ${asset.symbol} bad debt`,
        trueDebtAssets: event.trueDebtAssets,
        valueAssets: event.positionValueAssets,
        paymentAssets: event.paymentAssets,
        manager: event.manager,
        blockNumber: event.blockNumber,
      }),
    )
    .toReversed();
  return [lessonCaseOf(asset), ...lost];
}

/** Where a position stands on its way down. */
export type CorridorStop = "healthy" | "liquidatable" | "losing" | "insolvent" | "closed";

/** The stops in order, with what each means to whom. */
export const STOPS: readonly {
  readonly id: CorridorStop;
  readonly name: string;
  readonly meaning: string;
}[] = [
  {
    id: "healthy",
    name: "Healthy",
    meaning: "At T or above: nobody can close it. The manager's own bond takes the loss of value.",
  },
  {
    id: "liquidatable",
    name: "Liquidatable",
    meaning: "Below T: anybody may close it, and the payment still covers the debt. LPs lose nothing.",
  },
  {
    id: "losing",
    name: "Below the bad-debt line",
    meaning: "Worth its debt, but the payment no longer covers it: closing leaves bad debt.",
  },
  {
    id: "insolvent",
    name: "Insolvent",
    meaning: "Worth less than its debt. Closing pays the value less the liquidator's margin.",
  },
  {
    id: "closed",
    name: "Closed",
    meaning:
      "The debt is gone, and what the payment left open is recorded as bad debt: realised, shared by all LPs.",
  },
];

/** A position at one value of its holdings, under one rule. */
export interface CorridorPoint {
  readonly healthWad: bigint;
  readonly stop: CorridorStop;
  readonly isDeadZone: boolean;
  readonly paymentAssets: bigint;
  readonly badDebtAssets: bigint;
  readonly liquidatorGainAssets: bigint;
  /** Fall of value since an opening with the minimum bond; negative when it is worth more. */
  readonly fallSinceOpeningWad: bigint;
}

/** Where a position of a given debt and value stands, and what closing it there would leave. */
export function corridorPointOf(input: {
  readonly strategy: StrategyState;
  readonly rule: PaymentRule;
  readonly trueDebtAssets: bigint;
  readonly valueAssets: bigint;
}): CorridorPoint {
  const { strategy, rule, trueDebtAssets, valueAssets } = input;
  const corridor = corridorOf(strategy);
  const profitMarginWad = strategy.liquidationProfitMarginWad;
  const paymentAssets = paymentDown({ rule, valueAssets, trueDebtAssets, profitMarginWad });
  const bad = badDebtAssets({ trueDebtAssets, paymentAssets });
  // Compared without dividing: value ÷ debt against T.
  const isBelow = valueAssets * WAD < trueDebtAssets * corridor.thresholdWad;
  const openingAssets = (trueDebtAssets * corridor.openingWad) / WAD;
  return {
    healthWad: trueDebtAssets === 0n ? 0n : divFloor(valueAssets * WAD, trueDebtAssets),
    stop: stopOf({ isBelow, isInsolvent: valueAssets < trueDebtAssets, bad }),
    isDeadZone: isInDeadZone({ valueAssets, trueDebtAssets, profitMarginWad }),
    paymentAssets,
    badDebtAssets: bad,
    liquidatorGainAssets: valueAssets - paymentAssets,
    fallSinceOpeningWad:
      openingAssets === 0n ? 0n : divFloor((openingAssets - valueAssets) * WAD, openingAssets),
  };
}

function stopOf(at: {
  readonly isBelow: boolean;
  readonly isInsolvent: boolean;
  readonly bad: bigint;
}): CorridorStop {
  if (at.isInsolvent) return "insolvent";
  if (!at.isBelow) return "healthy";
  return at.bad > 0n ? "losing" : "liquidatable";
}

/** The picture's scale: places in per cent of its width, high health left, since a falling price runs to the right. */
export interface CorridorScale {
  readonly highWad: bigint;
  readonly lowWad: bigint;
}

const EDGE_WAD = 5n * 10n ** 16n;
const LEAST_LOW_WAD = 80n * 10n ** 16n;

export function scaleOf(corridor: Corridor): CorridorScale {
  const high = corridor.openingWad > corridor.thresholdWad ? corridor.openingWad : corridor.thresholdWad;
  const low = corridor.thresholdWad < WAD ? corridor.thresholdWad : WAD;
  const below = low - 15n * 10n ** 16n;
  return { highWad: high + EDGE_WAD, lowWad: below < LEAST_LOW_WAD ? below : LEAST_LOW_WAD };
}

/** A health's place from the left, per cent, cut to the picture. */
export function placeOf(healthWad: bigint, { highWad, lowWad }: CorridorScale): number {
  const at = healthWad > highWad ? highWad : healthWad < lowWad ? lowWad : healthWad;
  return toSafeInteger(((highWad - at) * 10_000n) / (highWad - lowWad)) / 100;
}

/** A mark of the corridor, ready to draw. */
export interface CorridorMark {
  readonly id: "opening" | "threshold" | "bad-debt" | "insolvent";
  readonly label: string;
  readonly value: string;
  readonly healthWad: bigint;
}

/** The marks from high to low; the bad-debt line is missing where the margin allows none. */
export function corridorMarksOf(corridor: Corridor, rule: PaymentRule): readonly CorridorMark[] {
  const line = rule === "a" ? corridor.badDebtLineAWad : corridor.badDebtLineBWad;
  const mark = (id: CorridorMark["id"], label: string, healthWad: bigint): CorridorMark => ({
    id,
    label,
    value: formatRatio({ ratioWad: healthWad }),
    healthWad,
  });
  return [
    mark("opening", "Opening 1 + bond", corridor.openingWad),
    mark("threshold", "Threshold T", corridor.thresholdWad),
    ...(line.kind === "known" ? [mark("bad-debt", "Bad-debt line", line.value)] : []),
    mark("insolvent", "Insolvent", corridor.insolventWad),
  ];
}

/** Both widths, by who has them. */
export interface CorridorWidths {
  readonly managerRoom: string;
  readonly gap: FigureText;
  readonly isGapGone: boolean;
  readonly cushion: string;
  readonly deadZone: FigureText;
}

/** Cut below, rounded up above, so that the zone never looks narrower than it is. */
function zoneText({ fromWad, toWad }: HealthInterval): string {
  return `${formatRatio({ ratioWad: fromWad })} to ${formatRatio({ ratioWad: toWad, fractionDigits: 4, toward: "up" })}`;
}

export function widthsOf(corridor: Corridor, rule: PaymentRule): CorridorWidths {
  const gap: Figure = rule === "a" ? corridor.gapToleranceAWad : corridor.gapToleranceBWad;
  return {
    managerRoom: formatRatioPercent({ ratioWad: corridor.openingRoomWad }),
    gap: toFigureText(gap, { text: (ratioWad) => formatRatioPercent({ ratioWad }), why: WHY_UNKNOWN }),
    isGapGone: gap.kind === "known" && gap.value <= 0n,
    cushion: formatRatioPercent({ ratioWad: corridor.cushionWad }),
    deadZone: toFigureText(corridor.deadZone, { text: zoneText, why: WHY_UNKNOWN }),
  };
}

/** Another buffer under the same bond: what grows and what shrinks. */
export interface BufferLine {
  readonly id: string;
  readonly isToday: boolean;
  readonly buffer: string;
  readonly threshold: string;
  readonly managerRoom: string;
  readonly cushion: string;
  readonly gap: FigureText;
}

const BUFFER_STEPS_WAD = [0n, 5n, 10n, 15n].map((points) => points * 10n ** 16n);

/** The vault's bond under several buffers, today's among them. */
export function bufferLinesOf(strategy: StrategyState, rule: PaymentRule): readonly BufferLine[] {
  const today = strategy.liquidationBufferWad;
  const buffers = [
    ...new Set([...BUFFER_STEPS_WAD.filter((one) => one < strategy.minBondRatioWad), today]),
  ].sort((a, b) => (a < b ? -1 : 1));
  return buffers.map((liquidationBufferWad) => {
    const corridor = corridorOf({ ...strategy, liquidationBufferWad });
    const { managerRoom, cushion, gap } = widthsOf(corridor, rule);
    return {
      id: `${liquidationBufferWad}`,
      isToday: liquidationBufferWad === today,
      buffer: formatRatioPercent({ ratioWad: liquidationBufferWad }),
      threshold: formatRatio({ ratioWad: corridor.thresholdWad }),
      managerRoom,
      cushion,
      gap,
    };
  });
}

/** One line of arithmetic of a case. */
export interface CaseLine {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly isLoss: boolean;
}

/** What a case cost under what was paid, and what it would cost at the vault's own margin and the chosen rule. */
export function caseLinesOf(input: {
  readonly one: CorridorCase;
  readonly point: CorridorPoint;
  readonly state: VaultState;
  readonly rule: PaymentRule;
  readonly marginWad: bigint;
  /** The slider was moved away from the case's own value. */
  readonly isMoved: boolean;
}): readonly CaseLine[] {
  const { one, point, state, rule, isMoved } = input;
  const { decimals, symbol } = state.asset;
  const owed = (value: bigint): string => `${formatOwed({ value, decimals })} ${symbol}`;
  const held = (value: bigint): string => `${formatHeld({ value, decimals })} ${symbol}`;
  const margin = formatRatioPercent({ ratioWad: input.marginWad });
  const atMargin = `at this vault's margin of ${margin}, rule (${rule})`;
  const own: readonly CaseLine[] = isMoved
    ? []
    : [
        {
          id: "paid",
          label: one.manager === undefined ? "Paid in the example" : "Paid",
          value: owed(one.paymentAssets),
          hint: one.manager === undefined ? "the whole value: a margin of 0%" : "as the vault recorded it",
          isLoss: false,
        },
        {
          id: "lost",
          label: "Bad debt then",
          value: owed(badDebtAssets(one)),
          hint: one.manager === undefined ? "100,000 − 95,000" : "as the vault recorded it",
          isLoss: true,
        },
      ];
  return [
    { id: "debt", label: "True debt", value: owed(one.trueDebtAssets), isLoss: false },
    ...own,
    { id: "payment", label: "Payment", value: owed(point.paymentAssets), hint: atMargin, isLoss: false },
    {
      id: "bad-debt",
      label: "Bad debt",
      value: owed(point.badDebtAssets),
      hint: atMargin,
      isLoss: point.badDebtAssets > 0n,
    },
    {
      id: "gain",
      label: "Left to the liquidator",
      value: held(point.liquidatorGainAssets),
      hint: "before slippage and gas",
      isLoss: false,
    },
    {
      id: "price",
      label: "Share price",
      value: shareOfAssets(point.badDebtAssets, state),
      hint: "−bad debt ÷ this vault's assets today",
      isLoss: point.badDebtAssets > 0n,
    },
  ];
}

/** What an address has of a bad debt by its shares today; undefined without a history that is whole. */
export function ownPartOf(
  lossAssets: bigint,
  at: { readonly report: Pick<VaultReport, "holdings" | "history" | "snapshot">; readonly holder: Address },
): string | undefined {
  const { state } = at.report.snapshot;
  const whole = state.totalSupplyShares + state.virtualShares;
  if (!at.report.history.complete || whole <= 0n) return undefined;
  const value = (sharesAtEnd(at.report.holdings, at.holder) * lossAssets) / whole;
  const { decimals, symbol } = state.asset;
  return `${formatOwed({ value, decimals })} ${symbol}`;
}

/** "−0.50%": what a loss would take of every share. */
function shareOfAssets(lossAssets: bigint, { totalAssets }: VaultState): string {
  if (totalAssets <= 0n) return "unknown: the vault has no assets";
  if (lossAssets === 0n) return "unchanged";
  return `−${formatRatioPercent({ ratioWad: (lossAssets * WAD) / totalAssets, fractionDigits: 3, toward: "up" })}`;
}
