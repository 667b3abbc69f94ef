import { formatInteger, formatRatio, formatRatioPercent } from "@/shared/format";
import { Badge } from "@/ui/data/badge";
import { type Column, DataTable } from "@/ui/data/data-table";
import type { Derived, PeerRow } from "./model";
import { exactPercent, percentOf } from "./texts";

function ofDerived(
  about: Pick<Column<PeerRow>, "id" | "header">,
  {
    text,
    sort,
  }: { readonly text: (derived: Derived) => string; readonly sort: (derived: Derived) => bigint | undefined },
): Column<PeerRow> {
  return {
    ...about,
    align: "end",
    cell: ({ derived, fault, state }) => {
      if (derived !== undefined) return <span className="figures">{text(derived)}</span>;
      return (
        <span className="text-ink-muted">
          {fault ?? (state === undefined ? "being read" : "not published")}
        </span>
      );
    },
    sortValue: ({ derived }) => (derived === undefined ? undefined : sort(derived)),
  };
}

const COLUMNS: readonly Column<PeerRow>[] = [
  {
    id: "vault",
    header: "Vault",
    rowHeader: true,
    cell: ({ name, href, isThis, chainName }) => (
      <span className="inline-flex flex-col">
        <span className="inline-flex flex-wrap items-center gap-1.5">
          <a
            className="underline decoration-line-strong underline-offset-2 hover:decoration-accent"
            href={href}
          >
            <bdi>{name}</bdi>
          </a>
          {isThis && (
            <Badge tone="accent" plain>
              this vault
            </Badge>
          )}
        </span>
        <span className="text-xs font-normal text-ink-faint">{chainName}</span>
      </span>
    ),
    sortValue: ({ name }) => name,
  },
  ofDerived(
    { id: "rate", header: "Interest rate" },
    {
      text: ({ strategy }) => exactPercent(strategy.interestRateWad),
      sort: ({ strategy }) => strategy.interestRateWad,
    },
  ),
  ofDerived(
    { id: "bond", header: "Minimum bond" },
    {
      text: ({ strategy }) => exactPercent(strategy.minBondRatioWad),
      sort: ({ strategy }) => strategy.minBondRatioWad,
    },
  ),
  ofDerived(
    { id: "buffer", header: "Buffer" },
    {
      text: ({ strategy }) => exactPercent(strategy.liquidationBufferWad),
      sort: ({ strategy }) => strategy.liquidationBufferWad,
    },
  ),
  ofDerived(
    { id: "margin", header: "Margin" },
    {
      text: ({ strategy }) => exactPercent(strategy.liquidationProfitMarginWad),
      sort: ({ strategy }) => strategy.liquidationProfitMarginWad,
    },
  ),
  ofDerived(
    { id: "threshold", header: "T" },
    {
      text: ({ corridor }) => formatRatio({ ratioWad: corridor.thresholdWad }),
      sort: ({ corridor }) => corridor.thresholdWad,
    },
  ),
  ofDerived(
    { id: "gap-a", header: "g, rule (a)" },
    {
      text: ({ corridor }) => percentOf(corridor.gapToleranceAWad),
      sort: ({ corridor: { gapToleranceAWad: gap } }) => (gap.kind === "known" ? gap.value : undefined),
    },
  ),
  ofDerived(
    { id: "gap-b", header: "g, rule (b)" },
    {
      text: ({ corridor }) => percentOf(corridor.gapToleranceBWad),
      sort: ({ corridor: { gapToleranceBWad: gap } }) => (gap.kind === "known" ? gap.value : undefined),
    },
  ),
  {
    id: "utilisation",
    header: "Utilisation",
    align: "end",
    cell: ({ utilisationWad, state }) => (
      <span className="figures">
        {state === undefined
          ? "–"
          : utilisationWad.kind === "known"
            ? formatRatioPercent({ ratioWad: utilisationWad.value, toward: "up" })
            : percentOf(utilisationWad)}
      </span>
    ),
    sortValue: ({ utilisationWad }) => (utilisationWad.kind === "known" ? utilisationWad.value : undefined),
  },
  {
    id: "block",
    header: "At block",
    align: "end",
    cell: ({ state }) => (
      <span className="figures">{state === undefined ? "–" : formatInteger(state.block.number)}</span>
    ),
  },
];

/** The configured vaults side by side. No order is a ranking. */
export function PeersTable({ rows }: { readonly rows: readonly PeerRow[] }) {
  return (
    <DataTable
      caption="The configured vaults' parameters side by side"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ key }) => key}
      empty={null}
      footer="In the order of this site's configuration, which ranks nobody. Vaults of one chain are read at one block."
    />
  );
}
