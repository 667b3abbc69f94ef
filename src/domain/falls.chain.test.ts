/** Falls without an event against a vault from which assets really go, also fewer than its interest brings. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FallPlayed, playFalls } from "@/testing/fall-play";
import { stateOf } from "@/testing/vault-builders";
import { blockTimelinesOf } from "./block-timeline";
import { type FallSearch, searchFalls } from "./falls";
import { fullLedgerOf } from "./full-ledger";
import { ledgerOf } from "./ledger";
import { ledgerBlocksOf } from "./ledger-blocks";
import type { BlockTotals } from "./ledger-model";
import { sumOf } from "./math";

const SEEDS = [3, 11, 29] as const;

const lives: FallPlayed[] = [];

beforeAll(async () => {
  for (const seed of SEEDS) lives.push(await playFalls({ seed }));
});

afterAll(async () => {
  for (const { stop } of lives) await stop();
});

/** Reads what the search asks for until it asks for nothing more. */
async function searched(life: FallPlayed, { withUnmoved }: { readonly withUnmoved: boolean }) {
  const { history, read, readUnmoved } = life;
  const { ends, starts } = ledgerBlocksOf(history);
  const totals = new Map<bigint, BlockTotals>();
  for (const block of [...ends, history.toBlock]) {
    totals.set(block, await read(block, { isStartWanted: starts.includes(block) }));
  }
  let rounds = 0;
  for (;;) {
    const timelines = blockTimelinesOf({ history, totals: [...totals.values()] });
    const found: FallSearch = searchFalls({
      timelines,
      virtualShares: 1n,
      isFlux: true,
      unavailableBlocks: [],
    });
    const unmoved = withUnmoved ? found.readUnmoved : [];
    if (found.readNext.length + found.readStarts.length + unmoved.length === 0) {
      return { found, totals: [...totals.values()], rounds };
    }
    for (const block of [...found.readNext, ...found.readStarts]) {
      totals.set(block, {
        ...(await read(block, { isStartWanted: true })),
        unmoved: totals.get(block)?.unmoved,
      });
    }
    for (const request of unmoved) {
      const block = totals.get(request.atBlock);
      if (block !== undefined) totals.set(request.atBlock, { ...block, unmoved: await readUnmoved(request) });
    }
    rounds += 1;
    expect(rounds).toBeLessThan(60);
  }
}

describe("a fall without an event", () => {
  it("is found in its block and to the unit, also where interest hides it", async () => {
    let drains = 0;
    for (const life of lives) {
      const { found } = await searched(life, { withUnmoved: true });
      expect(
        found.rows.map(({ to, lpLossAssets }) => ({ blockNumber: to.number, assets: lpLossAssets })),
      ).toEqual(life.drains);
      for (const row of found.rows) {
        expect(row.isNarrow).toBe(true);
        expect(row.at).toEqual({ blockNumber: row.to.number, logIndex: -1 });
        expect(row.totalAssetsBefore - row.totalAssetsAfter).toBe(row.lpLossAssets);
      }
      expect(found.wide).toEqual([]);
      drains += life.drains.length;
    }
    expect(drains).toBeGreaterThan(15);
  });

  it("that is larger than the interest since is found without the earlier state under the later clock", async () => {
    let found = 0;
    let missed = 0;
    for (const life of lives) {
      const { rows } = (await searched(life, { withUnmoved: false })).found;
      for (const { to, lpLossAssets } of rows) {
        expect(life.drains).toContainEqual({ blockNumber: to.number, assets: lpLossAssets });
      }
      found += rows.length;
      missed += life.drains.length - rows.length;
    }
    expect(found).toBeGreaterThan(3);
    expect(missed).toBeGreaterThan(3);
  });

  it("is part of what LPs lost, and of no bad debt", async () => {
    for (const life of lives) {
      const { history } = life;
      const { totals } = await searched(life, { withUnmoved: true });
      const state = stateOf({ virtualShares: 1n });
      const ledger = ledgerOf({ history, state });
      const full = fullLedgerOf({
        history,
        state,
        ledger,
        samples: [],
        readings: { totals, unavailableBlocks: [] },
      });
      const taken = sumOf(life.drains.map(({ assets }) => assets));
      expect(full.totals.unexplainedLossAssets).toEqual({ kind: "known", value: taken });
      expect(full.totals.grossBadDebtAssets).toEqual(ledger.totals.grossBadDebtAssets);
      if (ledger.totals.lpLossAssets.kind === "unknown") throw new Error("the recorded loss is unknown");
      expect(full.totals.lpLossAssets).toEqual({
        kind: "known",
        value: ledger.totals.lpLossAssets.value + taken,
      });
    }
  });
});
