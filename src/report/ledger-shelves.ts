import type { ChunkStore } from "@/chain/logs/store";
import type { BlockTotalsRead } from "@/chain/reads/block-totals";
import { bigintOfField, openShelf, type Shelf, type ShelfCodec } from "@/chain/reads/shelf";
import type { Rpc } from "@/chain/rpc/rpc";
import type { Address, Hex } from "@/domain/model";

/** Total assets and shares, as they are kept. */
interface KeptTotals {
  readonly totalAssets: bigint;
  readonly totalSupplyShares: bigint;
}

interface KeptEnd extends KeptTotals {
  readonly parentHash: Hex | undefined;
}

const HASH = /^0x[0-9a-f]{64}$/;

const END: ShelfCodec<KeptEnd> = {
  encode: ({ totalAssets, totalSupplyShares, parentHash }) => [
    totalAssets.toString(),
    totalSupplyShares.toString(),
    parentHash ?? "",
  ],
  decode: ([assets, supply, parent = ""]) => {
    const [totalAssets, totalSupplyShares] = [bigintOfField(assets), bigintOfField(supply)];
    if (totalAssets === undefined || totalSupplyShares === undefined) return undefined;
    if (parent !== "" && !HASH.test(parent)) return undefined;
    return { totalAssets, totalSupplyShares, parentHash: parent === "" ? undefined : (parent as Hex) };
  },
};

const START: ShelfCodec<KeptTotals> = {
  encode: ({ totalAssets, totalSupplyShares }) => [totalAssets.toString(), totalSupplyShares.toString()],
  decode: ([assets, supply]) => {
    const [totalAssets, totalSupplyShares] = [bigintOfField(assets), bigintOfField(supply)];
    return totalAssets === undefined || totalSupplyShares === undefined
      ? undefined
      : { totalAssets, totalSupplyShares };
  },
};

const AMOUNT: ShelfCodec<bigint> = {
  encode: (amount) => [amount.toString()],
  decode: ([amount]) => bigintOfField(amount),
};

/** What total assets would be if nothing had happened since an earlier block, as it is kept. */
export interface KeptUnmoved {
  readonly sinceBlock: bigint;
  readonly totalAssets: bigint;
}

const UNMOVED: ShelfCodec<KeptUnmoved> = {
  encode: ({ sinceBlock, totalAssets }) => [sinceBlock.toString(), totalAssets.toString()],
  decode: ([since, assets]) => {
    const [sinceBlock, totalAssets] = [bigintOfField(since), bigintOfField(assets)];
    return sinceBlock === undefined || totalAssets === undefined ? undefined : { sinceBlock, totalAssets };
  },
  variantOf: ({ sinceBlock }) => sinceBlock.toString(),
};

/** What is kept of a vault's past for its ledger, each kind apart: nothing that is kept is ever replaced. */
export interface LedgerShelves {
  readonly unmoved: Shelf<KeptUnmoved>;
  readonly ends: Shelf<KeptEnd>;
  readonly starts: Shelf<KeptTotals>;
  readonly shortfalls: Shelf<bigint>;
}

interface ShelvesRequest {
  readonly store: ChunkStore;
  readonly vault: Address;
  /** The chain turned out to be another one since: what is open is not to be believed. */
  readonly isChainNew: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Shelves that are open, by store: a page that follows the head reads the store and asks about its blocks once. */
const opened = new WeakMap<ChunkStore, Map<string, LedgerShelves>>();

/** The shelves of a vault, opened at the first call for a store. */
export async function openLedgerShelves(rpc: Rpc, request: ShelvesRequest): Promise<LedgerShelves> {
  const { store, vault, isChainNew, signal } = request;
  const byVault = opened.get(store) ?? new Map<string, LedgerShelves>();
  opened.set(store, byVault);
  const key = `${rpc.chainId.toString()}|${vault}`;
  const known = byVault.get(key);
  if (known !== undefined && !isChainNew) return known;
  const [ends, starts, unmoved, shortfalls] = await Promise.all([
    openShelf(rpc, { store, signal, name: ["ends", vault], codec: END }),
    openShelf(rpc, { store, signal, name: ["starts", vault], codec: START }),
    openShelf(rpc, { store, signal, name: ["unmoved", vault], codec: UNMOVED }),
    openShelf(rpc, { store, signal, name: ["shortfalls", vault], codec: AMOUNT }),
  ]);
  const shelves = { ends, starts, unmoved, shortfalls };
  byVault.set(key, shelves);
  return shelves;
}

/** Puts totals away, those of final blocks. */
export async function keepTotals(
  { ends, starts }: LedgerShelves,
  totals: readonly BlockTotalsRead[],
): Promise<void> {
  await ends.keep(totals.map((value) => ({ block: value.block, value })));
  await starts.keep(
    totals.flatMap(({ block, atStart }) => (atStart === undefined ? [] : [{ block, value: atStart }])),
  );
}

/** What is kept of the totals of a block. */
export function keptTotals({ ends, starts }: LedgerShelves, hash: Hex): BlockTotalsRead | undefined {
  const end = ends.get(hash);
  if (end === undefined) return undefined;
  return { block: end.block, ...end.value, atStart: starts.get(hash)?.value };
}
