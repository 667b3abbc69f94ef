import type { Claims } from "@/domain/claims";
import type { FullLedger, LpStatement, StatementTotals } from "@/domain/ledger-model";
import type { LossShare } from "@/domain/loss-share";
import type { Address, BlockRef, Figure } from "@/domain/model";
import type { ShiftTotals } from "@/domain/shift-totals";
import type { VirtualTotals } from "@/domain/statement";
import type { UnrealisedPoint } from "@/report/load-unrealised";
import type { ChainError } from "../chain-error";

/** Whose avoided and inherited holes a ledger is read with: everybody's, or one address's, which needs far fewer old blocks. */
export type LedgerScope = Address | "everybody";

/** How far the reading of old totals has come. */
export interface LedgerProgress {
  readonly stage: "totals" | "falls" | "shortfalls" | "unrealised" | "computing";
  /** Blocks read so far, of those that are asked for; both zero while that is not known. */
  readonly doneBlocks: number;
  readonly totalBlocks: number;
}

/** How many old blocks must be read; what this browser keeps of an earlier visit is not read again. */
export interface LedgerCost {
  /** Blocks whose totals are asked for, at their end and mostly at their start. */
  readonly totals: number;
  /** Blocks before which every manager is read, to know the shortfall that was open when somebody came or left. */
  readonly shortfalls: number;
}

/** Why there is no ledger: the chain could not be read, or the computing beside the page could not be done. */
export type LedgerFault =
  | { readonly kind: "chain"; readonly error: ChainError }
  | {
      readonly kind: "worker";
      readonly reason: "not-supported" | "not-loaded" | "failed";
      readonly message: string;
    };

/**
 * Something of the ledger as a page shows it. The data stay while newer ones are computed, always with their own
 * block.
 */
export interface LedgerView<Data> {
  readonly data: Data | undefined;
  /** The block that the data are of. */
  readonly block: BlockRef | undefined;
  /** Whether that is the block of the report that the page shows. */
  readonly isCurrent: boolean;
  readonly cost: LedgerCost;
  readonly progress: LedgerProgress | undefined;
  readonly fault: LedgerFault | undefined;
  readonly isReading: boolean;
  /** The person stopped it, or it costs so much that it begins only when asked to; what was read is kept. */
  readonly isStopped: boolean;
  readonly stop: () => void;
  /** Begins, goes on after a stop, and tries again after a fault. */
  readonly resume: () => void;
}

/** One row of the full ledger: a loss and a recovery by their log, a fall by the block in which it was found. */
export interface LedgerRowId {
  readonly kind: "loss" | "fall" | "recovery";
  readonly blockNumber: bigint;
  /** −1 for a fall before the first log of its block. */
  readonly logIndex: number;
}

/** A row split over everybody who held shares at it, or why that cannot be known; undefined: no such row. */
export type LedgerRowShares = Figure<readonly LossShare[]> | undefined;

/** The ledger of a vault, without its splits, which are asked for row by row. */
export interface LedgerBook {
  readonly ledger: FullLedger;
  /** What those who left avoided and those who came inherited; undefined where it was not asked for. */
  readonly shifts: Figure<ShiftTotals> | undefined;
  /** What the shares that belong to nobody bore. */
  readonly virtual: VirtualTotals | undefined;
  /** No endpoint runs a call under another block's clock: falls inside blocks could not be looked for. */
  readonly isClockRefused: boolean;
}

export type LedgerBookView = LedgerView<LedgerBook>;
export type StatementView = LedgerView<LpStatement>;
/** Everybody who ever held shares, by address. */
export type LpTotalsView = LedgerView<readonly StatementTotals[]>;
export type LedgerRowSharesView = LedgerView<LedgerRowShares>;
export type ClaimsView = LedgerView<Figure<Claims>>;

/** The unrealised shortfall over time, read when asked for. */
export interface UnrealisedView {
  /** Of the blocks of the report's series as they were when it was read. */
  readonly points: readonly UnrealisedPoint[] | undefined;
  /** The newest block of the points. */
  readonly block: BlockRef | undefined;
  /** How many snapshots of old blocks it takes, what is kept of an earlier visit not counted. */
  readonly costBlocks: number;
  readonly progress: LedgerProgress | undefined;
  readonly fault: LedgerFault | undefined;
  readonly isReading: boolean;
  readonly read: () => void;
  readonly stop: () => void;
}
