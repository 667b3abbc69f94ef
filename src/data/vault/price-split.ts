import { mapFigure } from "@/domain/figure";
import { basePricingOf, valueAssetsDown } from "@/domain/health";
import { sumOf } from "@/domain/math";
import type { Address, Figure, VaultState } from "@/domain/model";

/** What a position is worth by its parts. USD with 18 decimals; undefined where unpriced or not listed. */
export interface PricedParts {
  readonly bondValueUsdWad: bigint | undefined;
  readonly workingCapitalValueUsdWad: bigint | undefined;
  readonly wrappers:
    | readonly {
        readonly underlying: Address | undefined;
        readonly positions: readonly { readonly valueUsdWad: bigint | undefined }[] | undefined;
      }[]
    | undefined;
}

/** A position split by what moves with prices, base-asset units. */
export interface PriceSplit {
  readonly baseAssets: bigint;
  readonly riskyAssets: bigint;
}

const UNPRICED = { valueUsdWad: undefined };
const UNLISTED = { underlying: undefined, positions: undefined };

/**
 * Bond, working capital and wrappers of the base asset itself stand still when other prices fall. Each side rounded
 * down; unknown ("value-unreadable") as soon as one part is not listed or not priced.
 */
export function priceSplitOf(parts: PricedParts, state: VaultState): Figure<PriceSplit> {
  const baseUsd: (bigint | undefined)[] = [parts.bondValueUsdWad, parts.workingCapitalValueUsdWad];
  const riskyUsd: (bigint | undefined)[] = [];
  // What is not listed is not priced: one undefined part keeps the whole split unknown.
  for (const { underlying, positions } of parts.wrappers ?? [UNLISTED]) {
    const side = underlying === state.asset.address ? baseUsd : riskyUsd;
    for (const { valueUsdWad } of positions ?? [UNPRICED]) side.push(valueUsdWad);
  }
  const base = wholeSum(baseUsd);
  const risky = wholeSum(riskyUsd);
  if (base === undefined || risky === undefined) return { kind: "unknown", reason: "value-unreadable" };
  return mapFigure(basePricingOf(state), (pricing) => ({
    baseAssets: valueAssetsDown({ ...pricing, valueUsdWad: base }),
    riskyAssets: valueAssetsDown({ ...pricing, valueUsdWad: risky }),
  }));
}

function wholeSum(values: readonly (bigint | undefined)[]): bigint | undefined {
  const known = values.filter((value): value is bigint => value !== undefined);
  return known.length === values.length ? sumOf(known) : undefined;
}
