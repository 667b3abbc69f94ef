import type { Address, BlockRef } from "@/domain/model";
import type { Round } from "@/domain/risk/rounds";
import { uintAt } from "../bytes";
import { encodeView, FEED_VIEWS } from "../flux/views";
import type { Rpc } from "../rpc/rpc";
import { ethCall, viewResultOf } from "./call";

export interface RoundsRequest {
  readonly feed: Address;
  readonly block: BlockRef;
  /** No older rounds than this are asked for. */
  readonly sinceSeconds: bigint;
  /** At most so many rounds, the newest ones. */
  readonly most: number;
  readonly signal?: AbortSignal | undefined;
}

/** The past of a feed as far as it was read. */
export interface RoundsRead {
  /** Ascending in time, each round once. */
  readonly rounds: readonly Round[];
  /** Why nothing older was read: the span asked for is covered, the feed has no older round, or enough is enough. */
  readonly end: "covered" | "first-round" | "limit";
}

const ROUNDS_A_BATCH = 100;
const SIGN_BIT = 1n << 255n;
const MODULUS = 1n << 256n;

interface RawRound extends Round {
  readonly id: bigint;
}

function roundOf(value: `0x${string}` | undefined): RawRound | undefined {
  if (value === undefined) return undefined;
  const [id, answer, updatedAt] = [uintAt(value, 0), uintAt(value, 1), uintAt(value, 3)];
  if (id === undefined || answer === undefined || updatedAt === undefined || updatedAt === 0n)
    return undefined;
  return { id, answer: answer >= SIGN_BIT ? answer - MODULUS : answer, atSeconds: updatedAt };
}

/**
 * A feed's own rounds at one block, from the newest back in time. Round numbers count down by one; a feed whose number
 * carries a phase in its upper bits (Chainlink's proxies) ends at the first round of its newest phase. A round that the
 * feed does not have ends the walk: what is missing in between cannot be told from the beginning.
 *
 * Cost: one call a round, a hundred to a request.
 */
export async function fetchRounds(rpc: Rpc, request: RoundsRequest): Promise<RoundsRead> {
  const { feed, block, sinceSeconds, most, signal } = request;
  const [latest] = await rpc.batch(
    [ethCall({ to: feed, data: encodeView(FEED_VIEWS.latestRoundData) }, block)],
    {
      signal,
    },
  );
  const newest = roundOf(latest === undefined ? undefined : viewResultOf(latest));
  if (newest === undefined) return { rounds: [], end: "first-round" };
  const rounds: RawRound[] = [newest];
  const end = await walkBack(rounds);
  rounds.reverse();
  return { rounds: rounds.map(({ answer, atSeconds }) => ({ answer, atSeconds })), end };

  /** Adds older rounds until there is a reason to stop. */
  async function walkBack(found: RawRound[]): Promise<RoundsRead["end"]> {
    for (;;) {
      const oldest = found.at(-1);
      if (oldest === undefined || oldest.atSeconds < sinceSeconds) return "covered";
      if (found.length >= most) return "limit";
      const ids = idsBefore(oldest.id, Math.min(ROUNDS_A_BATCH, most - found.length));
      if (ids.length === 0) return "first-round";
      const answers = await rpc.batch(
        ids.map((id) => ethCall({ to: feed, data: encodeView(FEED_VIEWS.getRoundData, [id]) }, block)),
        { signal },
      );
      for (const answer of answers) {
        const round = roundOf(viewResultOf(answer));
        if (round === undefined) return "first-round";
        found.push(round);
        if (round.atSeconds < sinceSeconds) return "covered";
      }
    }
  }
}

/** Up to `count` round numbers below one, downwards; zero is no round. */
function idsBefore(id: bigint, count: number): readonly bigint[] {
  const ids: bigint[] = [];
  for (let next = id - 1n; next > 0n && ids.length < count; next -= 1n) ids.push(next);
  return ids;
}
