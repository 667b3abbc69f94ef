import { supplySharesAt } from "./holdings";
import { mulDivDown } from "./math";
import type { Address } from "./model";
import type { ShareAction } from "./share-actions";
import { partOf } from "./split-plan";
import type { BookRow, StatementBook } from "./statement-book";
import { type Amount, type Change, type LineResult, LpLife, valueDown } from "./statement-life";

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
  if (transfer === undefined || transfer.shares === 0n || open.value === 0n) return 0n;
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
    sharesChange: 0n,
    amount: plan.kind === "known" ? partOf(plan.value, claim) : plan.reason,
    priceBefore: row.priceBefore,
    priceAfter: row.priceAfter,
    shift: undefined,
  };
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
  const { rows, rowsBefore, actions, ownActions, firstOwn } = book;
  const life = new LpLife(book.whole);
  const place = book.placeOf.get(address);
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
      if (row !== undefined) take(changeOfRow(row, { holder: address, shares: life.shares }), row);
    }
    nextRow = end;
  };
  for (let own = firstOwn[place] ?? 0; own < (firstOwn[place + 1] ?? 0); own += 1) {
    const index = ownActions[own] ?? 0;
    const of = actions[index];
    takeRows(rowsBefore[index] ?? 0);
    const change = changeOfAction(book, { index, address });
    if (change !== undefined && of !== undefined) take(change, of);
  }
  takeRows(rows.length);
  return life;
}

/**
 * Lives through everybody's lines at once, in the order of the chain, which is much faster than one address after
 * the other: what happened is read once and in order. The same lives as {@link lifeOf}, by the addresses' places.
 */
export function allLivesOf(book: StatementBook): readonly LpLife[] {
  const { addresses, rows, rowsBefore, actions, placeOf } = book;
  const lives = addresses.map(() => new LpLife(book.whole));
  let nextRow = 0;
  const takeRows = (end: number): void => {
    for (; nextRow < end; nextRow += 1) {
      const row = rows[nextRow];
      if (row === undefined) continue;
      for (let place = 0; place < lives.length; place += 1) {
        const life = lives[place];
        const holder = addresses[place];
        if (life === undefined || holder === undefined || life.shares <= 0n) continue;
        life.take(changeOfRow(row, { holder, shares: life.shares }));
      }
    }
  };
  actions.forEach(({ transfer, flow }, index) => {
    takeRows(rowsBefore[index] ?? 0);
    const takeAction = (address: Address): void => {
      const life = lives[placeOf.get(address) ?? -1];
      const change = life === undefined ? undefined : changeOfAction(book, { index, address });
      if (change !== undefined) life?.take(change);
    };
    if (flow !== undefined) takeAction(flow.owner);
    else if (transfer !== undefined && transfer.shares > 0n && transfer.from !== transfer.to) {
      takeAction(transfer.from);
      takeAction(transfer.to);
    }
  });
  takeRows(rows.length);
  return lives;
}
