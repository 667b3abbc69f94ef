import { PenLine } from "lucide-react";
import { useState } from "react";
import { timelockOf } from "@/data/operator/known-contracts";
import { useTimelock } from "@/data/operator/use-timelock";
import { rolesInReport } from "@/data/statement/signer-roles";
import {
  type DatedStatement,
  signingObstacleOf,
  statementDocumentOf,
} from "@/data/statement/statement-document";
import { useStatementSigning } from "@/data/statement/use-statement-signing";
import { useChainInfo } from "@/data/use-chain-info";
import { useWallet } from "@/data/wallet/use-wallet";
import type { Address, Hex } from "@/domain/model";
import { Button, LinkButton } from "@/ui/forms/button";
import { Panel } from "@/ui/layout/panel";
import { ElsewhereForm } from "./elsewhere-form";
import { SigningDialog } from "./signing-dialog";
import { cannotSignText, obstacleText } from "./words";

export interface SigningPanelProps {
  readonly dated: DatedStatement;
  /** Why falls were not looked for everywhere; such a statement is not offered for signing. */
  readonly unsearched: string | undefined;
  readonly checkHref: string;
  readonly hrefAtBlock: (block: bigint) => string;
}

const NO_IDS: readonly Hex[] = [];

/** Signing of the statement by the LP or the vault's operator, and the way to the page that checks one. */
export function SigningPanel({ dated, unsearched, checkHref, hrefAtBlock }: SigningPanelProps) {
  const { report } = dated;
  const signing = useStatementSigning();
  const wallet = useWallet();
  const chain = useChainInfo(report.config.chainId);
  const [isElsewhere, setIsElsewhere] = useState(false);
  const account = wallet.state.kind === "connected" ? wallet.state.account : undefined;
  const hasRole = useHasRole(dated, account);
  const obstacle =
    unsearched === undefined
      ? obstacleText(signingObstacleOf(statementDocumentOf(dated)))
      : `Falls of the share price could not be looked for everywhere. ${unsearched}`;
  const chainName = chain?.name ?? `chain ${report.config.chainId}`;
  return (
    <div className="print:hidden">
      <Panel
        title="Signed statement"
        description="The LP or the vault's operator can sign this statement with a wallet. A signature proves who signed, not that the figures are right: whoever gets the file checks it on this site, where everything is computed again from the chain."
        actions={
          <LinkButton href={checkHref} size="small">
            Check a statement
          </LinkButton>
        }
      >
        <div className="flex flex-col gap-4">
          <div className="flex flex-wrap items-start gap-3">
            <Button
              variant="primary"
              icon={PenLine}
              disabledReason={obstacle ?? (hasRole ? undefined : cannotSignText(dated, account))}
              onClick={() => {
                setIsElsewhere(false);
                if (account !== undefined) signing.open({ dated, signer: account });
              }}
            >
              Sign with a wallet
            </Button>
            {obstacle === undefined && !isElsewhere && (
              <Button onClick={() => setIsElsewhere(true)}>Sign with a Safe or another tool</Button>
            )}
          </div>
          {obstacle === undefined && isElsewhere && (
            <ElsewhereForm
              suggestion={report.snapshot.state.flux?.curator}
              onOpen={(signer) => signing.open({ dated, signer })}
              onCancel={() => setIsElsewhere(false)}
            />
          )}
        </div>
        <SigningDialog
          signing={signing}
          wallet={wallet}
          chainName={chainName}
          isElsewhere={isElsewhere}
          finalised={report.finalised}
          hrefAtBlock={hrefAtBlock}
        />
      </Panel>
    </div>
  );
}

/** Whether an account may sign, as far as the vault and its timelock say; asked again when the review opens. */
function useHasRole({ report, statement }: DatedStatement, account: Address | undefined): boolean {
  const { config, snapshot } = report;
  const { state } = snapshot;
  const timelock = timelockOf({ config, state });
  // At the newest block, so that a page that follows the chain does not ask again at each block.
  const asked = account === undefined ? undefined : timelock;
  const view = useTimelock(config, { timelock: asked, ids: NO_IDS, pinnedTo: undefined });
  if (account === undefined) return false;
  const named = rolesInReport({ report, lp: statement.address, signer: account });
  return named.length > 0 || view.timelock?.roles?.proposer === true;
}
