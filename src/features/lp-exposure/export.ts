import type { ExposureBook } from "@/domain/exposure";
import { compareLogs } from "@/domain/log-order";
import { toCsv } from "@/shared/csv";
import { formatExactAmount, formatTimestamp } from "@/shared/format";
import { type LpPersonal, lpEventRowsOf, movementsOf } from "./model";

/**
 * Everything that happened to one LP, oldest first: movements, losses and recoveries, each with its block and
 * transaction and every digit of its amounts.
 */
export function lpHistoryCsv({ address, exposure }: LpPersonal, book: ExposureBook): string {
  const { state, history } = book.input;
  const { decimals, symbol } = state.asset;
  const assets = (value: bigint) => formatExactAmount({ value, decimals });
  const shares = (value: bigint) => formatExactAmount({ value, decimals: state.shareDecimals });
  const movements = movementsOf(address, book).map((movement) => ({
    at: movement,
    cells: [
      movement.kind,
      shares(movement.shares),
      movement.assets === undefined ? "" : assets(movement.assets),
      movement.counterparty ?? "",
      history.complete ? shares(movement.sharesAfter) : "unknown (history-partial)",
    ],
  }));
  const events = lpEventRowsOf(exposure).map(({ kind, share }) => ({
    at: share.row,
    cells: [kind, shares(share.shares), assets(share.amountAssets), "", shares(share.shares)],
  }));
  const rows = [...movements, ...events].sort((a, b) => compareLogs(a.at, b.at));
  return toCsv({
    header: [
      "chain_id",
      "vault",
      "lp",
      "block",
      "log_index",
      "time",
      "transaction",
      "kind",
      "shares",
      `amount_${symbol}`,
      "counterparty",
      "shares_after",
    ],
    rows: rows.map(({ at, cells }) => [
      state.chainId.toString(),
      state.address,
      address,
      at.blockNumber.toString(),
      at.logIndex.toString(),
      formatTimestamp(at.atSeconds),
      at.transactionHash,
      ...cells,
    ]),
  });
}
