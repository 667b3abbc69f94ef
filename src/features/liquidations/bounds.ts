import type { LiquidationMode, Sale } from "@/data/operator/liquidation-intents";
import type { QuotedSale, SaleRouteQuote, TokenAmount } from "@/data/operator/use-sale-route";
import { accruedInterestDown } from "@/domain/interest";
import { mulDivDown, mulDivUp, sumOf, WAD, zeroFloorSub } from "@/domain/math";
import type { Address, Hex, ManagerState, VaultState } from "@/domain/model";
import { formatAmount, formatExactAmount, formatRatioPercent } from "@/shared/format";
import { parseAmount, parsePercent } from "@/shared/parse";

/** How long the liquidation may wait for its block, in seconds. */
export const SPANS_SECONDS = [600n, 1_800n, 7_200n, 86_400n] as const;
export const DEFAULT_SPAN_SECONDS = 1_800n;

/** What a price may move between the review and the block, where the payment follows the price: 1 %. */
const PRICE_MARGIN_WAD = WAD / 100n;

/** A bound further than this below what is expected now gets a warning: 5 %. */
const WIDE_FALL_WAD = WAD / 20n;

/** Suggested distance between what is expected and the least that is accepted: 1 %. */
export const DEFAULT_TOLERANCE_TEXT = "1";

/** The largest payment that is worth allowing, and what it is made of. Base-asset units. */
export interface SuggestedPayment {
  /** The strategy's answer at the report's block. */
  readonly quotedAssets: bigint;
  /** Interest from that block to the deadline, rounded up. */
  readonly interestAssets: bigint;
  /** Room for a rise of the price; zero where the payment is the whole debt, which no price moves. */
  readonly priceAssets: bigint;
  readonly maxAssets: bigint;
}

interface PaymentInput {
  readonly position: ManagerState;
  readonly state: VaultState;
  readonly quotedAssets: bigint;
  readonly spanSeconds: bigint;
}

/**
 * The payment asked now, plus what it can grow by until the deadline. Where the strategy asks for the whole debt it
 * grows with every second of interest; where it asks for less it follows the position's value.
 */
export function suggestedPaymentOf(input: PaymentInput): SuggestedPayment {
  const { position, state, quotedAssets, spanSeconds } = input;
  const interestAssets =
    accruedInterestDown({
      principalAssets: position.principalAssets,
      interestRateWad: state.flux?.strategy.interestRateWad ?? 0n,
      elapsedSeconds: spanSeconds,
    }) + 1n;
  const debt = position.principalAssets + position.accruedInterestAssets;
  const priceAssets =
    quotedAssets < debt ? mulDivUp({ a: quotedAssets, b: PRICE_MARGIN_WAD, denominator: WAD }) : 0n;
  return {
    quotedAssets,
    interestAssets,
    priceAssets,
    maxAssets: quotedAssets + interestAssets + priceAssets,
  };
}

/** What is taken over as tokens that have to be sold, and as base asset that is in hand at once. */
export interface Seizure {
  /** Bond, working capital, and base asset held in wrappers. */
  readonly baseAssets: bigint;
  readonly toSell: readonly TokenAmount[];
  /** Wrappers of which it could not be read what they hold. */
  readonly unread: readonly Address[];
}

interface HeldWrapper {
  readonly wrapper: Address;
  readonly underlying: Address | undefined;
  readonly positions:
    | readonly { readonly positionId: Hex; readonly balance: bigint | undefined }[]
    | undefined;
}

/** What a liquidator has in hand once a position is taken over, by token. */
export function seizureOf(input: {
  readonly position: ManagerState;
  /** undefined: the vault does not list the wrappers. */
  readonly wrappers: readonly HeldWrapper[] | undefined;
  readonly base: Address;
}): Seizure {
  const { position, wrappers = [], base } = input;
  const amounts = new Map<Address, bigint>();
  const unread: Address[] = [];
  for (const { wrapper, underlying, positions } of wrappers) {
    const balances = positions?.map(({ balance }) => balance);
    if (underlying === undefined || balances === undefined || balances.some((one) => one === undefined)) {
      unread.push(wrapper);
      continue;
    }
    const held = sumOf(balances.map((balance) => balance ?? 0n));
    amounts.set(underlying, (amounts.get(underlying) ?? 0n) + held);
  }
  return {
    baseAssets: position.bondAssets + position.workingCapitalAssets + (amounts.get(base) ?? 0n),
    toSell: [...amounts]
      .filter(([token, amount]) => token !== base && amount > 0n)
      .map(([token, amount]) => ({ token, amount })),
    unread,
  };
}

