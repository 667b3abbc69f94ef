import { useMemo } from "react";
import { Badge } from "@/ui/data/badge";
import { type Column, DataTable } from "@/ui/data/data-table";
import { EmptyState } from "@/ui/data/messages";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { type AssetHistory, type AssetRow, ageSecondsOfRound } from "../model";
import {
  ageText,
  deviationText,
  heartbeatText,
  KIND_WORD,
  NOT_PUBLISHED,
  noRoundText,
  priceText,
  volatilityText,
  worstFallSpan,
  worstFallText,
} from "../texts";
import { FigureCell, TonedCell, TwoLines } from "./cells";
import { AssetName, type AssetTableProps } from "./collateral-table";

export interface PriceTableProps extends AssetTableProps {
  readonly nowSeconds: bigint;
  readonly profitMarginWad: bigint;
}

function sizeOf(figure: AssetRow["aboveSecondWad"]): bigint | undefined {
  if (figure.kind === "unknown") return undefined;
  return figure.value < 0n ? -figure.value : figure.value;
}

function KindCell({ row }: { readonly row: AssetRow }) {
  const { word, tone, meaning } = KIND_WORD[row.kind];
  return (
    <TwoLines {...(row.isKindConfigured ? { below: "by the configuration" } : {})}>
      <Badge tone={tone} plain={tone === "neutral"} title={meaning}>
        {word}
      </Badge>
    </TwoLines>
  );
}

function DeviationCell(props: {
  readonly figure: AssetRow["aboveSecondWad"];
  readonly profitMarginWad: bigint;
  readonly missing: string;
}) {
  const toned = deviationText(props.figure, props.profitMarginWad);
  return toned === undefined ? (
    <span className="text-ink-muted">{props.missing}</span>
  ) : (
    <TonedCell toned={toned} />
  );
}

/** Why a price has no past to show. */
function noHistoryText(row: AssetRow): string {
  if (row.kind === "fixed") return "none: fixed";
  return row.holding.movedBy === undefined ? NOT_PUBLISHED : "not read yet";
}

function FallCell({ row, of }: { readonly row: AssetRow; readonly of: "worstHour" | "worstDay" }) {
  const fall = row.history?.[of];
  if (fall === undefined) return <span className="text-ink-muted">{noHistoryText(row)}</span>;
  if (fall.kind === "unknown")
    return <FigureCell figure={{ kind: "unknown", why: WHY_UNKNOWN[fall.reason] }} />;
  const text = worstFallText(fall.value);
  return (
    <span title={worstFallSpan(fall.value)}>
      <TwoLines {...(text.when === "" ? {} : { below: text.when })}>{text.fall}</TwoLines>
    </span>
  );
}

function VolatilityCell({ row }: { readonly row: AssetRow }) {
  const volatility = row.history?.volatility;
  if (volatility === undefined) return <span className="text-ink-muted">{noHistoryText(row)}</span>;
  if (volatility.kind === "unknown")
    return <FigureCell figure={{ kind: "unknown", why: WHY_UNKNOWN[volatility.reason] }} />;
  return <span className="figures">{volatilityText(volatility.value)}</span>;
}

function fallOf(history: AssetHistory | undefined, of: "worstHour" | "worstDay"): bigint | undefined {
  const fall = history?.[of];
  return fall?.kind === "known" ? fall.value.fallWad : undefined;
}

function NoAge({ row }: { readonly row: AssetRow }) {
  return <span className="text-ink-muted">{noRoundText(row)}</span>;
}

function AgeCell({ row, nowSeconds }: { readonly row: AssetRow; readonly nowSeconds: bigint }) {
  const toned = ageText(row, nowSeconds);
  return toned === undefined ? <NoAge row={row} /> : <TonedCell toned={toned} />;
}

/** What each price stands on, how old it is, and how it compares with other prices and with its own past. */
export function PriceTable(props: PriceTableProps) {
  const { rows, chosen, onChoose, nowSeconds, profitMarginWad } = props;
  const columns = useMemo(
    (): readonly Column<AssetRow>[] => [
      {
        id: "asset",
        header: "Asset",
        rowHeader: true,
        cell: (row) => <AssetName row={row} chosen={chosen} onChoose={onChoose} />,
        sortValue: ({ holding }) => holding.asset.symbol,
      },
      { id: "kind", header: "Feed", cell: (row) => <KindCell row={row} />, sortValue: ({ kind }) => kind },
      {
        id: "price",
        header: "Price, USD",
        align: "end",
        cell: ({ holding }) => <FigureCell figure={priceText(holding.asset.priceUsdWad)} />,
      },
      {
        id: "age",
        header: "Age",
        align: "end",
        cell: (row) => <AgeCell row={row} nowSeconds={nowSeconds} />,
        sortValue: (row) => {
          const age = ageSecondsOfRound(row, nowSeconds);
          return age.kind === "known" ? age.value : undefined;
        },
      },
      {
        id: "heartbeat",
        header: "Heartbeat",
        align: "end",
        cell: (row) =>
          row.kind === "fixed" ? <NoAge row={row} /> : <span className="figures">{heartbeatText(row)}</span>,
        sortValue: ({ heartbeatSeconds }) => heartbeatSeconds,
      },
      {
        id: "second",
        header: "Against second source",
        align: "end",
        cell: ({ aboveSecondWad }) => (
          <DeviationCell figure={aboveSecondWad} profitMarginWad={profitMarginWad} missing={NOT_PUBLISHED} />
        ),
        sortValue: ({ aboveSecondWad }) => sizeOf(aboveSecondWad),
      },
      {
        id: "pool",
        header: "Against the pool",
        align: "end",
        cell: ({ aboveSpotWad, holding }) => (
          <DeviationCell
            figure={aboveSpotWad}
            profitMarginWad={profitMarginWad}
            missing={holding.exit.kind === "base" ? "none needed" : "no pool configured"}
          />
        ),
        sortValue: ({ aboveSpotWad }) => sizeOf(aboveSpotWad),
      },
      {
        id: "volatility",
        header: "Volatility a year",
        align: "end",
        cell: (row) => <VolatilityCell row={row} />,
        sortValue: ({ history }) =>
          history?.volatility.kind === "known" ? history.volatility.value.yearly : undefined,
      },
      {
        id: "hour",
        header: "Worst hour",
        align: "end",
        cell: (row) => <FallCell row={row} of="worstHour" />,
        sortValue: ({ history }) => fallOf(history, "worstHour"),
      },
      {
        id: "day",
        header: "Worst day",
        align: "end",
        cell: (row) => <FallCell row={row} of="worstDay" />,
        sortValue: ({ history }) => fallOf(history, "worstDay"),
      },
    ],
    [chosen, nowSeconds, onChoose, profitMarginWad],
  );
  return (
    <DataTable
      caption="Prices and feeds"
      columns={columns}
      rows={rows}
      rowKey={({ holding }) => holding.asset.address}
      rowTone={({ kind }) => (kind === "fixed" ? "loss" : undefined)}
      empty={<EmptyState title="No prices">No manager owes anything at this block.</EmptyState>}
      footer="Above and below: the oracle's price against the other one. Beyond the liquidator's margin is the danger line: from there a liquidator who pays by the oracle loses money, or takes it from the vault. Falls and volatility are history, from the feed's own rounds in US dollars, not a forecast; shares of other vaults show those of what they hold."
    />
  );
}
