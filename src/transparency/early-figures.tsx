import type { VaultState } from "@/domain/model";
import { ratioWadDown } from "@/domain/ratio";
import { sharePriceOf } from "@/domain/share-price";
import { formatRatioPercent, formatSharePrice } from "@/shared/format";
import { formatMoney } from "@/shared/format-money";

interface EarlyFigure {
  readonly label: string;
  readonly sublabel: string;
  readonly text: string;
}

/** What the vault itself states. No total of ours: those need its managers and its history. */
function earlyFiguresOf(state: VaultState): readonly EarlyFigure[] {
  const { decimals, symbol } = state.asset;
  const badDebt = state.flux?.totalBadDebtAssets;
  const ratio =
    badDebt === undefined
      ? undefined
      : ratioWadDown({ part: badDebt, whole: state.totalAssets + badDebt, reason: "no-assets" });
  const price = formatSharePrice({
    ...sharePriceOf(state),
    assetDecimals: decimals,
    shareDecimals: state.shareDecimals,
  });
  return [
    {
      label: "Total assets",
      sublabel: "as the vault states them",
      text: formatMoney({ value: state.totalAssets, decimals, symbol }),
    },
    {
      label: "Gross bad debt",
      sublabel: "realised, as the vault counts it",
      text:
        badDebt === undefined
          ? "not published"
          : formatMoney({ value: badDebt, decimals, symbol, toward: "up" }),
    },
    {
      label: "Realised loss",
      sublabel: "bad debt since the vault began, of assets plus bad debt",
      text:
        ratio?.kind === "known"
          ? formatRatioPercent({ ratioWad: ratio.value, fractionDigits: 3, toward: "up" })
          : "unknown",
    },
    {
      label: "Share price",
      sublabel: "as booked",
      text:
        price === undefined || state.totalSupplyShares === 0n ? "no shares" : `${price} ${symbol} a share`,
    },
  ];
}

/** The first figures, before anything else of the page is fetched: plain on purpose, the whole page follows. */
export function EarlyFigures({ state }: { readonly state: VaultState }) {
  return (
    <dl
      aria-label="First figures"
      className="grid gap-px overflow-hidden rounded-lg border border-line bg-surface sm:grid-cols-2 lg:grid-cols-4"
    >
      {earlyFiguresOf(state).map(({ label, sublabel, text }) => (
        <div key={label} className="px-4 py-3 shadow-[0_0_0_1px_var(--line)]">
          <dt className="min-h-6 text-xs font-medium text-ink-muted">{label}</dt>
          <dd className="figures text-2xl leading-9 font-semibold tracking-tight break-all">{text}</dd>
          <dd className="text-xs text-ink-faint">{sublabel}</dd>
        </div>
      ))}
    </dl>
  );
}
