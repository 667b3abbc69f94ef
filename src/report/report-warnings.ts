import type { StatementTotals } from "@/domain/ledger-model";
import { formatInteger } from "@/shared/format";
import type { LedgerReport } from "./ledger-report";
import type { WarningCode } from "./report-schema";

/** Something that is missing from a report, in a code for programs and a sentence for people. */
export interface ReportWarning {
  readonly code: WarningCode;
  readonly text: string;
}

/** What is said without that anything is missing. */
const REMARKS: ReadonlySet<WarningCode> = new Set([
  "lp-loss-estimated",
  "lp-loss-shared",
  "losses-not-published",
  "conversion-assumed",
]);

/** Whether a figure is missing or wrong, rather than only in need of a remark. */
export function isGap({ code }: { readonly code: WarningCode }): boolean {
  return !REMARKS.has(code);
}

const SINGLE = 1;
const countOf = (count: number, [one, many]: readonly [string, string]): string =>
  `${formatInteger(count)} ${count === SINGLE ? one : many}`;

/** Everything that keeps a figure of this report from being the whole truth, the gravest first. */
export function reportWarnings(
  { report, readings, ledger, isClockRefused }: LedgerReport,
  lps: readonly StatementTotals[],
): readonly ReportWarning[] {
  const { history, completeness, headline, snapshot } = report;
  const isFlux = snapshot.state.flux !== undefined;
  const found: ReportWarning[] = [];
  const say = (code: WarningCode, text: string): void => {
    found.push({ code, text });
  };
  if (!history.complete) {
    const since = formatInteger(history.fromBlock);
    say(
      "history-partial",
      `The history is partial: it was read from block ${since} on and does not hold all of the vault's life. Sums of the past are unknown; what is listed is what was found since block ${since}.`,
    );
  }
  if (completeness.kind === "incomplete") {
    say(
      "snapshot-incomplete",
      "Not every manager could be read, so there is no unrealised shortfall and no ratio of it.",
    );
  }
  if (isClockRefused) {
    say(
      "clock-refused",
      "No endpoint runs a call under another block's clock, so what was lost inside a block without an event cannot be told from interest. Use an endpoint that takes block overrides.",
    );
  }
  if (history.complete && ledger.fallsSearched.kind === "unknown") {
    say(
      "falls-not-searched",
      "Falls of the share price without an event could not be looked for everywhere, since not all old state could be read: none listed is not none.",
    );
  }
  const gone = readings.unavailableBlocks.length;
  if (gone > 0) {
    say(
      "blocks-unavailable",
      `The endpoint no longer keeps the state of ${countOf(gone, ["block", "blocks"])} at which something happened: prices, interest and values at them are unknown. Use an archive endpoint.`,
    );
  }
  const shortfalls = readings.openShortfalls.filter(({ openLpLossAssets: open }) => open.kind === "unknown");
  if (isFlux && shortfalls.length > 0) {
    say(
      "shortfalls-unavailable",
      `The open shortfall before ${countOf(shortfalls.length, ["block", "blocks"])} with deposits or withdrawals is unknown, so not every avoided or inherited loss is known.`,
    );
  }
  if (headline.isLpLossEstimated) {
    say(
      "lp-loss-estimated",
      "Fee rates changed while interest was open: the LP loss of the unrealised shortfall is an estimate by today's rates.",
    );
  }
  const shared = ledger.events.losses.filter(({ lpLossSharedBy }) => lpLossSharedBy !== undefined).length;
  if (shared > 0) {
    say(
      "lp-loss-shared",
      `The vault does not state what ${countOf(shared, ["loss", "losses"])} of blocks with several took from LPs. What those of a block took together is known and split by bad debt: the parts of single losses, and of LPs who came, left or sent shares between them, are estimates.`,
    );
  }
  const open = lps.filter(
    ({ residualAssets: residual }) => residual.kind === "known" && residual.value !== 0n,
  );
  if (open.length > 0) {
    say(
      "residual",
      `The account of ${countOf(open.length, ["address", "addresses"])} does not close: this is a fault of the replay, and its figures must not be relied on.`,
    );
  }
  if (!isFlux) {
    say(
      "losses-not-published",
      "This is not a Flux vault: it publishes no losses, so falls of its share price are listed as suspected losses.",
    );
  }
  if (report.conversion?.kind === "assumed") {
    say(
      "conversion-assumed",
      `Several rules of conversion give this vault's answers so far; it is taken to have ${formatInteger(snapshot.state.virtualShares)} virtual shares.`,
    );
  }
  if (report.conversion?.kind === "not-standard") {
    say(
      "conversion-not-standard",
      "This vault's answers follow no rule of ERC-4626: prices here are total assets by total supply, and values may differ from what it pays.",
    );
  }
  return found;
}
