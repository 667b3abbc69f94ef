import { useMemo } from "react";
import type { Address } from "@/domain/model";
import { AddressLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { type Column, DataTable } from "@/ui/data/data-table";
import { Callout } from "@/ui/data/messages";
import { DIRECTION_WORDS } from "../messages";
import { type AffectedRow, type EffectRow, newlyText, type ProposalEffect } from "../proposal";

export interface EffectViewProps {
  readonly effect: ProposalEffect;
  readonly managerHref: (manager: Address) => string;
}

/** What a change would do to the vault as it stands. */
export function EffectView({ effect, managerHref }: EffectViewProps) {
  const direction = DIRECTION_WORDS[effect.direction];
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <p className="flex flex-wrap items-center gap-2 text-[0.8125rem]">
        <Badge tone={direction.tone}>{direction.word}</Badge>
        <span className="min-w-0 text-ink-muted">{direction.meaning}</span>
      </p>
      <BeforeAfter rows={effect.rows} />
      <p className={effect.newlyLiquidatable.length > 0 ? "font-medium text-danger" : "text-[0.8125rem]"}>
        {newlyText(effect)}
      </p>
      <Affected title="Would become liquidatable" rows={effect.newlyLiquidatable} managerHref={managerHref} />
      <Affected
        title="Would no longer be liquidatable"
        rows={effect.noLongerLiquidatable}
        managerHref={managerHref}
      />
      <Affected title="Not known: could not be valued" rows={effect.undetermined} managerHref={managerHref} />
      {effect.isModelOff && (
        <Callout tone="caution" title="The formula does not match the strategy’s own answers today">
          This strategy decides by other rules than the standard ones, so the forecast is not to be trusted.
        </Callout>
      )}
    </div>
  );
}

function BeforeAfter({ rows }: { readonly rows: readonly EffectRow[] }) {
  return (
    <table className="figures w-full border-collapse text-[0.8125rem]">
      <caption className="sr-only">Before and after the change</caption>
      <thead className="text-left text-xs text-ink-muted">
        <tr className="border-b border-line">
          <th scope="col" className="py-1.5 pr-3 font-medium">
            Figure
          </th>
          <th scope="col" className="py-1.5 pr-3 text-right font-medium">
            Now
          </th>
          <th scope="col" className="py-1.5 text-right font-medium">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className="border-b border-line last:border-b-0">
            <th scope="row" className="py-1.5 pr-3 text-left font-normal">
              {row.label}
            </th>
            <td className="py-1.5 pr-3 text-right text-ink-muted">{row.before}</td>
            <td className={row.isChanged ? "py-1.5 text-right font-semibold" : "py-1.5 text-right"}>
              {row.after}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Affected(props: {
  readonly title: string;
  readonly rows: readonly AffectedRow[];
  readonly managerHref: (manager: Address) => string;
}) {
  const { title, rows, managerHref } = props;
  const columns = useMemo<readonly Column<AffectedRow>[]>(
    () => [
      {
        id: "manager",
        header: "Manager",
        rowHeader: true,
        cell: ({ manager }) => <AddressLabel address={manager} href={managerHref(manager)} />,
      },
      { id: "health", header: "Health", align: "end", cell: ({ health }) => health },
      {
        id: "debt",
        header: "True debt",
        align: "end",
        cell: ({ trueDebt }) => <span className="whitespace-nowrap">{trueDebt}</span>,
      },
    ],
    [managerHref],
  );
  if (rows.length === 0) return null;
  return (
    <section aria-label={title} className="min-w-0">
      <p className="pb-1 text-xs font-medium text-ink-muted">{title}</p>
      <div className="rounded-md border border-line">
        <DataTable
          caption={title}
          columns={columns}
          rows={rows}
          rowKey={({ manager }) => manager}
          empty={null}
          height={360}
        />
      </div>
    </section>
  );
}
