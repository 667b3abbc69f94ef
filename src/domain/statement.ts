import type { SplitRow } from "./exposure";
import { chainFigure, known, mapFigure, sumFigures } from "./figure";
import { sharesAtEnd } from "./holdings";
import type { LossRow, RecoveryRow } from "./ledger";
import type {
  FallRow,
  LpStatement,
  SplitOf,
  StatementKind,
  StatementLine,
  StatementTotals,
} from "./ledger-model";
import type { Address, Figure } from "./model";
import type { ShareAction } from "./share-actions";
import { assetsForSharesDown, sharePriceOf } from "./share-price";
import { partOf } from "./split-plan";
import type { BorneRow, StatementBook } from "./statement-book";
import { type Amount, figureOfAmount, LpLife, minus, plus, valueDown } from "./statement-life";
import { allLivesOf, lifeOf, type PassingLine } from "./statement-walk";

/**
 * The sums of one LP. Its shares and their value come from the replay's end and the vault's own totals, not from the
 * lines, so that a residual can be other than zero.
 */
function totalsOf(
  book: StatementBook,
  { address, life }: { readonly address: Address; readonly life: LpLife },
): StatementTotals {
  const { state, holdings } = book.input;
  const shares = sharesAtEnd(holdings, address);
  const price = known(sharePriceOf(state));
  const total = (amount: Amount): Figure => chainFigure(book.whole, () => figureOfAmount(amount));
  const valueAssets = total(valueDown(shares, price));
  const interest = plus(life.interest, life.interestUntil(price));
  const gained = minus(plus(interest, life.recoveries), life.losses);
  const moved = minus(life.transferredIn, life.transferredOut);
  const explained = plus(plus(plus(life.deposited - life.withdrawn, moved), gained), life.rounding);
  return {
    address,
    shares,
    valueAssets,
    depositedAssets: life.deposited,
    withdrawnAssets: life.withdrawn,
    transferredInAssets: total(life.transferredIn),
    transferredOutAssets: total(life.transferredOut),
    interestAssets: total(interest),
    lossesAssets: total(life.losses),
    recoveriesAssets: total(life.recoveries),
    roundingAssets: total(life.rounding),
    residualAssets: chainFigure(valueAssets, (value) => figureOfAmount(minus(value, explained))),
    avoidedAssets: total(life.avoided),
    inheritedAssets: total(life.inherited),
  };
}

/** Who is on the other side of an action, as its LP would ask. */
function counterpartyOf({ log }: ShareAction, kind: StatementKind): Address | undefined {
  if (log.kind === "transfer") return kind === "transfer-in" ? log.from : log.to;
  const other = log.kind === "deposit" ? log.sender : log.receiver;
  return other === log.owner ? undefined : other;
}

/** Where and when a line stands, and with whom. */
function sourceOf({ of, change }: PassingLine) {
  if ("split" in of) {
    const { at, atSeconds, transactionHash, blockHash, counterparty } = of;
    return { at, atSeconds, transactionHash, blockHash, counterparty };
  }
  const { blockNumber, logIndex, atSeconds, transactionHash, blockHash } = of.log;
  const at = { blockNumber, logIndex };
  return { at, atSeconds, transactionHash, blockHash, counterparty: counterpartyOf(of, change.kind) };
}

function lineOf(line: PassingLine): StatementLine {
  const { kind, sharesChange, amount, shift, priceBefore, priceAfter } = line.change;
  const { at, atSeconds, transactionHash, blockHash, counterparty } = sourceOf(line);
  return {
    kind,
    at,
    atSeconds,
    transactionHash,
    blockHash,
    counterparty,
    sharesChange,
    sharesAfter: line.life.shares,
    amountAssets: figureOfAmount(amount),
    interestAssets: figureOfAmount(line.interest),
    roundingAssets: figureOfAmount(line.rounding),
    priceBefore,
    priceAfter,
    shiftAssets: shift === undefined ? undefined : figureOfAmount(shift),
  };
}

/**
 * One LP's statement: every line with its log, and the sums. An address that never had a line has an empty statement
 * of zeros, which are true zeros when the replay is whole. Cost: its own lines.
 *
 * Unknown prices leave interest, rounding, the value of transfers and the residual unknown; what was paid in and out
 * and the parts of recorded losses stay known. From a replay that is not whole every total but those two is unknown.
 */
export function statementOf(book: StatementBook, address: Address): LpStatement {
  const lines: StatementLine[] = [];
  const life = lifeOf(book, { address, visit: (line) => lines.push(lineOf(line)) });
  return {
    ...totalsOf(book, { address, life }),
    lines,
    interestAfterLastLineAssets: figureOfAmount(life.interestUntil(known(sharePriceOf(book.input.state)))),
  };
}

/**
 * The sums of everybody who ever had a line, by address: also who has left, and dead addresses (see
 * `shareholderKindOf`). Virtual shares belong to nobody and are {@link virtualTotalsOf}. Cost: transfers + LPs × rows.
 */
export function statementTotalsOf(book: StatementBook): readonly StatementTotals[] {
  const lives = allLivesOf(book);
  return book.addresses.map((address, place) =>
    totalsOf(book, { address, life: lives[place] ?? new LpLife(book.whole) }),
  );
}

/** What the virtual shares hold and bore. They belong to nobody and have no lines of their own. */
export interface VirtualTotals {
  readonly shares: bigint;
  readonly valueAssets: Figure;
  readonly lossesAssets: Figure;
  readonly recoveriesAssets: Figure;
}

/** The line of the virtual shares beside the LPs' totals; undefined for a vault that has none. */
export function virtualTotalsOf(book: StatementBook): VirtualTotals | undefined {
  const { state } = book.input;
  const { virtualShares: shares } = state;
  if (shares === 0n) return undefined;
  const borne = (isOf: (kind: BorneRow["kind"]) => boolean): Figure =>
    chainFigure(book.whole, () =>
      sumFigures(
        book.rows
          .filter(({ kind }) => isOf(kind))
          .map(({ split }) => mapFigure(split.plan, (plan) => partOf(plan, { holder: undefined, shares }))),
      ),
    );
  return {
    shares,
    valueAssets: assetsForSharesDown(sharePriceOf(state), shares),
    lossesAssets: borne((kind) => kind !== "recovery"),
    recoveriesAssets: borne((kind) => kind === "recovery"),
  };
}

/** Every row of the full ledger with everybody's part of it. */
export interface BookSplits {
  readonly losses: readonly SplitOf<LossRow>[];
  readonly falls: readonly SplitOf<FallRow>[];
  readonly recoveries: readonly SplitOf<RecoveryRow>[];
}

function splitWith<Row>(row: Row, split: SplitRow<BorneRow>): SplitOf<Row> {
  return {
    row,
    get shares() {
      return split.shares;
    },
  };
}

/** All splits. A row's lines are made anew whenever its `shares` are asked for: one for every holder. */
export function splitsOf(book: StatementBook): BookSplits {
  const losses: SplitOf<LossRow>[] = [];
  const falls: SplitOf<FallRow>[] = [];
  const recoveries: SplitOf<RecoveryRow>[] = [];
  for (const { split } of book.rows) {
    const borne = split.row;
    if (borne.kind === "loss") losses.push(splitWith(borne.row, split));
    else if (borne.kind === "fall") falls.push(splitWith(borne.row, split));
    else recoveries.push(splitWith(borne.row, split));
  }
  return { losses, falls, recoveries };
}
