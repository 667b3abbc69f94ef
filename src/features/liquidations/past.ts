import { mapFigure } from "@/domain/figure";
import { ratioWadDown } from "@/domain/headline";
import { eventsOf, type VaultEventOf } from "@/domain/history";
import type { LossRow } from "@/domain/ledger";
import { mulDivDown, sumOf, WAD } from "@/domain/math";
import type { Address, AssetDescription, Figure } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import type { CsvTable } from "@/shared/csv";
import {
  formatAmount,
  formatExactAmount,
  formatInteger,
  formatRatio,
  formatRatioPercent,
  formatTimestamp,
} from "@/shared/format";

/** One liquidation that happened. */
export interface PastRow {
  readonly key: string;
  readonly order: bigint;
  readonly blockNumber: bigint;
  readonly block: string;
  readonly time: string;
  readonly transaction: string;
  readonly manager: Address;
  readonly liquidator: Address;
  readonly trueDebtAssets: bigint;
  readonly trueDebt: string;
  readonly valueAssets: bigint;
  readonly value: string;
  readonly paymentAssets: bigint;
  readonly payment: string;
  readonly badDebtAssets: bigint;
  readonly badDebt: string;
  /** What LPs lost; undefined where the vault does not say. */
  readonly lpLossAssets: bigint | undefined;
  readonly lpLoss: string | undefined;
  /** Payment over true debt, rounded down. */
  readonly recoveryWad: bigint;
  readonly recovery: string;
  /** Oracle value less payment: what the liquidator kept before slippage and gas. */
  readonly gain: string;
  readonly gainAssets: bigint;
}

type Liquidation = VaultEventOf<"liquidated">;
type PastInput = Pick<VaultReport, "history" | "ledger" | "snapshot">;

/** Every liquidation found, newest first. */
export function pastRowsOf(report: PastInput): readonly PastRow[] {
  const { asset } = report.snapshot.state;
  const losses = new Map(report.ledger.losses.map((loss) => [closingKey(loss), loss]));
  return eventsOf(report.history, "liquidated")
    .map((event) => pastRowOf({ event, loss: losses.get(closingKey(event)), asset }))
    .sort((a, b) => (a.order > b.order ? -1 : 1));
}

/** A manager can be closed once in a transaction. */
function closingKey(log: Pick<Liquidation, "transactionHash" | "manager">): string {
  return `${log.transactionHash}:${log.manager}`;
}

function pastRowOf(input: {
  readonly event: Liquidation;
  readonly loss: LossRow | undefined;
  readonly asset: AssetDescription;
}): PastRow {
  const { event, loss, asset } = input;
  const { decimals } = asset;
  const { trueDebtAssets, positionValueAssets: valueAssets, paymentAssets, badDebtAssets } = event;
  // A liquidation without a loss event cost the LPs nothing; one whose loss is not stated is not known.
  const lpLossAssets =
    loss === undefined ? (badDebtAssets === 0n ? 0n : undefined) : knownOf(loss.lpLossAssets);
  const recoveryWad =
    trueDebtAssets === 0n ? WAD : mulDivDown({ a: paymentAssets, b: WAD, denominator: trueDebtAssets });
  const gainAssets = valueAssets - paymentAssets;
  const down = (value: bigint): string => formatAmount({ value, decimals });
  const up = (value: bigint): string => formatAmount({ value, decimals, toward: "up" });
  return {
    key: `${event.blockNumber}:${event.logIndex}`,
    order: event.blockNumber * 1_000_000n + BigInt(event.logIndex),
    blockNumber: event.blockNumber,
    block: formatInteger(event.blockNumber),
    time: formatTimestamp(event.atSeconds),
    transaction: event.transactionHash,
    manager: event.manager,
    liquidator: event.liquidator,
    trueDebtAssets,
    trueDebt: up(trueDebtAssets),
    valueAssets,
    value: down(valueAssets),
    paymentAssets,
    payment: down(paymentAssets),
    badDebtAssets,
    badDebt: up(badDebtAssets),
    lpLossAssets,
    lpLoss: lpLossAssets === undefined ? undefined : up(lpLossAssets),
    recoveryWad,
    recovery: formatRatioPercent({ ratioWad: recoveryWad }),
    gainAssets,
    gain: down(gainAssets),
  };
}

function knownOf(figure: Figure): bigint | undefined {
  return figure.kind === "known" ? figure.value : undefined;
}

