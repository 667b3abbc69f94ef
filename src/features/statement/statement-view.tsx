import { Printer } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import type { DatedStatement } from "@/data/statement/statement-document";
import { formatInteger, formatTimestamp } from "@/shared/format";
import { sanitiseText } from "@/shared/text";
import { DownloadButton } from "@/ui/data/download-button";
import { Callout } from "@/ui/data/messages";
import { BlockStamp } from "@/ui/figures/block-stamp";
import { Money } from "@/ui/figures/money";
import { Button } from "@/ui/forms/button";
import { Segmented } from "@/ui/forms/segmented";
import { Panel } from "@/ui/layout/panel";
import { usePrinting } from "@/ui/use-printing";
import { statementCsv } from "./csv";
import { IdentityTable } from "./identity-table";
import { LinesTable, type TransactionHref } from "./lines-table";
import { identityOf, type LineFilter, linesOf } from "./model";
import { PrintDocument } from "./print-document";
import { identityTexts, interestSinceText, lineTexts, printedFigures } from "./texts";
import { FILTER_WORD } from "./words";

const FILTERS = (Object.keys(FILTER_WORD) as LineFilter[]).map((value) => ({
  value,
  label: FILTER_WORD[value],
}));

export interface StatementViewProps {
  readonly dated: DatedStatement;
  /** Why falls without an event could not be looked for everywhere; undefined: they were. */
  readonly unsearched: string | undefined;
  readonly chainName: string;
  readonly txHrefOf: TransactionHref;
  /** The file's text, made at the press. */
  readonly jsonOf: () => string;
}

/** One LP's statement: the addition that ends at its value, every line, and the ways to take it along. */
export function StatementView(props: StatementViewProps) {
  const { dated, unsearched, txHrefOf } = props;
  const { report, statement } = dated;
  const { state } = report.snapshot;
  const isWhole = report.history.complete;
  const [filter, setFilter] = useState<LineFilter>("all");
  const isPrinting = usePrinting();
  const identity = useMemo(
    () => identityTexts(identityOf(statement, { isWhole }), state),
    [statement, isWhole, state],
  );
  const lines = useMemo(
    () => lineTexts(linesOf(statement.lines, filter), { state, isWhole }),
    [statement.lines, filter, state, isWhole],
  );
  const since = interestSinceText(statement, state);
  const number = formatInteger(state.block.number);
  const stamp = <BlockStamp number={number} hash={state.block.hash} />;
  const fileName = `statement-${state.chainId}-${statement.address}-block-${state.block.number}`;
  const from = formatInteger(report.history.fromBlock);
  return (
    <>
      <div className="flex flex-col gap-5 print:hidden">
        {unsearched !== undefined && (
          <Callout tone="caution" title="Falls without an event could not be looked for everywhere">
            {unsearched} What stands below as lost are the losses that are known.
          </Callout>
        )}
        <Panel
          title="How the value came about"
          description="An addition from what was paid in to what the shares are worth. Every figure is computed by itself; none is what is left over."
          flush
          footer={stamp}
        >
          <IdentityTable identity={identity} symbol={state.asset.symbol} />
        </Panel>
        <Panel
          title="Lines"
          description="Everything that happened to this LP's shares or to their value, with block and transaction."
          flush
          footer={stamp}
          actions={
            <>
              <Button size="small" icon={Printer} onClick={() => window.print()} label="Print the statement">
                Print
              </Button>
              <DownloadButton
                fileName={`${fileName}.csv`}
                mimeType="text/csv"
                label="Download the statement as CSV"
                content={() => statementCsv(statement, { state, isWhole })}
              >
                CSV
              </DownloadButton>
              <DownloadButton
                fileName={`${fileName}.json`}
                mimeType="application/json"
                label="Download the statement as JSON"
                content={props.jsonOf}
              >
                JSON
              </DownloadButton>
            </>
          }
        >
          <div className="overflow-x-auto border-b border-line px-4 py-2">
            <Segmented label="Kind of line" value={filter} onChange={setFilter} options={FILTERS} />
          </div>
          <LinesTable
            lines={lines}
            symbol={state.asset.symbol}
            txHrefOf={txHrefOf}
            emptyTitle={emptyText(filter, isWhole ? undefined : from)}
            footer={
              <LinesFooter shown={lines.length} all={statement.lines.length}>
                Interest since the last line: <Money figure={since} /> {state.asset.symbol}.
              </LinesFooter>
            }
          />
        </Panel>
      </div>
      {isPrinting && (
        <PrintDocument
          head={{
            vaultName: report.config.label ?? sanitiseText(state.name),
            vault: state.address,
            chain: `${props.chainName} (chain ${state.chainId})`,
            address: statement.address,
            block: number,
            blockHash: state.block.hash,
            time: formatTimestamp(state.block.timestampSeconds),
            history: isWhole
              ? `whole, from block ${from}`
              : `known only from block ${from}; what came before is not in this statement`,
          }}
          figures={printedFigures(statement, state)}
          identity={identity}
          lines={lineTexts(statement.lines, { state, isWhole })}
          interestSince={since}
          symbol={state.asset.symbol}
          unsearched={unsearched}
        />
      )}
    </>
  );
}

function emptyText(filter: LineFilter, partialFrom: string | undefined): string {
  const what = filter === "all" ? "No line" : `No line of this kind: ${FILTER_WORD[filter].toLowerCase()}`;
  return partialFrom === undefined ? what : `${what} found since block ${partialFrom}`;
}

function LinesFooter(props: { readonly shown: number; readonly all: number; readonly children: ReactNode }) {
  const { shown, all } = props;
  return (
    <span className="figures flex flex-wrap items-baseline gap-x-4 gap-y-1">
      <span>
        {shown === all ? formatInteger(all) : `${formatInteger(shown)} of ${formatInteger(all)}`}{" "}
        {all === 1 ? "line" : "lines"}.
      </span>
      <span>{props.children}</span>
    </span>
  );
}
