import type { Address, BlockRef, Hex } from "@/domain/model";
import type { PlainCall, TransactionIntent } from "./intent";
import type { Receipt } from "./machine";
import type { PendingStore } from "./pending-store";

/** Who is connected, and where. Two sessions are the same only if all three agree. */
export interface Session {
  readonly account: Address;
  readonly chainId: number;
  /** The wallet's identity within this page. */
  readonly walletId: string;
}

/** The connected wallet, reduced to what a transaction needs. Errors are whatever the wallet throws. */
export interface WalletPort {
  current(): Session | undefined;
  subscribe(listener: () => void): () => void;
  /** An EIP-1193 request to the connected wallet; never repeated by us. */
  request(call: { readonly method: string; readonly params: readonly unknown[] }): Promise<unknown>;
}

/** A transaction as a block or the pool shows it. `to` is undefined for a contract creation. */
export interface ChainTransaction {
  readonly hash: Hex;
  readonly from: Address;
  readonly to: Address | undefined;
  readonly data: Hex;
  readonly value: bigint;
  readonly nonce: bigint;
  readonly chainId: number | undefined;
  readonly blockNumber: bigint | undefined;
}

/** The chain through our own endpoints, reduced to what a transaction needs. Every method throws `ChainError`. */
export interface ChainPort {
  readonly chainId: number;
  head(): Promise<BlockRef>;
  /** undefined: the endpoint knows no such block. */
  blockHash(number: bigint): Promise<Hex | undefined>;
  /** keccak-256 of the code at the block; undefined where there is none. */
  codeHash(at: { readonly address: Address; readonly block: BlockRef }): Promise<Hex | undefined>;
  callAt(at: { readonly to: Address; readonly data: Hex; readonly block: BlockRef }): Promise<Hex>;
  simulate(at: {
    readonly from: Address;
    readonly call: PlainCall;
    readonly block: BlockRef;
  }): Promise<{ readonly gasUsed: bigint | undefined }>;
  /** How many transactions of the account are in the chain: at the head, or at the end of a block. */
  transactionCount(account: Address, atBlock?: bigint): Promise<bigint>;
  transaction(hash: Hex): Promise<ChainTransaction | undefined>;
  receipt(hash: Hex): Promise<Receipt | undefined>;
  transactionsIn(blockNumber: bigint): Promise<readonly ChainTransaction[]>;
}

/** New heads of one chain, at the pace at which the page looks for them. */
export interface HeadPort {
  /** Resolves with the next head after the call; rejects when aborted. */
  next(signal: AbortSignal): Promise<BlockRef>;
  /** A transaction was just sent: look a few times at a quicker pace than a block's. */
  hurry(): void;
}

/** Runs a job only if nobody on this origin, in this tab or another, holds the name. */
export interface LockPort {
  tryRun<T>(
    name: string,
    job: () => Promise<T>,
  ): Promise<{ readonly kind: "ran"; readonly value: T } | { readonly kind: "busy" }>;
}

/** What one transaction needs of the world around it. */
export interface FlowPorts {
  readonly chain: ChainPort;
  readonly wallet: WalletPort;
  readonly heads: HeadPort;
  readonly locks: LockPort;
  readonly store: PendingStore;
  /** Called once the effect is on the chain, with the query keys that are stale by it. */
  readonly invalidate: (keys: TransactionIntent["invalidates"]) => void;
}
