import { useMemo } from "react";
import type { VaultRef } from "@/data/keys";
import { type HistoryRiskView, useHistoryRisk } from "@/data/risk/use-history-risk";
import type { RoundsView } from "@/data/risk/use-risk-book";
import type { RiskBook } from "@/domain/risk/model";
import { formatInteger } from "@/shared/format";
import { EmptyState, ErrorState } from "@/ui/data/messages";
import { ProgressBar } from "@/ui/data/progress-bar";
import { Button } from "@/ui/forms/button";
import { Panel } from "@/ui/layout/panel";
import { HistoryTable } from "./components/stress-tables";
import { HORIZONS, historyLineOf, QUANTILE_95_WAD, roundsByAsset, roundsSentencesOf } from "./history";
import { readFaultText } from "./messages";

export interface HistoryPanelProps {
  readonly vault: VaultRef;
  readonly book: RiskBook;
  readonly past: RoundsView;
}

/** What past moves of the feeds would do to today's book. */
export function HistoryPanel(props: HistoryPanelProps) {
  return (
    <Panel
      title="History"
      description="Moves that the feeds really made, applied to today's book. History says what has happened, not what will: worse days than the worst one on record do come."
      flush
    >
      <HistoryBody {...props} />
    </Panel>
  );
}

function HistoryBody({ vault, book, past }: HistoryPanelProps) {
  const { rounds: found } = past;
  const rounds = useMemo(() => (found === undefined ? undefined : roundsByAsset(found)), [found]);
  const shared = { book, rounds, quantileWad: QUANTILE_95_WAD };
  const hour = useHistoryRisk(vault, { ...shared, horizonSeconds: HORIZONS.hour.seconds });
  const day = useHistoryRisk(vault, { ...shared, horizonSeconds: HORIZONS.day.seconds });
  if (found === undefined) {
    return (
      <div className="p-4">
        {past.error === undefined ? (
          <ProgressBar label="Reading the feeds' past rounds" percent={undefined} />
        ) : (
          <ErrorState
            title="The feeds' past could not be read"
            cause={readFaultText(past.error)}
            onRetry={() => past.retry()}
            retrying={past.isFetching}
          />
        )}
      </div>
    );
  }
  if (found.size === 0) {
    return (
      <EmptyState title="No market feed">
        No asset of this book is priced by a feed with past rounds.
      </EmptyState>
    );
  }
  const { asset } = book.state;
  const lines = [
    ...(hour.risk === undefined ? [] : [historyLineOf(hour.risk, { horizon: "hour", asset })]),
    ...(day.risk === undefined ? [] : [historyLineOf(day.risk, { horizon: "day", asset })]),
  ];
  return (
    <>
      {lines.length > 0 && <HistoryTable lines={lines} symbol={asset.symbol} />}
      <Computing view={hour} horizon="hour" />
      <Computing view={day} horizon="day" />
      <ul className="figures border-t border-line px-4 py-2 text-xs text-ink-muted">
        {roundsSentencesOf(book, found).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}

/** One horizon while it is computed beside the page, or after it was stopped or failed. */
function Computing({
  view,
  horizon,
}: {
  readonly view: HistoryRiskView;
  readonly horizon: keyof typeof HORIZONS;
}) {
  const { name } = HORIZONS[horizon];
  if (view.risk !== undefined) return null;
  if (view.isComputing) {
    const { progress } = view;
    return (
      <div className="px-4 py-3">
        <ProgressBar
          label={`Applying moves over ${name} to today's book`}
          percent={
            progress === undefined || progress.total === 0
              ? undefined
              : (100 * progress.done) / progress.total
          }
          {...(progress === undefined
            ? {}
            : { detail: `${formatInteger(progress.done)} of ${formatInteger(progress.total)} rounds` })}
          action={
            <Button size="small" onClick={() => view.cancel()}>
              Stop
            </Button>
          }
        />
      </div>
    );
  }
  return (
    <div className="px-4 py-3">
      {view.error === undefined ? (
        <Button size="small" onClick={() => view.retry()}>
          Compute {name}
        </Button>
      ) : (
        <ErrorState
          title={`History over ${name} could not be computed`}
          cause="The part of the page that computes it stopped."
          onRetry={() => view.retry()}
        />
      )}
    </div>
  );
}
