import type { ClaimsExport } from "@/data/claims/claims-export";
import type { Figure, VaultState } from "@/domain/model";
import type { CsvTable } from "@/shared/csv";
import { formatExactAmount } from "@/shared/format";
import type { DistributionLine } from "./distribution";
import type { PastRecovery } from "./past";

/** Names the line that belongs to nobody in an export. */
const VIRTUAL = "virtual shares";
/** Stands where a line has no such figure. */
const NONE = "";

function exact(figure: Figure, decimals: number): string {
  return figure.kind === "known"
    ? formatExactAmount({ value: figure.value, decimals })
    : `unknown (${figure.reason})`;
}

const plain = (value: bigint | undefined, decimals: number): string =>
  value === undefined ? NONE : formatExactAmount({ value, decimals });

/** Both ways of handing an amount out, every digit of every figure. */
export function distributionCsv(lines: readonly DistributionLine[], state: VaultState): CsvTable {
  const { decimals, symbol } = state.asset;
  return {
    header: [
      "chain_id",
      "vault",
      "block",
      "lp",
      "kind",
      "left",
      "came_after",
      `lost_${symbol}`,
      "shares_now",
      `if_paid_in_${symbol}`,
      `by_claims_${symbol}`,
      `difference_${symbol}`,
    ],
    rows: lines.map((line) => [
      state.chainId.toString(),
      state.address,
      state.block.number.toString(),
      line.address ?? VIRTUAL,
      line.kind,
      line.hasLeft ? "yes" : "no",
      line.isLate ? "yes" : "no",
      plain(line.lossesAssets, decimals),
      plain(line.sharesNow, state.shareDecimals),
      exact(line.paidInAssets, decimals),
      plain(line.claimAssets, decimals),
      line.differenceAssets === undefined ? NONE : exact(line.differenceAssets, decimals),
    ]),
  };
}

/** The leaves of a tree that was built: whole numbers of base units, as a contract reads them. */
export function claimsCsv({ file }: ClaimsExport): CsvTable {
  return {
    header: ["address", "weight", "amount"],
    rows: file.leaves.map(({ address, weight, amount }) => [address, weight, amount]),
  };
}

/** Who received a past recovery, every digit. */
export function receivedCsv({ row, lines }: PastRecovery, state: VaultState): CsvTable {
  const { decimals, symbol } = state.asset;
  return {
    header: [
      "chain_id",
      "vault",
      "block",
      "log_index",
      "transaction",
      "lp",
      "kind",
      "shares",
      `received_${symbol}`,
      `lost_before_${symbol}`,
    ],
    rows: (lines.kind === "known" ? lines.value : []).map((line) => [
      state.chainId.toString(),
      state.address,
      row.blockNumber.toString(),
      row.logIndex.toString(),
      row.transactionHash,
      line.address ?? VIRTUAL,
      line.kind,
      plain(line.shares, state.shareDecimals),
      plain(line.receivedAssets, decimals),
      exact(line.lostBeforeAssets, decimals),
    ]),
  };
}
