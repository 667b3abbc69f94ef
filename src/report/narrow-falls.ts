import { fetchUnderClocks } from "@/chain/reads/block-totals";
import { blockTimelinesOf } from "@/domain/block-timeline";
import { type FallSearch, searchFalls, type UnmovedRequest } from "@/domain/falls";
import type { BlockRef } from "@/domain/model";
import {
  headersOf,
  isFinal,
  type LedgerContext,
  type ReadingRound,
  readTotals,
  totalsInOrder,
} from "./ledger-context";

/** What was asked for so far: the search may go on naming what cannot be had. */
interface Asked {
  readonly blocks: Set<bigint>;
  readonly starts: Set<bigint>;
  readonly unmoved: Set<string>;
}

function search({ request, totals, unavailable }: LedgerContext): FallSearch {
  const { history, snapshot } = request.report;
  return searchFalls({
    timelines: blockTimelinesOf({ history, totals: totalsInOrder(totals) }),
    virtualShares: snapshot.state.virtualShares,
    isFlux: snapshot.state.flux !== undefined,
    unavailableBlocks: [...unavailable],
  });
}

const keyOf = ({ sinceBlock, atBlock }: UnmovedRequest): string => `${sinceBlock}:${atBlock}`;

/** What this search wants that was not asked for yet, noted as asked. */
function freshOf(
  found: FallSearch,
  asked: Asked,
): Pick<FallSearch, "readNext" | "readStarts" | "readUnmoved"> {
  const fresh = {
    readNext: found.readNext.filter((number) => !asked.blocks.has(number)),
    readStarts: found.readStarts.filter((number) => !asked.starts.has(number)),
    readUnmoved: found.readUnmoved.filter((one) => !asked.unmoved.has(keyOf(one))),
  };
  for (const number of fresh.readNext) asked.blocks.add(number);
  for (const number of fresh.readStarts) asked.starts.add(number);
  for (const one of fresh.readUnmoved) asked.unmoved.add(keyOf(one));
  return fresh;
}

/** Reads earlier states under later clocks, and puts them with the later blocks. */
async function readUnmoved(
  context: LedgerContext,
  wanted: readonly UnmovedRequest[],
  round: ReadingRound,
): Promise<void> {
  const { rpc, request, shelves, totals } = context;
  const held = new Map([...totals.values()].map((one) => [one.block.number, one.block]));
  let done = round.before;
  const put = (
    at: BlockRef,
    unmoved: { readonly sinceBlock: bigint; readonly totalAssets: bigint },
  ): void => {
    const one = totals.get(at.hash);
    if (one !== undefined) totals.set(at.hash, { ...one, unmoved });
  };
  const asked = wanted.flatMap(({ sinceBlock, atBlock }) => {
    const [state, clock] = [held.get(sinceBlock), held.get(atBlock)];
    if (state === undefined || clock === undefined) return [];
    const kept = shelves.unmoved.get(clock.hash, sinceBlock.toString())?.value;
    if (kept === undefined) return [{ state, clock }];
    put(clock, kept);
    done += 1;
    return [];
  });
  const { isClockRefused } = await fetchUnderClocks(rpc, {
    vault: request.report.config.address,
    asked,
    signal: request.signal,
    onRead: async (part) => {
      const found = part.flatMap(({ asked: { state, clock }, read }) =>
        read === undefined
          ? []
          : [{ block: clock, value: { sinceBlock: state.number, totalAssets: read.totalAssets } }],
      );
      for (const { block, value } of found) put(block, value);
      await shelves.unmoved.keep(found.filter(({ block }) => isFinal(request, block)));
      done += part.length;
      request.onProgress?.({ stage: "falls", doneBlocks: done, totalBlocks: round.total });
    },
  });
  context.isClockRefused ||= isClockRefused;
}

/**
 * Looks for falls that no event explains and narrows each down until it stands inside one block: the search says what
 * would tell more, that is read, and it searches again. Ends where nothing more can be learnt.
 */
export async function narrowFalls(context: LedgerContext): Promise<void> {
  const asked: Asked = { blocks: new Set(), starts: new Set(), unmoved: new Set() };
  let done = 0;
  for (;;) {
    const { readNext, readStarts, readUnmoved: unmoved } = freshOf(search(context), asked);
    const wanted = readNext.length + readStarts.length + unmoved.length;
    if (wanted === 0) return;
    const total = done + wanted;
    const held = new Map([...context.totals.values()].map(({ block }) => [block.number, block]));
    const refs = [
      ...(await headersOf(context, readNext)),
      ...readStarts.map((number) => held.get(number)).filter((block) => block !== undefined),
    ];
    const blocks = refs.map((block) => ({ block, isStartWanted: true }));
    await readTotals(context, blocks, { stage: "falls", before: done, total });
    await readUnmoved(context, unmoved, { stage: "falls", before: done + blocks.length, total });
    done = total;
  }
}
