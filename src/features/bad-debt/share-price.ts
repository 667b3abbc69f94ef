import type { FullLedger } from "@/domain/ledger-model";
import type { SharePrice, VaultState } from "@/domain/model";
import { priceMomentsOf } from "@/domain/price-moments";
import {
  type DrawdownPoint,
  deepestDrawdown,
  drawdownSeries,
  highWaterMark,
  underWaterOf,
} from "@/domain/share-price";
import type { VaultReport } from "@/report/vault-report";
import {
  formatDate,
  formatDuration,
  formatRatioPercent,
  formatSharePrice,
  toChartNumber,
  toSafeInteger,
} from "@/shared/format";
import type { ChartSeries } from "@/ui/charts/series";

const WAD_DECIMALS = 18;
const PERCENT_DECIMALS = 16;
/** Enough digits that no two prices of a vault's life fall on one pixel. */
const PRICE_SCALE = 10n ** 18n;

/** The share price over time, how far below its peak, and for how long. */
export interface SharePriceHistory {
  readonly price: ChartSeries;
  readonly drawdown: ChartSeries;
  readonly facts: readonly { readonly label: string; readonly value: string; readonly note?: string }[];
}

/** The ledger whose exact prices complete the samples; a report has by itself what the vault's events state. */
export type PricedLedger = Pick<FullLedger, "events" | "falls">;

/**
 * The share price by the samples and by the exact prices around every loss, fall and recovery that the ledger knows;
 * `undefined` when there is not one block with shares.
 */
export function sharePriceHistory(
  report: VaultReport,
  ledger: PricedLedger = { events: report.ledger, falls: [] },
): SharePriceHistory | undefined {
  const { state } = report.snapshot;
  const points = drawdownSeries({
    samples: report.series.samples,
    moments: priceMomentsOf(ledger),
    virtualShares: state.virtualShares,
  });
  const last = points.at(-1);
  const peak = highWaterMark(points);
  const deepest = deepestDrawdown(points);
  if (last === undefined || peak === undefined || deepest === undefined) return undefined;
  const under = underWaterOf(points);
  const at = (point: DrawdownPoint): number => toSafeInteger(point.block.timestampSeconds);
  return {
    price: {
      id: "price",
      label: `${state.asset.symbol} a share`,
      color: 1,
      points: points.map((point) => ({
        at: at(point),
        value: toChartNumber({ value: wholePrice(point.price, state), decimals: WAD_DECIMALS }),
        label: priceText(point.price, state),
      })),
    },
    drawdown: {
      id: "drawdown",
      label: "Below the highest price so far",
      color: 2,
      dash: "dashed",
      shape: "area",
      points: points.map((point) => ({
        at: at(point),
        value: -toChartNumber({ value: point.drawdownWad, decimals: PERCENT_DECIMALS }),
        label: drawdownText(point),
      })),
    },
    facts: [
      { label: "Share price now", value: priceText(last.price, state) },
      {
        label: "High-water mark",
        value: priceText(peak.price, state),
        note: formatDate(peak.block.timestampSeconds),
      },
      { label: "Drawdown now", value: drawdownText(last) },
      {
        label: "Deepest drawdown",
        value: drawdownText(deepest),
        note: formatDate(deepest.block.timestampSeconds),
      },
      {
        label: "Under water now",
        value: under.isUnderWater ? formatDuration(under.currentSeconds) : "no",
        note: "since the last block at the high-water mark",
      },
      {
        label: "Longest under water",
        value:
          under.longestSeconds === 0n && !under.isUnderWater ? "never" : formatDuration(under.longestSeconds),
        note: "its end to the spacing of the samples",
      },
    ],
  };
}

/** Base assets for one whole share, 18 decimals, rounded down. For the picture. */
function wholePrice(price: SharePrice, state: VaultState): bigint {
  const wholeShare = 10n ** BigInt(state.shareDecimals);
  const wholeAsset = 10n ** BigInt(state.asset.decimals);
  return (price.assets * wholeShare * PRICE_SCALE) / (price.shares * wholeAsset);
}

function priceText(price: SharePrice, state: VaultState): string {
  const text = formatSharePrice({
    ...price,
    assetDecimals: state.asset.decimals,
    shareDecimals: state.shareDecimals,
    fractionDigits: 8,
  });
  return `${text ?? "no shares"} ${state.asset.symbol}`;
}

function drawdownText(point: DrawdownPoint): string {
  return point.drawdownWad === 0n
    ? "none"
    : `${formatRatioPercent({ ratioWad: point.drawdownWad, fractionDigits: 4, toward: "up" })} below`;
}
