import { completeSnapshotOf } from "@/domain/complete";
import { aggregateHealthWadDown, type HealthBand } from "@/domain/health";
import { type Corridor, corridorOf, type PaymentRule } from "@/domain/liquidation";
import type { Address, Figure, FluxState, VaultSnapshot, VaultState } from "@/domain/model";
import { countedManagers } from "@/shared/counted";
import {
  formatAddress,
  formatAmount,
  formatInteger,
  formatRatio,
  formatRatioPercent,
  toChartNumber,
} from "@/shared/format";
import type { LoadLineDebt, LoadLineMark } from "@/ui/load-line/load-line-types";
import { type PositionRow, positionRowsOf } from "./model";

/** What the picture of a vault's load line is drawn from. */
export interface LoadLineModel {
  readonly title: string;
  readonly summary: string;
  readonly marks: readonly LoadLineMark[];
  readonly debts: readonly LoadLineDebt[];
  readonly notDrawn: string | undefined;
  readonly formatDebt: (debt: number) => string;
}

const WAD_DECIMALS = 18;

const ratio = (ratioWad: bigint): string => formatRatio({ ratioWad });
const percent = (ratioWad: bigint): string => formatRatioPercent({ ratioWad });
const health = (ratioWad: bigint): number => toChartNumber({ value: ratioWad, decimals: WAD_DECIMALS });

/**
 * By which rule the strategy asks its payments, as far as its own quotes show: "b" as soon as one asks less than
 * the debt of a position that is worth its debt, else "a".
 */
export function shownPaymentRule(rows: readonly PositionRow[]): PaymentRule {
  const showsRuleB = rows.some(({ shortfall }) => {
    const { valueAssets, paymentAssets, trueDebtAssets, source } = shortfall;
    return (
      source === "quoted" &&
      valueAssets.kind === "known" &&
      paymentAssets.kind === "known" &&
      valueAssets.value >= trueDebtAssets &&
      paymentAssets.value < trueDebtAssets
    );
  });
  return showsRuleB ? "b" : "a";
}

function detailOf(figure: Figure): { readonly detail?: string } {
  return figure.kind === "known" ? { detail: percent(figure.value) } : {};
}

function badDebtMark(corridor: Corridor, rule: PaymentRule): readonly LoadLineMark[] {
  const line = rule === "a" ? corridor.badDebtLineAWad : corridor.badDebtLineBWad;
  if (line.kind === "unknown") return [];
  return [
    {
      kind: "bad-debt",
      health: health(line.value),
      label: "Bad-debt line",
      value: ratio(line.value),
      zoneBelow: { label: "LPs would lose" },
    },
  ];
}

/**
 * The vault's own marks. The zones are named by falls of value, from one mark to the next: the manager's room, and
 * below it the gap tolerance, which is what LPs have in hand. They are smaller than the distances in health points.
 */
export function loadLineMarksOf(strategy: FluxState["strategy"], rule: PaymentRule): readonly LoadLineMark[] {
  const corridor = corridorOf(strategy);
  const gap = rule === "a" ? corridor.gapToleranceAWad : corridor.gapToleranceBWad;
  return [
    {
      kind: "opening",
      health: health(corridor.openingWad),
      label: "Opening",
      value: ratio(corridor.openingWad),
      zoneBelow: { label: "Manager room", detail: percent(corridor.openingRoomWad) },
    },
    {
      kind: "threshold",
      health: health(corridor.thresholdWad),
      label: "Threshold T",
      value: ratio(corridor.thresholdWad),
      zoneBelow: { label: "Gap tolerance", ...detailOf(gap) },
    },
    ...badDebtMark(corridor, rule),
    {
      kind: "insolvent",
      health: health(corridor.insolventWad),
      label: "Insolvent",
      value: ratio(corridor.insolventWad),
      zoneBelow: { label: "Worth less than owed" },
    },
  ];
}

