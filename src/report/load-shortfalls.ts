import { fetchHeaders } from "@/chain/reads/headers";
import { fetchPastSnapshot, readNewestFirst } from "@/chain/reads/past-snapshots";
import { keepingInParts, type Shelf } from "@/chain/reads/shelf";
import type { Rpc } from "@/chain/rpc/rpc";
import { completeSnapshotOf } from "@/domain/complete";
import { known, unknown } from "@/domain/figure";
import { unrealisedOf } from "@/domain/headline";
import type { LedgerReadings, OpenShortfall } from "@/domain/ledger-model";
import { compareBigint } from "@/domain/math";
import type { Address, BlockRef, Figure, VaultSnapshot } from "@/domain/model";
import { coalesced } from "./coalesce";
import type { LedgerReadRequest } from "./ledger-context";
import type { VaultReport } from "./vault-report";

/** What LPs would lose at a snapshot if everything that can be liquidated were closed there. */
export function openLpLossOf(snapshot: VaultSnapshot): Figure {
  const completeness = completeSnapshotOf(snapshot);
  switch (completeness.kind) {
    case "complete":
      return unrealisedOf(completeness.snapshot).unrealisedLpLossAssets;
    case "incomplete":
      return unknown("snapshot-incomplete");
    case "not-published":
      return unknown("not-published");
  }
}

/** Managers that had appeared by the end of a block, and those that the configuration names. */
export function managersUpTo({ history, config }: VaultReport): (blockNumber: bigint) => readonly Address[] {
  const firsts = new Map<Address, bigint>();
  for (const event of history.vault) {
    if (!("manager" in event)) continue;
    const before = firsts.get(event.manager);
    if (before === undefined || event.blockNumber < before) firsts.set(event.manager, event.blockNumber);
  }
  return (blockNumber) => [
    ...new Set([
      ...[...firsts].filter(([, first]) => first <= blockNumber).map(([manager]) => manager),
      ...config.managers,
    ]),
  ];
}

/** The first block in which anything was lent: before it nothing can be short. Undefined without a whole history. */
export function firstLoanOf({ history }: VaultReport): bigint | undefined {
  if (!history.complete) return undefined;
  return history.vault.find(({ kind }) => kind === "borrowed")?.blockNumber ?? history.toBlock + 1n;
}

interface ShortfallsRequest {
  readonly request: LedgerReadRequest;
  /** Blocks in which somebody came or left. */
  readonly blocks: readonly bigint[];
  readonly refs: ReadonlyMap<bigint, BlockRef>;
  readonly shelf: Shelf<bigint>;
}

/**
 * The open LP loss at the parent of each block: what somebody who came in that block took on, and who left escaped.
 * One snapshot of all managers a block. Unknown "archive-unavailable" where the parent's state is gone, and
 * "snapshot-incomplete" where not every manager of the time could be read.
 */
export async function loadOpenShortfalls(
  rpc: Rpc,
  { request, blocks, refs, shelf }: ShortfallsRequest,
): Promise<readonly OpenShortfall[]> {
  const { report, signal, onProgress, previous } = request;
  const { config, history, snapshot, finalised } = report;
  if (snapshot.state.flux === undefined) {
    return blocks.map((blockNumber) => ({ blockNumber, openLpLossAssets: unknown("not-published") }));
  }
  const found = new Map<bigint, Figure>();
  const firstLoan = firstLoanOf(report);
  const before = stillKnown(previous, refs);
  const wanted: BlockRef[] = [];
  for (const number of blocks) {
    const block = refs.get(number);
    if (block === undefined) continue;
    // The parent counts: a loan in the block itself comes too late.
    const isBeforeLoans = firstLoan !== undefined && number <= firstLoan;
    const kept = isBeforeLoans ? 0n : (shelf.get(block.hash)?.value ?? before.get(number));
    if (kept === undefined) wanted.push(block);
    else found.set(number, known(kept));
  }
  const say = (): void =>
    onProgress?.({ stage: "shortfalls", doneBlocks: found.size, totalBlocks: blocks.length });
  say();
  const headers = await fetchHeaders(rpc, { blocks: wanted.map(({ number }) => number - 1n), signal });
  const parents = new Map(headers.map((header) => [header.number + 1n, header]));
  const managers = managersUpTo(report);
  const keeping = keepingInParts(shelf);
  // Blocks that are read at the same time ask in one request.
  const together = coalesced(rpc, { signal });
  const reading = readNewestFirst(wanted, {
    blockOf: (block) => block,
    read: async (block) => {
      const parent = parents.get(block.number);
      if (parent === undefined) return undefined;
      const { rung } = snapshot;
      const request = { vault: config.address, managers: managers(parent.number), block: parent, signal };
      return fetchPastSnapshot(together, { ...request, rung });
    },
    onRead: async (block, past) => {
      const figure = past === undefined ? unknown("archive-unavailable") : openLpLossOf(past);
      found.set(block.number, figure);
      const isFinal = finalised !== undefined && block.number <= finalised;
      // With a partial history managers may be missing, and a later reading would know better.
      if (figure.kind === "known" && isFinal && history.complete) {
        await keeping.add({ block, value: figure.value });
      }
      say();
    },
  });
  try {
    await reading;
  } finally {
    // Also what had arrived before a failure or a cancellation is kept.
    await keeping.flush();
  }
  return blocks.toSorted(compareBigint).map((blockNumber) => ({
    blockNumber,
    openLpLossAssets: found.get(blockNumber) ?? unknown("archive-unavailable"),
  }));
}

/** What an earlier reading knows of blocks that are still part of this history. */
function stillKnown(
  previous: LedgerReadings | undefined,
  refs: ReadonlyMap<bigint, BlockRef>,
): ReadonlyMap<bigint, bigint> {
  const standing = new Set(
    (previous?.totals ?? [])
      .filter(({ block }) => refs.get(block.number)?.hash === block.hash)
      .map(({ block }) => block.number),
  );
  return new Map(
    (previous?.openShortfalls ?? []).flatMap(({ blockNumber, openLpLossAssets }) =>
      standing.has(blockNumber) && openLpLossAssets.kind === "known"
        ? [[blockNumber, openLpLossAssets.value] as const]
        : [],
    ),
  );
}
