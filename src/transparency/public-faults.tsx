import type { ChainError } from "@/chain/errors";
import { faultText } from "@/features/vault/fault-text";
import { formatDuration, formatInteger } from "@/shared/format";
import { Callout, ErrorState } from "@/ui/data/messages";
import { StaleNotice } from "@/ui/figures/notices";
import { Button } from "@/ui/forms/button";
import type { PublicReading } from "./public-reader";
import { useReadingTime } from "./use-reading-time";

/** Nothing could be read: what, why, and the way on. */
export function ReadFault(props: {
  readonly error: ChainError;
  readonly retry: () => void;
  readonly isReading: boolean;
}) {
  return (
    <ErrorState
      title="The vault could not be read"
      {...faultText(props.error)}
      onRetry={props.retry}
      retrying={props.isReading}
    />
  );
}

/** What is shown was read earlier, because reading it again failed. */
export function StaleReading({
  reading,
  retry,
}: {
  readonly reading: PublicReading;
  readonly retry: () => void;
}) {
  const time = useReadingTime(reading);
  const { error, state, isReading } = reading;
  if (error === undefined || state === undefined) return null;
  const { cause, whatToDo } = faultText(error);
  const age = time.nowSeconds - state.block.timestampSeconds;
  return (
    <StaleNotice
      age={formatDuration(age < 0n ? 0n : age)}
      reason={`${cause} ${whatToDo} What is shown was read at block ${formatInteger(state.block.number)}.`}
      action={
        <Button variant="secondary" size="small" busy={isReading} onClick={retry}>
          Try again
        </Button>
      }
    />
  );
}

/** The site's operator does not list this vault. */
export function UnlistedNotice() {
  return (
    <Callout tone="caution" title="Not listed by this site">
      This vault was opened by its address. Whoever runs this site has not vouched for it.
    </Callout>
  );
}
