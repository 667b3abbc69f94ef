import { type ReactNode, useMemo } from "react";
import type { Address, Figure, UnknownReason } from "@/domain/model";
import type { RiskBook } from "@/domain/risk/model";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger } from "@/shared/format";
import { HealthBadge } from "@/ui/data/badge";
import { Callout, EmptyState, ErrorState } from "@/ui/data/messages";
import { SkeletonLines } from "@/ui/data/skeleton";
import { Stat, StatRow } from "@/ui/figures/stat";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { LinkButton } from "@/ui/forms/button";
import { Grid } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";
import { CompositionTable } from "./components/composition-table";
import { DistanceTable } from "./components/distance-table";
import { FigureList } from "./components/figure-list";
import { ManagerHistory } from "./components/manager-history";
import { ManagerLoadLine } from "./components/manager-load-line";
import { StateBadge } from "./components/state-badge";
import { TrackRecord } from "./components/track-record";
import { compositionLinesOf, compositionNote } from "./composition";
import { managerLoadLineOf } from "./load-line";
import { managerHistoryOf } from "./manager-history";
import { managerStandingOf, type PositionParts } from "./manager-model";
import {
  closingOf,
  debtPartsOf,
  distanceLinesOf,
  interestSentence,
  managerHeadlineOf,
} from "./manager-texts";
import { DEAD_ZONE_MEANING, STATE_WORD } from "./messages";
import { type PositionRow, positionRowsOf } from "./model";

/** What a position is made of, while it is read, read, or why it could not be. */
export type PartsState =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly parts: PositionParts }
  | { readonly kind: "unavailable"; readonly reason: UnknownReason }
  | { readonly kind: "failed"; readonly cause: string };

export interface ManagerViewProps {
  readonly report: VaultReport;
  readonly manager: Address;
  readonly parts: PartsState;
  readonly onRetryParts: () => void;
  readonly isRetryingParts: boolean;
  readonly positionsHref: string;
  readonly liquidateHref: string;
  readonly txHrefOf: ((hash: string) => string) | undefined;
  /** How its parts are priced, and what the exchanges would pay for each; undefined while that is read. */
  readonly book?: RiskBook | undefined;
  /** What is ahead of it, for who owes something. */
  readonly ahead?: ReactNode;
  /** Its past health. */
  readonly past?: ReactNode;
}

/** One manager: what it owes, what stands against it, how far it is from every mark, and what it did. */
export function ManagerView(props: ManagerViewProps) {
  const { report, manager } = props;
  const standing = useMemo(() => managerStandingOf(report, manager), [report, manager]);
  if (standing.kind === "read") {
    const owes = standing.row.shortfall.trueDebtAssets > 0n;
    return owes ? (
      <KnownManager {...props} row={standing.row} />
    ) : (
      <DebtFreeManager {...props} row={standing.row} />
    );
  }
  const back = <LinkButton href={props.positionsHref}>All managers of this vault</LinkButton>;
  const since = formatInteger(report.history.fromBlock);
  switch (standing.kind) {
    case "unread":
      return (
        <>
          <Callout tone="caution" title="This manager could not be read at this block" action={back}>
            It is a manager of this vault, but the endpoint gave no answer for it. Its figures are unknown,
            not zero.
          </Callout>
          <History {...props} />
        </>
      );
    case "never":
      return (
        <Panel>
          <EmptyState title="Not a manager of this vault" action={back}>
            This address has never borrowed from the vault or posted a bond in it.
          </EmptyState>
        </Panel>
      );
    case "not-found":
      return (
        <Panel>
          <EmptyState title={`Not found among the managers since block ${since}`} action={back}>
            The history does not reach back to the vault's first block, so an older position may be missing.
          </EmptyState>
        </Panel>
      );
    case "not-published":
      return (
        <Panel>
          <EmptyState title="This vault does not publish its managers" action={back} />
        </Panel>
      );
  }
}

function Standing({ row, liquidateHref }: { readonly row: PositionRow; readonly liquidateHref: string }) {
  const { state, canLiquidate } = row.shortfall;
  const isOpen = canLiquidate.kind === "known" && canLiquidate.value;
  if (state === "healthy" || state === "no-debt") return null;
  const { tone, word, meaning } = STATE_WORD[state];
  return (
    <Callout
      tone={tone}
      title={word}
      {...(isOpen
        ? {
            action: (
              <LinkButton href={liquidateHref} variant="primary">
                Liquidate
              </LinkButton>
            ),
          }
        : {})}
    >
      {meaning} {row.isInDeadZone && DEAD_ZONE_MEANING}
    </Callout>
  );
}

/** Without a debt there is no health, no distance and nothing to close: what is held and what was. */
function DebtFreeManager(props: ManagerViewProps & { readonly row: PositionRow }) {
  const { row, report } = props;
  return (
    <>
      <Callout tone="neutral" title="Owes nothing now">
        So there is no health ratio and nothing to liquidate. What it did before is listed below.
      </Callout>
      <Grid columns={2}>
        <Panel title="Debt and what stands against it">
          <FigureList figures={debtPartsOf(row, report.snapshot.state)} />
        </Panel>
        <TrackRecord report={report} manager={props.manager} />
      </Grid>
      <Panel title="What the position is made of" flush>
        <Composition {...props} />
      </Panel>
      {props.past}
      <History {...props} />
    </>
  );
}

