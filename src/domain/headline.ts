import { interestFeeBps, type ManagerShortfall, shortfallOf } from "./bad-debt";
import { type CompleteSnapshot, totalTrueDebtAssets } from "./complete";
import { bothFigures, chainFigure, figureOf, known, mapFigure, sumFigures, unknown } from "./figure";
import { type HealthBand, healthBandOf, trueDebtAssets } from "./health";
import type { Ledger, LossRow } from "./ledger";
import { BPS, minOf, mulDivDown, WAD, zeroFloorSub } from "./math";
import type { Figure, SharePrice, UnknownReason, VaultState } from "./model";
import { ratioWadDown } from "./ratio";
import { sharePriceOf } from "./share-price";

/** Where the unrealised figures come from; "modelled" and "mixed" must be said beside the figure. */
export type FigureSource = "quoted" | "modelled" | "mixed";

/** What would be lost if everything that can be liquidated were closed now. Base-asset units; ratios floor. */
export interface UnrealisedNumbers {
  /** U: bad debt of all liquidatable managers. */
  readonly unrealisedShortfallAssets: Figure;
  /** U_LP: what LPs would lose of it. Share prices and "you would lose" use this one, never U. */
  readonly unrealisedLpLossAssets: Figure;
  /** Fee rates changed while interest was open, so U_LP by today's rates is an estimate, and must be called one. */
  readonly isLpLossEstimated: boolean;
  readonly source: FigureSource;
  /** U / total assets. */
  readonly badDebtRatioOfAssetsWad: Figure;
  /** U / what all managers owe. */
  readonly badDebtRatioOfDebtWad: Figure;
  /** Σ max(0, D − V) over all managers, whatever liquidators pay. */
  readonly plainInsolvencyAssets: Figure;
  /** (total assets − U_LP) for all shares. */
  readonly markedSharePrice: Figure<SharePrice>;
  readonly totalDebtAssets: Figure;
  /** What is owed by health band. */
  readonly debtByBand: Figure<Readonly<Record<HealthBand, BandDebt>>>;
}

/** Debt and number of managers in one health band. */
export interface BandDebt {
  readonly debtAssets: bigint;
  readonly managers: number;
}

/** What was lost and what came back. Base-asset units; ratios floor. */
export interface RealisedNumbers {
  /** Bad debt since the vault began: the contract's own counter, else the complete ledger. */
  readonly grossBadDebtAssets: Figure;
  readonly lpLossAssets: Figure;
  readonly recoveredAssets: Figure;
  /** LP loss less recoveries; negative when more came back. */
  readonly netLpLossAssets: Figure;
  /** Whether the ledger adds up to the contract's counter; unknown while either is. */
  readonly ledgerAgreesWithCounter: Figure<boolean>;
  /** 1 − Π(1 − B/A⁻) over the losses of the window; A⁻ = total assets just before each. */
  readonly windowLossWad: Figure;
  /** The same with LP loss in the place of bad debt: the compounded fall of the share price. */
  readonly windowLpLossWad: Figure;
  /** ΣB / (A + ΣB). The default headline: it can never exceed 100 %. */
  readonly stockRatioWad: Figure;
  /** max(0, ΣB − recoveries) / everything ever lent. */
  readonly lossRateOnLendingWad: Figure;
}

export interface HeadlineNumbers extends UnrealisedNumbers, RealisedNumbers {
  readonly utilisationWad: Figure;
}

/**
 * The part of total assets that is lent out: 1 − idle / total assets, rounded down (10^18 = 100 %).
 * Unknown "no-assets" for an empty vault, "not-published" for one that is not Flux.
 */
export function utilisationWadDown(state: VaultState): Figure {
  const flux = state.flux;
  if (flux === undefined) return unknown("not-published");
  return ratioWadDown({
    part: zeroFloorSub(state.totalAssets, flux.idleAssets),
    whole: state.totalAssets,
    reason: "no-assets",
  });
}

/** The share price after a loss of `lossAssets` that all shares bear; "no-supply" without shares. */
export function sharePriceAfterLoss(state: VaultState, lossAssets: bigint): Figure<SharePrice> {
  if (state.totalSupplyShares === 0n) return unknown("no-supply");
  return known(sharePriceOf({ ...state, totalAssets: zeroFloorSub(state.totalAssets, lossAssets) }));
}

