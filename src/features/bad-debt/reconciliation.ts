import type { LossRow } from "@/domain/ledger";
import type { VaultState } from "@/domain/model";
import { formatMoney } from "@/shared/format-money";
import type { Tone } from "@/ui/tone";

/** Whether two accounts of one loss agree, in a word and a sentence. */
export interface RowBadge {
  readonly tone: Tone;
  readonly text: string;
  readonly title: string;
}

export const RECOVERY_BADGE: RowBadge = {
  tone: "ok",
  text: "Recovery",
  title: "Paid into the vault; raises the price of every share.",
};

export const FALL_BADGE: RowBadge = {
  tone: "danger",
  text: "No event",
  title: "There is no event to compare the fall with.",
};

/** The loss's bad debt against what total assets fell by. */
export function badgeOfLoss(row: LossRow, state: VaultState): RowBadge {
  return row.source === "derived" ? derivedBadge(row, state) : eventBadge(row, state);
}

function eventBadge({ reconciliation }: LossRow, state: VaultState): RowBadge {
  if (reconciliation.kind === "agrees") {
    return {
      tone: "ok",
      text: "Agrees",
      title: "The bad debt of the event equals the fall in total assets inside the transaction.",
    };
  }
  if (reconciliation.kind === "unknown") return NOT_STATED;
  const by = amount(reconciliation.byAssets, state);
  if (reconciliation.explainedByRounding) {
    return {
      tone: "ok",
      text: `Differs by ${by}: rounding`,
      title:
        "The vault rounds a total once and each manager's interest once; the difference is that and no more.",
    };
  }
  return reconciliation.explainedByFees
    ? {
        tone: "ok",
        text: `Differs by ${by}: fees`,
        title: "The difference is the fee part of interest that nobody paid; LPs never owned it.",
      }
    : {
        tone: "danger",
        text: `Differs by ${by}`,
        title: "The event and the fall in total assets do not agree, and unpaid fees do not explain it.",
      };
}

const NOT_STATED: RowBadge = {
  tone: "stale",
  text: "Not stated",
  title: "The vault does not say what this loss did to its total assets.",
};

/** Bad debt against a fall that was derived: a difference cannot be told apart from the fee part of unpaid interest. */
function derivedBadge(row: LossRow, state: VaultState): RowBadge {
  const { lpLossAssets, badDebtAssets, lpLossSharedBy } = row;
  if (lpLossAssets.kind === "unknown") return NOT_STATED;
  if (lpLossSharedBy !== undefined) {
    return {
      tone: "stale",
      text: `Part of ${lpLossSharedBy}`,
      title: `What ${lpLossSharedBy} losses of this block took together is known; it is split among them by bad debt, so each part is an estimate and cannot be checked against its own.`,
    };
  }
  const byAssets = badDebtAssets - lpLossAssets.value;
  if (byAssets === 0n) {
    return {
      tone: "ok",
      text: "Agrees",
      title: "The bad debt of the liquidation equals the fall in total assets around it.",
    };
  }
  return {
    tone: byAssets > 0n ? "stale" : "danger",
    text: `Differs by ${amount(byAssets, state)}`,
    title:
      byAssets > 0n
        ? "LPs lost less than the bad debt, as they do by the fee part of unpaid interest. The vault does not state that part, so it cannot be checked."
        : "LPs lost more than the bad debt of the liquidation.",
  };
}

function amount(value: bigint, state: VaultState): string {
  return formatMoney({ value, decimals: state.asset.decimals, symbol: state.asset.symbol });
}