/** Of the suggested margin, the part that must still be there for an allowance already given to be used as it is. */
const LEAST_MARGIN_PARTS = 4n;

/**
 * The largest payment to begin with. An allowance that was given a little while ago and still leaves a good part of the
 * margin stands: the payment grows with every block, and nobody should have to approve again because of that.
 */
function startingMaxOf(
  { quotedAssets, maxAssets }: SuggestedPayment,
  allowanceAssets: bigint | undefined,
): { readonly assets: bigint; readonly isAllowance: boolean } {
  const least = quotedAssets + (maxAssets - quotedAssets) / LEAST_MARGIN_PARTS;
  const isAllowance =
    allowanceAssets !== undefined && allowanceAssets < maxAssets && allowanceAssets >= least;
  return isAllowance ? { assets: allowanceAssets, isAllowance } : { assets: maxAssets, isAllowance };
}

/** A quoted sale with the least it must bring. */
export interface BoundedSale extends QuotedSale {
  readonly minOut: bigint;
}

/** What the person typed; undefined where the suggestion stands. */
export interface BoundsForm {
  readonly mode: LiquidationMode;
  readonly spanSeconds: bigint;
  readonly maxPaymentText: string | undefined;
  readonly minProceedsText: string | undefined;
  readonly toleranceText: string;
}

export type BoundsField = "maxPayment" | "minProceeds" | "tolerance";

/** The bounds that go into the call, with what is wrong beside each field. */
export interface Bounds {
  readonly suggested: SuggestedPayment;
  /** The largest payment is what the executor may take already. */
  readonly isAllowanceUsed: boolean;
  /** Base asset that comes in when selling, value that comes in when paying; undefined while not known. */
  readonly expectedAssets: bigint | undefined;
  readonly maxPaymentText: string;
  readonly minProceedsText: string;
  readonly maxPaymentAssets: bigint | undefined;
  readonly minProceedsAssets: bigint | undefined;
  readonly sales: readonly BoundedSale[];
  readonly route: readonly Sale[];
  readonly problems: Readonly<Partial<Record<BoundsField, string>>>;
  /** What may be signed and is yet unwise. */
  readonly warnings: Readonly<Partial<Record<BoundsField, string>>>;
  /** Why the call would be refused whatever is typed. */
  readonly obstacles: readonly string[];
}

interface BoundsInput {
  readonly form: BoundsForm;
  readonly position: ManagerState;
  readonly state: VaultState;
  readonly quotedAssets: bigint;
  /** Oracle value of the position; undefined when it cannot be valued. */
  readonly valueAssets: bigint | undefined;
  /** undefined: not wanted, or not read yet. */
  readonly seizure: Seizure | undefined;
  readonly quote: SaleRouteQuote | undefined;
  /** What the executor may take of the wallet; undefined while not known. */
  readonly allowanceAssets: bigint | undefined;
}

function lessTolerance(amount: bigint, toleranceWad: bigint): bigint {
  return mulDivDown({ a: amount, b: zeroFloorSub(WAD, toleranceWad), denominator: WAD });
}

/** Reads the form against what the chain says: suggestions where nothing was typed, and every problem in words. */
export function boundsOf(input: BoundsInput): Bounds {
  const { form, position, state, quotedAssets, seizure, quote } = input;
  const { decimals, symbol } = state.asset;
  const amount = (value: bigint): string =>
    formatAmount({ value, decimals, symbol, maximumFractionDigits: decimals });
  const problems: Partial<Record<BoundsField, string>> = {};
  const warnings: Partial<Record<BoundsField, string>> = {};
  const suggested = suggestedPaymentOf({ position, state, quotedAssets, spanSeconds: form.spanSeconds });

  const tolerance = toleranceOf(form.toleranceText);
  if (!tolerance.ok) problems.tolerance = tolerance.message;
  const toleranceWad = tolerance.ok ? tolerance.value : 0n;

  const sells = form.mode === "sell-collateral";
  const expectedAssets = sells ? proceedsOf(seizure, quote) : input.valueAssets;
  const sales = sells
    ? (quote?.sales ?? []).map((sale) => ({ ...sale, minOut: lessTolerance(sale.amountOut, toleranceWad) }))
    : [];

  const starting = startingMaxOf(suggested, sells ? undefined : input.allowanceAssets);
  const maxPaymentText = form.maxPaymentText ?? formatExactAmount({ value: starting.assets, decimals });
  const maxPayment = parseAmount({ text: maxPaymentText, decimals });
  if (!maxPayment.ok) problems.maxPayment = maxPayment.message;
  else if (maxPayment.value < quotedAssets) {
    problems.maxPayment = `The strategy asks for ${amount(quotedAssets)} now. Enter at least that.`;
  }

  const leastAssets = expectedAssets === undefined ? undefined : lessTolerance(expectedAssets, toleranceWad);
  const minProceedsText =
    form.minProceedsText ??
    (leastAssets === undefined ? "" : formatExactAmount({ value: leastAssets, decimals }));
  const minProceeds = parseAmount({ text: minProceedsText, decimals });
  if (!minProceeds.ok) {
    if (form.minProceedsText !== undefined) problems.minProceeds = minProceeds.message;
  } else {
    const least = { leastAssets: minProceeds.value, expectedAssets, sells };
    const problem = leastProblem({ ...least, amount });
    const warning = problem === undefined ? leastWarning(least) : undefined;
    if (problem !== undefined) problems.minProceeds = problem;
    else if (warning !== undefined) warnings.minProceeds = warning;
  }

  return {
    suggested,
    isAllowanceUsed: form.maxPaymentText === undefined && starting.isAllowance,
    expectedAssets,
    maxPaymentText,
    minProceedsText,
    maxPaymentAssets: maxPayment.ok ? maxPayment.value : undefined,
    minProceedsAssets: minProceeds.ok ? minProceeds.value : undefined,
    sales,
    route: sales.map(({ venue, tokenIn, minOut }) => ({ venue, tokenIn, minOut })),
    problems,
    warnings,
    obstacles: obstaclesOf({ sells, expectedAssets, quotedAssets, seizure, amount }),
  };
}

