import { bothFigures, mapFigure } from "@/domain/figure";
import { type LossShare, type ShareholderKind, shareholderKindOf } from "@/domain/loss-share";
import { sumOf } from "@/domain/math";
import type { Address, Figure, VaultState } from "@/domain/model";
import { ratioWadDown } from "@/domain/ratio";
import type { VaultReport } from "@/report/vault-report";
import type { CsvTable } from "@/shared/csv";
import { formatAmount, formatExactAmount, formatInteger, formatRatioPercent } from "@/shared/format";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { type AnyRow, rowIdOf, rowIdText } from "./ledger-row-id";

/** How a row is split, to the unit, in words that can be followed by hand. */
export const REMAINDER_RULE =
  "The amount is split by the shares that everybody held just before the row's own log, over the supply plus the vault's virtual shares. Every part is rounded down; the units left over go one each to the largest remainders, equal remainders to the lower address, virtual shares last.";

/** One holder's part of a row. */
export interface PartLine {
  readonly key: string;
  readonly kind: ShareholderKind;
  /** undefined for the virtual shares, which belong to nobody. */
  readonly address: Address | undefined;
  readonly isContract: boolean;
  readonly shares: bigint;
  readonly amountAssets: bigint;
  /** Every digit: a part is exact or it is none. */
  readonly sharesText: string;
  readonly ofSharesText: string;
  readonly amountText: string;
}

/** The amount that a row splits: what LPs lost or got back. */
export function amountOfRow(row: AnyRow): Figure {
  switch (row.kind) {
    case "loss":
      return row.row.lpLossAssets;
    case "fall":
      return { kind: "known", value: row.row.lpLossAssets };
    case "recovery":
      return { kind: "known", value: row.row.assets };
  }
}

/** The lines of a split, in the order in which ties are decided. */
export function partLines(
  shares: readonly LossShare[],
  { state, contractHolders }: { readonly state: VaultState } & Pick<VaultReport, "contractHolders">,
): readonly PartLine[] {
  const all = sumOf(shares.map((line) => line.shares));
  return shares.map(({ holder, shares: held, amountAssets }) => {
    const part = ratioWadDown({ part: held, whole: all, reason: "no-supply" });
    return {
      key: holder ?? "virtual",
      kind: shareholderKindOf(holder),
      address: holder,
      isContract: holder !== undefined && contractHolders.has(holder),
      shares: held,
      amountAssets,
      sharesText: allDigits(held, state.shareDecimals),
      ofSharesText:
        part.kind === "known" ? formatRatioPercent({ ratioWad: part.value, fractionDigits: 4 }) : "none",
      amountText: allDigits(amountAssets, state.asset.decimals),
    };
  });
}

/** An amount with every digit, points under each other. */
export function allDigits(value: bigint, decimals: number): string {
  return formatAmount({
    value,
    decimals,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

/** Whether the parts add up to the row, in words. */
export function partsSum(
  row: AnyRow,
  parts: Figure<readonly LossShare[]>,
  state: VaultState,
): { readonly kind: "closes" | "differs" | "unknown"; readonly text: string } {
  const both = bothFigures(
    mapFigure(parts, (lines) => ({
      lines: lines.length,
      sum: sumOf(lines.map((line) => line.amountAssets)),
    })),
    amountOfRow(row),
  );
  if (both.kind === "unknown") {
    return { kind: "unknown", text: `Who bore it is unknown. ${WHY_UNKNOWN[both.reason]}` };
  }
  const [{ lines, sum }, amount] = both.value;
  const { decimals, symbol } = state.asset;
  const what = row.kind === "recovery" ? "the recovery" : "the LP loss";
  const text = `Sum of all ${formatInteger(lines)} lines: ${allDigits(sum, decimals)} ${symbol}`;
  return sum === amount
    ? { kind: "closes", text: `${text} = ${what}, to the unit.` }
    : { kind: "differs", text: `${text}, but ${what} is ${allDigits(amount, decimals)} ${symbol}.` };
}

/** The parts of a row for a spreadsheet, amounts with every digit. */
export function partsCsv(row: AnyRow, lines: readonly PartLine[], state: VaultState): CsvTable {
  const { symbol, decimals } = state.asset;
  const { blockNumber, logIndex } = rowIdOf(row);
  return {
    header: [
      "chain_id",
      "vault",
      "row",
      "block",
      "log",
      "lp",
      "kind",
      "is_contract",
      "shares_at_that_log",
      `${row.kind === "recovery" ? "recovered" : "lost"}_${symbol}`,
    ],
    rows: lines.map((line) => [
      state.chainId.toString(),
      state.address,
      rowIdText(rowIdOf(row)),
      blockNumber.toString(),
      logIndex < 0 ? "" : logIndex.toString(),
      line.address ?? "virtual shares",
      line.kind,
      line.isContract ? "yes" : "no",
      formatExactAmount({ value: line.shares, decimals: state.shareDecimals }),
      formatExactAmount({ value: line.amountAssets, decimals }),
    ]),
  };
}
