import { mulDivDown } from "./math";
import type { PricedTotals } from "./share-price";
import { assetsForSharesDown, sharePriceOf, sharesForAssetsDown } from "./share-price";

/*
 * By which rule an ERC-4626 vault converts. The standard leaves it open whether virtual shares and a virtual asset take
 * part (OpenZeppelin since 4.9, with 10^offset shares) or not (vaults written before, and those after solmate), and
 * decimals do not always show it. What the vault answers to a few amounts does.
 */

/** One answer of a vault to one question, with its totals at the same block. */
export interface ConversionAnswer {
  readonly totalAssets: bigint;
  readonly totalSupplyShares: bigint;
  readonly asked: { readonly kind: "shares" | "assets"; readonly amount: bigint };
  /** What it converts to, rounded down by the vault. */
  readonly answered: bigint;
}

/** What is known of a vault's conversion. */
export type Conversion =
  /** One rule, and only one, gives every answer of the vault to the unit. */
  | { readonly kind: "proved"; readonly virtualShares: bigint }
  /** Several rules give the same answers so far: at a price that never moved they cannot be told apart. */
  | { readonly kind: "assumed"; readonly virtualShares: bigint }
  /** No rule of ERC-4626 gives the vault's answers: prices are total assets by total supply, and must be called that. */
  | { readonly kind: "not-standard"; readonly virtualShares: 0n };

/** Offsets that were ever used: shares of tokens with 0 decimals up to 18 more, and a margin. */
const MOST_OFFSET = 27;

/** No virtual shares, or 10^offset of them. */
export const VIRTUAL_SHARES: readonly bigint[] = [
  0n,
  ...Array.from({ length: MOST_OFFSET + 1 }, (_, offset) => 10n ** BigInt(offset)),
];

/**
 * What a vault with these virtual shares answers; undefined where the rule has no answer. Without virtual shares an
 * empty vault converts one to one, as such vaults do.
 */
export function convertedBy(
  virtualShares: bigint,
  { totalAssets, totalSupplyShares, asked }: Omit<ConversionAnswer, "answered">,
): bigint | undefined {
  if (virtualShares === 0n && totalSupplyShares === 0n) return asked.amount;
  const totals: PricedTotals = { totalAssets, totalSupplyShares, virtualShares };
  const price = sharePriceOf(totals);
  const figure =
    asked.kind === "shares"
      ? assetsForSharesDown(price, asked.amount)
      : sharesForAssetsDown(price, asked.amount);
  return figure.kind === "known" ? figure.value : undefined;
}

/** The rules that give every one of these answers to the unit. */
export function rulesThatFit(answers: readonly ConversionAnswer[]): readonly bigint[] {
  return VIRTUAL_SHARES.filter((virtualShares) =>
    answers.every((answer) => convertedBy(virtualShares, answer) === answer.answered),
  );
}

/** Judges a vault's answers; `guess` is what its decimals suggest, kept where the answers allow several rules. */
export function conversionOf(answers: readonly ConversionAnswer[], guess: bigint): Conversion {
  if (answers.length === 0) return { kind: "assumed", virtualShares: guess };
  const fitting = rulesThatFit(answers);
  const [first] = fitting;
  if (first === undefined) return { kind: "not-standard", virtualShares: 0n };
  if (fitting.length === 1) return { kind: "proved", virtualShares: first };
  return { kind: "assumed", virtualShares: fitting.includes(guess) ? guess : first };
}

/** Whether an amount exists that these rules convert differently at these totals: whether asking there can tell. */
export function tellsApart(
  rules: readonly bigint[],
  totals: Pick<ConversionAnswer, "totalAssets" | "totalSupplyShares">,
): boolean {
  const answers = rules.map((rule) =>
    convertedBy(rule, { ...totals, asked: { kind: "shares", amount: askedShares(totals) } }),
  );
  return new Set(answers).size > 1;
}

/** The product of an amount and a total stays below this: vaults without 512-bit arithmetic revert beyond 2^256. */
const LARGEST_PRODUCT = 10n ** 74n;

/** So many shares that a single virtual share or asset shows in what they convert to. */
export function askedShares({ totalAssets }: Pick<ConversionAnswer, "totalAssets">): bigint {
  return mulDivDown({ a: LARGEST_PRODUCT, b: 1n, denominator: totalAssets + 1n });
}

/** So many assets that a single virtual share or asset shows in what they convert to. */
export function askedAssets({ totalSupplyShares }: Pick<ConversionAnswer, "totalSupplyShares">): bigint {
  return mulDivDown({ a: LARGEST_PRODUCT, b: 1n, denominator: totalSupplyShares + 10n ** 27n });
}
