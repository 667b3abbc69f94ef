import type { ClaimsBasis, ClaimsExport } from "@/data/claims/claims-export";
import type { Claims } from "@/domain/claims";
import { known, mapFigure } from "@/domain/figure";
import type { Address, Figure, UnknownReason, VaultState } from "@/domain/model";
import {
  formatAmount,
  formatDate,
  formatExactAmount,
  formatHash,
  formatInteger,
  formatRatioPercent,
  formatSharePrice,
  formatTimestamp,
} from "@/shared/format";
import { formatMoney } from "@/shared/format-money";
import { type Parsed, parseAmount } from "@/shared/parse";
import type { FigureText } from "@/ui/figures/figure-text";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { Comparison, DistributionLine, Group, WayTotals } from "./distribution";
import type { PastRecovery, ReceivedLine } from "./past";

/** An amount as it was typed: a number of base units, or what is wrong with it. */
export function distributedAmountOf(text: string, decimals: number): Parsed {
  const parsed = parseAmount({ text, decimals });
  if (parsed.ok && parsed.value === 0n) {
    return { ok: false, code: "empty", message: "Enter an amount greater than zero." };
  }
  return parsed;
}

/** What is proposed before anybody types: what the LPs are still missing, else what they lost. */
export function proposedAmountText(
  { lpLossAssets, netLossAssets }: { readonly lpLossAssets: Figure; readonly netLossAssets: Figure },
  decimals: number,
): string {
  const proposed = [netLossAssets, lpLossAssets].find(
    (figure) => figure.kind === "known" && figure.value > 0n,
  );
  return proposed?.kind === "known" ? formatExactAmount({ value: proposed.value, decimals }) : "";
}

/** "block 1,204 (0x12ab…89cd)". */
export function blockText({ block }: Pick<VaultState, "block">): string {
  return `block ${formatInteger(block.number)} (${formatHash(block.hash)})`;
}

interface MoneyWords {
  readonly down: (figure: Figure) => FigureText;
  readonly up: (figure: Figure) => FigureText;
  /** With a sign in front: what somebody gains or loses by the other way. */
  readonly signed: (figure: Figure) => FigureText;
  readonly shares: (value: bigint) => FigureText;
}

export function moneyWordsOf({ asset, shareDecimals }: VaultState): MoneyWords {
  const { decimals } = asset;
  const money = (figure: Figure, text: (value: bigint) => string) =>
    toFigureText(figure, { text, why: WHY_UNKNOWN });
  const plain = (value: bigint) => formatMoney({ value, decimals });
  return {
    down: (figure) => money(figure, plain),
    up: (figure) => money(figure, (value) => formatMoney({ value, decimals, toward: "up" })),
    signed: (figure) => money(figure, (value) => (value > 0n ? `+${plain(value)}` : plain(value))),
    shares: (value) => ({ kind: "known", text: formatMoney({ value, decimals: shareDecimals }) }),
  };
}

/** The texts of one line of the comparison. Made when it is drawn. */
export interface DistributionTexts {
  readonly losses: FigureText;
  readonly sharesNow: FigureText | undefined;
  readonly paidIn: FigureText;
  readonly claim: FigureText | undefined;
  readonly difference: FigureText | undefined;
}

export function distributionTexts(line: DistributionLine, state: VaultState): DistributionTexts {
  const words = moneyWordsOf(state);
  return {
    losses: words.up(known(line.lossesAssets)),
    sharesNow: line.sharesNow === undefined ? undefined : words.shares(line.sharesNow),
    paidIn: words.down(line.paidInAssets),
    claim: line.claimAssets === undefined ? undefined : words.down(known(line.claimAssets)),
    difference: line.differenceAssets === undefined ? undefined : words.signed(line.differenceAssets),
  };
}

/** One question about the amount, answered for both ways. */
export interface ComparisonRow {
  readonly id: string;
  readonly question: string;
  readonly hint: string | undefined;
  readonly paidIn: FigureText;
  readonly byClaims: FigureText;
  readonly isTotal: boolean;
}

const addresses = (count: number): string =>
  count === 1 ? "1 address" : `${formatInteger(count)} addresses`;

