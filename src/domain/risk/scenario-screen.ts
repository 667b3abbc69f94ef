import { toScreeningNumber } from "@/shared/format";
import type { PaymentRule } from "../liquidation";
import type { Address } from "../model";
import type { RiskPosition } from "./model";

/** What is certain about a position before anything is computed exactly. */
export type Verdict = "healthy" | "closed-without-loss" | "compute";

/** What is the same for all positions of one scenario. Base-asset price and unit as everywhere in the domain. */
export interface ScreenFrame {
  /** By place of the asset, US dollars with 18 decimals. */
  readonly pricesUsdWad: readonly bigint[];
  readonly basePriceUsdWad: bigint;
  readonly baseUnit: bigint;
  readonly thresholdWad: bigint;
  /** 10^18 less the margin. */
  readonly keptWad: bigint;
  readonly rule: PaymentRule;
}

/** Positions and where the assets that they hold stand in lists of prices. */
export interface ScreenInput {
  readonly positions: readonly RiskPosition[];
  readonly placeOf: ReadonlyMap<Address, number>;
  /** 10^decimals by place. */
  readonly units: readonly bigint[];
}

const ONE_WAD = 1e18;
/** Twice what one rounding can be off by, as a part of the value. */
const ROUNDING = 2 ** -52;

/**
 * Tells, in floating point, the positions that need no exact computation at given prices from those that do.
 *
 * Why it cannot be wrong: with X = Σ amount × price / unit over the k assets of a position, V its value with each of
 * n stored parts rounded down, Y = debt × base price / base unit, and T the threshold, X − n < V <= X and
 * Y − 1 < D <= Y, D being the debt in dollars. Every number here is a sum, product or quotient of numbers that are not
 * negative, so a rounding is off by 2^-53 of the result at most and roundings add up: X takes 5 a term (three
 * conversions, a quotient, a product) and k − 1 for the sum, T × Y takes 8, the margin put on each side 3 more. So both
 * sides are off by less than (k + 12) × 2^-53, and are compared with twice (k + 16) × 2^-53 put on each of them, and
 * with n and 1 for what the contracts round. What is too large for a number, or negative, comes out as NaN or infinity
 * and is computed exactly, and so is whatever lies between the two bounds.
 */
export class PositionScreen {
  /** Holdings of all positions in one list; those of position i stand from `#starts[i]` to `#starts[i + 1]`. */
  readonly #starts: Int32Array;
  readonly #places: Int32Array;
  readonly #amounts: Float64Array;
  /** Stored parts of each position: each is rounded down by itself. */
  readonly #parts: Float64Array;
  readonly #debts: Float64Array;
  readonly #units: Float64Array;
  readonly #weights: Float64Array;
  readonly #guard: number;
  #debtWeight = Number.NaN;
  #threshold = Number.NaN;
  /** Of the debt in dollars, so much value closes a position without a loss, and so much more. */
  #coverage = Number.NaN;
  #coverageSlack = Number.NaN;

  constructor({ positions, placeOf, units }: ScreenInput) {
    const places: number[] = [];
    const amounts: number[] = [];
    this.#starts = new Int32Array(positions.length + 1);
    this.#parts = new Float64Array(positions.length);
    this.#debts = new Float64Array(positions.length);
    let most = 0;
    for (const [index, position] of positions.entries()) {
      const held = heldAmounts(position, placeOf);
      for (const [place, amount] of held) {
        places.push(place);
        amounts.push(toScreeningNumber(amount));
      }
      most = Math.max(most, held.size);
      this.#starts[index + 1] = places.length;
      this.#parts[index] = position.parts.length;
      this.#debts[index] = toScreeningNumber(position.principalAssets + position.accruedInterestAssets);
    }
    this.#places = Int32Array.from(places);
    this.#amounts = Float64Array.from(amounts);
    this.#units = Float64Array.from(units, toScreeningNumber);
    this.#weights = new Float64Array(units.length);
    this.#guard = (most + 16) * ROUNDING;
  }

  /** Sets the prices that the following verdicts are about. */
  begin(frame: ScreenFrame): void {
    for (const [place, price] of frame.pricesUsdWad.entries()) {
      this.#weights[place] = toScreeningNumber(price) / (this.#units[place] ?? Number.NaN);
    }
    this.#debtWeight = toScreeningNumber(frame.basePriceUsdWad) / toScreeningNumber(frame.baseUnit);
    this.#threshold = toScreeningNumber(frame.thresholdWad) / ONE_WAD;
    // Rule (a) asks for the whole debt of what is worth it. Rule (b) takes the margin off the value first, which was
    // rounded down by less than one base unit.
    this.#coverage = frame.rule === "a" ? 1 : ONE_WAD / toScreeningNumber(frame.keptWad);
    this.#coverageSlack = frame.rule === "a" ? 0 : this.#debtWeight;
  }

  /** What is certain about the position at `index`. */
  verdictOf(index: number): Verdict {
    const end = this.#starts[index + 1] ?? 0;
    let value = 0;
    for (let at = this.#starts[index] ?? 0; at < end; at += 1) {
      value += (this.#amounts[at] ?? Number.NaN) * (this.#weights[this.#places[at] ?? 0] ?? Number.NaN);
    }
    const more = 1 + this.#guard;
    const less = 1 - this.#guard;
    const owed = (this.#debts[index] ?? Number.NaN) * this.#debtWeight;
    const valueAtLeast = value * less - (this.#parts[index] ?? Number.NaN);
    if (valueAtLeast === Number.POSITIVE_INFINITY) return "compute";
    if (valueAtLeast >= owed * this.#threshold * more) return "healthy";
    const lineAtLeast = owed * this.#threshold * less - this.#threshold * more;
    const isLiquidatable = value * more < lineAtLeast && lineAtLeast < Number.POSITIVE_INFINITY;
    const isCovered = valueAtLeast >= (owed * this.#coverage + this.#coverageSlack) * more;
    return isLiquidatable && isCovered ? "closed-without-loss" : "compute";
  }
}

/** Amounts of a position by place of their asset, parts of one asset together. */
function heldAmounts(
  { parts }: RiskPosition,
  placeOf: ReadonlyMap<Address, number>,
): ReadonlyMap<number, bigint> {
  const held = new Map<number, bigint>();
  for (const { asset, amount } of parts) {
    const place = placeOf.get(asset);
    if (amount === 0n || place === undefined) continue;
    held.set(place, (held.get(place) ?? 0n) + amount);
  }
  return held;
}
