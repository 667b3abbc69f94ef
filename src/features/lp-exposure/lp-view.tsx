import { type ReactNode, useMemo } from "react";
import type { StatementView } from "@/data/ledger-book/ledger-view";
import type { ExposureBook } from "@/domain/exposure";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger } from "@/shared/format";
import { DownloadButton } from "@/ui/data/download-button";
import { Callout, EmptyState } from "@/ui/data/messages";
import { LinkButton } from "@/ui/forms/button";
import { Panel } from "@/ui/layout/panel";
import { EventTable, type TransactionHref } from "./components/event-table";
import { LpHeadline } from "./components/lp-headline";
import { MovementTable } from "./components/movement-table";
import { lpHistoryCsv } from "./export";
import { eventSumText, lpEventLines, movementLines } from "./line-texts";
import { type LpPersonal, lpEventRowsOf, lpPersonalOf, movementsOf } from "./model";
import { lpHeadlineOf, shiftFiguresOf } from "./texts";

export interface LpViewProps {
  readonly report: VaultReport;
  readonly book: ExposureBook;
  readonly address: Address;
  readonly lpsHref: string;
  readonly txHrefOf: TransactionHref;
  /** The LP's statement, as far as it is computed. */
  readonly ledger: StatementView;
  /** Shows the statement; until there is one, `movements` stand in its place. */
  readonly statement: (parts: { readonly movements: ReactNode }) => ReactNode;
}

/** Value, lost, recovered, net: what the page is about. What else is known of the LP follows. */
const HEADLINE_FIGURES = 4;

/** One LP: what it holds, what it lost in each loss, and how it got there. No wallet is needed. */
export function LpView(props: LpViewProps) {
  const { report, book, address } = props;
  const personal = useMemo(
    () => lpPersonalOf(address, { book, contractHolders: report.contractHolders }),
    [address, book, report.contractHolders],
  );
  const since = formatInteger(report.history.fromBlock);
  const back = <LinkButton href={props.lpsHref}>All LPs of this vault</LinkButton>;
  switch (personal.standing) {
    case "never":
      return (
        <Panel>
          <EmptyState title="This address has never held shares of this vault" action={back}>
            Checked against every transfer of shares since the vault's first block.
          </EmptyState>
        </Panel>
      );
    case "not-found":
      return (
        <Panel>
          <EmptyState title={`No shares found at this address since block ${since}`} action={back}>
            The history does not reach back to the vault's first block, so older holdings may be missing.
          </EmptyState>
        </Panel>
      );
    case "partly-known":
    case "left":
    case "holds":
      return <KnownLp {...props} personal={personal} />;
  }
}

/** Left out of a print that has the statement as a document of its own. */
function OffPaper({ isOff, children }: { readonly isOff: boolean; readonly children: ReactNode }) {
  return <div className={isOff ? "contents print:hidden" : "contents"}>{children}</div>;
}

function KnownLp(props: LpViewProps & { readonly personal: LpPersonal }) {
  const { report, book, personal, ledger } = props;
  const { state } = report.snapshot;
  const { symbol } = state.asset;
  const { data, block, isReading } = ledger;
  const statement = useMemo(
    () => (data === undefined || block === undefined ? undefined : { statement: data, block }),
    [data, block],
  );
  const figures = useMemo(
    () => lpHeadlineOf(personal, { state, headline: report.headline, statement }),
    [personal, state, report.headline, statement],
  );
  const shifts = useMemo(
    () => shiftFiguresOf({ statement, isReading }, state),
    [statement, isReading, state],
  );
  const events = useMemo(() => lpEventLines(lpEventRowsOf(personal.exposure), state), [personal, state]);
  const since = formatInteger(report.history.fromBlock);
  const isWhole = report.history.complete;
  const movements = useMemo(
    () => movementLines(movementsOf(personal.address, book), { state, isWhole }),
    [personal, book, state, isWhole],
  );
  const isPrintedApart = statement !== undefined;
  return (
    <>
      {personal.isContract && (
        <Callout tone="neutral" title="This address is a contract">
          Its shares may stand for many people: a pool, a Safe or another vault.
        </Callout>
      )}
      {personal.standing === "partly-known" && (
        <Callout tone="caution" title="Balances are unknown">
          Transfers before block {since} are missing, so what this address held at any time is not known. What
          was found since is listed below.
        </Callout>
      )}
      <OffPaper isOff={isPrintedApart}>
        <LpHeadline label="This LP" figures={figures.slice(0, HEADLINE_FIGURES)} />
        <LpHeadline
          label="Holding and leaving"
          figures={[...figures.slice(HEADLINE_FIGURES), ...shifts]}
          size="medium"
        />
      </OffPaper>
      {props.statement({
        movements: (
          <Panel
            title="Deposits, withdrawals and transfers"
            flush
            actions={
              <DownloadButton
                fileName={`lp-${state.chainId}-${personal.address}-block-${state.block.number}.csv`}
                mimeType="text/csv"
                label="Download everything of this LP as CSV"
                content={() => lpHistoryCsv(personal, book)}
              >
                CSV
              </DownloadButton>
            }
          >
            <MovementTable
              lines={movements}
              symbol={symbol}
              txHrefOf={props.txHrefOf}
              emptyTitle={isWhole ? "No movements" : `None found since block ${since}`}
            />
          </Panel>
        ),
      })}
      <OffPaper isOff={isPrintedApart}>
        <Panel
          title="Losses and recoveries"
          description="Each with the shares that the address held at that very log, transfers of the same block counted."
          flush
        >
          <EventTable
            lines={events}
            symbol={symbol}
            txHrefOf={props.txHrefOf}
            emptyTitle={
              isWhole ? "No loss while this address held shares" : `None known since block ${since}`
            }
            sum={eventSumText(events, state)}
          />
        </Panel>
      </OffPaper>
    </>
  );
}
