import { isDeadAddress } from "@/domain/address";
import { chainFigure, known, unknown } from "@/domain/figure";
import type { LossRow, Reconciliation, RecoveryRow } from "@/domain/ledger";
import type { FallRow, StatementTotals } from "@/domain/ledger-model";
import { type LossShare, shareholderKindOf } from "@/domain/loss-share";
import { sumOf } from "@/domain/math";
import type { Address, Figure } from "@/domain/model";
import { sharePriceOf } from "@/domain/share-price";
import { type ShiftTotals, shiftTotalsOf } from "@/domain/shift-totals";
import { statementTotalsOf, virtualTotalsOf } from "@/domain/statement";
import type { StatementBook } from "@/domain/statement-book";
import { amountField, amountJson, maybeField, numberJson, priceField, priceJson } from "./json-values";
import type { LedgerReport } from "./ledger-report";
import { REPORT_SCHEMA, type ReportJson } from "./report-schema";
import { reportWarnings } from "./report-warnings";
import { documentHead, historyJson, lpTotalsJson, type TransferredShares } from "./statement-json";
import type { VaultReport } from "./vault-report";

type LossJson = ReportJson["losses"][number];
type RecoveryJson = ReportJson["recoveries"][number];

const NOT_PUBLISHED = unknown("not-published");

function holderJson({ holder, shares }: LossShare) {
  return { lp: holder ?? null, label: shareholderKindOf(holder), shares: amountJson(shares) };
}

function lossSharesField(shares: Figure<readonly LossShare[]>) {
  return maybeField("shares", {
    figure: shares,
    show: (lines) => lines.map((line) => ({ ...holderJson(line), loss: amountJson(line.amountAssets) })),
  });
}

function recoverySharesField(shares: Figure<readonly LossShare[]>) {
  return maybeField("shares", {
    figure: shares,
    show: (lines) => lines.map((line) => ({ ...holderJson(line), amount: amountJson(line.amountAssets) })),
  });
}

function reconciliationJson(reconciliation: Reconciliation): LossJson["reconciliation"] {
  if (reconciliation.kind !== "differs") return { status: reconciliation.kind, by: null, reason: null };
  const { byAssets, explainedByFees, explainedByRounding } = reconciliation;
  // A difference that is small enough to be rounding is named so even where fees could explain it too.
  const reason = explainedByRounding ? "rounding" : explainedByFees ? "fees" : null;
  return { status: "differs", by: amountJson(byAssets), reason };
}

function lossJson(row: LossRow, shares: Figure<readonly LossShare[]>): LossJson {
  return {
    block: numberJson(row.blockNumber),
    logIndex: row.logIndex,
    transaction: row.transactionHash,
    blockHash: row.blockHash,
    timestamp: numberJson(row.atSeconds),
    kind: row.source,
    manager: row.manager,
    liquidator: row.liquidator ?? null,
    ...amountField("trueDebt", row.trueDebtAssets),
    ...amountField("positionValue", row.positionValueAssets),
    ...amountField("payment", row.paymentAssets),
    ...amountField("badDebt", known(row.badDebtAssets)),
    ...amountField("unpaidInterest", row.unpaidInterestAssets),
    ...amountField("lpLoss", row.lpLossAssets),
    lpLossSharedBy: row.lpLossSharedBy ?? null,
    ...amountField("totalAssetsBefore", row.totalAssetsBefore),
    ...amountField("totalSupply", row.totalSupplyShares),
    ...priceField("sharePriceBefore", row.priceBefore),
    ...priceField("sharePriceAfter", row.priceAfter),
    reconciliation: reconciliationJson(row.reconciliation),
    fromBlock: null,
    ...lossSharesField(shares),
  };
}