/** What all liquidations found came to. */
export interface PastSummary {
  readonly count: string;
  /** "from block 2, the vault's first" or that earlier ones are missing. */
  readonly span: string;
  readonly items: readonly {
    readonly id: string;
    readonly label: string;
    readonly value: string;
    readonly hint: string;
  }[];
}

/** The sums over the liquidations found; said to be of those found, since a history may begin late. */
export function pastSummaryOf(report: PastInput): PastSummary {
  const rows = pastRowsOf(report);
  const { history } = report;
  const { decimals, symbol } = report.snapshot.state.asset;
  const debt = sumOf(rows.map(({ trueDebtAssets }) => trueDebtAssets));
  const paid = sumOf(rows.map(({ paymentAssets }) => paymentAssets));
  const bad = sumOf(rows.map(({ badDebtAssets }) => badDebtAssets));
  const losing = rows.filter(({ badDebtAssets }) => badDebtAssets > 0n).length;
  const recovery = mapFigure(ratioWadDown({ part: paid, whole: debt, reason: "no-debt" }), (ratioWad) =>
    formatRatioPercent({ ratioWad }),
  );
  const since = formatInteger(history.fromBlock);
  const span = history.complete
    ? `since block ${since}, the vault's first`
    : `since block ${since}; earlier ones are not known`;
  const concentration = concentrationOf(rows);
  return {
    count: formatInteger(rows.length),
    span,
    items: [
      {
        id: "count",
        label: "Liquidations found",
        value: formatInteger(rows.length),
        hint: `${formatInteger(losing)} left bad debt, ${span}`,
      },
      {
        id: "paid",
        label: "Paid by liquidators",
        value: formatAmount({ value: paid, decimals, symbol }),
        hint: `for ${formatAmount({ value: debt, decimals, symbol, toward: "up" })} of true debt`,
      },
      {
        id: "recovery",
        label: "Recovery rate",
        value: recovery.kind === "known" ? recovery.value : "–",
        hint: "all payments over all true debt that was liquidated",
      },
      {
        id: "bad-debt",
        label: "Bad debt left",
        value: formatAmount({ value: bad, decimals, symbol, toward: "up" }),
        hint: "true debt less payment, over all of them",
      },
      ...(concentration === undefined ? [] : [concentration]),
    ],
  };
}

/** How much rests on few liquidators: the sum of squared shares of what was paid (Herfindahl), 1 = one alone. */
function concentrationOf(rows: readonly PastRow[]): PastSummary["items"][number] | undefined {
  const paidBy = new Map<Address, bigint>();
  for (const { liquidator, paymentAssets } of rows) {
    paidBy.set(liquidator, (paidBy.get(liquidator) ?? 0n) + paymentAssets);
  }
  const total = sumOf(paidBy.values());
  if (total === 0n) return undefined;
  const squares = sumOf([...paidBy.values()].map((paid) => paid * paid));
  const ratioWad = mulDivDown({ a: squares, b: WAD, denominator: total * total });
  return {
    id: "concentration",
    label: "Concentration of liquidators",
    value: formatRatio({ ratioWad, fractionDigits: 2, toward: "up" }),
    hint: `${formatInteger(paidBy.size)} liquidators; 1 means that one did it all`,
  };
}

/** The table as a file, with every digit. */
export function pastCsv(report: PastInput): CsvTable {
  const { decimals, symbol } = report.snapshot.state.asset;
  const exact = (value: bigint | undefined): string =>
    value === undefined ? "" : formatExactAmount({ value, decimals });
  return {
    header: [
      "block",
      "time",
      "transaction",
      "manager",
      "liquidator",
      `true debt (${symbol})`,
      `position value (${symbol})`,
      `payment (${symbol})`,
      `bad debt (${symbol})`,
      `LP loss (${symbol})`,
      "recovery rate (%)",
    ],
    rows: [...pastRowsOf(report)]
      .sort((a, b) => (a.order < b.order ? -1 : 1))
      .map((row) => [
        `${row.blockNumber}`,
        row.time,
        row.transaction,
        row.manager,
        row.liquidator,
        exact(row.trueDebtAssets),
        exact(row.valueAssets),
        exact(row.paymentAssets),
        exact(row.badDebtAssets),
        exact(row.lpLossAssets),
        formatExactAmount({ value: row.recoveryWad, decimals: 16 }),
      ]),
  };
}