/** One manager as it hangs on the line; undefined while its health is unknown. */
export function loadLineDebtOf(
  row: PositionRow,
  { state, href }: { readonly state: VaultState; readonly href: string | undefined },
): LoadLineDebt | undefined {
  if (row.healthWad.kind === "unknown") return undefined;
  const { decimals, symbol } = state.asset;
  const { trueDebtAssets: value } = row.shortfall;
  const { value: ratioWad } = row.healthWad;
  return {
    id: row.manager,
    health: health(ratioWad),
    debt: toChartNumber({ value, decimals }),
    // Texts are made when they are asked for: of ten thousand managers the picture names a dozen.
    get label() {
      return formatAddress(row.manager);
    },
    get shortLabel() {
      return `${row.manager.slice(0, 4)}…${row.manager.slice(-4)}`;
    },
    get healthText() {
      return ratio(ratioWad);
    },
    get debtText() {
      return formatAmount({ value, decimals, maximumFractionDigits: 0, toward: "up", symbol });
    },
    ...(href === undefined ? {} : { href }),
  };
}

function summaryOf(rows: readonly PositionRow[], snapshot: VaultSnapshot): string {
  const { state } = snapshot;
  if (completeSnapshotOf(snapshot).kind !== "complete")
    return "Not every manager could be read: what hangs here is a part of the debt.";
  const owing = rows.filter(({ shortfall }) => shortfall.trueDebtAssets > 0n);
  const isIn = (bands: readonly HealthBand[]) => owing.filter(({ band }) => bands.includes(band)).length;
  const below = isIn(["liquidatable"]);
  const losing = owing.filter(
    ({ shortfall }) => shortfall.state === "would-lose" || shortfall.state === "insolvent",
  ).length;
  const whole = aggregateHealthWadDown(
    owing.map(({ position }) => position),
    state,
  );
  const together = whole.kind === "known" ? ` Together they stand at ${ratio(whole.value)}.` : "";
  return `${countedManagers(owing.length)} ${owing.length === 1 ? "owes" : "owe"}; ${formatInteger(below)} can be liquidated, of which closing ${formatInteger(losing)} would cost the LPs.${together}`;
}

/** The scale bar's own round number of whole tokens. */
function debtScaleText(symbol: string): (debt: number) => string {
  return (debt) => `${debt >= 1 ? formatInteger(Math.trunc(debt)) : debt} ${symbol}`;
}

/** The load line of a vault; undefined where the vault publishes no strategy. */
export function loadLineOf(
  snapshot: VaultSnapshot,
  hrefOf: (manager: Address) => string | undefined,
): LoadLineModel | undefined {
  const { state } = snapshot;
  if (state.flux === undefined) return undefined;
  const { symbol } = state.asset;
  const rows = positionRowsOf(snapshot);
  const debts: LoadLineDebt[] = [];
  let unknownHealth = snapshot.unreadManagers.length;
  for (const row of rows) {
    if (row.shortfall.trueDebtAssets === 0n) continue;
    const debt = loadLineDebtOf(row, { state, href: hrefOf(row.manager) });
    if (debt === undefined) unknownHealth += 1;
    else debts.push(debt);
  }
  return {
    title: `Load line of ${state.name}`,
    summary: summaryOf(rows, snapshot),
    marks: loadLineMarksOf(state.flux.strategy, shownPaymentRule(rows)),
    debts,
    notDrawn:
      unknownHealth === 0
        ? undefined
        : `${countedManagers(unknownHealth)} ${unknownHealth === 1 ? "is" : "are"} not drawn: their health could not be read.`,
    formatDebt: debtScaleText(symbol),
  };
}

/** One manager alone against the vault's marks; undefined where its health or the strategy is unknown. */
export function managerLoadLineOf(input: {
  readonly row: PositionRow;
  readonly state: VaultState;
  /** All managers: their quotes show by which rule the strategy asks its payments. */
  readonly rows: readonly PositionRow[];
}): LoadLineModel | undefined {
  const { row, state } = input;
  const debt = loadLineDebtOf(row, { state, href: undefined });
  if (state.flux === undefined || debt === undefined) return undefined;
  return {
    title: `Health of ${debt.label}`,
    summary: `The position stands at ${debt.healthText}.`,
    marks: loadLineMarksOf(state.flux.strategy, shownPaymentRule(input.rows)),
    debts: [debt],
    notDrawn: undefined,
    formatDebt: debtScaleText(state.asset.symbol),
  };
}
