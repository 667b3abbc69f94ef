import { known, unknown } from "./figure";
import { supplySharesAt } from "./holdings";
import type { StatementKind } from "./ledger-model";
import { mulDivDown } from "./math";
import type { Address, Figure, SharePrice, UnknownReason } from "./model";
import type { ShareAction } from "./share-actions";
import { sharePriceOf } from "./share-price";
import { partOf } from "./split-plan";
import type { BookRow, StatementBook } from "./statement-book";

/** A figure without an object of its own, for millions of them: the amount, or why it is not known. */
export type Amount = bigint | UnknownReason;

export function figureOfAmount(amount: Amount): Figure {
  return typeof amount === "bigint" ? known(amount) : unknown(amount);
}

/** `a + b`; unknown as soon as one is. */
export function plus(a: Amount, b: Amount): Amount {
  if (typeof a !== "bigint") return a;
  return typeof b === "bigint" ? a + b : b;
}

/** `a − b`; unknown as soon as one is. */
export function minus(a: Amount, b: Amount): Amount {
  if (typeof a !== "bigint") return a;
  return typeof b === "bigint" ? a - b : b;
}

/** What happened, as far as it does not depend on the lines before. */
interface Change {
  readonly kind: StatementKind;
  /** An action of the address itself, or a row that all holders bore. */
  readonly of: ShareAction | BookRow;
  readonly sharesChange: bigint;
  readonly amount: Amount;
  readonly priceBefore: Figure<SharePrice>;
  readonly priceAfter: Figure<SharePrice>;
  /** Avoided or inherited; undefined for what is neither a withdrawal nor a deposit. */
  readonly shift: Amount | undefined;
}

/** One line, before it is written out. */
export interface Step {
  readonly change: Change;
  readonly sharesAfter: bigint;
  readonly interest: Amount;
  readonly rounding: Amount;
}

/** What is left when all lines are passed. */
export interface WalkEnd {
  readonly shares: bigint;
  readonly interestAfterLastLine: Amount;
}

/** ⌊shares × assets / shares of the price⌋; nothing is worth nothing at any price. */
function valueDown(shares: bigint, price: Figure<SharePrice>): Amount {
  if (shares === 0n) return 0n;
  if (price.kind === "unknown") return price.reason;
  if (price.value.shares <= 0n) return "no-supply";
  return (shares * price.value.assets) / price.value.shares;
}

/**
 * What a withdrawal avoided or a deposit inherited of the open shortfall: ⌊q × U / (S + v)⌋ with U as at the parent
 * block, S the supply before its burn or after its mint. Undefined for other actions.
 */
export function shiftOf(book: StatementBook, { transfer, flow }: ShareAction): Amount | undefined {
  if (flow === undefined) return undefined;
  const { state, holdings } = book.input;
  if (state.flux === undefined) return "not-published";
  if (book.whole.kind === "unknown") return book.whole.reason;
  const open = book.shortfalls.get(flow.blockNumber);
  if (open === undefined) return "archive-unavailable";
  if (open.kind === "unknown") return open.reason;
  if (transfer === undefined || open.value === 0n) return 0n;
  const supplyBefore = supplySharesAt(holdings, transfer);
  const minted = flow.kind === "deposit" ? transfer.shares : 0n;
  const bearing = supplyBefore + minted + state.virtualShares;
  if (bearing <= 0n) return "no-supply";
  return mulDivDown({ a: transfer.shares, b: open.value, denominator: bearing });
}