/** The sums of both ways side by side, the groups adding up to the total. */
export function comparisonRows(comparison: Comparison, state: VaultState): readonly ComparisonRow[] {
  const { decimals, symbol } = state.asset;
  const exact = (value: bigint) =>
    formatAmount({
      value,
      decimals,
      minimumFractionDigits: decimals > 8 ? 4 : 2,
      maximumFractionDigits: decimals,
    });
  const { paidIn, byClaims } = comparison;
  const row = (
    words: Pick<ComparisonRow, "id" | "question" | "hint"> & { readonly isTotal?: boolean },
    textOf: (way: WayTotals) => {
      readonly text: string;
      readonly unit?: string;
      readonly decoration?: string;
    },
  ): ComparisonRow => ({
    ...words,
    isTotal: words.isTotal === true,
    paidIn:
      paidIn.kind === "known"
        ? { kind: "known", ...textOf(paidIn.value) }
        : { kind: "unknown", why: WHY_UNKNOWN[paidIn.reason] },
    byClaims: { kind: "known", ...textOf(byClaims) },
  });
  const group = ({ assets, addresses: count }: Group) => ({
    text: exact(assets),
    unit: symbol,
    decoration: addresses(count),
  });
  return [
    row({ id: "helped", question: "Addresses that get something", hint: undefined }, ({ helped }) => ({
      text: formatInteger(helped),
    })),
    row({ id: "staying", question: "To LPs who lost and are still here", hint: undefined }, ({ toStaying }) =>
      group(toStaying),
    ),
    row({ id: "left", question: "To LPs who lost and left", hint: "they hold no shares now" }, ({ toLeft }) =>
      group(toLeft),
    ),
    row(
      { id: "late", question: "To holders who came after the losses", hint: "they lost nothing" },
      ({ toLate }) => group(toLate),
    ),
    row(
      { id: "nobody", question: "To nobody", hint: "virtual shares and dead addresses" },
      ({ toNobodyAssets }) => ({ text: exact(toNobodyAssets), unit: symbol }),
    ),
    row({ id: "total", question: "Together", hint: undefined, isTotal: true }, ({ totalAssets }) => ({
      text: exact(totalAssets),
      unit: symbol,
    })),
  ];
}

/** What the two ways mean for this amount, in a sentence. */
export function mismatchText(comparison: Comparison, state: VaultState): string {
  const { decimals, symbol } = state.asset;
  const amount = (value: bigint) => formatAmount({ value, decimals, symbol });
  const { paidIn, byClaims } = comparison;
  const left =
    byClaims.toLeft.addresses === 0
      ? "Nobody who lost and left would get anything by claims"
      : `${addresses(byClaims.toLeft.addresses)} that lost and left would get ${amount(byClaims.toLeft.assets)} by claims and nothing of a payment into the vault`;
  if (paidIn.kind === "unknown") return `${left}.`;
  const { toLate } = paidIn.value;
  const late =
    toLate.addresses === 0
      ? "no holder who came after the losses would get anything of a payment into the vault"
      : `${amount(toLate.assets)} of a payment into the vault would go to ${addresses(toLate.addresses)} that came after the losses`;
  return `${left}; ${late}.`;
}

/** What claims leave out, each with the weight that it would have had. */
export function excludedTexts(claims: Claims, state: VaultState): readonly string[] {
  const { decimals, symbol } = state.asset;
  const exact = (value: bigint) =>
    formatAmount({ value, decimals, maximumFractionDigits: decimals, symbol, toward: "up" });
  return claims.excluded.map(({ reason, address, lossesAssets, paidInAssets }) => {
    const who =
      reason === "virtual"
        ? "The vault's virtual shares, which belong to nobody,"
        : `The dead address ${address ?? ""}`;
    const get =
      paidInAssets.kind === "known"
        ? `would get ${exact(paidInAssets.value)} of a payment into the vault`
        : "would get an unknown part of a payment into the vault";
    return `${who} bore ${exact(lossesAssets)} of the losses and ${get}; by claims they get nothing.`;
  });
}

/** One past recovery in words. */
export interface PastTexts {
  readonly time: string;
  readonly block: string;
  readonly amount: FigureText;
  readonly priceBefore: string;
  readonly priceAfter: string;
  readonly rise: string;
  readonly receivers: FigureText;
  readonly toLate: FigureText;
  readonly leftOut: FigureText;
}

const PRICE_DIGITS = 8;

export function pastTexts({ row, riseWad, summary }: PastRecovery, state: VaultState): PastTexts {
  const words = moneyWordsOf(state);
  const price = (pair: { readonly assets: bigint; readonly shares: bigint }): string =>
    formatSharePrice({
      ...pair,
      assetDecimals: state.asset.decimals,
      shareDecimals: state.shareDecimals,
      fractionDigits: PRICE_DIGITS,
    }) ?? "no shares";
  const count = (of: Figure<number>): FigureText =>
    toFigureText(of, { text: formatInteger, why: WHY_UNKNOWN });
  return {
    time: formatTimestamp(row.atSeconds),
    block: formatInteger(row.blockNumber),
    amount: words.down(known(row.assets)),
    priceBefore: price(row.priceBefore),
    priceAfter: price(row.priceAfter),
    rise: riseWad === undefined ? "" : `+${formatRatioPercent({ ratioWad: riseWad, fractionDigits: 4 })}`,
    receivers: count(mapFigure(summary, ({ receivers }) => receivers)),
    toLate: words.down(mapFigure(summary, ({ toLateAssets }) => toLateAssets)),
    leftOut: count(mapFigure(summary, ({ leftOut }) => leftOut)),
  };
}

