import type { Figure, VaultState } from "@/domain/model";
import { toCsv } from "@/shared/csv";
import { formatExactAmount } from "@/shared/format";
import type { PositionRow } from "./model";

/** `unknown` in an export, with the reason's own name: a program reads it. */
function exact<T>(figure: Figure<T>, text: (value: T) => string): string {
  return figure.kind === "known" ? text(figure.value) : `unknown (${figure.reason})`;
}

/**
 * The rows as comma-separated text, every digit of every amount. Each line names its chain, vault and block, so
 * that lines of two exports can be put into one sheet.
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
  const ratio = (value: bigint) => formatExactAmount({ value, decimals: 18 });
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
    ],
    rows: rows.map(({ manager, position, shortfall, band, healthWad, fallToThresholdWad, isInDeadZone }) => [
      ...place,
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
    ]),
  });
}
