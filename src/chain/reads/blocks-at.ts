import { compareBigint } from "@/domain/math";
import type { BlockRef } from "@/domain/model";
import type { Rpc } from "../rpc/rpc";
import { fetchHeaders } from "./headers";

export interface BlocksAtRequest {
  /** Unix times, each after the first known block's and not after the last one's. */
  readonly moments: readonly bigint[];
  /** Blocks whose time is known: the more there are, the fewer are asked for. At least two. */
  readonly known: readonly BlockRef[];
  readonly signal?: AbortSignal | undefined;
}

/** Enough to halve any chain down to one block. */
const MOST_TURNS = 64;

/** The last known block before a moment and the first one not before it. */
function around(known: readonly BlockRef[], moment: bigint): { before?: BlockRef; after?: BlockRef } {
  let low = 0;
  let high = known.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((known[middle]?.timestampSeconds ?? 0n) < moment) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [known[low - 1], known[low]];
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

/**
 * Blocks to look at between two that are not neighbours, the better one first: by proportion, since blocks come evenly
 * nearly everywhere, and by halves in every other turn, for where they do not.
 */
function guessesBetween(
  { before, after }: { readonly before?: BlockRef; readonly after?: BlockRef },
  { moment, turn }: { readonly moment: bigint; readonly turn: number },
): readonly bigint[] {
  if (before === undefined || after === undefined) return [];
  const width = after.number - before.number;
  if (width <= 1n) return [];
  const seconds = after.timestampSeconds - before.timestampSeconds;
  const share = seconds <= 0n ? 1n : ((moment - before.timestampSeconds) * width) / seconds;
  const inside = share < 1n ? 1n : share >= width ? width - 1n : share;
  const [proportion, half] = [before.number + inside, before.number + width / 2n];
  return turn % 2 === 0 ? [proportion, half] : [half, proportion];
}

/**
 * For each moment the first block that is not before it: the block in which something with that time was written. All
 * moments are searched side by side, a batch of headers a turn. A moment outside the known blocks, or whose headers an
 * endpoint does not have, is left out.
 */
export async function fetchBlocksAt(
  rpc: Rpc,
  { moments, known, signal }: BlocksAtRequest,
): Promise<ReadonlyMap<bigint, BlockRef>> {
  const byNumber = new Map(known.map((block) => [block.number, block]));
  const asked = new Set<bigint>();
  let ordered = [...byNumber.values()].sort((a, b) => compareBigint(a.number, b.number));
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const wanted = new Set<bigint>();
    for (const moment of moments) {
      // One that was asked for and is still unknown is not to be had: the other one may lead around it.
      const guess = guessesBetween(around(ordered, moment), { moment, turn }).find((one) => !asked.has(one));
      if (guess !== undefined) wanted.add(guess);
    }
    if (wanted.size === 0) break;
    for (const number of wanted) asked.add(number);
    for (const header of await fetchHeaders(rpc, { blocks: [...wanted], signal })) {
      byNumber.set(header.number, header);
    }
    ordered = [...byNumber.values()].sort((a, b) => compareBigint(a.number, b.number));
  }
  const found = new Map<bigint, BlockRef>();
  for (const moment of moments) {
    const { before, after } = around(ordered, moment);
    if (before !== undefined && after !== undefined && after.number - before.number === 1n) {
      found.set(moment, after);
    }
  }
  return found;
}