/** The texts of one receiver. */
export interface ReceivedTexts {
  readonly shares: FigureText;
  readonly received: FigureText;
  readonly lostBefore: FigureText;
}

export function receivedTexts(line: ReceivedLine, state: VaultState): ReceivedTexts {
  const words = moneyWordsOf(state);
  return {
    shares: words.shares(line.shares),
    received: words.down(known(line.receivedAssets)),
    lostBefore: words.up(line.lostBeforeAssets),
  };
}

/** A recovery in a list of choices. */
export function recoveryOptionText({ row }: PastRecovery, { asset }: VaultState): string {
  const { decimals, symbol } = asset;
  const amount = formatAmount({ value: row.assets, decimals, symbol });
  return `${formatDate(row.atSeconds)}, block ${formatInteger(row.blockNumber)}: ${amount}`;
}

/** What was built, in words. */
export function madeTexts({ tree, asset, amountAssets, block, file }: ClaimsExport): {
  readonly amount: string;
  readonly block: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly amountOf: (address: Address) => string;
} {
  const { decimals, symbol } = asset;
  const exact = (value: bigint) => formatAmount({ value, decimals, maximumFractionDigits: decimals, symbol });
  const amount = exact(amountAssets);
  const { recorded, falls, fallsSearched } = file.losses;
  return {
    amount,
    block: `block ${formatInteger(block.number)}`,
    facts: [
      { label: "Amount", value: amount },
      { label: "Claims", value: formatInteger(tree.claims.length) },
      { label: "Block", value: blockText({ block }) },
      {
        label: "Losses in the weights",
        value: `${formatInteger(recorded)} recorded, ${
          fallsSearched ? `${formatInteger(falls)} without an event` : "none without an event looked for"
        }`,
      },
    ],
    amountOf: (address) => {
      const claim = tree.claims.find((one) => one.address === address);
      return claim === undefined ? "nothing" : exact(claim.amountAssets);
    },
  };
}

/** Why an address has no proof. */
export function proofIssueText({ block }: ClaimsExport): string {
  return `This address bore no loss up to block ${formatInteger(block.number)}, so it has no claim.`;
}

/** What to write into the amount's field. */
export function amountHint(hasNet: boolean): string {
  return hasNet
    ? "In whole tokens. Max is what the LPs are still missing: lost less recovered."
    : "In whole tokens.";
}

/** A note's heading and what it says. */
export interface NoteText {
  readonly title: string;
  readonly text: string;
}

/** Why there is no list of claims. */
export function unknownClaimsText(reason: UnknownReason, isHistoryWhole: boolean): NoteText {
  return {
    title: isHistoryWhole ? "Who lost how much is not known" : "Claims cannot be made from a partial history",
    text: `${WHY_UNKNOWN[reason]} A list made of what happens to be known would pay the wrong people.`,
  };
}

/** Why nobody has a claim. */
export function noClaimsText({ fallsSearched }: ClaimsBasis, { block, flux }: VaultState): NoteText {
  const number = formatInteger(block.number);
  if (fallsSearched) {
    return {
      title: "Nobody has a claim",
      text: `No LP of this vault has lost anything up to block ${number}: there is no recorded loss, and no fall of the share price without an event was found.`,
    };
  }
  return {
    title: "No loss is recorded",
    text: `${
      flux === undefined
        ? "This vault does not publish losses"
        : `The vault's events hold no loss up to block ${number}`
    }; falls of the share price without an event were not looked for, so there may be some.`,
  };
}

/** What is exact, and what is not known, where falls were not looked for. */
export function recordedOnlyText({ falls }: ClaimsBasis): string {
  return falls > 0
    ? "Falls of the share price without an event could not be looked for everywhere; those that were found are among the weights, and more may change them."
    : "These weights need the vault's events alone and are exact for every recorded loss. Falls of the share price without an event were not looked for; if there are any, they would change the weights.";
}

/** Why no tree can be built now. */
export function buildObstacleText(at: {
  readonly hasClaims: boolean;
  readonly isPending: boolean;
}): string | undefined {
  if (at.isPending)
    return "The vault's past is being read: falls without an event would be among the weights.";
  return at.hasClaims ? undefined : "There are no claims to build it of.";
}
