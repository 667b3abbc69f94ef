import type { Address, VaultState } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { formatSharePrice } from "@/shared/format";
import { type PastRow, pastRowsOf } from "./past";

/** How a manager's position ended, as the chain tells it. */
export interface Closing {
  readonly row: PastRow;
  readonly byReader: boolean;
  readonly priceBefore: string | undefined;
  readonly priceAfter: string | undefined;
}

/** The last liquidation of a manager; undefined when none was found. */
export function closingOf(
  report: Pick<VaultReport, "history" | "ledger" | "snapshot">,
  { manager, account }: { readonly manager: Address; readonly account: Address | undefined },
): Closing | undefined {
  const row = pastRowsOf(report).find((one) => one.manager === manager);
  if (row === undefined) return undefined;
  const loss = report.ledger.losses.findLast(
    (one) => one.transactionHash === row.transaction && one.manager === manager,
  );
  const { state } = report.snapshot;
  return {
    row,
    byReader: row.liquidator === account,
    priceBefore: loss === undefined ? undefined : priceText(loss.priceBefore, state),
    priceAfter: loss === undefined ? undefined : priceText(loss.priceAfter, state),
  };
}

function priceText(
  price:
    | { readonly kind: "known"; readonly value: { readonly assets: bigint; readonly shares: bigint } }
    | { readonly kind: "unknown" },
  state: VaultState,
): string | undefined {
  if (price.kind === "unknown") return undefined;
  return formatSharePrice({
    ...price.value,
    assetDecimals: state.asset.decimals,
    shareDecimals: state.shareDecimals,
    fractionDigits: 8,
  });
}