function fallJson(row: FallRow, shares: Figure<readonly LossShare[]>): LossJson {
  return {
    block: numberJson(row.to.number),
    logIndex: row.at.logIndex < 0 ? null : row.at.logIndex,
    transaction: null,
    blockHash: row.to.hash,
    timestamp: numberJson(row.to.timestampSeconds),
    kind: "unexplained",
    manager: null,
    liquidator: null,
    ...amountField("trueDebt", NOT_PUBLISHED),
    ...amountField("positionValue", NOT_PUBLISHED),
    ...amountField("payment", NOT_PUBLISHED),
    ...amountField("badDebt", NOT_PUBLISHED),
    ...amountField("unpaidInterest", NOT_PUBLISHED),
    ...amountField("lpLoss", known(row.lpLossAssets)),
    lpLossSharedBy: null,
    ...amountField("totalAssetsBefore", known(row.totalAssetsBefore)),
    ...amountField("totalSupply", known(row.totalSupplyShares)),
    ...priceField("sharePriceBefore", known(row.priceBefore)),
    ...priceField("sharePriceAfter", known(row.priceAfter)),
    reconciliation: { status: "unknown", by: null, reason: null },
    fromBlock: numberJson(row.from.number),
    ...lossSharesField(shares),
  };
}

function recoveryJson(row: RecoveryRow, shares: Figure<readonly LossShare[]>): RecoveryJson {
  return {
    block: numberJson(row.blockNumber),
    logIndex: row.logIndex,
    transaction: row.transactionHash,
    blockHash: row.blockHash,
    timestamp: numberJson(row.atSeconds),
    from: row.from,
    amount: amountJson(row.assets),
    totalAssetsBefore: amountJson(row.totalAssetsBefore),
    totalSupply: amountJson(row.totalSupplyShares),
    sharePriceBefore: priceJson(row.priceBefore),
    sharePriceAfter: priceJson(row.priceAfter),
    ...recoverySharesField(shares),
  };
}

/** Rows with what everybody bore, in the order of the chain. The lines are made row by row. */
function rowsJson({ rows }: StatementBook): Pick<ReportJson, "losses" | "recoveries"> {
  const losses: LossJson[] = [];
  const recoveries: RecoveryJson[] = [];
  for (const { split } of rows) {
    const borne = split.row;
    if (borne.kind === "recovery") recoveries.push(recoveryJson(borne.row, split.shares));
    else if (borne.kind === "fall") losses.push(fallJson(borne.row, split.shares));
    else losses.push(lossJson(borne.row, split.shares));
  }
  return { losses, recoveries };
}

/** Shares that every address received from and sent to others without money, by address. */
function transferredByAddress({ table }: StatementBook): ReadonlyMap<Address, TransferredShares> {
  const found = new Map<Address, { transferredInShares: bigint; transferredOutShares: bigint }>();
  const of = (address: Address) => {
    const known = found.get(address);
    if (known !== undefined) return known;
    const fresh = { transferredInShares: 0n, transferredOutShares: 0n };
    found.set(address, fresh);
    return fresh;
  };
  for (const { transfer, flow } of table.actions) {
    if (transfer === undefined || flow !== undefined || transfer.from === transfer.to) continue;
    of(transfer.from).transferredOutShares += transfer.shares;
    of(transfer.to).transferredInShares += transfer.shares;
  }
  return found;
}

const NOTHING_TRANSFERRED: TransferredShares = { transferredInShares: 0n, transferredOutShares: 0n };

function lpsJson(source: LedgerReport, lps: readonly StatementTotals[]): ReportJson["lps"] {
  const { report, book } = source;
  const transferred = transferredByAddress(book);
  return lps.map((totals) => ({
    address: totals.address,
    label: isDeadAddress(totals.address) ? ("dead" as const) : ("lp" as const),
    isContract: report.contractHolders.has(totals.address),
    ...lpTotalsJson({ report, totals, transferred: transferred.get(totals.address) ?? NOTHING_TRANSFERRED }),
  }));
}

function totalsJson({ report, ledger }: LedgerReport): ReportJson["totals"] {
  const { headline, snapshot } = report;
  const { state } = snapshot;
  const { totals } = ledger;
  return {
    totalAssets: amountJson(state.totalAssets),
    totalSupply: amountJson(state.totalSupplyShares),
    sharePrice: priceJson(sharePriceOf(state)),
    ...amountField("badDebt", headline.grossBadDebtAssets),
    ...amountField("lpLoss", totals.lpLossAssets),
    ...amountField("recordedLpLoss", totals.recordedLpLossAssets),
    ...amountField("unexplainedLoss", totals.unexplainedLossAssets),
    ...amountField("recovered", totals.recoveredAssets),
    ...amountField("netLoss", totals.netLossAssets),
    ...amountField("unrealisedShortfall", headline.unrealisedShortfallAssets),
    ...amountField("unrealisedLpLoss", headline.unrealisedLpLossAssets),
    ...amountField("lent", ledger.events.totals.lentAssets),
    ...amountField("supplied", ledger.events.totals.suppliedAssets),
  };
}