/** What an action is to one of its parties. */
function changeOfAction(
  book: StatementBook,
  { index, address }: { readonly index: number; readonly address: Address },
): Change | undefined {
  const action = book.actions[index];
  const priceBefore = book.actionPrices.before[index];
  const priceAfter = book.actionPrices.after[index];
  if (action === undefined || priceBefore === undefined || priceAfter === undefined) return undefined;
  const { transfer, flow } = action;
  const shares = transfer?.shares ?? 0n;
  if (flow !== undefined) {
    const isDeposit = flow.kind === "deposit";
    return {
      kind: isDeposit ? "deposit" : "withdrawal",
      of: action,
      sharesChange: isDeposit ? shares : -shares,
      amount: flow.assets,
      priceBefore,
      priceAfter,
      shift: shiftOf(book, action),
    };
  }
  const isIn = transfer?.to === address;
  return {
    kind: isIn ? "transfer-in" : "transfer-out",
    of: action,
    sharesChange: isIn ? shares : -shares,
    amount: valueDown(shares, priceBefore),
    priceBefore,
    priceAfter,
    shift: undefined,
  };
}

function changeOfRow(row: BookRow, claim: { readonly holder: Address; readonly shares: bigint }): Change {
  const { plan } = row.split;
  return {
    kind: row.kind,
    of: row,
    sharesChange: 0n,
    amount: plan.kind === "known" ? partOf(plan.value, claim) : plan.reason,
    priceBefore: row.priceBefore,
    priceAfter: row.priceAfter,
    shift: undefined,
  };
}

/** Whether a line of this kind takes its amount away from the value held. */
const TAKES: Readonly<Record<StatementKind, boolean>> = {
  deposit: false,
  withdrawal: true,
  "transfer-in": false,
  "transfer-out": true,
  loss: true,
  fall: true,
  recovery: false,
};

/**
 * Passes every line of one address to `visit`, in the order of the chain: its own actions, and each loss, fall and
 * recovery at which it held shares. The only way from the chain to a statement, a total or a claim.
 *
 * Interest of a line is the value of the shares held before it, at the price before it, less their value at the price
 * after the line before it. Rounding is the value after the line less the value before it and its amount. From a
 * replay that is not whole both are unknown for every line.
 */
export function walkLines(
  book: StatementBook,
  { address, visit }: { readonly address: Address; readonly visit: (step: Step) => void },
): WalkEnd {
  const { rows, rowsBefore, ownActions, firstOwn, whole, input } = book;
  const place = book.placeOf.get(address);
  if (place === undefined) return { shares: 0n, interestAfterLastLine: 0n };
  let shares = 0n;
  let lastValue: Amount = whole.kind === "known" ? 0n : whole.reason;
  let nextRow = 0;

  const take = (change: Change): void => {
    const { kind, amount, sharesChange } = change;
    const sharesAfter = shares + sharesChange;
    let interest: Amount = lastValue;
    let rounding: Amount = lastValue;
    if (whole.kind === "known") {
      const valueBefore = valueDown(shares, change.priceBefore);
      const valueAfter = valueDown(sharesAfter, change.priceAfter);
      interest = minus(valueBefore, lastValue);
      const expected = TAKES[kind] ? minus(valueBefore, amount) : plus(valueBefore, amount);
      rounding = minus(valueAfter, expected);
      lastValue = valueAfter;
    }
    shares = sharesAfter;
    visit({ change, sharesAfter, interest, rounding });
  };

  const takeRows = (end: number): void => {
    const first = nextRow;
    nextRow = end;
    if (shares <= 0n || first >= end) return;
    const claim = { holder: address, shares };
    for (let index = first; index < end; index += 1) {
      const row = rows[index];
      if (row !== undefined) take(changeOfRow(row, claim));
    }
  };

  for (let own = firstOwn[place] ?? 0; own < (firstOwn[place + 1] ?? 0); own += 1) {
    const index = ownActions[own] ?? 0;
    takeRows(rowsBefore[index] ?? 0);
    const change = changeOfAction(book, { index, address });
    if (change !== undefined) take(change);
  }
  takeRows(rows.length);
  const valueNow =
    whole.kind === "known" ? valueDown(shares, known(sharePriceOf(input.state))) : whole.reason;
  return { shares, interestAfterLastLine: minus(valueNow, lastValue) };
}
