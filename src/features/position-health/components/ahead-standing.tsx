import { formatInteger } from "@/shared/format";
import { EmptyState, ErrorState } from "@/ui/data/messages";
import { SkeletonLines } from "@/ui/data/skeleton";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { Button } from "@/ui/forms/button";
import type { AheadReading } from "../use-positions";

/** How the reading for the columns ahead stands: what is missing, how old it is, what else could be read. */
export function AheadStanding({ reading }: { readonly reading: AheadReading }) {
  const { book, bookFault } = reading;
  if (bookFault !== undefined) {
    return (
      <div className="p-4">
        <ErrorState
          title="The positions could not be taken apart"
          cause={bookFault}
          whatToDo="The columns of now stand: they were read with the rest of the vault."
          onRetry={reading.retry}
          retrying={reading.isReadingBook}
        />
      </div>
    );
  }
  if (book === undefined) {
    return (
      <div className="p-4">
        <SkeletonLines lines={6} label="Taking the positions apart" />
      </div>
    );
  }
  if (book.kind === "unknown") {
    return <EmptyState title="Nothing ahead can be said">{WHY_UNKNOWN[book.reason]}</EmptyState>;
  }
  return <Offers reading={reading} unread={book.value.unread.length} />;
}

function Offers({ reading, unread }: { readonly reading: AheadReading; readonly unread: number }) {
  const { blocksBehind, markFault, roundsFault } = reading;
  const isSilent = blocksBehind === 0n && unread === 0 && markFault === undefined;
  if (isSilent && reading.volatilities !== undefined) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2 text-[0.8125rem] text-ink-muted print:hidden">
      {blocksBehind > 0n && (
        <span className="inline-flex flex-wrap items-center gap-2">
          <span className="figures">
            This page keeps its block: the vault is {formatInteger(blocksBehind)}{" "}
            {blocksBehind === 1n ? "block" : "blocks"} ahead.
          </span>
          <Button size="small" onClick={reading.refresh} busy={reading.isReadingBook}>
            Take anew
          </Button>
        </span>
      )}
      {unread > 0 && (
        <span>
          {formatInteger(unread)} {unread === 1 ? "manager" : "managers"} could not be taken apart: nothing
          ahead is known of {unread === 1 ? "it" : "them"}.
        </span>
      )}
      {markFault !== undefined && (
        <span className="inline-flex flex-wrap items-center gap-2 text-danger">
          The exchanges could not be read, so no profit is known. {markFault}
          <Button size="small" onClick={reading.retry}>
            Try again
          </Button>
        </span>
      )}
      {reading.volatilities === undefined && (
        <span className="inline-flex flex-wrap items-center gap-2">
          {roundsFault === undefined
            ? "How likely a fall is takes the past answers of the price feeds, up to half a year of them."
            : `The past answers could not be read. ${roundsFault}`}
          <Button size="small" onClick={reading.readRounds} busy={reading.isReadingRounds}>
            {reading.isReadingRounds ? "Reading the feeds" : "Read them"}
          </Button>
        </span>
      )}
    </div>
  );
}
