import { useMemo } from "react";
import type { Address, Figure, VaultState } from "@/domain/model";
import type { RiskBook } from "@/domain/risk/model";
import { exposedAssetsOf } from "@/domain/risk/position-ahead";
import { formatInteger } from "@/shared/format";
import { Badge } from "@/ui/data/badge";
import { EmptyState, ErrorState } from "@/ui/data/messages";
import { SkeletonLines } from "@/ui/data/skeleton";
import { BlockStamp } from "@/ui/figures/block-stamp";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { Button } from "@/ui/forms/button";
import { SelectField } from "@/ui/forms/inputs";
import { Slider } from "@/ui/forms/slider";
import { Grid } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";
import { type AheadRow, isNotWorthIt, symbolOf } from "./ahead";
import { CHANCE_NOTE } from "./ahead-texts";
import { FigureList } from "./components/figure-list";
import { aheadFiguresOf } from "./manager-ahead-texts";
import { FALL_RANGE, type PriceChoice, priceEffectLines } from "./price-effect";

export interface ManagerAheadViewProps {
  readonly state: VaultState;
  readonly manager: Address;
  /** undefined while the position is taken apart. */
  readonly row: AheadRow | undefined;
  readonly book: Figure<RiskBook> | undefined;
  readonly fault: string | undefined;
  readonly isReading: boolean;
  readonly blocksBehind: bigint;
  readonly onRefresh: () => void;
  readonly isReadingRounds: boolean;
  readonly roundsFault: string | undefined;
  readonly onReadRounds: () => void;
  readonly choice: PriceChoice;
  readonly onChoiceChange: (choice: PriceChoice) => void;
}

/** What is ahead of one manager: distances, times, whether somebody would liquidate it, and any price tried on it. */
export function ManagerAheadView(props: ManagerAheadViewProps) {
  const { row, book, fault } = props;
  if (fault !== undefined) {
    return (
      <ErrorState
        title="The position could not be taken apart"
        cause={fault}
        whatToDo="Its other figures stand: they were read with the rest of the vault."
        onRetry={props.onRefresh}
        retrying={props.isReading}
      />
    );
  }
  if (book?.kind === "unknown") {
    return (
      <Panel title="What is ahead">
        <EmptyState title="Nothing ahead can be said">{WHY_UNKNOWN[book.reason]}</EmptyState>
      </Panel>
    );
  }
  if (book === undefined || row === undefined) {
    return (
      <Panel title="What is ahead">
        <SkeletonLines lines={5} label="Taking the position apart" />
      </Panel>
    );
  }
  return (
    <Grid columns={2}>
      <Ahead {...props} row={row} />
      <PriceEffect {...props} book={book.value} isExact={isExactRow(row)} />
    </Grid>
  );
}

function isExactRow({ ahead }: AheadRow): boolean {
  return ahead.kind === "known" && ahead.value.isExact;
}

/** The block that these figures keep, and how to take them anew. */
function Taken({
  state,
  blocksBehind,
  onRefresh,
  isReading,
}: Pick<ManagerAheadViewProps, "state" | "blocksBehind" | "onRefresh" | "isReading">) {
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <BlockStamp number={formatInteger(state.block.number)} hash={state.block.hash} />
      {blocksBehind > 0n && (
        <>
          <span className="figures">
            the vault is {formatInteger(blocksBehind)} {blocksBehind === 1n ? "block" : "blocks"} ahead
          </span>
          <Button size="small" onClick={onRefresh} busy={isReading}>
            Take anew
          </Button>
        </>
      )}
    </span>
  );
}

function Ahead(props: ManagerAheadViewProps & { readonly row: AheadRow }) {
  const { row, state } = props;
  const figures = useMemo(() => aheadFiguresOf(row, state), [row, state]);
  const hasChances = row.volatility !== undefined;
  return (
    <Panel
      title="What is ahead"
      description="As the prices of everything that it is exposed to fall together; the base asset and fixed prices stand still."
      actions={
        <>
          {!isExactRow(row) && (
            <Badge tone="neutral" plain title="The parts do not give the chain's own value to the unit.">
              estimate
            </Badge>
          )}
          {isNotWorthIt(row) && <Badge tone="caution">Not worth it to anyone</Badge>}
        </>
      }
      footer={<Taken {...props} />}
    >
      <FigureList figures={figures} />
      {hasChances ? (
        <p className="mt-2 text-xs text-ink-muted">{CHANCE_NOTE}</p>
      ) : (
        <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 text-[0.8125rem] text-ink-muted print:hidden">
          {props.roundsFault === undefined
            ? "How likely the fall is takes the past answers of its price feeds."
            : `The past answers could not be read. ${props.roundsFault}`}
          <Button size="small" onClick={props.onReadRounds} busy={props.isReadingRounds}>
            {props.isReadingRounds ? "Reading the feeds" : "Read them"}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function PriceEffect(
  props: Omit<ManagerAheadViewProps, "book"> & { readonly book: RiskBook; readonly isExact: boolean },
) {
  const { book, manager, choice, onChoiceChange, row } = props;
  const assets = useMemo(() => exposedAssetsOf(book), [book]);
  const asset = choice.asset !== undefined && assets.includes(choice.asset) ? choice.asset : undefined;
  const lines = useMemo(
    () => priceEffectLines(book, { manager, choice: { asset, fallPercent: choice.fallPercent } }),
    [book, manager, asset, choice.fallPercent],
  );
  if (assets.length === 0 || row?.exposedNames.length === 0) {
    return (
      <Panel title="What a price does to it">
        <EmptyState title="No market price moves this position">
          It holds the base asset and what a fixed price values.
        </EmptyState>
      </Panel>
    );
  }
  const what = asset === undefined ? "All exposed assets" : symbolOf(book, asset);
  const size = Math.abs(choice.fallPercent);
  const way = choice.fallPercent < 0 ? "up" : "down";
  return (
    <Panel
      title="What a price does to it"
      actions={
        <Badge
          tone="neutral"
          plain
          title={
            props.isExact
              ? "As the contracts would answer at these prices, to the unit."
              : "The parts do not give the chain's own value to the unit."
          }
        >
          {props.isExact ? "modelled, exact" : "modelled, estimate"}
        </Badge>
      }
      footer={<Taken {...props} />}
    >
      <div className="mb-2 flex flex-col gap-3">
        <SelectField
          label="What falls"
          value={asset ?? "all"}
          options={[
            { value: "all", label: "All exposed assets together" },
            ...assets.map((value) => ({ value, label: symbolOf(book, value) })),
          ]}
          onChange={(value) => onChoiceChange({ ...choice, asset: value === "all" ? undefined : value })}
        />
        <Slider
          label="Falls by"
          hint="Below zero: a rise."
          {...FALL_RANGE}
          unit="%"
          value={choice.fallPercent}
          valueText={`${what} ${size} per cent ${way}`}
          onChange={(fallPercent) => onChoiceChange({ ...choice, fallPercent })}
        />
      </div>
      <section aria-live="polite" aria-label="The position at these prices">
        <FigureList figures={lines} />
      </section>
    </Panel>
  );
}
