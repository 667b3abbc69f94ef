import type { Address } from "@/domain/model";
import { AddressLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { DataTable } from "@/ui/data/data-table";
import { Disclosure } from "@/ui/data/disclosure";
import type { Column } from "@/ui/data/table-types";
import type { FigureText } from "@/ui/figures/figure-text";
import { Money } from "@/ui/figures/money";
import { fallText } from "../choice";
import type { HistoryLine } from "../history";
import type { FallRow, WhatIfLine } from "../tables";

/** Managers in the order in which they fall. */
export function FallTable(props: {
  readonly rows: readonly FallRow[];
  readonly hrefOf: (manager: Address) => string;
  readonly fallWad: bigint;
  readonly symbol: string;
}) {
  const { rows, hrefOf, fallWad, symbol } = props;
  const columns: readonly Column<FallRow>[] = [
    { id: "order", header: "Order", cell: ({ order }) => order, sortValue: ({ order }) => order },
    {
      id: "manager",
      header: "Manager",
      rowHeader: true,
      cell: ({ manager, hasFallen }) => (
        <AddressLabel
          address={manager}
          href={hrefOf(manager)}
          tags={hasFallen ? <Badge tone="danger">fallen</Badge> : undefined}
        />
      ),
    },
    {
      id: "to-liquidation",
      header: "Fall to liquidation",
      align: "end",
      cell: ({ toLiquidation }) => toLiquidation,
      sortValue: ({ toLiquidationWad }) => toLiquidationWad,
    },
    {
      id: "to-bad-debt",
      header: "Fall to bad debt",
      align: "end",
      cell: ({ toBadDebt }) => toBadDebt,
      sortValue: ({ toBadDebtWad }) => toBadDebtWad,
    },
    {
      id: "debt",
      header: `Debt, ${symbol}`,
      align: "end",
      cell: ({ debt }) => debt,
      sortValue: ({ debtAssets }) => debtAssets,
    },
    {
      id: "loss",
      header: `LP loss at −${fallText(fallWad)}, ${symbol}`,
      align: "end",
      cell: ({ loss }) => <Money figure={loss} />,
      sortValue: ({ lossAssets }) => lossAssets,
    },
  ];
  return (
    <DataTable
      caption="Order of falling"
      columns={columns}
      rows={rows}
      rowKey={({ manager }) => manager}
      rowTone={({ lossAssets, hasFallen }) =>
        lossAssets !== undefined && lossAssets > 0n ? "loss" : hasFallen ? "danger" : undefined
      }
      defaultSort={{ columnId: "order", direction: "ascending" }}
      empty="No manager owes anything."
      footer="Falls are of the chosen assets' prices, rounded up. “Never”: not even a fall to nothing reaches the mark."
    />
  );
}

/** What another bond ratio or buffer would have changed. */
export function WhatIfTable(props: {
  readonly lines: readonly WhatIfLine[];
  readonly scenarios: readonly bigint[];
  readonly fallWad: bigint;
  readonly symbol: string;
  readonly hrefOf: (manager: Address) => string;
}) {
  const { lines, scenarios, fallWad, symbol, hrefOf } = props;
  const columns: readonly Column<WhatIfLine>[] = [
    {
      id: "pair",
      header: "Bond ratio",
      rowHeader: true,
      cell: ({ bond, isToday }) => (
        <span className="inline-flex items-center gap-1.5">
          {bond}
          {isToday && <Badge tone="accent">today</Badge>}
        </span>
      ),
    },
    { id: "buffer", header: "Buffer", align: "end", cell: ({ buffer }) => buffer },
    { id: "threshold", header: "T", align: "end", cell: ({ threshold }) => threshold },
    { id: "gap", header: "Gap tolerance", align: "end", cell: ({ gap }) => <Money figure={gap} /> },
    {
      id: "newly",
      header: "Liquidatable at once",
      align: "end",
      cell: ({ newly }) => <Money figure={newly} />,
    },
    ...scenarios.map(
      (fallWad, place): Column<WhatIfLine> => ({
        id: `loss-${place}`,
        header: `At −${fallText(fallWad)}, one step`,
        align: "end",
        cell: ({ losses }) => {
          const loss = losses[place];
          return loss === undefined ? null : <Money figure={loss} />;
        },
      }),
    ),
    {
      id: "closed-first",
      header: `At −${fallText(fallWad)}, closed before`,
      align: "end",
      cell: ({ closedFirst }) => <Money figure={closedFirst} />,
    },
  ];
  const listed = lines.filter(({ newlyListed }) => newlyListed.length > 0);
  return (
    <>
      <DataTable
        caption={`What a bond ratio or buffer would have changed: LP loss, ${symbol}`}
        columns={columns}
        rows={lines}
        rowKey={({ id }) => id}
        rowTone={({ isToday }) => (isToday ? "accent" : undefined)}
        empty={null}
        footer="The positions stay as they are: nobody is taken to have posted more bond. A fall in one step costs the same under every T above the bad-debt line; what T decides is what gets closed on the way. Closed before: everything that the row's T opens at today's prices is liquidated first, then the fall comes."
      />
      {listed.map(({ id, bond, buffer, newlyListed }) => (
        <div key={id} className="border-t border-line px-4 py-2">
          <Disclosure
            summary={`Bond ${bond}, buffer ${buffer}: who would be liquidatable at once (${newlyListed.length})`}
          >
            <ul className="flex flex-col gap-1 py-1 text-[0.8125rem]">
              {newlyListed.slice(0, MOST_LISTED).map((manager) => (
                <li key={manager}>
                  <AddressLabel address={manager} href={hrefOf(manager)} />
                </li>
              ))}
              {newlyListed.length > MOST_LISTED && <li>and {newlyListed.length - MOST_LISTED} more</li>}
            </ul>
          </Disclosure>
        </div>
      ))}
    </>
  );
}

const MOST_LISTED = 50;

/** Two moments, under each other where there is no room. */
function Span({ figure }: { readonly figure: FigureText }) {
  return figure.kind === "known" ? <span className="figures">{figure.text}</span> : <Money figure={figure} />;
}

const HISTORY_COLUMNS: readonly Column<HistoryLine>[] = [
  { id: "horizon", header: "Over", rowHeader: true, cell: ({ horizon }) => horizon },
  { id: "var95", header: "VaR 95%", align: "end", cell: ({ var95 }) => <Money figure={var95} /> },
  {
    id: "es95",
    header: "Shortfall 95%",
    align: "end",
    cell: ({ shortfall95 }) => <Money figure={shortfall95} />,
  },
  { id: "var99", header: "VaR 99%", align: "end", cell: ({ var99 }) => <Money figure={var99} /> },
  {
    id: "es99",
    header: "Shortfall 99%",
    align: "end",
    cell: ({ shortfall99 }) => <Money figure={shortfall99} />,
  },
  { id: "worst", header: "Worst sample", align: "end", cell: ({ worst }) => <Money figure={worst} /> },
  { id: "when", header: "Worst, when", align: "end", cell: ({ worstWhen }) => <Span figure={worstWhen} /> },
  { id: "samples", header: "Samples", align: "end", cell: ({ samples }) => <Money figure={samples} /> },
  { id: "span", header: "From, to", align: "end", cell: ({ span }) => <Span figure={span} /> },
];

/** Past moves of the feeds on today's book. */
export function HistoryTable({
  lines,
  symbol,
}: {
  readonly lines: readonly HistoryLine[];
  readonly symbol: string;
}) {
  return (
    <DataTable
      caption={`History on today's book: LP loss that past moves would have added, ${symbol}`}
      columns={HISTORY_COLUMNS}
      rows={lines}
      rowKey={({ id }) => id}
      empty={null}
      footer="VaR: what 95 or 99 of 100 samples did not exceed. Expected shortfall: mean of the samples from there on. Overlapping spans, one ending at each round."
    />
  );
}
