import type { ChunkStore } from "@/chain/logs/store";
import { fetchConversion } from "@/chain/reads/conversion";
import { fetchFirstBlock } from "@/chain/reads/first-block";
import type { Rpc } from "@/chain/rpc/rpc";
import type { Conversion } from "@/domain/conversion";
import type { TotalsSample, VaultSnapshot } from "@/domain/model";
import type { VaultConfig } from "./config";

/** A snapshot whose virtual shares are what the vault's own conversion shows, and how sure that is. */
export interface ConvertedSnapshot {
  readonly snapshot: VaultSnapshot;
  readonly conversion: Conversion;
}

/**
 * Finds out how a vault that is not Flux converts, instead of taking its decimals' word for it. A rule that was proved
 * stays; one that was assumed is looked into again, since the price may have moved by now.
 */
export async function withConversion(
  rpc: Rpc,
  request: {
    readonly snapshot: VaultSnapshot;
    /** The newest last. */
    readonly samples: readonly TotalsSample[];
    readonly previous?: Conversion | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<ConvertedSnapshot> {
  const { snapshot, samples, previous, signal } = request;
  const { state } = snapshot;
  const conversion =
    previous !== undefined && previous.kind !== "assumed"
      ? previous
      : await fetchConversion(rpc, { vault: state.address, samples, guess: state.virtualShares, signal });
  const { virtualShares } = conversion;
  return { snapshot: { ...snapshot, state: { ...state, virtualShares } }, conversion };
}

const BLOCK = /^\d{1,20}$/;

/**
 * A vault that was opened by its address alone, with the block in which it was made: a scan from the chain's first block
 * would take hours. Where the endpoint does not keep the state to find it, the vault as it is.
 */
export async function withFirstBlock(
  rpc: Rpc,
  request: {
    readonly vault: VaultConfig;
    readonly head: bigint;
    readonly store: ChunkStore;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<VaultConfig> {
  const { vault, head, store, signal } = request;
  const key = `first-block|${rpc.chainId.toString()}|${vault.address}`;
  const note = await store.readNote(key);
  const guess = typeof note === "string" && BLOCK.test(note) ? BigInt(note) : undefined;
  const found = await fetchFirstBlock(rpc, { address: vault.address, head, guess, signal });
  // What was found once is believed where the state to check it is gone by now.
  const startBlock = found ?? guess;
  if (startBlock === undefined) return vault;
  if (startBlock !== guess) await store.writeNote(key, startBlock.toString());
  return { ...vault, startBlock };
}
