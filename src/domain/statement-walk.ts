import { ACTION_KIND } from "./action-table";
import { mulDivDown } from "./math";
import type { Address } from "./model";
import type { ShareAction } from "./share-actions";
import { partOf } from "./split-plan";
import type { BookRow, StatementBook } from "./statement-book";
import { type Amount, type Change, type LineResult, LpLife, valueDown } from "./statement-life";

/**
 * What a withdrawal avoided or a deposit inherited of the open shortfall: ⌊q × U / (S + v)⌋ with U as at the parent
 * block, S the supply before its burn or after its mint. Undefined for other actions. `index` is of the table.
 */
export function shiftOf(book: StatementBook, index: number): Amount | undefined {
  const { table, whole, shortfalls } = book;
  const flow = table.actions[index]?.flow;
  if (flow === undefined) return undefined;
  const { state } = book.input;
  if (state.flux === undefined) return "not-published";
  if (whole.kind === "unknown") return whole.reason;
  const open = shortfalls.get(flow.blockNumber);
  if (open === undefined) return "archive-unavailable";
  if (open.kind === "unknown") return open.reason;
  const shares = table.shares[index] ?? 0n;
  if (shares === 0n || open.value === 0n) return 0n;
  const minted = flow.kind === "deposit" ? shares : 0n;
  const bearing = (table.supplyBefore[index] ?? 0n) + minted + state.virtualShares;
  if (bearing <= 0n) return "no-supply";
  return mulDivDown({ a: shares, b: open.value, denominator: bearing });
}

/** What an action of the table is to one of its parties. */
function changeOfAction(
  book: StatementBook,
  { index, place }: { readonly index: number; readonly place: number },
): Change | undefined {
  const { table } = book;
  const priceBefore = table.priceBefore[index];
  const priceAfter = table.priceAfter[index];
  if (priceBefore === undefined || priceAfter === undefined) return undefined;
  const shares = table.shares[index] ?? 0n;
  if (table.kinds[index] === ACTION_KIND.transfer) {
    const isIn = table.gains[index] === place;
    return {
      kind: isIn ? "transfer-in" : "transfer-out",
      sharesChange: isIn ? shares : -shares,
      amount: valueDown(shares, priceBefore),
      priceBefore,
      priceAfter,
      shift: undefined,
    };
  }
  const isDeposit = table.kinds[index] === ACTION_KIND.deposit;
  return {
    kind: isDeposit ? "deposit" : "withdrawal",
    sharesChange: isDeposit ? shares : -shares,
    amount: table.assets[index] ?? 0n,
    priceBefore,
    priceAfter,
    shift: shiftOf(book, index),
  };
}

/** What a row is to whoever held shares at it, but for the amount. */
function changeOfRow({ kind, priceBefore, priceAfter }: BookRow, amount: Amount): Change {
  return { kind, sharesChange: 0n, amount, priceBefore, priceAfter, shift: undefined };
}

/** What `shares` of a holder bear of a row. */
function partOfRow(row: BookRow, claim: { readonly holder: Address; readonly shares: bigint }): Amount {
  const { plan } = row.split;
  return plan.kind === "known" ? partOf(plan.value, claim) : plan.reason;
}

/** A line as it passes: what happened, where it comes from, what it came to, and the life up to and including it. */
export interface PassingLine extends Readonly<LineResult> {
  readonly change: Change;
  /** An action of the address itself, or a row that all holders bore. */
  readonly of: ShareAction | BookRow;
  readonly life: LpLife;
}

/**
 * Lives through one address's lines in the order of the chain: its own actions, and each loss, fall and recovery at
 * which it held shares. Cost: its lines.
 */
export function lifeOf(
  book: StatementBook,
  { address, visit }: { readonly address: Address; readonly visit: (line: PassingLine) => void },
): LpLife {
  const { rows, table } = book;
  const life = new LpLife(book.whole);
  const place = table.placeOf.get(address);
  if (place === undefined) return life;
  let nextRow = 0;
  const take = (change: Change, of: ShareAction | BookRow): void => {
    const line = { change, of, life, interest: 0n, rounding: 0n };
    life.take(change, line);
    visit(line);
  };
  const takeRows = (end: number): void => {
    for (let index = nextRow; index < end && life.shares > 0n; index += 1) {
      const row = rows[index];
      if (row === undefined) continue;
      take(changeOfRow(row, partOfRow(row, { holder: address, shares: life.shares })), row);
    }
    nextRow = end;
  };
  const last = table.firstOwn[place + 1] ?? 0;
  for (let own = table.firstOwn[place] ?? 0; own < last; own += 1) {
    const index = table.ownActions[own] ?? 0;
    takeRows(table.rowsBefore[index] ?? 0);
    const action = table.actions[index];
    const change = changeOfAction(book, { index, place });
    if (action !== undefined && change !== undefined) take(change, action);
  }
  takeRows(rows.length);
  return life;
}

/**
 * Lives through everybody's lines at once, in the order of the chain, which is much faster than one address after
 * the other: what happened is read once and in order. The same lives as {@link lifeOf}, by the addresses' places.
 */
export function allLivesOf(book: StatementBook): readonly LpLife[] {
  const { addresses, rows, table } = book;
  const lives = addresses.map(() => new LpLife(book.whole));
  let nextRow = 0;
  const takeRows = (end: number): void => {
    for (; nextRow < end; nextRow += 1) {
      const row = rows[nextRow];
      if (row === undefined) continue;
      // One for everybody: only the amount differs.
      const change: { -readonly [K in keyof Change]: Change[K] } = changeOfRow(row, 0n);
      for (let place = 0; place < lives.length; place += 1) {
        const life = lives[place];
        const holder = addresses[place];
        if (life === undefined || holder === undefined || life.shares <= 0n) continue;
        change.amount = partOfRow(row, { holder, shares: life.shares });
        life.take(change);
      }
    }
  };
  const takeAction = (index: number, place: number): void => {
    const change = place < 0 ? undefined : changeOfAction(book, { index, place });
    if (change !== undefined) lives[place]?.take(change);
  };
  for (let index = 0; index < table.actions.length; index += 1) {
    takeRows(table.rowsBefore[index] ?? 0);
    takeAction(index, table.gives[index] ?? -1);
    takeAction(index, table.gains[index] ?? -1);
  }
  takeRows(rows.length);
  return lives;
}
