import { known, unknown } from "./figure";
import type { Address, Figure } from "./model";
import type { StatementBook } from "./statement-book";
import { shiftOf } from "./statement-walk";

/** What was moved to or from other LPs by one kind of action while a shortfall was open. */
export interface ShiftSum {
  /** Unknown as soon as one action's part is. */
  readonly amountAssets: Figure;
  /** Of the actions whose part is known; the amount itself where none is unknown. */
  readonly atLeastAssets: bigint;
  /** Actions that moved anything, and how many addresses they belong to. */
  readonly actions: number;
  readonly addresses: number;
  /** Actions in blocks before which the open shortfall could not be read. */
  readonly unknownActions: number;
}

/** Totals without names: what may stand on a public page. */
export interface ShiftTotals {
  /** Avoided by withdrawing. */
  readonly left: ShiftSum;
  /** Inherited by depositing. */
  readonly came: ShiftSum;
}

/**
 * What all who left avoided, and all who came inherited, of shortfalls that were open and not yet booked; sums and
 * counts only. Unknown for a vault that is not Flux, and from a history that is not whole.
 */
export function shiftTotalsOf(book: StatementBook): Figure<ShiftTotals> {
  if (book.input.state.flux === undefined) return unknown("not-published");
  if (book.whole.kind === "unknown") return book.whole;
  return known({ left: sumOfKind(book, "withdraw"), came: sumOfKind(book, "deposit") });
}

function sumOfKind(book: StatementBook, kind: "deposit" | "withdraw"): ShiftSum {
  let atLeastAssets = 0n;
  let actions = 0;
  let unknownActions = 0;
  let amountAssets: Figure | undefined;
  const addresses = new Set<Address>();
  book.table.actions.forEach(({ flow }, index) => {
    if (flow?.kind !== kind) return;
    const shift = shiftOf(book, index) ?? 0n;
    if (typeof shift !== "bigint") {
      unknownActions += 1;
      amountAssets ??= unknown(shift);
    } else if (shift > 0n) {
      atLeastAssets += shift;
      actions += 1;
      addresses.add(flow.owner);
    }
  });
  return {
    amountAssets: amountAssets ?? known(atLeastAssets),
    atLeastAssets,
    actions,
    addresses: addresses.size,
    unknownActions,
  };
}
