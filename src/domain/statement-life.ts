import { known, unknown } from "./figure";
import type { StatementKind } from "./ledger-model";
import type { Figure, SharePrice, UnknownReason } from "./model";

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

/** ⌊shares × assets / shares of the price⌋; nothing is worth nothing at any price. */
export function valueDown(shares: bigint, price: Figure<SharePrice>): Amount {
  if (shares === 0n) return 0n;
  if (price.kind === "unknown") return price.reason;
  if (price.value.shares <= 0n) return "no-supply";
  return (shares * price.value.assets) / price.value.shares;
}

/** What happened to one LP, as far as it does not depend on what happened before. */
export interface Change {
  readonly kind: StatementKind;
  readonly sharesChange: bigint;
  readonly amount: Amount;
  readonly priceBefore: Figure<SharePrice>;
  readonly priceAfter: Figure<SharePrice>;
  /** Avoided or inherited; undefined for what is neither a withdrawal nor a deposit. */
  readonly shift: Amount | undefined;
}

/** What one line came to. */
export interface LineResult {
  interest: Amount;
  rounding: Amount;
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
 * One LP's life in a vault, line after line: what it holds and its sums so far. Lines, totals and claims all come from
 * here.
 *
 * The interest of a line is the value of the shares held before it, at the price before it, less their value at the
 * price after the line before it. Its rounding is the value after it less the value before it and its amount. From a
 * replay that is not whole both are unknown.
 */
export class LpLife {
  shares = 0n;
  deposited = 0n;
  withdrawn = 0n;
  transferredIn: Amount = 0n;
  transferredOut: Amount = 0n;
  interest: Amount = 0n;
  losses: Amount = 0n;
  recoveries: Amount = 0n;
  rounding: Amount = 0n;
  avoided: Amount = 0n;
  inherited: Amount = 0n;
  private readonly isWhole: boolean;
  private value: Amount;

  constructor(whole: Figure<true>) {
    this.isWhole = whole.kind === "known";
    this.value = whole.kind === "known" ? 0n : whole.reason;
  }

  /** Adds a line; `line` is told what it came to, for whoever writes it down. */
  take(change: Change, line?: LineResult): void {
    const { kind, amount, sharesChange } = change;
    let interest = this.value;
    let rounding = this.value;
    if (this.isWhole) {
      const valueBefore = valueDown(this.shares, change.priceBefore);
      interest = minus(valueBefore, this.value);
      if (sharesChange !== 0n) this.shares += sharesChange;
      this.value = valueDown(this.shares, change.priceAfter);
      const expected = TAKES[kind] ? minus(valueBefore, amount) : plus(valueBefore, amount);
      rounding = minus(this.value, expected);
    } else {
      this.shares += sharesChange;
    }
    this.interest = plus(this.interest, interest);
    this.rounding = plus(this.rounding, rounding);
    this.add(kind, change);
    if (line !== undefined) {
      line.interest = interest;
      line.rounding = rounding;
    }
  }

  /** Gained by holding from the last line until the price stands at `price`. */
  interestUntil(price: Figure<SharePrice>): Amount {
    return this.isWhole ? minus(valueDown(this.shares, price), this.value) : this.value;
  }

  private add(kind: StatementKind, { amount, shift }: Change): void {
    switch (kind) {
      case "loss":
      case "fall":
        this.losses = plus(this.losses, amount);
        break;
      case "recovery":
        this.recoveries = plus(this.recoveries, amount);
        break;
      case "transfer-in":
        this.transferredIn = plus(this.transferredIn, amount);
        break;
      case "transfer-out":
        this.transferredOut = plus(this.transferredOut, amount);
        break;
      case "deposit":
        // Stated by the vault: always known.
        if (typeof amount === "bigint") this.deposited += amount;
        this.inherited = plus(this.inherited, shift ?? 0n);
        break;
      case "withdrawal":
        if (typeof amount === "bigint") this.withdrawn += amount;
        this.avoided = plus(this.avoided, shift ?? 0n);
        break;
    }
  }
}
