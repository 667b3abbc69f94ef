import type { LossRow, Reconciliation, RecoveryRow } from "@/domain/ledger";
import type { Address, Figure, SharePrice, VaultState } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import type { CsvTable } from "@/shared/csv";
import { formatExactAmount, formatInteger, formatSharePrice, formatTimestamp } from "@/shared/format";
import { formatMoney } from "@/shared/format-money";
import type { FigureText } from "@/ui/figures/figure-text";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { Tone } from "@/ui/tone";

/** One line of the ledger: a loss, or a recovery. */
export interface LedgerLine {
  readonly key: string;
  readonly kind: "loss" | "recovery";
  readonly order: bigint;
  readonly block: string;
  readonly time: string;
  readonly transaction: string;
  /** The manager that was closed, or who paid the recovery. */
  readonly party: Address;
  readonly liquidator: Address | undefined;
  readonly trueDebt: FigureText | undefined;
  readonly value: FigureText | undefined;
  readonly payment: FigureText | undefined;
  /** Bad debt of a loss; the amount of a recovery. */
  readonly amount: FigureText;
  readonly lpLoss: FigureText | undefined;
  readonly priceBefore: FigureText;
  readonly priceAfter: FigureText;
  readonly badge: { readonly tone: Tone; readonly text: string; readonly title: string };
}

/** Losses and recoveries together, newest first. */
export function ledgerLines(report: VaultReport): readonly LedgerLine[] {
  const { state } = report.snapshot;
  const losses = report.ledger.losses.map((row) => lossLine(row, state));
  const recoveries = report.ledger.recoveries.map((row) => recoveryLine(row, state));
  return [...losses, ...recoveries].sort((a, b) => (a.order < b.order ? 1 : -1));
}

function placeOf(row: LossRow | RecoveryRow) {
  return {
    key: `${row.blockNumber}:${row.logIndex}`,
    order: row.blockNumber * 1_000_000n + BigInt(row.logIndex),
    block: formatInteger(row.blockNumber),
    time: formatTimestamp(row.atSeconds),
    transaction: row.transactionHash,
  };
}

function lossLine(row: LossRow, state: VaultState): LedgerLine {
  const { decimals } = state.asset;
  const down = (figure: Figure): FigureText =>
    toFigureText(figure, { text: (value) => formatMoney({ value, decimals }), why: WHY_UNKNOWN });
  const up = (figure: Figure): FigureText =>
    toFigureText(figure, {
      text: (value) => formatMoney({ value, decimals, toward: "up" }),
      why: WHY_UNKNOWN,
    });
  return {
    ...placeOf(row),
    kind: "loss",
    party: row.manager,
    liquidator: row.liquidator,
    trueDebt: up(row.trueDebtAssets),
    value: down(row.positionValueAssets),
    payment: down(row.paymentAssets),
    amount: up({ kind: "known", value: row.badDebtAssets }),
    lpLoss: up(row.lpLossAssets),
    priceBefore: priceFigure(row.priceBefore, state),
    priceAfter: priceFigure(row.priceAfter, state),
    badge: badgeOf(row.reconciliation, state),
  };
}

function recoveryLine(row: RecoveryRow, state: VaultState): LedgerLine {
  const { decimals } = state.asset;
  return {
    ...placeOf(row),
    kind: "recovery",
    party: row.from,
    liquidator: undefined,
    trueDebt: undefined,
    value: undefined,
    payment: undefined,
    amount: { kind: "known", text: formatMoney({ value: row.assets, decimals }) },
    lpLoss: undefined,
    priceBefore: priceFigure({ kind: "known", value: row.priceBefore }, state),
    priceAfter: priceFigure({ kind: "known", value: row.priceAfter }, state),
    badge: { tone: "ok", text: "Recovery", title: "Paid into the vault; raises the price of every share." },
  };
}

function priceFigure(price: Figure<SharePrice>, state: VaultState): FigureText {
  return toFigureText(price, {
    text: (pair) =>
      formatSharePrice({
        ...pair,
        assetDecimals: state.asset.decimals,
        shareDecimals: state.shareDecimals,
        fractionDigits: 8,
      }) ?? "no shares",
    why: WHY_UNKNOWN,
  });
}

/** The event's bad debt against the fall in total assets inside the same transaction. */
function badgeOf(reconciliation: Reconciliation, state: VaultState): LedgerLine["badge"] {
  if (reconciliation.kind === "agrees") {
    return {
      tone: "ok",
      text: "Agrees",
      title: "The bad debt of the event equals the fall in total assets inside the transaction.",
    };
  }
  if (reconciliation.kind === "unknown") {
    return {
      tone: "stale",
      text: "Not stated",
      title: "The vault does not say what this loss did to its total assets.",
    };
  }
  const by = formatMoney({ value: reconciliation.byAssets, ...amountOf(state) });
  if (reconciliation.explainedByRounding) {
    return {
      tone: "ok",
      text: `Differs by ${by}: rounding`,
      title:
        "The vault rounds a total once and each manager's interest once; the difference is that and no more.",
    };
  }
  return reconciliation.explainedByFees
    ? {
        tone: "ok",
        text: `Differs by ${by}: fees`,
        title: "The difference is the fee part of interest that nobody paid; LPs never owned it.",
      }
    : {
        tone: "danger",
        text: `Differs by ${by}`,
        title: "The event and the fall in total assets do not agree, and unpaid fees do not explain it.",
      };
}

function amountOf(state: VaultState) {
  return { decimals: state.asset.decimals, symbol: state.asset.symbol };
}

/** The ledger for a spreadsheet, amounts with every digit. */
export function ledgerCsv(report: VaultReport): CsvTable {
  const { state } = report.snapshot;
  const { decimals, symbol } = state.asset;
  const exact = (figure: Figure): string =>
    figure.kind === "known" ? formatExactAmount({ value: figure.value, decimals }) : "";
  const header = [
    "kind",
    "block",
    "log",
    "time",
    "transaction",
    "manager or payer",
    "liquidator",
    `true debt (${symbol})`,
    `position value (${symbol})`,
    `payment (${symbol})`,
    `bad debt or recovery (${symbol})`,
    `LP loss (${symbol})`,
    "reconciliation",
  ];
  const losses = report.ledger.losses.map((row) => ({
    row,
    cells: [
      row.liquidator ?? "",
      exact(row.trueDebtAssets),
      exact(row.positionValueAssets),
      exact(row.paymentAssets),
      exact({ kind: "known", value: row.badDebtAssets }),
      exact(row.lpLossAssets),
      badgeOf(row.reconciliation, state).text,
    ],
    party: row.manager,
    kind: "loss",
  }));
  const recoveries = report.ledger.recoveries.map((row) => ({
    row,
    cells: ["", "", "", "", exact({ kind: "known", value: row.assets }), "", ""],
    party: row.from,
    kind: "recovery",
  }));
  const rows = [...losses, ...recoveries]
    .sort((a, b) => (placeOf(a.row).order < placeOf(b.row).order ? -1 : 1))
    .map(({ row, cells, party, kind }) => [
      kind,
      `${row.blockNumber}`,
      `${row.logIndex}`,
      formatTimestamp(row.atSeconds),
      row.transactionHash,
      party,
      ...cells,
    ]);
  return { header, rows };
}
