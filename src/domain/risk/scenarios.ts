import { interestFeeBps, lpLossOfBadDebtAssets } from "../bad-debt";
import { known, mapFigure, unknown } from "../figure";
import { debtUsdWadDown, isBelowThreshold, liquidationThresholdWad, valueAssetsDown } from "../health";
import { badDebtAssets, type PaymentRule, paymentDown } from "../liquidation";
import { unitOf, WAD, zeroFloorSub } from "../math";
import type { Address, Figure, UnknownReason } from "../model";
import type { Prices, RiskBook } from "./model";
import { type Outcome, type ParameterChoice, ruleOf } from "./outcome";
import { PositionScreen } from "./scenario-screen";

/** The totals of a vault at one set of prices: what `outcomeAt` says of them, to the unit. */
export type ScenarioTotals = Pick<
  Outcome,
  "badDebtAssets" | "lpLossAssets" | "liquidationsAtRiskAssets" | "managersLiquidatable" | "managersLosing"
>;

/** A book made ready for many scenarios. */
export interface Scenarios {
  /** The totals at prices; unknown for the same reasons as in `outcomeAt`. */
  readonly totalsAt: (prices: Prices) => ScenarioTotals;
}

/** Positions in lists of their own: what lies side by side in memory is read faster than objects are. */
interface PreparedPositions {
  /** Parts of position i stand from `starts[i]` to `starts[i + 1]`. */
  readonly starts: readonly number[];
  readonly places: readonly number[];
  readonly amounts: readonly bigint[];
  readonly trueDebtsAssets: readonly bigint[];
  readonly unpaidInterestsAssets: readonly bigint[];
}

/** An asset that some position holds. Without decimals nothing can be valued. */
interface HeldAsset {
  readonly address: Address;
  readonly unit: bigint | undefined;
}

/** One scenario: prices in the order of the held assets. */
interface Frame {
  readonly pricesUsdWad: readonly bigint[];
  readonly basePriceUsdWad: bigint;
}

function unknownTotals(reason: UnknownReason): ScenarioTotals {
  const figure = unknown(reason);
  return {
    badDebtAssets: figure,
    lpLossAssets: figure,
    liquidationsAtRiskAssets: figure,
    managersLiquidatable: figure,
    managersLosing: figure,
  };
}

function heldAssetsOf(book: RiskBook): readonly HeldAsset[] {
  const held = new Set<Address>();
  for (const { parts } of book.positions) {
    for (const { asset, amount } of parts) if (amount !== 0n) held.add(asset);
  }
  return [...held].map((address) => {
    const decimals = book.assets.get(address)?.decimals;
    return { address, unit: decimals === undefined ? undefined : unitOf(decimals) };
  });
}

/**
 * Makes a book ready for many scenarios, in which any prices may move together. Most positions of most scenarios are
 * far from the threshold: those are told by a comparison of floating-point numbers with a proven margin, and only the
 * others are computed, by the same formulas as `outcomeAt` and in the same whole numbers. The totals are the same to
 * the unit.
 */
export function prepareScenarios(book: RiskBook, choice: ParameterChoice = {}): Scenarios {
  const { flux, asset } = book.state;
  if (flux === undefined) return { totalsAt: () => unknownTotals("not-published") };
  const held = heldAssetsOf(book);
  const placeOf = new Map(held.map(({ address }, place) => [address, place]));
  const units = held.map(({ unit }) => unit ?? 1n);
  const hasUnits = held.every(({ unit }) => unit !== undefined);
  const vault: Vault = {
    positions: preparedPositions(book, placeOf),
    screen: new PositionScreen({ positions: book.positions, placeOf, units }),
    units,
    baseDecimals: asset.decimals,
    thresholdWad: choice.thresholdWad ?? liquidationThresholdWad(flux.strategy),
    profitMarginWad: flux.strategy.liquidationProfitMarginWad,
    rule: choice.rule ?? ruleOf(book),
    feeBps: interestFeeBps(book.state),
  };
  return {
    totalsAt(prices) {
      const basePriceUsdWad = prices.get(asset.address);
      if (basePriceUsdWad === undefined || basePriceUsdWad <= 0n) return unknownTotals("no-price");
      const pricesUsdWad: bigint[] = [];
      for (const { address } of held) {
        const price = prices.get(address);
        if (price === undefined) return unknownTotals("no-price");
        pricesUsdWad.push(price);
      }
      if (!hasUnits) return unknownTotals("no-price");
      if (book.unread.length > 0) return unknownTotals("snapshot-incomplete");
      return totalsOf(vault, { pricesUsdWad, basePriceUsdWad });
    },
  };
}