function KnownManager(props: ManagerViewProps & { readonly row: PositionRow }) {
  const { row, report } = props;
  const { state } = report.snapshot;
  const { flux } = state;
  const headline = useMemo(() => managerHeadlineOf(row, state), [row, state]);
  const parts = useMemo(() => figureOfParts(props.parts), [props.parts]);
  const lines = useMemo(
    () => (flux === undefined ? [] : distanceLinesOf({ row, state, flux, parts })),
    [row, state, flux, parts],
  );
  const picture = useMemo(
    () => managerLoadLineOf({ row, state, rows: positionRowsOf(report.snapshot) }),
    [row, state, report.snapshot],
  );
  const isLosing =
    row.shortfall.lpLossIfClosedAssets.kind === "known" && row.shortfall.lpLossIfClosedAssets.value > 0n;
  return (
    <>
      <Standing row={row} liquidateHref={props.liquidateHref} />
      <StatRow label="This manager">
        {headline.map(({ id, label, hint, figure, formula }) => (
          <Stat
            key={id}
            label={label}
            figure={figure}
            tone={id === "lp-loss" && isLosing ? "loss" : "neutral"}
            {...(hint === undefined ? {} : { sublabel: hint })}
            {...(formula === undefined ? {} : { formula })}
            {...(id === "health" ? { tags: <HealthBadge band={row.band} /> } : {})}
          />
        ))}
      </StatRow>
      <Grid columns={3}>
        <Panel title="Debt and what stands against it">
          <FigureList figures={debtPartsOf(row, state)} />
        </Panel>
        <Panel
          title="If closed now"
          actions={<StateBadge state={row.shortfall.state} isInDeadZone={row.isInDeadZone} />}
        >
          <FigureList figures={closingOf(row, state)} />
        </Panel>
        <Panel title="Health against the vault's marks">
          {picture === undefined ? (
            <EmptyState title="Not drawn">{WHY_UNKNOWN[healthReasonOf(row)]}</EmptyState>
          ) : (
            <ManagerLoadLine model={picture} />
          )}
        </Panel>
      </Grid>
      <Panel title="Distance to each mark" flush>
        <DistanceTable lines={lines} />
        <p className="figures border-t border-line px-4 py-2 text-[0.8125rem] font-medium">
          {interestSentence(row, state)}
        </p>
      </Panel>
      {props.ahead}
      <Panel title="What the position is made of" flush>
        <Composition {...props} />
      </Panel>
      {props.past}
      <Grid columns="aside">
        <History {...props} />
        <TrackRecord report={report} manager={props.manager} />
      </Grid>
    </>
  );
}

function figureOfParts(parts: PartsState): Figure<PositionParts> | undefined {
  switch (parts.kind) {
    case "loading":
      return undefined;
    case "ready":
      return { kind: "known", value: parts.parts };
    case "unavailable":
      return { kind: "unknown", reason: parts.reason };
    case "failed":
      return { kind: "unknown", reason: "value-unreadable" };
  }
}

function healthReasonOf({ healthWad }: PositionRow): UnknownReason {
  return healthWad.kind === "unknown" ? healthWad.reason : "not-published";
}

function Composition(props: ManagerViewProps & { readonly row: PositionRow }) {
  const { parts, row } = props;
  const { state } = props.report.snapshot;
  switch (parts.kind) {
    case "loading":
      return (
        <div className="p-4">
          <SkeletonLines lines={3} label="Reading the composition" />
        </div>
      );
    case "failed":
      return (
        <div className="p-4">
          <ErrorState
            title="The composition could not be read"
            cause={parts.cause}
            whatToDo="Its other figures stand: they were read with the rest of the vault."
            onRetry={props.onRetryParts}
            retrying={props.isRetryingParts}
          />
        </div>
      );
    case "unavailable":
      return <EmptyState title="Composition unknown">{WHY_UNKNOWN[parts.reason]}</EmptyState>;
    case "ready":
      return (
        <CompositionTable
          symbol={state.asset.symbol}
          note={compositionNote(parts.parts, props.book)}
          lines={compositionLinesOf({
            parts: parts.parts,
            state,
            position: row.position,
            book: props.book,
          })}
        />
      );
  }
}

function History({ report, manager, txHrefOf }: ManagerViewProps) {
  const { history, snapshot } = report;
  const { asset } = snapshot.state;
  const lines = useMemo(() => managerHistoryOf(history, { manager, asset }), [history, manager, asset]);
  const since = formatInteger(history.fromBlock);
  return (
    <Panel title="History" flush>
      <ManagerHistory
        lines={lines}
        symbol={asset.symbol}
        txHrefOf={txHrefOf}
        emptyTitle={history.complete ? "No events" : `None found since block ${since}`}
        note={
          history.complete
            ? undefined
            : `The history begins at block ${since}: earlier events of this manager are not shown.`
        }
      />
    </Panel>
  );
}
