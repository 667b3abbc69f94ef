import type { LossRow, RecoveryRow } from "@/domain/ledger";
import type { FallRow } from "@/domain/ledger-model";
import type { Address, BlockRef, Figure, SharePrice, VaultState } from "@/domain/model";
import { priceFallWadDown } from "@/domain/share-price";
import { formatInteger, formatRatioPercent, formatSharePrice, formatTimestamp } from "@/shared/format";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { type AnyRow, parseRowId } from "./ledger-row-id";
import { badgeOfLoss, FALL_BADGE, type RowBadge } from "./reconciliation";
import { allDigits } from "./row-parts";

/** One named fact of a row: a finished text, or somebody's address. */
export interface RowFact {
  readonly key: string;
  readonly label: string;
  readonly hint?: string;
  readonly value:
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "manager" | "account"; readonly address: Address }
    | { readonly kind: "transaction"; readonly hash: string }
    | { readonly kind: "badge"; readonly badge: RowBadge };
}

const text = (value: string): RowFact["value"] => ({ kind: "text", text: value });

/** What a row is called where it stands alone, by its name in the address. */
export function rowTitleOf(rowText: string, state: VaultState): string {
  const id = parseRowId(rowText);
  if (id === undefined) return "Row of the ledger";
  const what = {
    loss: "Loss",
    fall: state.flux === undefined ? "Suspected loss" : "Unexplained fall",
    recovery: "Recovery",
  }[id.kind];
  return `${what} in block ${formatInteger(id.blockNumber)}`;
}

/** The blocks just before and at a row: links to the vault as it stood at each. */
export function rowBlocks(row: AnyRow): { readonly before: bigint; readonly at: bigint } {
  if (row.kind === "fall") return { before: row.row.from.number, at: row.row.to.number };
  return { before: row.row.blockNumber - 1n, at: row.row.blockNumber };
}

/** The facts of a row in two groups: what happened, and what it did to everybody's shares. */
export function rowFactGroups(
  row: AnyRow,
  state: VaultState,
): { readonly happened: readonly RowFact[]; readonly price: readonly RowFact[] } {
  const facts = rowFacts(row, state);
  return {
    happened: facts.filter(({ key }) => !OF_THE_PRICE.has(key)),
    price: facts.filter(({ key }) => OF_THE_PRICE.has(key)),
  };
}

const OF_THE_PRICE: ReadonlySet<string> = new Set([
  "lp-loss",
  "amount",
  "badge",
  "before",
  "after",
  "price-before",
  "price-after",
  "fall",
]);

/** Everything that is known of a row, amounts with every digit. */
function rowFacts(row: AnyRow, state: VaultState): readonly RowFact[] {
  switch (row.kind) {
    case "loss":
      return lossFacts(row.row, state);
    case "fall":
      return fallFacts(row.row, state);
    case "recovery":
      return recoveryFacts(row.row, state);
  }
}

function money(figure: Figure, state: VaultState): RowFact["value"] {
  const { decimals, symbol } = state.asset;
  return text(
    figure.kind === "known"
      ? `${allDigits(figure.value, decimals)} ${symbol}`
      : `unknown: ${WHY_UNKNOWN[figure.reason]}`,
  );
}

const known = <Value>(value: Value): Figure<Value> => ({ kind: "known", value });

function placeFacts(row: LossRow | RecoveryRow): readonly RowFact[] {
  return [
    { key: "time", label: "Time", value: text(formatTimestamp(row.atSeconds)) },
    {
      key: "block",
      label: "Block, log",
      value: text(`${formatInteger(row.blockNumber)}, ${formatInteger(row.logIndex)}`),
    },
    { key: "tx", label: "Transaction", value: { kind: "transaction", hash: row.transactionHash } },
  ];
}

function lossFacts(row: LossRow, state: VaultState): readonly RowFact[] {
  const amount = (figure: Figure): RowFact["value"] => money(figure, state);
  return [
    ...placeFacts(row),
    { key: "manager", label: "Manager", value: { kind: "manager", address: row.manager } },
    ...(row.liquidator === undefined
      ? []
      : [
          {
            key: "liquidator",
            label: "Liquidator",
            value: { kind: "account" as const, address: row.liquidator },
          },
        ]),
    { key: "debt", label: "True debt", value: amount(row.trueDebtAssets) },
    { key: "value", label: "Position value", value: amount(row.positionValueAssets) },
    { key: "payment", label: "Payment", value: amount(row.paymentAssets) },
    {
      key: "bad-debt",
      label: "Bad debt",
      hint: "true debt less payment",
      value: amount(known(row.badDebtAssets)),
    },
    { key: "interest", label: "Unpaid interest in it", value: amount(row.unpaidInterestAssets) },
    {
      key: "lp-loss",
      label: "LP loss",
      hint: lpLossHint(row),
      value: amount(row.lpLossAssets),
    },
    {
      key: "badge",
      label: "Reconciliation",
      hint: "bad debt against the fall in total assets",
      value: { kind: "badge", badge: badgeOfLoss(row, state) },
    },
    { key: "before", label: "Total assets before", value: amount(row.totalAssetsBefore) },
    ...priceFacts({ before: row.priceBefore, after: row.priceAfter }, state),
  ];
}

