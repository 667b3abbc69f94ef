import type { LpStatement, StatementLine } from "@/domain/ledger-model";
import type { Figure, SharePrice } from "@/domain/model";
import { toCsv } from "@/shared/csv";
import { formatExactAmount, formatTimestamp } from "@/shared/format";
import { heldAfterOf } from "./model";
import type { LineContext } from "./texts";

function unknownText(reason: string): string {
  return `unknown (${reason})`;
}

/** The exact pair of a price, a column each: a quotient would be rounded. */
function priceCells(figure: Figure<SharePrice>): readonly [string, string] {
  if (figure.kind === "unknown") return [unknownText(figure.reason), unknownText(figure.reason)];
  return [figure.value.assets.toString(), figure.value.shares.toString()];
}

/** Every line of a statement, oldest first, with every digit of its amounts, its block and its transaction. */
export function statementCsv(
  { address, lines }: Pick<LpStatement, "address" | "lines">,
  { state, isWhole }: LineContext,
): string {
  const { symbol, decimals } = state.asset;
  const shares = (value: bigint) => formatExactAmount({ value, decimals: state.shareDecimals });
  const held = (figure: Figure) =>
    figure.kind === "known" ? shares(figure.value) : unknownText(figure.reason);
  const assets = (figure: Figure) =>
    figure.kind === "known"
      ? formatExactAmount({ value: figure.value, decimals })
      : unknownText(figure.reason);
  const shift = ({ shiftAssets }: StatementLine) => (shiftAssets === undefined ? "" : assets(shiftAssets));
  return toCsv({
    header: [
      "chain_id",
      "vault",
      "lp",
      "block",
      "block_hash",
      "log_index",
      "time",
      "transaction",
      "kind",
      "counterparty",
      `amount_${symbol}`,
      "shares",
      "shares_after",
      `interest_since_${symbol}`,
      `rounding_${symbol}`,
      "price_before_asset_units",
      "price_before_share_units",
      "price_after_asset_units",
      "price_after_share_units",
      `avoided_${symbol}`,
      `inherited_${symbol}`,
    ],
    rows: lines.map((line) => [
      state.chainId.toString(),
      state.address,
      address,
      line.at.blockNumber.toString(),
      line.blockHash,
      line.at.logIndex < 0 ? "" : line.at.logIndex.toString(),
      formatTimestamp(line.atSeconds),
      line.transactionHash ?? "",
      line.kind,
      line.counterparty ?? "",
      assets(line.amountAssets),
      shares(line.sharesChange),
      held(heldAfterOf(line, { isWhole })),
      assets(line.interestAssets),
      assets(line.roundingAssets),
      ...priceCells(line.priceBefore),
      ...priceCells(line.priceAfter),
      line.kind === "withdrawal" ? shift(line) : "",
      line.kind === "deposit" ? shift(line) : "",
    ]),
  });
}