function ratiosJson({ headline }: VaultReport): ReportJson["ratios"] {
  return {
    ...amountField("badDebtStock", headline.stockRatioWad),
    ...amountField("realisedLoss", headline.windowLossWad),
    ...amountField("realisedLpLoss", headline.windowLpLossWad),
    ...amountField("lossRateOnLending", headline.lossRateOnLendingWad),
    ...amountField("unrealisedOfAssets", headline.badDebtRatioOfAssetsWad),
    ...amountField("unrealisedOfDebt", headline.badDebtRatioOfDebtWad),
    ...amountField("utilisation", headline.utilisationWad),
  };
}

function foundJson({ ledger }: LedgerReport): ReportJson["found"] {
  const { found, recoveries } = ledger.events;
  const fallen = sumOf(ledger.falls.map(({ lpLossAssets }) => lpLossAssets));
  return {
    sinceBlock: numberJson(found.sinceBlock),
    losses: found.losses,
    falls: ledger.falls.length,
    recoveries: recoveries.length,
    badDebt: amountJson(found.atLeastBadDebtAssets),
    lpLoss: amountJson(found.atLeastLpLossAssets + fallen),
    recovered: amountJson(found.atLeastRecoveredAssets),
  };
}

/** What the shares that belong to nobody hold and bore; null for a vault that converts without any. */
function virtualJson({ book }: LedgerReport): ReportJson["virtual"] {
  const totals = virtualTotalsOf(book);
  if (totals === undefined) return null;
  return {
    shares: amountJson(totals.shares),
    ...amountField("value", totals.valueAssets),
    ...amountField("losses", totals.lossesAssets),
    ...amountField("recoveries", totals.recoveriesAssets),
  };
}

function shiftJson(shifts: Figure<ShiftTotals>, side: keyof ShiftTotals): ReportJson["shifted"]["left"] {
  return {
    ...amountField(
      "amount",
      chainFigure(shifts, (totals) => totals[side].amountAssets),
    ),
    ...maybeField("actions", { figure: shifts, show: (totals) => totals[side].actions }),
    ...maybeField("addresses", { figure: shifts, show: (totals) => totals[side].addresses }),
    ...maybeField("unknownActions", { figure: shifts, show: (totals) => totals[side].unknownActions }),
  };
}

/** What those who left avoided and those who came inherited, all together. */
function shiftedJson({ book }: LedgerReport): ReportJson["shifted"] {
  const shifts = shiftTotalsOf(book);
  return { left: shiftJson(shifts, "left"), came: shiftJson(shifts, "came") };
}

/**
 * A vault's report as JSON, by the schema of `report-schema.ts`. Pure, and without a clock: the same block read from
 * endpoints that keep the same state gives the same object, key by key. Lists are in the order of the chain or of
 * addresses.
 */
export function toReportJson(source: LedgerReport): ReportJson {
  const { report, readings, ledger } = source;
  const { state } = report.snapshot;
  const lps = statementTotalsOf(source.book);
  return {
    schema: REPORT_SCHEMA,
    ...documentHead(state),
    name: state.name,
    isFlux: state.flux !== undefined,
    shareSymbol: state.shareSymbol,
    virtualShares: amountJson(state.virtualShares),
    conversion: report.conversion?.kind ?? null,
    warnings: reportWarnings(source, lps).map((warning) => ({ ...warning })),
    totals: totalsJson(source),
    ratios: ratiosJson(report),
    history: {
      ...historyJson(report),
      ...maybeField("fallsSearchedBlocks", {
        figure: ledger.fallsSearched,
        show: ({ blocks }) => blocks,
      }),
      unavailableBlocks: readings.unavailableBlocks.length,
    },
    found: foundJson(source),
    ...rowsJson(source.book),
    lps: lpsJson(source, lps),
    virtual: virtualJson(source),
    shifted: shiftedJson(source),
  };
}
