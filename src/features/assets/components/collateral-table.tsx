import { useMemo } from "react";
import type { Address, VaultState } from "@/domain/model";
import { formatRatioPercent } from "@/shared/format";
import { formatHeld } from "@/shared/format-money";
import { Badge } from "@/ui/data/badge";
import { type Column, DataTable } from "@/ui/data/data-table";
import { EmptyState } from "@/ui/data/messages";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { type AssetRow, type ExitMeasure, exitMeasureOf } from "../model";
import { daysText, herfindahlText, KIND_WORD, percentText, timesText } from "../texts";
import { FigureCell, TwoLines } from "./cells";

export interface AssetTableProps {
  readonly rows: readonly AssetRow[];
  readonly chosen: Address | undefined;
  readonly onChoose: (asset: Address | undefined) => void;
}

export interface CollateralTableProps extends AssetTableProps {
  readonly state: VaultState;
  /** Which of the published impacts the last two columns measure by. */
  readonly impact: number;
}

/** The asset's name as the button that opens its details. */
export function AssetName({
  row,
  chosen,
  onChoose,
}: { readonly row: AssetRow } & Omit<AssetTableProps, "rows">) {
  const { address, symbol } = row.holding.asset;
  const isOpen = chosen === address;
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-label={`Details of ${symbol}`}
        className="min-h-6 rounded text-left font-medium underline decoration-line-strong decoration-dotted underline-offset-2 hover:decoration-accent"
        onClick={() => onChoose(isOpen ? undefined : address)}
      >
        <bdi>{symbol}</bdi>
      </button>
      {row.kind === "fixed" && <Badge tone="loss">{KIND_WORD.fixed.word}</Badge>}
    </span>
  );
}

const EXIT_WORD: Readonly<Record<Exclude<ExitMeasure["kind"], "measured">, string>> = {
  "none-needed": "none needed",
  "no-pool": "no pool configured",
  "no-depth": "nothing within it",
};

function DepthCell({ row, impact }: { readonly row: AssetRow; readonly impact: number }) {
  const measure = exitMeasureOf(row.holding, impact);
  if (measure.kind !== "measured") return <span className="text-ink-muted">{EXIT_WORD[measure.kind]}</span>;
  const { exit } = row.holding;
  const sold = exit.kind === "pools" ? exit.sold : row.holding.asset;
  return (
    <TwoLines {...(sold === row.holding.asset ? {} : { below: `as ${sold.symbol}` })}>
      {formatHeld({ value: measure.depth, decimals: sold.decimals })}
    </TwoLines>
  );
}

function MeasureCell(props: {
  readonly row: AssetRow;
  readonly impact: number;
  readonly text: (timesWad: bigint) => string;
}) {
  const measure = exitMeasureOf(props.row.holding, props.impact);
  if (measure.kind !== "measured") return <span className="text-ink-muted">–</span>;
  const { timesWad, togetherTimesWad } = measure;
  return (
    <TwoLines
      {...(togetherTimesWad === timesWad ? {} : { below: `${props.text(togetherTimesWad)} together` })}
    >
      {props.text(timesWad)}
    </TwoLines>
  );
}

function timesOf(row: AssetRow, impact: number): bigint | undefined {
  const measure = exitMeasureOf(row.holding, impact);
  return measure.kind === "measured" ? measure.timesWad : undefined;
}

function valueOf(row: AssetRow): bigint | undefined {
  const { valueAssets } = row.holding;
  return valueAssets.kind === "known" ? valueAssets.value : undefined;
}

/** Assets with their part of the collateral, in how few hands they are, and the way out of each. */
export function CollateralTable({ rows, state, impact, chosen, onChoose }: CollateralTableProps) {
  const { decimals, symbol } = state.asset;
  const columns = useMemo((): readonly Column<AssetRow>[] => {
    const depth = (place: number, percent: string): Column<AssetRow> => ({
      id: `depth-${percent}`,
      header: `Exit depth ${percent}%`,
      align: "end",
      cell: (row) => <DepthCell row={row} impact={place} />,
    });
    return [
      {
        id: "asset",
        header: "Asset",
        rowHeader: true,
        cell: (row) => <AssetName row={row} chosen={chosen} onChoose={onChoose} />,
        sortValue: ({ holding }) => holding.asset.symbol,
      },
      {
        id: "amount",
        header: "Amount",
        align: "end",
        cell: ({ holding }) => formatHeld({ value: holding.amount, decimals: holding.asset.decimals }),
      },
      {
        id: "value",
        header: `Value, ${symbol}`,
        align: "end",
        cell: ({ holding: { valueAssets } }) => (
          <FigureCell
            figure={
              valueAssets.kind === "known"
                ? { kind: "known", text: formatHeld({ value: valueAssets.value, decimals }) }
                : { kind: "unknown", why: WHY_UNKNOWN[valueAssets.reason] }
            }
          />
        ),
        sortValue: valueOf,
      },
      {
        id: "share",
        header: "Of collateral",
        align: "end",
        cell: ({ holding }) => <FigureCell figure={percentText(holding.shareWad)} />,
        sortValue: valueOf,
      },
      {
        id: "largest",
        header: "Largest manager",
        align: "end",
        cell: ({ holding: { concentration } }) =>
          concentration.kind === "unknown" ? (
            <FigureCell figure={{ kind: "unknown", why: WHY_UNKNOWN[concentration.reason] }} />
          ) : (
            <TwoLines below={`Herfindahl ${herfindahlText(concentration.value.herfindahlWad)}`}>
              {formatRatioPercent({
                ratioWad: concentration.value.largestWad,
                fractionDigits: 1,
                toward: "up",
              })}
            </TwoLines>
          ),
        sortValue: ({ holding: { concentration } }) =>
          concentration.kind === "known" ? concentration.value.largestWad : undefined,
      },
      depth(0, "1"),
      depth(1, "2"),
      depth(2, "5"),
      {
        id: "times",
        header: "Times the depth",
        align: "end",
        cell: (row) => <MeasureCell row={row} impact={impact} text={timesText} />,
        sortValue: (row) => timesOf(row, impact),
      },
      {
        id: "days",
        header: "Days to exit",
        align: "end",
        cell: (row) => <MeasureCell row={row} impact={impact} text={daysText} />,
        sortValue: (row) => timesOf(row, impact),
      },
    ];
  }, [chosen, decimals, impact, onChoose, symbol]);
  return (
    <DataTable
      caption="Collateral by asset"
      columns={columns}
      rows={rows}
      rowKey={({ holding }) => holding.asset.address}
      rowTone={({ kind }) => (kind === "fixed" ? "loss" : undefined)}
      defaultSort={{ columnId: "value", direction: "descending" }}
      empty={<EmptyState title="No collateral">No manager owes anything at this block.</EmptyState>}
      footer="Over the positions that owe something, bonds and working capital included. Amounts and shares are cut off, so shares may add up to a little less than 100 %. Exit depth: the most that can be sold to one configured pool before the average price of the whole sale is 1, 2 or 5 % under the oracle's, fee included; the deepest pool is shown, each is named in the details. Days to exit assume that the depth comes back once a day: an assumption, not something the chain says. Shares of other vaults are redeemed first; “together” counts everything that is sold into the same pool."
    />
  );
}