function sourceOf(shortfalls: readonly ManagerShortfall[]): FigureSource {
  const open = shortfalls.filter(({ trueDebtAssets: debt }) => debt > 0n);
  const modelled = open.filter(({ source }) => source === "modelled").length;
  if (modelled === 0) return "quoted";
  return modelled === open.length ? "modelled" : "mixed";
}

const NO_DEBT: BandDebt = { debtAssets: 0n, managers: 0 };

/** What is owed, by health band; the parts add up to the total debt. */
export function debtByBandOf(complete: CompleteSnapshot): Readonly<Record<HealthBand, BandDebt>> {
  const bands: Record<HealthBand, BandDebt> = {
    safe: NO_DEBT,
    caution: NO_DEBT,
    warning: NO_DEBT,
    danger: NO_DEBT,
    liquidatable: NO_DEBT,
    "no-debt": NO_DEBT,
    unknown: NO_DEBT,
  };
  for (const manager of complete.managers) {
    const band = healthBandOf(manager, complete.state);
    const { debtAssets, managers } = bands[band];
    bands[band] = { debtAssets: debtAssets + trueDebtAssets(manager), managers: managers + 1 };
  }
  return bands;
}

/**
 * Whether the fee part of all open interest, as the vault booked it (idle + principal + interest − total assets),
 * is what today's fee rates give. The vault fixes fees as interest accrues and rounds once a manager, so anything
 * beyond one unit each means that the rates were other ones.
 */
function isFeePartAtTodaysRates({ state, managers }: CompleteSnapshot): boolean {
  const { flux } = state;
  const feeBps = interestFeeBps(state);
  if (feeBps.kind === "unknown") return false;
  const booked =
    flux.idleAssets + flux.totalPrincipalDebtAssets + flux.totalAccruedInterestAssets - state.totalAssets;
  const byRate = mulDivDown({ a: flux.totalAccruedInterestAssets, b: feeBps.value, denominator: BPS });
  const difference = booked > byRate ? booked - byRate : byRate - booked;
  return difference <= BigInt(managers.length) + 1n;
}

/** The unrealised side of the headline, from a complete snapshot. */
export function unrealisedOf(complete: CompleteSnapshot): UnrealisedNumbers {
  const { state } = complete;
  const shortfalls = complete.managers.map((manager) => shortfallOf(manager, state));
  const shortfall = sumFigures(shortfalls.map((one) => one.badDebtIfClosedAssets));
  const lpLoss = sumFigures(shortfalls.map((one) => one.lpLossIfClosedAssets));
  const totalDebt = totalTrueDebtAssets(complete);
  return {
    unrealisedShortfallAssets: shortfall,
    unrealisedLpLossAssets: lpLoss,
    isLpLossEstimated: !isFeePartAtTodaysRates(complete),
    source: sourceOf(shortfalls),
    badDebtRatioOfAssetsWad: chainFigure(shortfall, (part) =>
      ratioWadDown({ part, whole: state.totalAssets, reason: "no-assets" }),
    ),
    badDebtRatioOfDebtWad: chainFigure(shortfall, (part) =>
      ratioWadDown({ part, whole: totalDebt, reason: "no-debt" }),
    ),
    plainInsolvencyAssets: sumFigures(shortfalls.map((one) => one.insolvencyAssets)),
    markedSharePrice: chainFigure(lpLoss, (loss) => sharePriceAfterLoss(state, loss)),
    totalDebtAssets: known(totalDebt),
    debtByBand: known(debtByBandOf(complete)),
  };
}

/** The unrealised side when there is no complete snapshot: everything unknown, for one reason. */
export function unknownUnrealised(reason: UnknownReason): UnrealisedNumbers {
  const figure = unknown(reason);
  return {
    unrealisedShortfallAssets: figure,
    unrealisedLpLossAssets: figure,
    isLpLossEstimated: false,
    source: "quoted",
    badDebtRatioOfAssetsWad: figure,
    badDebtRatioOfDebtWad: figure,
    plainInsolvencyAssets: figure,
    markedSharePrice: figure,
    totalDebtAssets: figure,
    debtByBand: figure,
  };
}

/**
 * 1 − Π(1 − part/before), exact until one rounding down at the end (10^18 = 100 %). A part above its total counts
 * as the whole of it.
 */
export function compoundedLossWadDown(
  losses: Iterable<{ readonly lossAssets: bigint; readonly totalAssetsBefore: bigint }>,
): Figure {
  let keptNumerator = 1n;
  let keptDenominator = 1n;
  for (const { lossAssets, totalAssetsBefore } of losses) {
    if (totalAssetsBefore <= 0n) return unknown("no-assets");
    keptNumerator *= totalAssetsBefore - minOf(lossAssets, totalAssetsBefore);
    keptDenominator *= totalAssetsBefore;
  }
  return known(((keptDenominator - keptNumerator) * WAD) / keptDenominator);
}

