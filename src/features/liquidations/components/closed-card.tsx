import type { AssetDescription } from "@/domain/model";
import { AddressLabel, HashLabel } from "@/ui/data/address-label";
import { type KeyValue, KeyValueList } from "@/ui/data/key-value-list";
import { Callout } from "@/ui/data/messages";
import type { Closing } from "../closed";

/** How the position ended: who closed it, what was paid, what it cost the LPs. */
export function ClosedCard({
  closing,
  asset,
}: {
  readonly closing: Closing;
  readonly asset: AssetDescription;
}) {
  const { row, byReader, priceBefore, priceAfter } = closing;
  const { symbol } = asset;
  const items: KeyValue[] = [
    { key: "liquidator", label: "Liquidator", value: <AddressLabel address={row.liquidator} /> },
    {
      key: "transaction",
      label: "Transaction",
      value: <HashLabel hash={row.transaction} what="transaction hash" />,
    },
    { key: "debt", label: "True debt", value: `${row.trueDebt} ${symbol}` },
    { key: "payment", label: "Payment", value: `${row.payment} ${symbol}` },
    { key: "recovery", label: "Recovery rate", value: row.recovery },
    { key: "bad-debt", label: "Bad debt", value: `${row.badDebt} ${symbol}` },
    {
      key: "lp-loss",
      label: "LP loss",
      value: row.lpLoss === undefined ? "not stated" : `${row.lpLoss} ${symbol}`,
    },
  ];
  if (priceBefore !== undefined && priceAfter !== undefined) {
    items.push({ key: "price", label: "Share price", value: `${priceBefore} → ${priceAfter} ${symbol}` });
  }
  return (
    <div className="flex max-w-[40rem] flex-col gap-3">
      <Callout
        tone={row.badDebtAssets > 0n ? "loss" : "ok"}
        title={
          byReader
            ? `You closed this position in block ${row.block}`
            : `Already closed by somebody else in block ${row.block}`
        }
      >
        {row.time}. Nothing is left to liquidate.
      </Callout>
      <KeyValueList items={items} />
    </div>
  );
}
