import { fetchRounds, type RoundsRead } from "@/chain/reads/rounds";
import type { Rpc } from "@/chain/rpc/rpc";
import type { Address } from "@/domain/model";
import type { RiskBook } from "@/domain/risk/model";

/** How far back the feeds' own rounds are read. */
const SPAN_SECONDS = 180n * 86_400n;
/** Rounds a feed; an hourly feed fills half a year with 4,320. */
const MOST_ROUNDS = 5_000;

export interface RoundsProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * The past answers of every market feed that prices a book, at the book's block, one feed after the other. An asset
 * whose price comes from elsewhere is left out.
 *
 * @throws ChainError as the read; `aborted` when the signal fires.
 */
export async function loadRounds(
  rpc: Rpc,
  request: {
    readonly book: Pick<RiskBook, "assets" | "state">;
    readonly signal?: AbortSignal | undefined;
    readonly onProgress?: ((progress: RoundsProgress) => void) | undefined;
  },
): Promise<ReadonlyMap<Address, RoundsRead>> {
  const { book, signal, onProgress } = request;
  const { block } = book.state;
  const feeds = [...book.assets.values()].flatMap(({ address, source }) =>
    source.kind === "market" ? [{ address, feed: source.feed }] : [],
  );
  const found = new Map<Address, RoundsRead>();
  for (const [done, { address, feed }] of feeds.entries()) {
    onProgress?.({ done, total: feeds.length });
    const sinceSeconds = block.timestampSeconds - SPAN_SECONDS;
    found.set(address, await fetchRounds(rpc, { feed, block, sinceSeconds, most: MOST_ROUNDS, signal }));
  }
  return found;
}
