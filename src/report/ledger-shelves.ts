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
};

/** What is kept of a vault's past for its ledger, each kind apart: nothing that is kept is ever replaced. */
export interface LedgerShelves {
  readonly unmoved: Shelf<KeptUnmoved>;
  readonly ends: Shelf<KeptEnd>;
  readonly starts: Shelf<KeptTotals>;
  readonly shortfalls: Shelf<bigint>;
}

export async function openLedgerShelves(
  rpc: Rpc,
  request: { readonly store: ChunkStore; readonly vault: Address; readonly signal?: AbortSignal | undefined },
): Promise<LedgerShelves> {
  const { store, vault, signal } = request;
  const [ends, starts, unmoved, shortfalls] = await Promise.all([
    openShelf(rpc, { store, signal, name: ["ends", vault], codec: END }),
    openShelf(rpc, { store, signal, name: ["starts", vault], codec: START }),
    openShelf(rpc, { store, signal, name: ["unmoved", vault], codec: UNMOVED }),
    openShelf(rpc, { store, signal, name: ["shortfalls", vault], codec: AMOUNT }),
  ]);
  return { ends, starts, unmoved, shortfalls };
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
