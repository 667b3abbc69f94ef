import { chainFigure, known, mapFigure, unknown } from "../figure";
import { liquidationThresholdWad, positionValueOf } from "../health";
import { divFloor, WAD } from "../math";
import type { Address, Figure, ManagerState, VaultState } from "../model";
import { allLines, type Factor, type FallInterval, factorOf, oracleSplit } from "./lines";
import type { RiskBook, RiskPosition } from "./model";
import { movedBy, shockableAssets } from "./prices";

/** The fall of a position's exposed assets at which something begins. */
export type FallMark =
  | { readonly kind: "already" }
  /** Not even a fall of 100 % gets there. */
  | { readonly kind: "unreachable" }
  /** From this fall on, 10^18 = 100 %. */
  | { readonly kind: "at"; readonly fallWad: bigint };

/** One position, as the prices of all it is exposed to fall together. */
export interface PositionAhead {
  readonly manager: Address;
  /** e: the part of the value that market prices other than the base asset's move, rounded down, 10^18 = 100 %. */
  readonly exposedWad: Figure;
  /** What it is exposed to: assets that a market feed prices, shares of vaults counted as the asset inside; largest first. */
  readonly exposedTo: readonly Address[];
  readonly toLiquidation: Figure<FallMark>;
  /** Liquidatable, and a liquidation would leave bad debt. */
  readonly toBadDebt: Figure<FallMark>;
  /** Whether the book rebuilds the position to the unit. */
  readonly isExact: boolean;
}

/** What "all exposed assets together" means: everything that a market prices, but for the base asset. */
export function exposedAssetsOf(book: Pick<RiskBook, "assets" | "state">): readonly Address[] {
  return shockableAssets(book)
    .map(({ address }) => address)
    .filter((address) => address !== book.state.asset.address);
}

function markOf(interval: FallInterval | undefined): FallMark {
  if (interval === undefined) return { kind: "unreachable" };
  return interval.fromWad === 0n ? { kind: "already" } : { kind: "at", fallWad: interval.fromWad };
}

/** The asset whose market moves each asset of a book. */
function moversOf(book: RiskBook, exposed: readonly Address[]): ReadonlyMap<Address, Address> {
  const movers = new Map<Address, Address>();
  for (const asset of exposed) for (const moved of movedBy(book, asset)) movers.set(moved, asset);
  return movers;
}

function exposureOf(
  position: RiskPosition,
  { factor, movers }: { readonly factor: Factor; readonly movers: ReadonlyMap<Address, Address> },
): readonly Address[] {
  const values = new Map<Address, bigint>();
  for (const { asset, amount } of position.parts) {
    const mover = movers.get(asset);
    const priced = factor.priced.get(asset);
    if (mover === undefined || amount === 0n) continue;
    const value = priced === undefined ? 0n : (amount * priced.priceUsdWad) / priced.unit;
    values.set(mover, (values.get(mover) ?? 0n) + value);
  }
  return [...values]
    .sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x > y ? -1 : 1))
    .map(([asset]) => asset);
}

function aheadOf(
  position: RiskPosition,
  at: { readonly factor: Factor; readonly movers: ReadonlyMap<Address, Address> },
): PositionAhead {
  const { factor } = at;
  // One position's marks do not depend on another's: those that could not be read leave these as they are.
  const alone = { ...factor, book: { ...factor.book, positions: [position], unread: [] } };
  const lines = chainFigure(allLines(alone, oracleSplit), ([line]) =>
    line === undefined ? unknown("value-unreadable") : known(line),
  );
  return {
    manager: position.manager,
    exposedWad: chainFigure(oracleSplit(position, factor), ([still, moving]) =>
      still + moving === 0n ? known(0n) : known((moving * WAD) / (still + moving)),
    ),
    exposedTo: exposureOf(position, at),
    toLiquidation: mapFigure(lines, ({ liquidatable }) => markOf(liquidatable)),
    toBadDebt: mapFigure(lines, ({ losing }) => markOf(losing)),
    isExact: position.isExact && factor.book.rule !== undefined,
  };
}

/**
 * How far each owing position is from liquidation and from bad debt as the prices of its exposed assets fall together,
 * by manager. In one line: `fall = (1 − T / H) / e`, and the bad-debt line in place of T; here from the stored parts
 * themselves, so that nothing is rounded but the values of the parts. The base asset's own price stands still.
 *
 * Unknown as the book's prices are: "no-price", "not-published".
 */
export function positionsAheadOf(book: RiskBook): Figure<ReadonlyMap<Address, PositionAhead>> {
  const exposed = exposedAssetsOf(book);
  const movers = moversOf(book, exposed);
  return mapFigure(
    factorOf(book, exposed),
    (factor) =>
      new Map(
        book.positions
          .filter(
            ({ principalAssets, accruedInterestAssets }) => principalAssets + accruedInterestAssets > 0n,
          )
          .map((position) => [position.manager, aheadOf(position, { factor, movers })]),
      ),
  );
}

/**
 * The part of the way from opening to the threshold that is left: `(H − T) / (1 + bond ratio − T)`, rounded down,
 * 10^18 = all of it; above that for who opened with more than the least bond, below zero for who is past the threshold.
 * The same in falls of value, since the debt stands still in both. Unknown "parameters-implausible" where the buffer
 * leaves no way at all, otherwise as the position's value.
 */
export function openingRoomLeftWad(manager: ManagerState, state: VaultState): Figure {
  const strategy = state.flux?.strategy;
  if (strategy === undefined) return unknown("not-published");
  if (strategy.liquidationBufferWad <= 0n) return unknown("parameters-implausible");
  const thresholdWad = liquidationThresholdWad(strategy);
  return chainFigure(positionValueOf(manager, state), ({ valueUsdWad, debtUsdWad }) =>
    debtUsdWad === 0n
      ? unknown("no-debt")
      : known(
          divFloor(
            (valueUsdWad * WAD - thresholdWad * debtUsdWad) * WAD,
            strategy.liquidationBufferWad * debtUsdWad,
          ),
        ),
  );
}
