import type { ReactNode } from "react";
import type { Address } from "@/domain/model";
import { mostExposedOf } from "@/domain/risk/collateral";
import type { RiskBook } from "@/domain/risk/model";
import { counted } from "@/shared/counted";
import { formatRatioPercent } from "@/shared/format";
import { AddressLabel } from "@/ui/data/address-label";
import { DownloadButton } from "@/ui/data/download-button";
import { Callout } from "@/ui/data/messages";
import { PartialNotice } from "@/ui/figures/notices";
import { Stat, StatRow } from "@/ui/figures/stat";
import { Segmented } from "@/ui/forms/segmented";
import { Panel } from "@/ui/layout/panel";
import { AssetDetails } from "./components/asset-details";
import { CollateralTable } from "./components/collateral-table";
import { PriceTable } from "./components/price-table";
import { assetsCsv } from "./export";
import type { AssetsModel } from "./model";
import { assetStatsOf } from "./stats";

/** The published impacts, as the address bar and the control name them. */
export const IMPACTS = [
  { value: "1", label: "1 %" },
  { value: "2", label: "2 %" },
  { value: "5", label: "5 %" },
] as const;
export type Impact = (typeof IMPACTS)[number]["value"];

export interface AssetsViewProps {
  readonly book: RiskBook;
  readonly model: AssetsModel;
  readonly nowSeconds: bigint;
  readonly impact: Impact;
  readonly onImpact: (impact: Impact) => void;
  readonly chosen: Address | undefined;
  readonly onChoose: (asset: Address | undefined) => void;
  /** The block that everything stands at. */
  readonly stamp: ReactNode;
  /** The button that reads the feeds' past, its progress or its fault; undefined once it is read. */
  readonly history: ReactNode;
  /** Oracles that are still being read, or could not be. */
  readonly oracles: ReactNode;
}

/** What secures the debts, where its prices come from, and how it could be sold. */
export function AssetsView(props: AssetsViewProps) {
  const { book, model, chosen, onChoose } = props;
  const { state } = book;
  const profitMarginWad = state.flux?.strategy.liquidationProfitMarginWad ?? 0n;
  const row = model.rows.find(({ holding }) => holding.asset.address === chosen);
  const details = row !== undefined && (
    <AssetDetails
      key={chosen}
      row={row}
      state={state}
      profitMarginWad={profitMarginWad}
      onClose={() => onChoose(undefined)}
    />
  );
  return (
    <>
      {book.unread.length > 0 && (
        <PartialNotice
          missing={`${counted(book.unread.length, ["position", "positions"])} could not be taken apart`}
          consequence="Totals and parts of the whole are not shown."
        />
      )}
      <FixedPrices model={model} />
      <StatRow label="All collateral">
        {assetStatsOf({ book, model, exposure: mostExposedOf(book, model.collateral) }).map(
          ({ id, ...stat }) => (
            <Stat key={id} {...stat} size="medium" />
          ),
        )}
      </StatRow>
      <Panel
        title="What secures the debts"
        description="Every asset that positions hold: its part of the whole, in how few hands it is, and what can be sold at which price."
        flush
        actions={
          <DownloadButton
            fileName={`assets-${state.chainId}-${state.address}-block-${state.block.number}.csv`}
            mimeType="text/csv"
            label="Download the assets as CSV"
            content={() => assetsCsv({ rows: model.rows, state })}
          >
            CSV
          </DownloadButton>
        }
        footer={props.stamp}
      >
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-3 text-[0.8125rem] text-ink-muted print:hidden">
          <span aria-hidden="true">Tolerable impact, for times the depth and days to exit</span>
          <Segmented
            label="Tolerable impact, for times the depth and days to exit"
            value={props.impact}
            options={IMPACTS}
            onChange={props.onImpact}
          />
        </div>
        <CollateralTable
          rows={model.rows}
          state={state}
          impact={IMPACTS.findIndex(({ value }) => value === props.impact)}
          chosen={chosen}
          onChoose={onChoose}
        />
      </Panel>
      {details}
      <Panel
        title="Where the prices come from"
        description={`Danger line: further from another price than the liquidator's margin of ${formatRatioPercent({ ratioWad: profitMarginWad })}.`}
        flush
        footer={props.stamp}
      >
        {props.oracles}
        {props.history}
        <PriceTable
          rows={model.rows}
          chosen={chosen}
          onChoose={onChoose}
          nowSeconds={props.nowSeconds}
          profitMarginWad={profitMarginWad}
        />
      </Panel>
      <Unheld model={model} />
    </>
  );
}

/** A fixed price is named for as long as anybody holds the asset. */
function FixedPrices({ model: { fixed } }: { readonly model: AssetsModel }) {
  if (fixed.length === 0) return null;
  const names = fixed.map(({ holding }) => holding.asset.symbol).join(", ");
  return (
    <Callout tone="loss" title={`${names}: a price that no market reaches`}>
      The oracle holds a fixed number. Health, thresholds and the oracle-marked loss do not move when this
      asset falls, so only the market-marked figures count for it; where no pool is configured, nothing here
      knows its market.
    </Callout>
  );
}

function Unheld({ model: { unheld } }: { readonly model: AssetsModel }) {
  if (unheld === undefined || unheld.length === 0) return null;
  return (
    <Panel
      title="Allowed, and held by nobody"
      description="Managers may move collateral into these at any time."
    >
      <ul className="flex flex-wrap gap-x-6 gap-y-2 text-[0.8125rem]">
        {unheld.map(({ wrapper, symbol }) => (
          <li key={wrapper}>
            <AddressLabel address={wrapper} name={symbol ?? "unnamed"} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
