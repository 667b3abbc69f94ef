import { useMemo } from "react";
import type { Address, AssetDescription } from "@/domain/model";
import { AddressLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { type Column, DataTable } from "@/ui/data/data-table";
import { EmptyState } from "@/ui/data/messages";
import type { SortValue } from "@/ui/data/table-sort";
import { Money } from "@/ui/figures/money";
import { ROUNDING_NOTE } from "@/ui/figures/rounding-note";
import { Button } from "@/ui/forms/button";
import type { CandidateRow } from "./candidates";

export interface CandidatesViewProps {
  readonly rows: readonly CandidateRow[];
  readonly asset: AssetDescription;
  /** "12,345": the block of everything here. */
  readonly block: string;
  readonly chosen: string | undefined;
  readonly managerHref: (manager: Address) => string;
  readonly onChoose: (manager: Address) => void;
  /** False when a manager is missing: then nobody can say that nobody is liquidatable. */
  readonly isComplete: boolean;
}

const figure = (
  value: { readonly kind: "known"; readonly value: bigint } | { readonly kind: "unknown" },
): SortValue => (value.kind === "known" ? value.value : undefined);

/** Who can be liquidated now, with what the strategy asks and what it would cost the LPs. */
export function CandidatesView(props: CandidatesViewProps) {
  const { rows, asset, block, isComplete } = props;
  const columns = useMemo(
    () => columnsOf({ managerHref: props.managerHref, chosen: props.chosen, onChoose: props.onChoose }),
    [props.managerHref, props.chosen, props.onChoose],
  );
  return (
    <DataTable
      caption={`Managers that can be liquidated at block ${block}, amounts in ${asset.symbol}`}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.manager}
      rowTone={(row) => row.state.tone}
      defaultSort={{ columnId: "lp-loss", direction: "descending" }}
      empty={
        isComplete ? (
          <EmptyState title={`Nobody can be liquidated at block ${block}`}>
            Every manager that owes stands at or above the liquidation threshold.
          </EmptyState>
        ) : (
          <EmptyState title={`Nobody found at block ${block}`}>
            Not every manager could be read, so this is not known of all.
          </EmptyState>
        )
      }
      footer={`Amounts in ${asset.symbol} at block ${block}. Gain is value less payment at oracle prices, before slippage and gas. ${ROUNDING_NOTE}`}
    />
  );
}

function columnsOf(
  input: Pick<CandidatesViewProps, "managerHref" | "chosen" | "onChoose">,
): readonly Column<CandidateRow>[] {
  return [
    {
      id: "manager",
      header: "Manager",
      rowHeader: true,
      sortValue: ({ manager }) => manager,
      cell: (row) => (
        <span className="flex flex-col items-start gap-1">
          <AddressLabel address={row.manager} href={input.managerHref(row.manager)} />
          <StateWords row={row} />
        </span>
      ),
    },
    {
      id: "health",
      header: "Health",
      align: "end",
      sortValue: ({ healthWad }) => figure(healthWad),
      cell: ({ text }) => <Money figure={text.health} />,
    },
    {
      id: "debt",
      header: "True debt",
      align: "end",
      sortValue: ({ shortfall }) => shortfall.trueDebtAssets,
      cell: ({ text }) => <Money figure={text.trueDebt} />,
    },
    {
      id: "value",
      header: "Value",
      align: "end",
      sortValue: ({ shortfall }) => figure(shortfall.valueAssets),
      cell: ({ text }) => <Money figure={text.value} />,
    },
    {
      id: "payment",
      header: "Payment asked",
      align: "end",
      sortValue: ({ shortfall }) => figure(shortfall.paymentAssets),
      cell: ({ text }) => <Money figure={text.payment} />,
    },
    {
      id: "bad-debt",
      header: "Expected bad debt",
      align: "end",
      sortValue: ({ shortfall }) => figure(shortfall.badDebtIfClosedAssets),
      cell: ({ text, shortfall }) => (
        <span className={isLoss(shortfall.badDebtIfClosedAssets) ? "text-loss" : undefined}>
          <Money figure={text.badDebt} />
        </span>
      ),
    },
    {
      id: "lp-loss",
      header: "LP loss",
      align: "end",
      sortValue: ({ shortfall }) => figure(shortfall.lpLossIfClosedAssets),
      cell: ({ text, shortfall }) => (
        <span className={isLoss(shortfall.lpLossIfClosedAssets) ? "font-semibold text-loss" : undefined}>
          <Money figure={text.lpLoss} />
        </span>
      ),
    },
    {
      id: "gain",
      header: "Liquidator's gain",
      align: "end",
      sortValue: ({ gainAssets }) => figure(gainAssets),
      cell: ({ text }) => <Money figure={text.gain} />,
    },
    {
      id: "choose",
      header: "Action",
      align: "end",
      cell: ({ manager }) => (
        <Button
          size="small"
          variant={manager === input.chosen ? "primary" : "secondary"}
          label={manager === input.chosen ? `${manager} is chosen below` : `Liquidate ${manager}`}
          onClick={() => input.onChoose(manager)}
        >
          {manager === input.chosen ? "Chosen" : "Liquidate"}
        </Button>
      ),
    },
  ];
}

function isLoss(
  value: { readonly kind: "known"; readonly value: bigint } | { readonly kind: "unknown" },
): boolean {
  return value.kind === "known" && value.value > 0n;
}

/** The standing in a word, and what marks the row out. */
export function StateWords({ row }: { readonly row: CandidateRow }) {
  return (
    <span className="flex flex-wrap gap-1">
      <Badge tone={row.state.tone} title={row.state.sentence}>
        {row.state.word}
      </Badge>
      {row.marks.map((mark) => (
        <Badge key={mark.id} tone={mark.tone} title={mark.meaning}>
          {mark.word}
        </Badge>
      ))}
    </span>
  );
}

/** Everybody else who owes: the state in a sentence. */
export function StandingView(props: {
  readonly rows: readonly CandidateRow[];
  readonly asset: AssetDescription;
  readonly block: string;
  readonly managerHref: (manager: Address) => string;
}) {
  const { managerHref } = props;
  const columns = useMemo<readonly Column<CandidateRow>[]>(
    () => [
      {
        id: "manager",
        header: "Manager",
        rowHeader: true,
        sortValue: ({ manager }) => manager,
        cell: (row) => <AddressLabel address={row.manager} href={managerHref(row.manager)} />,
      },
      {
        id: "health",
        header: "Health",
        align: "end",
        sortValue: ({ healthWad }) => figure(healthWad),
        cell: ({ text }) => <Money figure={text.health} />,
      },
      {
        id: "debt",
        header: "True debt",
        align: "end",
        sortValue: ({ shortfall }) => shortfall.trueDebtAssets,
        cell: ({ text }) => <Money figure={text.trueDebt} />,
      },
      {
        id: "state",
        header: "State",
        cell: (row) => (
          <span className="flex flex-col items-start gap-1 @max-lg:items-end">
            <StateWords row={row} />
            <span className="max-w-[52ch] text-xs text-ink-muted">{row.state.sentence}</span>
          </span>
        ),
      },
    ],
    [managerHref],
  );
  return (
    <DataTable
      caption={`Managers that cannot be liquidated at block ${props.block}, amounts in ${props.asset.symbol}`}
      columns={columns}
      rows={props.rows}
      rowKey={(row) => row.manager}
      defaultSort={{ columnId: "health", direction: "ascending" }}
      empty={<EmptyState title="No other manager owes anything" />}
    />
  );
}
