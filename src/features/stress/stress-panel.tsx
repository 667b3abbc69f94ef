import { useCallback, useMemo } from "react";
import { useRiskBook, useRounds } from "@/data/risk/use-risk-book";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { counted } from "@/shared/counted";
import { formatInteger, formatTimestamp, toSafeInteger } from "@/shared/format";
import { EmptyState, ErrorState } from "@/ui/data/messages";
import { ProgressBar } from "@/ui/data/progress-bar";
import { BlockStamp } from "@/ui/figures/block-stamp";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { Button } from "@/ui/forms/button";
import { Panel } from "@/ui/layout/panel";
import { roundsByAsset, worstDayOf } from "./history";
import { HistoryPanel } from "./history-panel";
import { readFaultText } from "./messages";
import { StressView } from "./stress-view";
import { useStressChoice } from "./use-stress-choice";

export interface StressPanelProps {
  readonly report: VaultReport;
  readonly hrefOf: (manager: Address) => string;
}

/** Shocks of a vault: the positions are taken apart once, at a block that the page names. */
export function StressPanel({ report: newest, hrefOf }: StressPanelProps) {
  const { chainId, address } = newest.config;
  const ref = useMemo(() => ({ chainId, address }), [chainId, address]);
  const view = useRiskBook(ref, newest);
  const [choice, setChoice] = useStressChoice();
  const book = view.book?.kind === "known" ? view.book.value : undefined;
  const past = useRounds(ref, book);
  const { rounds } = past;
  const worstDay = useCallback(
    (assets: readonly Address[]) =>
      book === undefined || rounds === undefined
        ? undefined
        : worstDayOf(book, { assets, rounds: roundsByAsset(rounds) }),
    [book, rounds],
  );
  if (view.error !== undefined && view.book === undefined) {
    return (
      <ErrorState
        title="The positions could not be taken apart"
        cause={readFaultText(view.error)}
        onRetry={() => view.refresh()}
        retrying={view.isFetching}
      />
    );
  }
  if (view.book === undefined || view.report === undefined) {
    return (
      <Panel>
        <ProgressBar
          label="Taking the positions apart"
          percent={undefined}
          detail="what each holds, and its prices"
        />
      </Panel>
    );
  }
  if (book === undefined) {
    const why = view.book.kind === "unknown" ? WHY_UNKNOWN[view.book.reason] : "";
    return (
      <Panel>
        <EmptyState title="No shocks for this vault">
          {why} Without managers, a liquidation threshold and an oracle there is nothing to shock.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <>
      <BookStamp
        report={view.report}
        blocksBehind={view.blocksBehind}
        isFetching={view.isFetching}
        onRefresh={() => view.refresh()}
      />
      <StressView
        book={book}
        report={view.report}
        choice={choice}
        onChange={setChoice}
        worstDayOf={worstDay}
        hrefOf={hrefOf}
      />
      {book.positions.length > 0 && <HistoryPanel vault={ref} book={book} past={past} />}
    </>
  );
}

function BookStamp(props: {
  readonly report: VaultReport;
  readonly blocksBehind: bigint;
  readonly isFetching: boolean;
  readonly onRefresh: () => void;
}) {
  const { block } = props.report.snapshot.state;
  const behind = toSafeInteger(props.blocksBehind);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-muted">
      <BlockStamp number={formatInteger(block.number)} hash={block.hash} />
      <span className="figures">{formatTimestamp(block.timestampSeconds)}</span>
      {behind > 0 && (
        <>
          <span className="figures">· {counted(behind, ["block", "blocks"])} behind the vault</span>
          <Button size="small" busy={props.isFetching} onClick={props.onRefresh}>
            Take anew
          </Button>
        </>
      )}
    </div>
  );
}
