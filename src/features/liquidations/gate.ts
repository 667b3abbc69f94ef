import { trueDebtAssets } from "@/domain/health";
import type { Address, ManagerState, VaultState } from "@/domain/model";
import { formatHeld, formatOwed } from "@/shared/format-money";
import type { Bounds, BoundsForm } from "./bounds";
import type { CandidateRow } from "./candidates";

interface GateInput {
  readonly row: CandidateRow;
  readonly state: VaultState;
  readonly account: Address | undefined;
  readonly managers: readonly ManagerState[];
  readonly form: BoundsForm;
  readonly bounds: Bounds | undefined;
  readonly balanceAssets: bigint | undefined;
  readonly allowanceAssets: bigint | undefined;
}

/**
 * Why this account may not liquidate this manager now, in the order in which it could be put right; undefined when
 * nothing known stands against it. The simulation has the last word.
 */
export function refusalOf(input: GateInput): string | undefined {
  const { row, account, bounds } = input;
  const { canLiquidate } = row.shortfall;
  if (canLiquidate.kind === "known" && !canLiquidate.value) {
    return "The strategy does not let this position be liquidated at this block.";
  }
  if (account === row.manager) return "An account may not liquidate itself.";
  if (input.managers.some((one) => one.manager === account && trueDebtAssets(one) > 0n)) {
    return "This account owes this vault itself. The executor would mix both positions, so it refuses; use another account.";
  }
  if (bounds === undefined) return "The strategy's payment is not known.";
  const problem = Object.values(bounds.problems)[0] ?? bounds.obstacles[0];
  if (problem !== undefined) return problem;
  return input.form.mode === "pay-from-wallet" ? walletRefusal(input, bounds) : undefined;
}

function walletRefusal(input: GateInput, bounds: Bounds): string | undefined {
  const { balanceAssets, allowanceAssets, state } = input;
  const { decimals, symbol } = state.asset;
  const amount = (value: bigint): string => formatOwed({ value, decimals, symbol });
  const { quotedAssets } = bounds.suggested;
  if (balanceAssets !== undefined && balanceAssets < quotedAssets) {
    return `The payment is ${amount(quotedAssets)}; the wallet holds ${formatHeld({ value: balanceAssets, decimals, symbol })}. Sell the collateral instead, or top the wallet up.`;
  }
  if (bounds.maxPaymentAssets !== undefined && (allowanceAssets ?? 0n) < bounds.maxPaymentAssets) {
    return "Approve the largest payment first.";
  }
  return undefined;
}
