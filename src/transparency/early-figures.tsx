import { ratioWadDown } from "@/domain/headline";
import type { VaultState } from "@/domain/model";
import { sharePriceOf } from "@/domain/share-price";
import {
  formatAmount,
  formatHash,
  formatInteger,
  formatRatioPercent,
  formatSharePrice,
} from "@/shared/format";
import { Stat, StatRow } from "@/ui/figures/stat";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";

/** What the vault itself states, shown while its history and its managers are still being read. */
export function EarlyFigures({ state }: { readonly state: VaultState }) {
  const { decimals, symbol } = state.asset;
  const block = `block ${formatInteger(state.block.number)} (${formatHash(state.block.hash)})`;
  const badDebt = state.flux?.totalBadDebtAssets;
  const assets = formatAmount({ value: state.totalAssets, decimals });
  const loss = (value: bigint): string => formatAmount({ value, decimals, toward: "up" });
  const ratio =
    badDebt === undefined
      ? ({ kind: "unknown", reason: "not-published" } as const)
      : ratioWadDown({ part: badDebt, whole: state.totalAssets + badDebt, reason: "no-assets" });
  const price = formatSharePrice({
    ...sharePriceOf(state),
    assetDecimals: decimals,
    shareDecimals: state.shareDecimals,
  });
  return (
    <StatRow label="First figures">
      <Stat
        label="Total assets"
        sublabel="as the vault states them"
        figure={{ kind: "known", text: assets, unit: symbol }}
        formula={{ expression: "A = totalAssets()", inputs: [], result: `${assets} ${symbol}`, block }}
      />
      <Stat
        label="Gross bad debt"
        sublabel="realised, as the vault counts it"
        tone={badDebt !== undefined && badDebt > 0n ? "loss" : "neutral"}
        figure={
          badDebt === undefined
            ? { kind: "unknown", why: WHY_UNKNOWN["not-published"] }
            : { kind: "known", text: loss(badDebt), unit: symbol }
        }
      />
      <Stat
        label="Realised loss"
        sublabel="bad debt since the vault began, of assets plus bad debt"
        figure={toFigureText(ratio, {
          text: (ratioWad) => formatRatioPercent({ ratioWad, fractionDigits: 3, toward: "up" }),
          why: WHY_UNKNOWN,
        })}
      />
      <Stat
        label="Share price"
        sublabel="as booked"
        figure={
          price === undefined || state.totalSupplyShares === 0n
            ? { kind: "unknown", why: WHY_UNKNOWN["no-supply"] }
            : { kind: "known", text: price, unit: `${symbol} a share` }
        }
      />
    </StatRow>
  );
}