interface LeastInput {
  /** What the person accepts at least. */
  readonly leastAssets: bigint;
  readonly expectedAssets: bigint | undefined;
  readonly sells: boolean;
}

/** Why a least value cannot be used: more than there is, or nothing, which would accept any outcome. */
function leastProblem(
  input: LeastInput & { readonly amount: (value: bigint) => string },
): string | undefined {
  const { leastAssets, expectedAssets, sells, amount } = input;
  if (expectedAssets !== undefined && leastAssets > expectedAssets) {
    return sells
      ? `The sale would bring ${amount(expectedAssets)} now. Enter at most that.`
      : `The position is worth ${amount(expectedAssets)} now. Enter at most that.`;
  }
  if (leastAssets > 0n || expectedAssets === 0n) return undefined;
  return sells
    ? "0 would accept that the sales bring nothing. Enter the least that you accept."
    : "0 would accept a position that is worth nothing. Enter the least that you accept.";
}

/** A least value so far below what is expected now that it protects from little. */
function leastWarning({ leastAssets, expectedAssets, sells }: LeastInput): string | undefined {
  if (expectedAssets === undefined || expectedAssets === 0n) return undefined;
  const fallWad = mulDivUp({ a: expectedAssets - leastAssets, b: WAD, denominator: expectedAssets });
  if (fallWad <= WIDE_FALL_WAD) return undefined;
  const percent = formatRatioPercent({ ratioWad: fallWad, toward: "up" });
  return sells
    ? `This accepts that the sales bring ${percent} less than they are quoted now.`
    : `This accepts a position worth ${percent} less than it is now.`;
}

function toleranceOf(text: string): ReturnType<typeof parsePercent> {
  const parsed = parsePercent({ text });
  if (!parsed.ok || parsed.value < WAD) return parsed;
  return {
    ok: false,
    code: "too-large",
    message: "A tolerance is less than 100 %: enter 1 for one per cent.",
  };
}

function proceedsOf(seizure: Seizure | undefined, quote: SaleRouteQuote | undefined): bigint | undefined {
  if (seizure === undefined) return undefined;
  if (seizure.toSell.length === 0) return seizure.baseAssets;
  return quote === undefined ? undefined : seizure.baseAssets + quote.proceedsAssets;
}

function obstaclesOf(input: {
  readonly sells: boolean;
  readonly expectedAssets: bigint | undefined;
  readonly quotedAssets: bigint;
  readonly seizure: Seizure | undefined;
  readonly amount: (value: bigint) => string;
}): readonly string[] {
  const { sells, expectedAssets, quotedAssets, seizure, amount } = input;
  if (!sells) return [];
  const obstacles: string[] = [];
  if (expectedAssets === undefined) obstacles.push("What the sale would bring is not known yet.");
  else if (expectedAssets < quotedAssets) {
    obstacles.push(
      `The sale would bring ${amount(expectedAssets)}, less than the payment of ${amount(quotedAssets)}. Name an exchange that takes the rest, or pay from the wallet.`,
    );
  }
  if (seizure !== undefined && seizure.unread.length > 0) {
    obstacles.push("A part of what the position holds could not be read.");
  }
  return obstacles;
}
