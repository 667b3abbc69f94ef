import type { LossRow, RecoveryRow } from "@/domain/ledger";
import type { FallRow, FullLedger } from "@/domain/ledger-model";
import type { Address, Figure, SharePrice, VaultState } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger, formatSharePrice, formatTimestamp } from "@/shared/format";
import { formatMoney } from "@/shared/format-money";
import type { FigureText } from "@/ui/figures/figure-text";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { Tone } from "@/ui/tone";
import { type AnyRow, rowIdOf, rowIdText, rowsNewestFirst } from "./ledger-row-id";
import { badgeOfLoss, FALL_BADGE, RECOVERY_BADGE, type RowBadge } from "./reconciliation";

/** One line of the ledger: a loss, a fall without an event, or a recovery. */
export interface LedgerLine {
  /** The row's place, as an address names it. */
  readonly key: string;
  readonly kind: AnyRow["kind"];
  readonly order: bigint;
  /** What it is and how it is known. */
  readonly tag: { readonly tone: Tone; readonly text: string; readonly title: string };
  readonly block: string;
  readonly time: string;
  /** undefined for a fall, which no transaction is known for. */
  readonly transaction: string | undefined;
  /** The manager that was closed, or who paid the recovery. */
  readonly party: Address | undefined;
  readonly liquidator: Address | undefined;
  readonly trueDebt: FigureText | undefined;
  readonly value: FigureText | undefined;
  readonly payment: FigureText | undefined;
  /** Bad debt of a loss; the amount of a recovery. */
  readonly amount: FigureText | undefined;
  readonly lpLoss: FigureText | undefined;
  readonly priceBefore: FigureText;
  readonly priceAfter: FigureText;
  readonly badge: RowBadge;
}

/** The ledger that a report has by itself: what the vault's events say. */
export function eventLedgerOf(report: VaultReport): Pick<FullLedger, "events" | "falls"> {
  return { events: report.ledger, falls: [] };
}

/** Losses, falls and recoveries together, newest first. */
export function ledgerLines(
  ledger: Pick<FullLedger, "events" | "falls">,
  state: VaultState,
): readonly LedgerLine[] {
  return rowsNewestFirst(ledger).map((row) => lineOf(row, state));
}

function lineOf(row: AnyRow, state: VaultState): LedgerLine {
  const { blockNumber, logIndex } = rowIdOf(row);
  const place = {
    key: rowIdText(rowIdOf(row)),
    order: blockNumber * 1_000_000n + BigInt(logIndex),
    block: formatInteger(blockNumber),
  };
  switch (row.kind) {
    case "loss":
      return { ...place, ...lossLine(row.row, state) };
    case "fall":
      return { ...place, ...fallLine(row.row, state) };
    case "recovery":
      return { ...place, ...recoveryLine(row.row, state) };
  }
}

type Rest = Omit<LedgerLine, "key" | "order" | "block">;

const known = <Value>(value: Value): Figure<Value> => ({ kind: "known", value });

/** An amount as a column shows it; losses, debts and what paid them rounded upwards, what is there downwards. */
export function columnAmount(
  figure: Figure,
  { state, toward }: { readonly state: VaultState; readonly toward: "up" | "down" },
): FigureText {
  const { decimals } = state.asset;
  return toFigureText(figure, {
    text: (value) => formatMoney({ value, decimals, toward }),
    why: WHY_UNKNOWN,
  });
}

function lossLine(row: LossRow, state: VaultState): Rest {
  const down = (figure: Figure): FigureText => columnAmount(figure, { state, toward: "down" });
  const up = (figure: Figure): FigureText => columnAmount(figure, { state, toward: "up" });
  return {
    kind: "loss",
    tag: LOSS_TAG[row.source],
    time: formatTimestamp(row.atSeconds),
    transaction: row.transactionHash,
    party: row.manager,
    liquidator: row.liquidator,
    trueDebt: up(row.trueDebtAssets),
    value: down(row.positionValueAssets),
    payment: up(row.paymentAssets),
    amount: up(known(row.badDebtAssets)),
    lpLoss: up(row.lpLossAssets),
    priceBefore: priceFigure(row.priceBefore, state),
    priceAfter: priceFigure(row.priceAfter, state),
    badge: badgeOfLoss(row, state),
  };
}

function fallLine(row: FallRow, state: VaultState): Rest {
  return {
    kind: "fall",
    tag: state.flux === undefined ? SUSPECTED_TAG : FALL_TAG,
    time: formatTimestamp(row.to.timestampSeconds),
    transaction: undefined,
    party: undefined,
    liquidator: undefined,
    trueDebt: undefined,
    value: undefined,
    payment: undefined,
    amount: undefined,
    lpLoss: columnAmount(known(row.lpLossAssets), { state, toward: "up" }),
    priceBefore: priceFigure(known(row.priceBefore), state),
    priceAfter: priceFigure(known(row.priceAfter), state),
    badge: FALL_BADGE,
  };
}

function recoveryLine(row: RecoveryRow, state: VaultState): Rest {
  return {
    kind: "recovery",
    tag: RECOVERY_TAG,
    time: formatTimestamp(row.atSeconds),
    transaction: row.transactionHash,
    party: row.from,
    liquidator: undefined,
    trueDebt: undefined,
    value: undefined,
    payment: undefined,
    amount: columnAmount(known(row.assets), { state, toward: "down" }),
    lpLoss: undefined,
    priceBefore: priceFigure(known(row.priceBefore), state),
    priceAfter: priceFigure(known(row.priceAfter), state),
    badge: RECOVERY_BADGE,
  };
}

const LOSS_TAG: Readonly<Record<LossRow["source"], LedgerLine["tag"]>> = {
  event: {
    tone: "loss",
    text: "Loss",
    title: "Stated by the vault's own loss event, total assets before and after included.",
  },
  derived: {
    tone: "loss",
    text: "Loss, derived",
    title:
      "The vault stated the liquidation and its bad debt. What LPs lost follows from its total assets around it.",
  },
};

const FALL_TAG: LedgerLine["tag"] = {
  tone: "danger",
  text: "Unexplained fall",
  title: "The share price fell and no event of the vault says why.",
};

const SUSPECTED_TAG: LedgerLine["tag"] = {
  tone: "danger",
  text: "Suspected loss",
  title: "The share price fell. This vault publishes no losses, so nothing says why.",
};

const RECOVERY_TAG: LedgerLine["tag"] = {
  tone: "ok",
  text: "Recovery",
  title: "Money paid into the vault for all shares.",
};

/** Base assets for one whole share, eight digits, cut off. */
export function priceFigure(price: Figure<SharePrice>, state: VaultState): FigureText {
  return toFigureText(price, { text: (pair) => priceDigits(pair, state), why: WHY_UNKNOWN });
}

function priceDigits(pair: SharePrice, state: VaultState): string {
  return (
    formatSharePrice({
      ...pair,
      assetDecimals: state.asset.decimals,
      shareDecimals: state.shareDecimals,
      fractionDigits: 8,
    }) ?? "no shares"
  );
}
