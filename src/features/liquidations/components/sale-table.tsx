import { AddressLabel } from "@/ui/data/address-label";
import type { SaleLine } from "../sale-lines";

/** The sales in order, each with what it would bring now and the least it may bring. */
export function SaleTable({ lines }: { readonly lines: readonly SaleLine[] }) {
  if (lines.length === 0) return null;
  return (
    <ol aria-label="Sales, in order" className="flex flex-col gap-2">
      {lines.map((line, index) => (
        <li key={line.key} className="rounded-md border border-line bg-sunken px-3 py-2 text-[0.8125rem]">
          <p className="figures">
            <span className="text-ink-muted">{index + 1}.</span> {line.verb} {line.amountIn} for{" "}
            <span className="font-medium">{line.amountOut}</span>
          </p>
          <p className="figures text-xs text-ink-muted">
            at least {line.minOut} {line.isRedemption ? "from" : "at"} <AddressLabel address={line.venue} />
          </p>
        </li>
      ))}
    </ol>
  );
}
