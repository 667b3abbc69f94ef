import { useMemo } from "react";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger } from "@/shared/format";
import { Panel } from "@/ui/layout/panel";
import { trackRecordLines, trackRecordOf } from "../track-record";
import { FigureList } from "./figure-list";

/** What a manager has done in this vault so far. */
export function TrackRecord({
  report,
  manager,
}: {
  readonly report: VaultReport;
  readonly manager: Address;
}) {
  const { history, snapshot } = report;
  const { state } = snapshot;
  const lines = useMemo(
    () => trackRecordLines(trackRecordOf(history, manager), state),
    [history, manager, state],
  );
  return (
    <Panel
      title="Track record"
      {...(history.complete
        ? {}
        : {
            footer: `Since block ${formatInteger(history.fromBlock)}: what happened before is not in these sums.`,
          })}
    >
      <FigureList figures={lines} />
    </Panel>
  );
}
