import { useMemo } from "react";
import { Badge } from "@/ui/data/badge";
import { type Column, DataTable } from "@/ui/data/data-table";
import { Callout } from "@/ui/data/messages";
import { Panel } from "@/ui/layout/panel";
import type { AlertText } from "./alert-texts";

export interface AlertsViewProps {
  /** Worst first; undefined while they cannot be known. */
  readonly alerts: readonly AlertText[] | undefined;
  /** Signals of which nothing is known, by name. */
  readonly unchecked: readonly string[];
  /** "12,345": the block that every figure was read at. */
  readonly block: string;
  /** Where a page of the vault is: "/liquidations" to its whole address. */
  readonly hrefOf: (page: string) => string;
}

/** What stands above its level now, with figure, threshold and block; one calm line when nothing does. */
export function AlertsView({ alerts, unchecked, block, hrefOf }: AlertsViewProps) {
  const columns = useMemo(() => columnsOf({ block, hrefOf }), [block, hrefOf]);
  if (alerts === undefined) {
    return (
      <Callout tone="stale" title={`Alerts are unknown at block ${block}`}>
        They count over all managers, and not all could be read.
      </Callout>
    );
  }
  if (alerts.length === 0) {
    return (
      <section aria-label="Alerts" className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-[0.8125rem]">
        <Badge tone={unchecked.length === 0 ? "ok" : "stale"}>No alert at block {block}</Badge>
        <span className="text-ink-muted">
          Bad debt, liquidatable managers, gap tolerance, utilisation and the largest manager were looked at.{" "}
          {unchecked.length > 0 && `Unknown, and so not checked: ${unchecked.join(", ")}.`}
        </span>
      </section>
    );
  }
  return (
    <Panel title="Alerts" description="What stands above its level, worst first." flush>
      <DataTable
        caption={`Alerts at block ${block}, worst first`}
        columns={columns}
        rows={alerts}
        rowKey={({ id }) => id}
        rowTone={({ tone }) => tone}
        empty={null}
        {...(unchecked.length > 0 ? { footer: `Unknown, and so not checked: ${unchecked.join(", ")}.` } : {})}
      />
    </Panel>
  );
}

function columnsOf({
  block,
  hrefOf,
}: Pick<AlertsViewProps, "block" | "hrefOf">): readonly Column<AlertText>[] {
  return [
    {
      id: "signal",
      header: "Signal",
      rowHeader: true,
      cell: ({ tone, severity, signal, page }) => (
        <span className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
          <Badge tone={tone}>{severity}</Badge>
          <a
            className="underline decoration-line-strong underline-offset-2 hover:text-accent"
            href={hrefOf(page)}
          >
            {signal}
          </a>
        </span>
      ),
    },
    {
      id: "figure",
      header: "Figure",
      align: "end",
      cell: ({ figure }) => <span className="font-semibold whitespace-nowrap">{figure}</span>,
    },
    { id: "threshold", header: "Threshold", align: "end", cell: ({ threshold }) => threshold },
    { id: "block", header: "Block", align: "end", cell: () => block },
  ];
}
