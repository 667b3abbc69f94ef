import type { Figure, VaultState } from "@/domain/model";
import { toCsv } from "@/shared/csv";
import { formatExactAmount, formatStatistic } from "@/shared/format";
import { type AssetRow, exitMeasureOf } from "./model";

function exact(figure: Figure | undefined, decimals: number): string {
  if (figure === undefined) return "";
  return figure.kind === "known"
    ? formatExactAmount({ value: figure.value, decimals })
    : `unknown (${figure.reason})`;
}

const seconds = (value: bigint | undefined): string => value?.toString() ?? "";

/** The assets as comma-separated text, every digit; each line names its chain, vault and block. */
export function assetsCsv({
  rows,
  state,
}: {
  readonly rows: readonly AssetRow[];
  readonly state: VaultState;
}): string {
  const { decimals, symbol } = state.asset;
  return toCsv({
    header: [
      "chain_id",
      "vault",
      "block",
      "asset",
      "symbol",
      "amount",
      `value_${symbol}`,
      "share_of_collateral",
      "largest_manager_share",
      "herfindahl",
      "sold_as",
      "exit_depth_1_percent",
      "exit_depth_2_percent",
      "exit_depth_5_percent",
      "times_depth_2_percent",
      "feed_kind",
      "price_usd",
      "feed",
      "round_id",
      "updated_at",
      "heartbeat_seconds",
      "oracle_above_second_source",
      "oracle_above_pool",
      "volatility_a_year",
      "worst_hour_fall",
      "worst_hour_at",
      "worst_day_fall",
      "worst_day_at",
    ],
    rows: rows.map((row) => {
      const { holding, history, round } = row;
      const { asset, exit, concentration } = holding;
      const sold = exit.kind === "pools" ? exit.sold : undefined;
      const depth = (impact: number): string => {
        const measure = exitMeasureOf(holding, impact);
        if (measure.kind === "no-depth") return "0";
        return measure.kind === "measured" && sold !== undefined
          ? formatExactAmount({ value: measure.depth, decimals: sold.decimals })
          : "";
      };
      const measured = exitMeasureOf(holding, 1);
      const hour = history?.worstHour.kind === "known" ? history.worstHour.value : undefined;
      const day = history?.worstDay.kind === "known" ? history.worstDay.value : undefined;
      const ratio = (value: bigint | undefined): string =>
        value === undefined ? "" : formatExactAmount({ value, decimals: 18 });
      return [
        state.chainId.toString(),
        state.address,
        state.block.number.toString(),
        asset.address,
        asset.symbol,
        formatExactAmount({ value: holding.amount, decimals: asset.decimals }),
        exact(holding.valueAssets, decimals),
        exact(holding.shareWad, 18),
        concentration.kind === "known"
          ? ratio(concentration.value.largestWad)
          : `unknown (${concentration.reason})`,
        concentration.kind === "known"
          ? ratio(concentration.value.herfindahlWad)
          : `unknown (${concentration.reason})`,
        sold?.symbol ?? "",
        depth(0),
        depth(1),
        depth(2),
        measured.kind === "measured" ? ratio(measured.timesWad) : "",
        row.kind,
        exact(asset.priceUsdWad, 18),
        round?.feed ?? "",
        seconds(round?.roundId),
        seconds(round?.updatedAtSeconds),
        seconds(row.heartbeatSeconds),
        exact(row.aboveSecondWad, 18),
        exact(row.aboveSpotWad, 18),
        history?.volatility.kind === "known" ? formatStatistic(history.volatility.value.yearly, 6) : "",
        ratio(hour?.fallWad),
        seconds(hour?.toSeconds),
        ratio(day?.fallWad),
        seconds(day?.toSeconds),
      ];
    }),
  });
}
