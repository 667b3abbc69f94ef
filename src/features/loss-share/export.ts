import type { ExposureBook } from "@/domain/exposure";
import { mapFigure } from "@/domain/figure";
import type { Figure } from "@/domain/model";
import { toCsv } from "@/shared/csv";
import { formatExactAmount } from "@/shared/format";
import { LIFE_COLUMNS } from "./life";
import type { LpLine } from "./model";

/** Names the line that belongs to nobody in an export. */
const VIRTUAL = "virtual shares";

function exact(figure: Figure, decimals: number): string {
  return figure.kind === "known"
    ? formatExactAmount({ value: figure.value, decimals })
    : `unknown (${figure.reason})`;
}

/**
 * Every line with its part of every loss that the vault itself states, and its whole life where the past was read;
 * every digit of every amount. Adding up a loss's column gives its LP loss.
 */
export function lossSharesCsv(lines: readonly LpLine[], book: ExposureBook): string {
  const { state, split } = book.input;
  const { decimals, symbol } = state.asset;
  const isLifeKnown = lines.some(({ life }) => life !== undefined);
  const life = isLifeKnown ? LIFE_COLUMNS : [];
  const losses = split.losses.map(({ row, shares }) => ({
    name: `loss_block_${row.blockNumber}_log_${row.logIndex}_${symbol}`,
    parts: mapFigure(shares, (all) => new Map(all.map((one) => [one.holder, one.amountAssets]))),
  }));
  return toCsv({
    header: [
      "chain_id",
      "vault",
      "block",
      "lp",
      "kind",
      "is_contract",
      "shares",
      `value_${symbol}`,
      `loss_shown_${symbol}`,
      `recovered_${symbol}`,
      `would_lose_${symbol}`,
      ...life.map(({ id }) => `life_${id}_${symbol}`),
      ...losses.map(({ name }) => name),
    ],
    rows: lines.map((line) => [
      state.chainId.toString(),
      state.address,
      state.block.number.toString(),
      line.address ?? VIRTUAL,
      line.kind,
      line.isContract ? "yes" : "no",
      exact(line.shares, state.shareDecimals),
      exact(line.valueAssets, decimals),
      exact(line.lossAssets, decimals),
      exact(line.recoveredAssets, decimals),
      exact(line.wouldLoseAssets, decimals),
      ...life.map((column) => (line.life === undefined ? "" : exact(column.valueOf(line.life), decimals))),
      ...losses.map(({ parts }) =>
        exact(
          mapFigure(parts, (byHolder) => byHolder.get(line.address) ?? 0n),
          decimals,
        ),
      ),
    ]),
  });
}
