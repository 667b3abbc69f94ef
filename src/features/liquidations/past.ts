import { eventsOf, type VaultEventOf } from "@/domain/history";
import type { LossRow } from "@/domain/ledger";
import { mulDivDown, WAD } from "@/domain/math";
import type { Address, AssetDescription, Figure } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import type { CsvTable } from "@/shared/csv";
import { formatExactAmount, formatInteger, formatRatioPercent, formatTimestamp } from "@/shared/format";
import { formatHeld, formatOwed } from "@/shared/format-money";

/** One liquidation that happened. */
export interface PastRow {
  readonly key: string;
  readonly order: bigint;
  readonly blockNumber: bigint;
  readonly logIndex: number;
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
/** What past liquidations are read from. */
export type PastInput = Pick<VaultReport, "history" | "ledger" | "snapshot">;

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
  const { trueDebtAssets, positionValueAssets: valueAssets, paymentAssets, badDebtAssets } = event;
  // A liquidation without a loss event cost the LPs nothing; one whose loss is not stated is not known.
  const lpLossAssets =
    loss === undefined ? (badDebtAssets === 0n ? 0n : undefined) : knownOf(loss.lpLossAssets);
  const recoveryWad =
    trueDebtAssets === 0n ? WAD : mulDivDown({ a: paymentAssets, b: WAD, denominator: trueDebtAssets });
  const gainAssets = valueAssets - paymentAssets;
  const { decimals } = asset;
  const held = (value: bigint): string => formatHeld({ value, decimals });
  const owed = (value: bigint): string => formatOwed({ value, decimals });
  return {
    key: `${event.blockNumber}:${event.logIndex}`,
    order: event.blockNumber * 1_000_000n + BigInt(event.logIndex),
    blockNumber: event.blockNumber,
    logIndex: event.logIndex,
    block: formatInteger(event.blockNumber),
    time: formatTimestamp(event.atSeconds),
    transaction: event.transactionHash,
    manager: event.manager,
    liquidator: event.liquidator,
    trueDebtAssets,
    trueDebt: owed(trueDebtAssets),
    valueAssets,
    value: held(valueAssets),
    paymentAssets,
    payment: owed(paymentAssets),
    badDebtAssets,
    badDebt: owed(badDebtAssets),
    lpLossAssets,
    lpLoss: lpLossAssets === undefined ? undefined : owed(lpLossAssets),
    recoveryWad,
    recovery: formatRatioPercent({ ratioWad: recoveryWad }),
    gainAssets,
    gain: held(gainAssets),
  };
}

function knownOf(figure: Figure): bigint | undefined {
  return figure.kind === "known" ? figure.value : undefined;
}

/** The table as a file, with every digit, oldest first. */
export function pastCsv(report: PastInput): CsvTable {
  const { asset, chainId, address } = report.snapshot.state;
  const { decimals, symbol } = asset;
  const exact = (value: bigint): string => formatExactAmount({ value, decimals });
  return {
    header: [
      "chain_id",
      "vault",
      "block",
      "log_index",
      "time",
      "transaction",
      "manager",
      "liquidator",
      `true_debt_${symbol}`,
      `position_value_${symbol}`,
      `payment_${symbol}`,
      `bad_debt_${symbol}`,
      `lp_loss_${symbol}`,
      "recovery_ratio",
    ],
    rows: [...pastRowsOf(report)]
      .sort((a, b) => (a.order < b.order ? -1 : 1))
      .map((row) => [
        chainId.toString(),
        address,
        row.blockNumber.toString(),
        row.logIndex.toString(),
        row.time,
        row.transaction,
        row.manager,
        row.liquidator,
        exact(row.trueDebtAssets),
        exact(row.valueAssets),
        exact(row.paymentAssets),
        exact(row.badDebtAssets),
        row.lpLossAssets === undefined ? "unknown (not-published)" : exact(row.lpLossAssets),
        formatExactAmount({ value: row.recoveryWad, decimals: 18 }),
      ]),
  };
}
