import type { Ledger } from "./ledger";
import type { LogPosition } from "./log-order";
import type { LossShare } from "./loss-share";
import type { Address, BlockRef, Figure, LogRef, SharePrice } from "./model";

/**
 * The words of the whole ledger: what needs more than the vault's own events. Units as in `model.ts`.
 *
 * The ledger of `ledger.ts` is made of events alone and stands at once. This one is made of the same events and of
 * the vault's totals at past blocks (`LedgerReadings`): with them losses without an event are found, every share
 * price is known at its log, and each LP's life in the vault adds up.
 */

/** A vault's totals around one block. */
export interface BlockTotals {
  readonly block: BlockRef;
  /** At the end of the block. */
  readonly totalAssets: bigint;
  readonly totalSupplyShares: bigint;
  /**
   * What the block's first transaction found: the parent's state under this block's clock. Undefined where it was
   * not needed, or where the endpoint cannot set the clock of a call.
   */
  readonly atStart: { readonly totalAssets: bigint; readonly totalSupplyShares: bigint } | undefined;
  /**
   * What total assets would be under this block's clock if nothing had happened since an earlier block: the state at
   * the end of that block under this block's clock. Where the start is lower, something went that interest would have
   * hidden. Undefined where it was not read.
   */
  readonly unmoved?: { readonly sinceBlock: bigint; readonly totalAssets: bigint } | undefined;
}

/** U_LP just before a block in which somebody came or left: at its parent, unknown without old state. */
export interface OpenShortfall {
  /** The block in which shares were minted or burned, not its parent. */
  readonly blockNumber: bigint;
  readonly openLpLossAssets: Figure;
}

/** What was read of the past to complete a ledger. */
export interface LedgerReadings {
  /** Ascending by block, each once. */
  readonly totals: readonly BlockTotals[];
  /** Blocks that were asked for and that the endpoint does not keep. */
  readonly unavailableBlocks: readonly bigint[];
  /** Ascending by block; a block that is missing was not asked for. */
  readonly openShortfalls: readonly OpenShortfall[];
}

/** Exact share prices around a log, as pairs; never interpolated, unknown where the state was not read. */
export interface LogPrices {
  /** Just before the action that wrote the log at this position (its mint or burn included in the action). */
  readonly before: (at: LogPosition) => Figure<SharePrice>;
  /** Just after that action. */
  readonly after: (at: LogPosition) => Figure<SharePrice>;
}

/** A fall of the share price that no event explains. */
export interface FallRow {
  /** The last block at which the price stood higher. */
  readonly from: BlockRef;
  /** The first block at which it had fallen; the next one after `from` where the fall could be narrowed down. */
  readonly to: BlockRef;
  /** Where holdings count: before the first log of `to` (log index −1), since no log says where in it. */
  readonly at: LogPosition;
  /** Total assets before the fall, under the clock of `to` where that could be read. */
  readonly totalAssetsBefore: bigint;
  /** Total assets after it, with everything that the block's own events moved taken back. */
  readonly totalAssetsAfter: bigint;
  readonly totalSupplyShares: bigint;
  /** Before less after. */
  readonly lpLossAssets: bigint;
  readonly priceBefore: SharePrice;
  readonly priceAfter: SharePrice;
  /** Whether `from` is the parent of `to`. */
  readonly isNarrow: boolean;
}

/** The ledger with everything that can be known: events, derived losses, unexplained falls. */
export interface FullLedger {
  /** As in the ledger of events, derived rows completed from the readings where possible. */
  readonly events: Ledger;
  /** In the order of the chain. */
  readonly falls: readonly FallRow[];
  readonly totals: FullLedgerTotals;
  /** Whether falls were looked for at every block that matters; otherwise "none found" is not "none". */
  readonly fallsSearched: Figure<{ readonly blocks: number }>;
}

export interface FullLedgerTotals {
  /** Recorded by liquidations. */
  readonly grossBadDebtAssets: Figure;
  /** LP loss of recorded and derived losses. */
  readonly recordedLpLossAssets: Figure;
  /** LP loss of the unexplained falls. */
  readonly unexplainedLossAssets: Figure;
  /** Both together: the sum of every row. */
  readonly lpLossAssets: Figure;
  readonly recoveredAssets: Figure;
  /** LP loss less recoveries. */
  readonly netLossAssets: Figure;
}

export type StatementKind =
  | "deposit"
  | "withdrawal"
  | "transfer-in"
  | "transfer-out"
  | "loss"
  | "fall"
  | "recovery";

/** One line of an LP's statement: something that happened to its shares or to their value at one log. */
export interface StatementLine {
  readonly kind: StatementKind;
  readonly at: LogPosition;
  readonly atSeconds: bigint;
  /** Undefined for a fall that no log explains. */
  readonly transactionHash: LogRef["transactionHash"] | undefined;
  readonly blockHash: BlockRef["hash"];
  /**
   * The other side of a transfer (the zero address for shares minted or burned without money); who paid a deposit or
   * received a withdrawal if it was somebody else; the manager of a loss; who paid a recovery.
   */
  readonly counterparty: Address | undefined;
  /** Signed: what the line did to the LP's shares. Zero for losses and recoveries. */
  readonly sharesChange: bigint;
  /** Held after the line. */
  readonly sharesAfter: bigint;
  /**
   * Positive amount in the base asset: what was paid in or out, the value of transferred shares (rounded down at the
   * price of that log), the part of a loss, fall or recovery.
   */
  readonly amountAssets: Figure;
  /** Value gained since the line before it by holding: from price to price, each value rounded down. */
  readonly interestAssets: Figure;
  /** What integer rounding did at this line: value after less (value before and amount). */
  readonly roundingAssets: Figure;
  readonly priceBefore: Figure<SharePrice>;
  readonly priceAfter: Figure<SharePrice>;
  /** Withdrawals: avoided; deposits: inherited (shares x U_LP at the parent block / shares that bear it, down). */
  readonly shiftAssets: Figure | undefined;
}

/** One LP's life in a vault as sums; base-asset units, all positive except interest and rounding. */
export interface StatementTotals {
  readonly address: Address;
  readonly shares: bigint;
  readonly valueAssets: Figure;
  readonly depositedAssets: bigint;
  readonly withdrawnAssets: bigint;
  readonly transferredInAssets: Figure;
  readonly transferredOutAssets: Figure;
  readonly interestAssets: Figure;
  readonly lossesAssets: Figure;
  readonly recoveriesAssets: Figure;
  /** Sum of the lines' rounding. */
  readonly roundingAssets: Figure;
  /**
   * value − (deposited − withdrawn + transferred in − out + interest − losses + recoveries + rounding). Zero, or the
   * replay is wrong.
   */
  readonly residualAssets: Figure;
  readonly avoidedAssets: Figure;
  readonly inheritedAssets: Figure;
}

export interface LpStatement extends StatementTotals {
  /** In the order of the chain. */
  readonly lines: readonly StatementLine[];
  /** Gained by holding since the last line; with the lines' interest it is the whole interest. */
  readonly interestAfterLastLineAssets: Figure;
}

/** One row of the full ledger, split over everybody who held shares at it. */
export interface SplitOf<Row> {
  readonly row: Row;
  readonly shares: Figure<readonly LossShare[]>;
}
