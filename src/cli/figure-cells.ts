import type { UnknownReason } from "@/domain/model";
import type { PriceJson } from "@/report/json-values";
import type { ReportJson } from "@/report/report-schema";
import {
  formatExactAmount,
  formatInteger,
  formatRatioPercent,
  formatSharePrice,
  type Toward,
} from "@/shared/format";
import { formatMoney } from "@/shared/format-money";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { html, type SafeHtml } from "./html";

/** Digits after the point of a share price: as on the pages. */
const PRICE_DIGITS = 8;
/** Of a ratio in per cent: as on the pages. */
const RATIO_DIGITS = 3;

/** A figure of the report, and why it is missing if it is. */
export interface FieldOf {
  readonly value: string | null | undefined;
  readonly reason: UnknownReason | undefined;
}

/** A field of the report with its reason. */
export function fieldOf(value: string | null | undefined, reason?: UnknownReason): FieldOf {
  return { value, reason };
}

/** Why a figure is missing, in the words of the pages. */
export function whyUnknown(reason: UnknownReason | undefined): string {
  return reason === undefined ? "It is not known." : WHY_UNKNOWN[reason];
}

/** Words for the amounts of one vault. Amounts are cut as on the pages; every digit stands in the title. */
export interface FigureWords {
  readonly amountText: (field: FieldOf, toward?: Toward) => string;
  readonly amount: (field: FieldOf, toward?: Toward) => SafeHtml;
  /** A whole number of base units. */
  readonly units: (field: FieldOf) => SafeHtml;
  readonly shares: (text: string | null | undefined) => SafeHtml;
  readonly price: (price: PriceJson | null, reason: UnknownReason | undefined) => SafeHtml;
  readonly ratio: (field: FieldOf) => SafeHtml;
}

const UNKNOWN_TEXT = "unknown";

function unknownHtml(reason: UnknownReason | undefined): SafeHtml {
  return html`<span class="unknown" title="${whyUnknown(reason)}">${UNKNOWN_TEXT}</span>`;
}

/** Makes the words of a report from its decimals. */
export function figureWordsOf({ asset, shareDecimals }: ReportJson): FigureWords {
  const { decimals } = asset;
  const amountText = ({ value, reason }: FieldOf, toward: Toward = "down"): string =>
    value === null || value === undefined
      ? `${UNKNOWN_TEXT}: ${whyUnknown(reason)}`
      : formatMoney({ value: BigInt(value), decimals, toward });
  return {
    amountText,
    amount: (field, toward) =>
      field.value === null || field.value === undefined
        ? unknownHtml(field.reason)
        : html`<span title="${formatExactAmount({ value: BigInt(field.value), decimals })}">${amountText(field, toward)}</span>`,
    units: ({ value, reason }) =>
      value === null || value === undefined ? unknownHtml(reason) : html`${formatInteger(BigInt(value))}`,
    shares: (text) => {
      if (text === null || text === undefined) return unknownHtml(undefined);
      const value = BigInt(text);
      const exact = formatExactAmount({ value, decimals: shareDecimals });
      return html`<span title="${exact}">${formatMoney({ value, decimals: shareDecimals })}</span>`;
    },
    price: (price, reason) => {
      if (price === null) return unknownHtml(reason);
      const [assets, shares] = [BigInt(price.assets), BigInt(price.shares)];
      const text = formatSharePrice({
        assets,
        shares,
        assetDecimals: decimals,
        shareDecimals,
        fractionDigits: PRICE_DIGITS,
      });
      return html`<span title="${price.assets} assets for ${price.shares} shares">${text ?? "no shares"}</span>`;
    },
    ratio: ({ value, reason }) =>
      value === null || value === undefined
        ? unknownHtml(reason)
        : html`${formatRatioPercent({ ratioWad: BigInt(value), fractionDigits: RATIO_DIGITS, toward: "up" })}`,
  };
}