function windowLoss(losses: readonly LossRow[], amountOf: (row: LossRow) => Figure): Figure {
  const parts: { lossAssets: bigint; totalAssetsBefore: bigint }[] = [];
  for (const row of losses) {
    const pair = bothFigures(amountOf(row), row.totalAssetsBefore);
    if (pair.kind === "unknown") return pair;
    parts.push({ lossAssets: pair.value[0], totalAssetsBefore: pair.value[1] });
  }
  return compoundedLossWadDown(parts);
}

/** Whether the ledger tells the whole story of the state's block: no gap before it, nothing after it. */
function wholeLedger(state: VaultState, ledger: Ledger): Figure<true> {
  if (state.flux === undefined) return unknown("not-published");
  if (ledger.toBlock !== state.block.number) return unknown("blocks-differ");
  return ledger.complete ? known(true as const) : unknown("history-partial");
}

/**
 * The realised side of the headline. The contract's counter of bad debt needs no history, so it stands even when
 * the history is partial; everything else from a partial history is unknown "history-partial".
 * `windowFromSeconds` limits the two window figures to later losses; without it they span the vault's life.
 */
export function realisedOf(input: {
  readonly state: VaultState;
  readonly ledger: Ledger;
  readonly windowFromSeconds?: bigint;
}): RealisedNumbers {
  const { state, ledger, windowFromSeconds } = input;
  const whole = wholeLedger(state, ledger);
  const total = (figure: Figure): Figure => chainFigure(whole, () => figure);
  const found = total(ledger.totals.grossBadDebtAssets);
  const recovered = total(ledger.totals.recoveredAssets);
  const lent = total(ledger.totals.lentAssets);
  const counter = figureOf(state.flux?.totalBadDebtAssets, "not-published");
  const gross = counter.kind === "known" ? counter : found;
  const inWindow = ledger.losses.filter(
    ({ atSeconds }) => windowFromSeconds === undefined || atSeconds >= windowFromSeconds,
  );
  return {
    grossBadDebtAssets: gross,
    lpLossAssets: total(ledger.totals.lpLossAssets),
    recoveredAssets: recovered,
    netLpLossAssets: total(ledger.totals.netLpLossAssets),
    ledgerAgreesWithCounter: mapFigure(
      bothFigures(counter, found),
      ([counted, summed]) => counted === summed,
    ),
    windowLossWad: chainFigure(whole, () => windowLoss(inWindow, (row) => known(row.badDebtAssets))),
    windowLpLossWad: chainFigure(whole, () => windowLoss(inWindow, (row) => row.lpLossAssets)),
    stockRatioWad: chainFigure(gross, (badDebt) =>
      ratioWadDown({ part: badDebt, whole: state.totalAssets + badDebt, reason: "no-assets" }),
    ),
    lossRateOnLendingWad: chainFigure(
      bothFigures(bothFigures(gross, recovered), lent),
      ([[badDebt, returned], everLent]) =>
        ratioWadDown({ part: zeroFloorSub(badDebt, returned), whole: everLent, reason: "nothing-lent" }),
    ),
  };
}

/** The headline from a complete snapshot and the ledger of the same block. */
export function headlineOf(input: {
  readonly complete: CompleteSnapshot;
  readonly ledger: Ledger;
  readonly windowFromSeconds?: bigint;
}): HeadlineNumbers {
  const { complete, ...rest } = input;
  return {
    ...unrealisedOf(complete),
    ...realisedOf({ state: complete.state, ...rest }),
    utilisationWad: utilisationWadDown(complete.state),
  };
}

/**
 * The headline without a complete snapshot: what needs every manager is unknown for `reason`
 * ("snapshot-incomplete", or "not-published" for a vault that is not Flux); the realised side stands.
 */
export function headlineWithoutSnapshot(input: {
  readonly state: VaultState;
  readonly ledger: Ledger;
  readonly reason: UnknownReason;
  readonly windowFromSeconds?: bigint;
}): HeadlineNumbers {
  const { reason, ...rest } = input;
  return {
    ...unknownUnrealised(reason),
    ...realisedOf(rest),
    utilisationWad: utilisationWadDown(input.state),
  };
}
