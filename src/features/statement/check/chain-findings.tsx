import { useVaultReport } from "@/data/vault/use-vault-report";
import type { Address } from "@/domain/model";
import type { LoadProgress } from "@/report/load";
import type { SignedStatementJson } from "@/report/signed-statement-schema";
import type { StatementJson } from "@/report/statement-schema";
import { formatInteger } from "@/shared/format";
import { Badge } from "@/ui/data/badge";
import { ErrorState } from "@/ui/data/messages";
import { ProgressBar } from "@/ui/data/progress-bar";
import { faultWords } from "../fault-words";
import { Finding } from "./finding";
import { Recomputation } from "./recomputation";
import { SignerPanel } from "./signer-panel";

/** What the chain says of the signer and of the figures, at the block that the file names. */
export function ChainFindings(props: {
  readonly document: StatementJson;
  readonly signed: SignedStatementJson | undefined;
}) {
  const { document, signed } = props;
  const ref = { chainId: document.chainId, address: document.vault as Address };
  const view = useVaultReport(ref, { block: BigInt(document.block.number) });
  const { report, error } = view;
  return (
    <>
      {signed !== undefined && (
        <SignerPanel signed={signed} report={report} isUnreadable={error !== undefined} />
      )}
      {report !== undefined ? (
        <Recomputation report={report} document={document} />
      ) : error !== undefined && !view.isFetching ? (
        <Finding title="Figures, computed again" verdict={<Badge tone="stale">cannot be recomputed</Badge>}>
          <ErrorState
            title={`The vault could not be read at block ${formatInteger(document.block.number)}`}
            {...faultWords({ kind: "chain", error })}
            onRetry={view.retry}
          />
        </Finding>
      ) : (
        <Finding title="Figures, computed again" verdict={<Badge tone="stale">reading</Badge>}>
          <ProgressBar
            label={`Reading the vault at block ${formatInteger(document.block.number)}`}
            percent={percentOf(view.progress)}
          />
        </Finding>
      )}
    </>
  );
}

function percentOf(progress: LoadProgress | undefined): number | undefined {
  if (progress?.stage !== "history" || progress.totalBlocks === 0n) return undefined;
  return Number.parseInt(((progress.doneBlocks * 100n) / progress.totalBlocks).toString(), 10);
}
