import type { TimeToLiquidation } from "@/domain/interest";
import type { Figure, VaultState } from "@/domain/model";
import type { FallMark } from "@/domain/risk/position-ahead";
import { toCsv } from "@/shared/csv";
import { formatExactAmount, formatStatistic } from "@/shared/format";
import { type AheadRow, chanceOf, HORIZONS, isNotWorthIt } from "./ahead";
import type { PositionRow } from "./model";

/** `unknown` in an export, with the reason's own name: a program reads it. */
function exact<T>(figure: Figure<T>, text: (value: T) => string): string {
  return figure.kind === "known" ? text(figure.value) : `unknown (${figure.reason})`;
}

const ratio = (value: bigint): string => formatExactAmount({ value, decimals: 18 });

/** A fall as a ratio; what needs none and what none leads to, by name. */
function fallOf(mark: FallMark): string {
  return mark.kind === "at" ? ratio(mark.fallWad) : mark.kind;
}

function secondsOf(time: TimeToLiquidation): string {
  return time.kind === "in" ? time.seconds.toString() : time.kind;
}

function isAhead(row: PositionRow): row is AheadRow {
  return "ahead" in row;
}

const AHEAD_HEADER = (symbol: string): readonly string[] => [
  "exposed_share",
  "exposed_to",
  "fall_to_liquidation",
  "fall_to_bad_debt",
  "exact",
  "seconds_to_liquidation_by_interest",
  "opening_room_left",
  `liquidation_profit_before_gas_${symbol}`,
  "worth_it",
  ...HORIZONS.map(({ id }) => `${id.replace("-", "_")}_low_model`),
  ...HORIZONS.map(({ id }) => `${id.replace("-", "_")}_high_model`),
];

/** What is ahead of one position, in the order of the header above. */
function aheadCells(row: AheadRow, amount: (value: bigint) => string): readonly string[] {
  const { ahead, profit } = row;
  const offered = profit.kind === "offer" ? profit.profitAssets : undefined;
  const chances = HORIZONS.map(({ seconds }) => chanceOf(row, seconds));
  const chanceCells = (end: "low" | "high") =>
    chances.map((chance) =>
      chance === undefined
        ? "not read"
        : exact(chance, (hit) => (hit.kind === "chance" ? formatStatistic(hit[end], 9) : hit.kind)),
    );
  return [
    exact(ahead, ({ exposedWad }) => exact(exposedWad, ratio)),
    row.exposedNames.join(" "),
    exact(ahead, ({ toLiquidation }) => exact(toLiquidation, fallOf)),
    exact(ahead, ({ toBadDebt }) => exact(toBadDebt, fallOf)),
    exact(ahead, ({ isExact }) => (isExact ? "yes" : "no")),
    exact(row.interestTime, secondsOf),
    exact(row.openingRoomLeftWad, ratio),
    offered === undefined ? profit.kind : exact(offered, amount),
    offered === undefined ? "" : exact(offered, () => (isNotWorthIt(row) ? "no" : "yes")),
    ...chanceCells("low"),
    ...chanceCells("high"),
  ];
}

/**
 * The rows as comma-separated text, every digit of every amount. Each line names its chain, vault and block, so
 * that lines of two exports can be put into one sheet. What is ahead follows where the rows know it.
 */
export function positionsCsv({
  rows,
  state,
}: {
  readonly rows: readonly PositionRow[];
  readonly state: VaultState;
}): string {
  const { decimals, symbol } = state.asset;
  const amount = (value: bigint) => formatExactAmount({ value, decimals });
  const place = [state.chainId.toString(), state.address, state.block.number.toString()];
  return toCsv({
    header: [
      "chain_id",
      "vault",
      "block",
      "manager",
      "state",
      "in_dead_zone",
      "band",
      "health_ratio",
      `value_${symbol}`,
      `principal_${symbol}`,
      `accrued_interest_${symbol}`,
      `true_debt_${symbol}`,
      `bond_${symbol}`,
      `working_capital_${symbol}`,
      "fall_of_value_to_threshold",
      "can_liquidate",
      `payment_if_liquidated_${symbol}`,
      "payment_source",
      `bad_debt_if_closed_${symbol}`,
      `lp_loss_if_closed_${symbol}`,
      `insolvency_${symbol}`,
      ...(rows.some(isAhead) ? AHEAD_HEADER(symbol) : []),
    ],
    rows: rows.map((row) => [
      ...place,
      ...nowCells(row, amount),
      ...(isAhead(row) ? aheadCells(row, amount) : []),
    ]),
  });
}

/** One position as it stands now. */
function nowCells(row: PositionRow, amount: (value: bigint) => string): readonly string[] {
  const { manager, position, shortfall, band, healthWad, fallToThresholdWad, isInDeadZone } = row;
  return [
    manager,
    shortfall.state,
    isInDeadZone ? "yes" : "no",
    band,
    exact(healthWad, ratio),
    exact(shortfall.valueAssets, amount),
    amount(position.principalAssets),
    amount(position.accruedInterestAssets),
    amount(shortfall.trueDebtAssets),
    amount(position.bondAssets),
    amount(position.workingCapitalAssets),
    exact(fallToThresholdWad, ratio),
    exact(shortfall.canLiquidate, (can) => (can ? "yes" : "no")),
    exact(shortfall.paymentAssets, amount),
    shortfall.source,
    exact(shortfall.badDebtIfClosedAssets, amount),
    exact(shortfall.lpLossIfClosedAssets, amount),
    exact(shortfall.insolvencyAssets, amount),
  ];
}