interface Vault {
  readonly positions: PreparedPositions;
  readonly screen: PositionScreen;
  readonly units: readonly bigint[];
  readonly baseDecimals: number;
  readonly thresholdWad: bigint;
  readonly profitMarginWad: bigint;
  readonly rule: PaymentRule;
  readonly feeBps: Figure;
}

function preparedPositions(
  { positions }: RiskBook,
  placeOf: ReadonlyMap<Address, number>,
): PreparedPositions {
  const starts = [0];
  const places: number[] = [];
  const amounts: bigint[] = [];
  for (const { parts } of positions) {
    for (const { asset, amount } of parts) {
      const place = placeOf.get(asset);
      if (amount === 0n || place === undefined) continue;
      places.push(place);
      amounts.push(amount);
    }
    starts.push(places.length);
  }
  return {
    starts,
    places,
    amounts,
    trueDebtsAssets: positions.map((one) => one.principalAssets + one.accruedInterestAssets),
    unpaidInterestsAssets: positions.map((one) => one.accruedInterestAssets),
  };
}

function totalsOf(vault: Vault, frame: Frame): ScenarioTotals {
  const { positions, screen, feeBps } = vault;
  screen.begin({
    pricesUsdWad: frame.pricesUsdWad,
    basePriceUsdWad: frame.basePriceUsdWad,
    baseUnit: unitOf(vault.baseDecimals),
    thresholdWad: vault.thresholdWad,
    keptWad: zeroFloorSub(WAD, vault.profitMarginWad),
    rule: vault.rule,
  });
  let badDebt = 0n;
  let lpLoss = 0n;
  let atRisk = 0n;
  let liquidatable = 0;
  let losing = 0;
  let isFeeMissing = false;
  for (const [index, trueDebtAssets] of positions.trueDebtsAssets.entries()) {
    const verdict = screen.verdictOf(index);
    if (verdict === "healthy") continue;
    const bad = verdict === "closed-without-loss" ? 0n : badDebtIfLiquidatable(index, { vault, frame });
    if (bad === undefined) continue;
    liquidatable += 1;
    atRisk += trueDebtAssets;
    if (bad === 0n) continue;
    losing += 1;
    badDebt += bad;
    const unpaidInterestAssets = positions.unpaidInterestsAssets[index] ?? 0n;
    // Without unpaid interest no fee is in the debt, so the fee rate does not matter.
    if (unpaidInterestAssets === 0n) lpLoss += bad;
    else if (feeBps.kind === "unknown") isFeeMissing = true;
    else lpLoss += lpLossOfBadDebtAssets({ badDebtAssets: bad, unpaidInterestAssets, feeBps: feeBps.value });
  }
  return {
    badDebtAssets: known(badDebt),
    lpLossAssets: isFeeMissing ? mapFigure(feeBps, () => lpLoss) : known(lpLoss),
    liquidationsAtRiskAssets: known(atRisk),
    managersLiquidatable: known(liquidatable),
    managersLosing: known(losing),
  };
}

/** Bad debt of the position at `index`, exact; undefined for one that cannot be liquidated at these prices. */
function badDebtIfLiquidatable(
  index: number,
  { vault, frame }: { readonly vault: Vault; readonly frame: Frame },
): bigint | undefined {
  const { basePriceUsdWad, pricesUsdWad } = frame;
  const { positions, units, baseDecimals: decimals, rule, profitMarginWad, thresholdWad } = vault;
  const trueDebtAssets = positions.trueDebtsAssets[index] ?? 0n;
  const end = positions.starts[index + 1] ?? 0;
  let valueUsdWad = 0n;
  for (let at = positions.starts[index] ?? 0; at < end; at += 1) {
    const place = positions.places[at] ?? 0;
    valueUsdWad += ((positions.amounts[at] ?? 0n) * (pricesUsdWad[place] ?? 0n)) / (units[place] ?? 1n);
  }
  const debt = debtUsdWadDown({ basePriceUsdWad, decimals, debtAssets: trueDebtAssets });
  if (!isBelowThreshold({ value: valueUsdWad, debt, thresholdWad })) return undefined;
  const valueAssets = valueAssetsDown({ basePriceUsdWad, decimals, valueUsdWad });
  const paymentAssets = paymentDown({ rule, valueAssets, trueDebtAssets, profitMarginWad });
  return badDebtAssets({ trueDebtAssets, paymentAssets });
}
