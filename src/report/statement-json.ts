import { chainFigure, known, sumFigures, unknown } from "@/domain/figure";
import type { LpStatement, StatementLine, StatementTotals } from "@/domain/ledger-model";
import type { Address, Figure, SharePrice, VaultState } from "@/domain/model";
import { statementOf } from "@/domain/statement";
import { amountField, amountJson, blockJson, numberJson, priceField } from "./json-values";
import type { LedgerReport } from "./ledger-report";
import { STATEMENT_SCHEMA, type StatementJson } from "./statement-schema";
import type { VaultReport } from "./vault-report";

/** Shares that came from and went to other holders, share units. */
export interface TransferredShares {
  readonly transferredInShares: bigint;
  readonly transferredOutShares: bigint;
}

/** What every document says first: which vault, at which block, in which asset. */
export function documentHead(state: VaultState) {
  return {
    chainId: state.chainId,
    vault: state.address,
    block: blockJson(state.block),
    asset: {
      address: state.asset.address,
      symbol: state.asset.symbol,
      decimals: state.asset.decimals,
    },
    shareDecimals: state.shareDecimals,
  };
}

/** How far the ledger reaches: `complete` only from the vault's first block without a gap. */
export function historyJson({ history }: Pick<VaultReport, "history">) {
  return {
    fromBlock: numberJson(history.fromBlock),
    toBlock: numberJson(history.toBlock),
    complete: history.complete,
  };
}

/**
 * The sums of one LP; base units of the asset, shares in share units. What was only counted in the blocks that were
 * scanned is no total, so from a partial history it is unknown.
 */
export function lpTotalsJson(input: {
  readonly report: Pick<VaultReport, "history">;
  readonly totals: StatementTotals;
  readonly transferred: TransferredShares;
}) {
  const { report, totals, transferred } = input;
  const counted = (value: bigint): Figure =>
    report.history.complete ? known(value) : unknown("history-partial");
  return {
    ...amountField("shares", counted(totals.shares)),
    ...amountField("value", totals.valueAssets),
    ...amountField("deposited", counted(totals.depositedAssets)),
    ...amountField("withdrawn", counted(totals.withdrawnAssets)),
    ...amountField("transferredIn", totals.transferredInAssets),
    ...amountField("transferredOut", totals.transferredOutAssets),
    ...amountField("transferredInShares", counted(transferred.transferredInShares)),
    ...amountField("transferredOutShares", counted(transferred.transferredOutShares)),
    ...amountField("interest", totals.interestAssets),
    ...amountField("losses", totals.lossesAssets),
    ...amountField("recoveries", totals.recoveriesAssets),
    ...amountField("rounding", totals.roundingAssets),
    ...amountField("residual", totals.residualAssets),
    ...amountField("avoided", totals.avoidedAssets),
    ...amountField("inherited", totals.inheritedAssets),
  };
}

/** Deposited − withdrawn + transferred in − out + interest − losses + recoveries: what the value should be. */
function explainedAssets(totals: StatementTotals): Figure {
  const minus = (figure: Figure): Figure => chainFigure(figure, (value) => known(-value));
  return sumFigures([
    known(totals.depositedAssets - totals.withdrawnAssets),
    totals.transferredInAssets,
    minus(totals.transferredOutAssets),
    totals.interestAssets,
    minus(totals.lossesAssets),
    totals.recoveriesAssets,
  ]);
}

function identityJson(totals: StatementTotals): StatementJson["identity"] {
  const residual = totals.residualAssets;
  return {
    ...amountField("explained", explainedAssets(totals)),
    ...amountField("rounding", totals.roundingAssets),
    ...amountField("value", totals.valueAssets),
    ...amountField("residual", residual),
    closes: residual.kind === "known" ? residual.value === 0n : null,
  };
}

/** A fall stands before the first log of its block: at no log. */
function logIndexJson({ at }: StatementLine): number | null {
  return at.logIndex < 0 ? null : at.logIndex;
}

function priceFields(before: Figure<SharePrice>, after: Figure<SharePrice>) {
  return { ...priceField("sharePriceBefore", before), ...priceField("sharePriceAfter", after) };
}

function shiftField({ kind, shiftAssets }: StatementLine) {
  if (shiftAssets === undefined) return {};
  if (kind === "withdrawal") return amountField("avoided", shiftAssets);
  return kind === "deposit" ? amountField("inherited", shiftAssets) : {};
}

/** Held after a line: not known from a partial history, whose first line is not the LP's first. */
function sharesAfterOf(line: StatementLine, { history }: Pick<VaultReport, "history">): Figure {
  return history.complete ? known(line.sharesAfter) : unknown("history-partial");
}

function lineJson(line: StatementLine, report: Pick<VaultReport, "history">): StatementJson["lines"][number] {
  return {
    kind: line.kind,
    block: numberJson(line.at.blockNumber),
    blockHash: line.blockHash,
    logIndex: logIndexJson(line),
    transaction: line.transactionHash ?? null,
    timestamp: numberJson(line.atSeconds),
    counterparty: line.counterparty ?? null,
    sharesChange: amountJson(line.sharesChange),
    ...amountField("sharesAfter", sharesAfterOf(line, report)),
    ...amountField("amount", line.amountAssets),
    ...amountField("interest", line.interestAssets),
    ...amountField("rounding", line.roundingAssets),
    ...priceFields(line.priceBefore, line.priceAfter),
    ...shiftField(line),
  };
}

function transferredOf(lines: readonly StatementLine[]): TransferredShares {
  let transferredInShares = 0n;
  let transferredOutShares = 0n;
  for (const { kind, sharesChange } of lines) {
    if (kind === "transfer-in") transferredInShares += sharesChange;
    if (kind === "transfer-out") transferredOutShares -= sharesChange;
  }
  return { transferredInShares, transferredOutShares };
}

/**
 * One LP's statement as JSON: sums, the identity with its residual, and every line with block and transaction. The
 * same statement gives the same object, key by key, so that its canonical form can be hashed and signed.
 */
export function statementJsonOf(input: {
  readonly report: VaultReport;
  readonly statement: LpStatement;
}): StatementJson {
  const { report, statement } = input;
  return {
    schema: STATEMENT_SCHEMA,
    ...documentHead(report.snapshot.state),
    history: historyJson(report),
    address: statement.address,
    totals: lpTotalsJson({ report, totals: statement, transferred: transferredOf(statement.lines) }),
    identity: identityJson(statement),
    lines: statement.lines.map((line) => lineJson(line, report)),
    ...amountField("interestAfterLastLine", statement.interestAfterLastLineAssets),
  };
}

/** {@link statementJsonOf} of an address, for whoever holds the whole ledger. An address without a line has zeros. */
export function toStatementJson(ledgerReport: LedgerReport, address: Address): StatementJson {
  const { report, book } = ledgerReport;
  return statementJsonOf({ report, statement: statementOf(book, address) });
}
