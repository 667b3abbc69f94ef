type Address = `0x${string}`;

/** One claimant of a loss. The virtual shares of the vault's conversion have no address. */
export interface LossWeight {
  readonly holder: Address | undefined;
  readonly shares: bigint;
}

export interface LossPart {
  readonly holder: Address | undefined;
  readonly lossAssets: bigint;
}

/**
 * Splits a loss by shares, to the unit: every claimant gets the floor of its part, and the units that are left go
 * one each to the largest remainders; ties to the lower address, the virtual shares last.
 * @throws RangeError when there is a loss and nobody to bear it
 */
export function splitLoss(lossAssets: bigint, weights: readonly LossWeight[]): readonly LossPart[] {
  const total = weights.reduce((sum, entry) => sum + entry.shares, 0n);
  if (total === 0n) {
    if (lossAssets !== 0n) throw new RangeError("A loss without any shares cannot be split.");
    return weights.map(({ holder }) => ({ holder, lossAssets: 0n }));
  }
  const parts = weights.map(({ holder, shares }) => ({
    holder,
    floor: (lossAssets * shares) / total,
    remainder: (lossAssets * shares) % total,
  }));
  const left = lossAssets - parts.reduce((sum, part) => sum + part.floor, 0n);
  const byClaim = [...parts].sort(
    (a, b) => compare(b.remainder, a.remainder) || compareHolders(a.holder, b.holder),
  );
  const rounded = new Set(byClaim.slice(0, Number(left)));
  return parts.map((part) => ({
    holder: part.holder,
    lossAssets: part.floor + (rounded.has(part) ? 1n : 0n),
  }));
}

function compare(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function compareHolders(a: Address | undefined, b: Address | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}
