import { type ReactNode, useMemo } from "react";
import type { Address, Figure, VaultState } from "@/domain/model";
import { Badge } from "@/ui/data/badge";
import { DataTable } from "@/ui/data/data-table";
import { EmptyState } from "@/ui/data/messages";
import type { SortState } from "@/ui/data/table-sort";
import type { Column } from "@/ui/data/table-types";
import { Money } from "@/ui/figures/money";
import type { DistributionLine } from "../distribution";
import { type DistributionTexts, distributionTexts } from "../texts";
import { HolderCell, NoFigure } from "./holder-cell";

const NOT_A_CLAIMANT = "left out of claims";

const sortable = (figure: Figure | undefined): bigint | undefined =>
  figure?.kind === "known" ? figure.value : undefined;

/** The cells of one line share its texts: made once a drawn line. */
function textsOnce(state: VaultState): (line: DistributionLine) => DistributionTexts {
  const made = new WeakMap<DistributionLine, DistributionTexts>();
  return (line) => {
    const found = made.get(line) ?? distributionTexts(line, state);
    made.set(line, found);
    return found;
  };
}

function Tags({ line }: { readonly line: DistributionLine }) {
  return (
    <>
      {line.hasLeft && (
        <Badge tone="neutral" plain title="Lost, and holds no shares now.">
          left
        </Badge>
      )}
      {line.isLate && (
        <Badge tone="neutral" plain title="Holds shares now and bore none of the losses.">
          came after
        </Badge>
      )}
    </>
  );
}

function columnsOf(
  state: VaultState,
  labels: ReadonlyMap<Address, string>,
): readonly Column<DistributionLine>[] {
  const textsOf = textsOnce(state);
  const { symbol } = state.asset;
  return [
    {
      id: "lp",
      header: "LP",
      rowHeader: true,
      sortValue: ({ address }) => address,
      cell: (line) => (
        <HolderCell kind={line.kind} address={line.address} labels={labels} tags={<Tags line={line} />} />
      ),
    },
    {
      id: "lost",
      header: `Lost, ${symbol}`,
      align: "end",
      sortValue: ({ lossesAssets }) => lossesAssets,
      cell: (line) => <Money figure={textsOf(line).losses} />,
    },
    {
      id: "shares",
      header: "Shares now",
      align: "end",
      sortValue: ({ sharesNow }) => sharesNow,
      cell: (line) => {
        const { sharesNow } = textsOf(line);
        return sharesNow === undefined ? <NoFigure why="nobody's" /> : <Money figure={sharesNow} />;
      },
    },
    {
      id: "paid-in",
      header: `If paid in, ${symbol}`,
      align: "end",
      sortValue: ({ paidInAssets }) => sortable(paidInAssets),
      cell: (line) => <Money figure={textsOf(line).paidIn} />,
    },
    {
      id: "claim",
      header: `By claims, ${symbol}`,
      align: "end",
      sortValue: ({ claimAssets }) => claimAssets,
      cell: (line) => {
        const { claim } = textsOf(line);
        return claim === undefined ? <NoFigure why={NOT_A_CLAIMANT} /> : <Money figure={claim} />;
      },
    },
    {
      id: "difference",
      header: `By claims less paid in, ${symbol}`,
      align: "end",
      sortValue: ({ differenceAssets }) => sortable(differenceAssets),
      cell: (line) => {
        const { difference } = textsOf(line);
        return difference === undefined ? <NoFigure why={NOT_A_CLAIMANT} /> : <Money figure={difference} />;
      },
    },
  ];
}

export interface DistributionTableProps {
  readonly state: VaultState;
  readonly lines: readonly DistributionLine[];
  /** The reader's own words for addresses. */
  readonly labels: ReadonlyMap<Address, string>;
  readonly hrefOf: (address: Address) => string;
  readonly sort: SortState;
  readonly onSortChange: (sort: SortState) => void;
  readonly footer: ReactNode;
}

/** What each address would get in both ways. */
export function DistributionTable(props: DistributionTableProps) {
  const { state, labels } = props;
  const columns = useMemo(() => columnsOf(state, labels), [state, labels]);
  return (
    <DataTable
      caption="What each LP gets in both ways"
      columns={columns}
      rows={props.lines}
      rowKey={({ address }) => address ?? "virtual"}
      rowHref={({ address }) => (address === undefined ? undefined : props.hrefOf(address))}
      sort={props.sort}
      onSortChange={props.onSortChange}
      empty={<EmptyState title="No LP fits">Change the search or the choice.</EmptyState>}
      footer={props.footer}
    />
  );
}
