import type { LedgerFault, LedgerProgress, StatementView } from "@/data/ledger-book/ledger-view";
import { formatInteger } from "@/shared/format";
import { Callout, ErrorState } from "@/ui/data/messages";
import { ProgressBar } from "@/ui/data/progress-bar";
import { Button } from "@/ui/forms/button";
import { faultWords } from "./fault-words";

const STAGE_WORD: Readonly<Record<LedgerProgress["stage"], string>> = {
  totals: "Reading the share prices of the past",
  falls: "Looking for falls of the share price",
  shortfalls: "Reading the shortfalls that were open",
  unrealised: "Reading the unrealised shortfall",
  computing: "Computing the statement",
};

/** The state of a statement that is not there yet: under way, stopped, or failed, each with its way on. */
export function StatementReading({ view }: { readonly view: StatementView }) {
  const { fault, isStopped, progress } = view;
  if (fault !== undefined) return <Fault fault={fault} view={view} />;
  if (isStopped) {
    const blocks = formatInteger(view.cost.totals + view.cost.shortfalls);
    return (
      <Callout
        tone="neutral"
        title="The statement is not computed yet"
        action={<Button onClick={view.resume}>Read the past</Button>}
      >
        It needs the vault's state at up to {blocks} old blocks. What was read before is kept.
      </Callout>
    );
  }
  const { done, percent } = shareOf(progress);
  return (
    <ProgressBar
      label={STAGE_WORD[progress?.stage ?? "totals"]}
      percent={percent}
      detail={done}
      action={
        <Button variant="secondary" size="small" onClick={view.stop}>
          Stop
        </Button>
      }
    />
  );
}

function shareOf(progress: LedgerProgress | undefined): {
  readonly done: string;
  readonly percent: number | undefined;
} {
  if (progress === undefined || progress.totalBlocks === 0) return { done: "", percent: undefined };
  const { doneBlocks, totalBlocks } = progress;
  return {
    done: `${formatInteger(doneBlocks)} of ${formatInteger(totalBlocks)} blocks`,
    percent: (doneBlocks * 100) / totalBlocks,
  };
}

function Fault({ fault, view }: { readonly fault: LedgerFault; readonly view: StatementView }) {
  const { cause, whatToDo } = faultWords(fault);
  return (
    <ErrorState
      title="The statement could not be computed"
      cause={cause}
      whatToDo={whatToDo}
      onRetry={view.resume}
      retrying={view.isReading}
    />
  );
}
