import { chainFigure, figureOf, known, unknown } from "../figure";
import { compareBigint, minOf, sumOf, WAD } from "../math";
import type { Figure, VaultState } from "../model";
import { assetsForSharesDown, sharePriceOf } from "../share-price";

/** What an LP could take out at once, base-asset units: its shares' value, bounded by what lies idle, rounded down. */
export function withdrawableNowAssets(shares: bigint, state: VaultState): Figure {
  return chainFigure(figureOf(state.flux?.idleAssets, "not-published"), (idle) =>
    chainFigure(assetsForSharesDown(sharePriceOf(state), shares), (value) => known(minOf(value, idle))),
  );
}

/** How a whole is spread over those who hold it. */
export interface Concentration {
  readonly holders: number;
  /** Part of the largest one, and of the five largest, rounded down, 10^18 = 100 %. */
  readonly largestWad: bigint;
  readonly topFiveWad: bigint;
  /** Herfindahl index Σ part², rounded down: 10^18 for a single holder, 10^18 / n for n equal ones. */
  readonly herfindahlWad: bigint;
}

/** Concentration of positive amounts; unknown "no-supply" when there is nothing to hold. */
export function concentrationOf(amounts: readonly bigint[]): Figure<Concentration> {
  const held = amounts.filter((amount) => amount > 0n).sort((a, b) => compareBigint(b, a));
  const whole = sumOf(held);
  if (whole === 0n) return unknown("no-supply");
  const squares = sumOf(held.map((amount) => amount * amount));
  return known({
    holders: held.length,
    largestWad: ((held[0] ?? 0n) * WAD) / whole,
    topFiveWad: (sumOf(held.slice(0, 5)) * WAD) / whole,
    herfindahlWad: (squares * WAD) / (whole * whole),
  });
}

/** How many could leave with everything they hold, the smallest ones first, before idle liquidity is used up. */
export interface ExitRoom {
  readonly idleAssets: bigint;
  /** Value of all shares, rounded down. */
  readonly balancesAssets: bigint;
  /** idle / balances, at most 100 %, rounded down. */
  readonly coveredWad: bigint;
  /** Holders whose whole balance is no more than what lies idle: each could leave, but not all together. */
  readonly couldLeaveAlone: number;
  readonly holders: number;
}

/** Who can leave now; unknown for a vault that does not say what lies idle, or without shares. */
export function exitRoomOf(holdings: readonly bigint[], state: VaultState): Figure<ExitRoom> {
  const price = sharePriceOf(state);
  const idle = figureOf(state.flux?.idleAssets, "not-published");
  if (idle.kind === "unknown") return idle;
  const values: bigint[] = [];
  for (const shares of holdings) {
    if (shares <= 0n) continue;
    const value = assetsForSharesDown(price, shares);
    if (value.kind === "unknown") return value;
    values.push(value.value);
  }
  const balancesAssets = sumOf(values);
  if (balancesAssets === 0n) return unknown("no-supply");
  return known({
    idleAssets: idle.value,
    balancesAssets,
    coveredWad: minOf(WAD, (idle.value * WAD) / balancesAssets),
    couldLeaveAlone: values.filter((value) => value <= idle.value).length,
    holders: values.length,
  });
}
