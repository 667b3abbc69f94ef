import { fetchConversion } from "@/chain/reads/conversion";
import type { Rpc } from "@/chain/rpc/rpc";
import type { Conversion } from "@/domain/conversion";
import type { TotalsSample, VaultSnapshot } from "@/domain/model";

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