function lpLossHint({ source, lpLossSharedBy: count }: LossRow): string {
  if (source !== "derived") return "stated by the vault: total assets before less after";
  return count === undefined
    ? "derived: total assets around the liquidation, with what the block's other logs moved taken back"
    : `estimated: what ${count} losses of this block took together, split by bad debt`;
}

function fallFacts(row: FallRow, state: VaultState): readonly RowFact[] {
  const amount = (value: bigint): RowFact["value"] => money(known(value), state);
  return [
    {
      key: "between",
      label: row.isNarrow ? "Between two neighbouring blocks" : "Somewhere between two blocks",
      ...(row.isNarrow ? {} : { hint: "the endpoint does not keep what would narrow it down" }),
      value: text(blockSpan(row.from, row.to)),
    },
    { key: "time", label: "Time of the later one", value: text(formatTimestamp(row.to.timestampSeconds)) },
    {
      key: "lp-loss",
      label: "LP loss",
      hint: "total assets before less after",
      value: amount(row.lpLossAssets),
    },
    { key: "badge", label: "Reconciliation", value: { kind: "badge", badge: FALL_BADGE } },
    {
      key: "before",
      label: "Total assets before",
      hint: "under the later block's clock where that could be read",
      value: amount(row.totalAssetsBefore),
    },
    {
      key: "after",
      label: "Total assets after",
      hint: "with what the block's own events moved taken back",
      value: amount(row.totalAssetsAfter),
    },
    ...priceFacts({ before: known(row.priceBefore), after: known(row.priceAfter) }, state),
  ];
}

function blockSpan(from: BlockRef, to: BlockRef): string {
  return `${formatInteger(from.number)} and ${formatInteger(to.number)}`;
}

function recoveryFacts(row: RecoveryRow, state: VaultState): readonly RowFact[] {
  return [
    ...placeFacts(row),
    { key: "from", label: "Paid by", value: { kind: "account", address: row.from } },
    { key: "amount", label: "Recovered", value: money(known(row.assets), state) },
    { key: "before", label: "Total assets before", value: money(known(row.totalAssetsBefore), state) },
    ...priceFacts({ before: known(row.priceBefore), after: known(row.priceAfter) }, state),
  ];
}

interface Prices {
  readonly before: Figure<SharePrice>;
  readonly after: Figure<SharePrice>;
}

function priceFacts({ before, after }: Prices, state: VaultState): readonly RowFact[] {
  return [
    { key: "price-before", label: "Share price before", ...priceFact(before, state) },
    { key: "price-after", label: "Share price after", ...priceFact(after, state) },
    ...changeFact({ before, after }),
  ];
}

/** The price in words, and the exact pair that it is, virtual asset and shares included. */
function priceFact(price: Figure<SharePrice>, state: VaultState): Pick<RowFact, "hint" | "value"> {
  if (price.kind === "unknown") return { value: text(`unknown: ${WHY_UNKNOWN[price.reason]}`) };
  const { assets, shares } = price.value;
  const digits = formatSharePrice({
    assets,
    shares,
    assetDecimals: state.asset.decimals,
    shareDecimals: state.shareDecimals,
    fractionDigits: 12,
  });
  return {
    hint: `exactly ${formatInteger(assets)} units of ${state.asset.symbol} for ${formatInteger(shares)} units of shares`,
    value: text(`${digits ?? "no shares"} ${state.asset.symbol}`),
  };
}

function changeFact({ before, after }: Prices): readonly RowFact[] {
  if (before.kind === "unknown" || after.kind === "unknown") return [];
  const fall = priceFallWadDown(before.value, after.value);
  if (fall.kind === "unknown" || fall.value === 0n) return [];
  return [
    {
      key: "fall",
      label: "Fall of the share price",
      value: text(formatRatioPercent({ ratioWad: fall.value, fractionDigits: 6, toward: "up" })),
    },
  ];
}
