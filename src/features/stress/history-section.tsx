import { useMemo } from "react";
import type { ChainError } from "@/data/chain-error";
import type { RiskBook } from "@/domain/risk/model";
import { EmptyState, ErrorState } from "@/ui/data/messages";
import { ProgressBar } from "@/ui/data/progress-bar";
import { Panel } from "@/ui/layout/panel";
import { HistoryTable } from "./components/stress-tables";
import { historyLinesOf, roundsByAsset, roundsSentencesOf } from "./history";
import { readFaultText } from "./messages";

export interface HistorySectionProps {
  readonly book: RiskBook;
  readonly rounds: Parameters<typeof roundsByAsset>[0] | undefined;
  readonly error: ChainError | undefined;
  readonly onRetry: () => void;
  readonly retrying: boolean;
}

/** What past moves of the feeds would do to today's book. */
export function HistorySection({ book, rounds, error, onRetry, retrying }: HistorySectionProps) {
  return (
    <Panel
      title="History"
      description="Moves that the feeds really made, applied to today's book. History says what has happened, not what will: worse days than the worst one on record do come."
      flush
    >
      <HistoryBody {...{ book, rounds, error, onRetry, retrying }} />
    </Panel>
  );
}

function HistoryBody({ book, rounds, error, onRetry, retrying }: HistorySectionProps) {
  if (rounds !== undefined) return <Found book={book} rounds={rounds} />;
  return (
    <div className="p-4">
      {error === undefined ? (
        <ProgressBar label="Reading the feeds' past rounds" percent={undefined} />
      ) : (
        <ErrorState
          title="The feeds' past could not be read"
          cause={readFaultText(error)}
          onRetry={onRetry}
          retrying={retrying}
        />
      )}
    </div>
  );
}

function Found({
  book,
  rounds,
}: {
  readonly book: RiskBook;
  readonly rounds: NonNullable<HistorySectionProps["rounds"]>;
}) {
  const lines = useMemo(() => historyLinesOf(book, roundsByAsset(rounds)), [book, rounds]);
  if (rounds.size === 0) {
    return (
      <EmptyState title="No market feed">
        No asset of this book is priced by a feed with past rounds.
      </EmptyState>
    );
  }
  return (
    <>
      <HistoryTable lines={lines} symbol={book.state.asset.symbol} />
      <ul className="figures border-t border-line px-4 py-2 text-xs text-ink-muted">
        {roundsSentencesOf(book, rounds).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}
