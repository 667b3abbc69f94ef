// @vitest-environment node
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ChunkStore, memoryStore } from "@/chain/logs/store";
import { createRpc } from "@/chain/rpc/client";
import { systemEnvironment } from "@/chain/rpc/environment";
import type { Rpc } from "@/chain/rpc/rpc";
import { known, unknown } from "@/domain/figure";
import { statementOf, statementTotalsOf } from "@/domain/statement";
import { type Devnet, startDevnet } from "../../devnet/start";
import { parseConfig, type VaultConfig } from "./config";
import type { LedgerReadProgress } from "./ledger-context";
import { assembleLedgerReport } from "./ledger-report";
import { loadVaultReport } from "./load";
import { loadLedgerReadings } from "./load-ledger";
import { assembleReport, type VaultReport } from "./vault-report";

let devnet: Devnet;
let rpc: Rpc;
let vault: VaultConfig;
let report: VaultReport;

beforeAll(async () => {
  devnet = await startDevnet({ scenarios: ["core"], fixedTime: true });
  const parsed = parseConfig(devnet.config);
  const [core] = parsed.ok ? parsed.config.vaults : [];
  if (core === undefined) throw new Error("the devnet's configuration is valid");
  vault = core;
  rpc = createRpc({ chainId: devnet.chainId, endpoints: [devnet.rpcUrl] });
  report = final(await loadVaultReport(rpc, { vault, store: memoryStore() }));
});

afterAll(() => devnet?.stop());

/** The report as if everything were final, which a young chain never says: then everything is kept. */
function final(loaded: VaultReport): VaultReport {
  return { ...loaded, finalised: loaded.snapshot.state.block.number };
}

interface Body {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** The chain through an endpoint that refuses some calls as a node does that no longer has the state. */
function endpointWithout(isGone: (body: Body) => boolean): Rpc {
  const system = systemEnvironment();
  return createRpc({
    chainId: devnet.chainId,
    endpoints: [devnet.rpcUrl],
    limits: { backoffBaseMs: 1, backoffCapMs: 2 },
    environment: {
      ...system,
      fetch: async (url, init) => {
        const parsed = JSON.parse(init.body) as Body | Body[];
        const bodies = [parsed].flat();
        const passed = bodies.filter((body) => !isGone(body));
        const response =
          passed.length === 0
            ? undefined
            : await system.fetch(url, {
                ...init,
                body: JSON.stringify(Array.isArray(parsed) ? passed : parsed),
              });
        const answers = response === undefined ? [] : [(await response.json()) as { id: number }].flat();
        const byId = new Map(answers.map((answer) => [answer.id, answer]));
        const all = bodies.map(
          ({ id }) =>
            byId.get(id) ?? { jsonrpc: "2.0", id, error: { code: -32_000, message: "missing trie node" } },
        );
        return Response.json(Array.isArray(parsed) ? all : all[0]);
      },
    },
  });
}

/** Blocks by hash, for judging what a call is pinned to. */
async function numbersByHash(): Promise<ReadonlyMap<string, bigint>> {
  const head = report.snapshot.state.block.number;
  const found = new Map<string, bigint>();
  for (let number = 0n; number <= head; number += 1n) {
    const tag = `0x${number.toString(16)}`;
    const block = await devnet.anvil.request<{ readonly hash: string }>("eth_getBlockByNumber", [tag, false]);
    found.set(block.hash, number);
  }
  return found;
}

const hashOfPin = ({ params }: Body): string =>
  (params[1] as { readonly blockHash?: string } | undefined)?.blockHash ?? "";

async function ledgerBy(way: Rpc, own: VaultReport, store: ChunkStore = memoryStore()) {
  const readings = await loadLedgerReadings(way, { report: own, store, withShortfalls: true });
  return assembleLedgerReport({ report: own, readings });
}

describe("the whole ledger of the core history", () => {
  it("is complete: every fall looked for, every price known, every LP's identity closed to the unit", async () => {
    const { ledger, book, isClockRefused } = await ledgerBy(rpc, report);
    expect(isClockRefused).toBe(false);
    expect(ledger.fallsSearched.kind).toBe("known");
    expect(ledger.falls).toEqual([]);
    expect(ledger.totals.lpLossAssets).toEqual(report.ledger.totals.lpLossAssets);
    const totals = statementTotalsOf(book);
    expect(totals.length).toBeGreaterThanOrEqual(24);
    for (const lp of totals) {
      expect(lp.residualAssets).toEqual(known(0n));
      expect(lp.avoidedAssets.kind).toBe("known");
      expect(lp.inheritedAssets.kind).toBe("known");
    }
    // Somebody left while a shortfall was open.
    expect(
      totals.some(({ avoidedAssets }) => avoidedAssets.kind === "known" && avoidedAssets.value > 0n),
    ).toBe(true);
  });

  it("asks the second time only for what is new, and computes the same", async () => {
    const store = memoryStore();
    const first = await loadLedgerReadings(rpc, { report, store, withShortfalls: true });
    const requests = rpc.status().requests;
    expect(await loadLedgerReadings(rpc, { report, store, withShortfalls: true })).toEqual(first);
    expect(rpc.status().requests - requests).toBe(0);
    // Another visit opens the same store again: one question a shelf, whether what it keeps is of this chain.
    const later = { ...store };
    expect(await loadLedgerReadings(rpc, { report, store: later, withShortfalls: true })).toEqual(first);
    expect(rpc.status().requests - requests).toBe(4);
    const again = rpc.status().requests;
    const live = { ...report, finalised: undefined };
    const third = await loadLedgerReadings(rpc, {
      report: live,
      store: memoryStore(),
      withShortfalls: true,
      previous: first,
    });
    expect(third).toEqual(first);
    expect(rpc.status().requests - again).toBe(0);
  });

  it("goes on where it was stopped", async () => {
    const store = memoryStore();
    const controller = new AbortController();
    const said: LedgerReadProgress[] = [];
    const stopped = loadLedgerReadings(rpc, {
      report,
      store,
      withShortfalls: true,
      signal: controller.signal,
      onProgress: (progress) => {
        said.push(progress);
        if (progress.stage === "shortfalls" && progress.doneBlocks > 20) controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: "aborted" });
    expect(said.map(({ stage }) => stage)).toContain("totals");
    const doneBefore = Math.max(...said.map(({ doneBlocks }) => doneBlocks));
    const after: LedgerReadProgress[] = [];
    const whole = await loadLedgerReadings(rpc, {
      report,
      store,
      withShortfalls: true,
      onProgress: (progress) => after.push(progress),
    });
    const firstShortfalls = after.find(({ stage }) => stage === "shortfalls");
    expect(firstShortfalls?.doneBlocks).toBeGreaterThan(20);
    expect(doneBefore).toBeGreaterThan(20);
    expect(whole).toEqual(
      await loadLedgerReadings(rpc, { report, store: memoryStore(), withShortfalls: true }),
    );
  });

  it("derives every loss to the unit where the vault does not state it", async () => {
    const { history } = report;
    const silent = assembleReport({
      ...report,
      history: { ...history, vault: history.vault.filter(({ kind }) => kind !== "loss") },
    });
    expect(silent.ledger.losses.every(({ source }) => source === "derived")).toBe(true);
    const { ledger } = await ledgerBy(rpc, silent);
    const figures = (rows: typeof ledger.events.losses) =>
      rows.map((row) => ({
        transaction: row.transactionHash,
        manager: row.manager,
        badDebt: row.badDebtAssets,
        lpLoss: row.lpLossAssets,
        before: row.priceBefore,
        after: row.priceAfter,
      }));
    expect(report.ledger.losses.length).toBeGreaterThan(2);
    expect(figures(ledger.events.losses)).toEqual(figures(report.ledger.losses));
    expect(ledger.falls).toEqual([]);
    expect(ledger.totals.lpLossAssets).toEqual(report.ledger.totals.lpLossAssets);
  });

  it("reads for one address only its own shortfalls, with the same falls and lines", async () => {
    const { book, ledger } = await ledgerBy(rpc, report);
    const lp = statementTotalsOf(book).find(({ withdrawnAssets }) => withdrawnAssets > 0n)?.address;
    if (lp === undefined) throw new Error("somebody withdrew");
    const readings = await loadLedgerReadings(rpc, {
      report,
      store: memoryStore(),
      for: lp,
      withShortfalls: true,
    });
    const own = assembleLedgerReport({ report, readings });
    const [alone, among] = [statementOf(own.book, lp), statementOf(book, lp)];
    expect(alone).toEqual(among);
    // A fall may stand where the address did nothing, so it is looked for everywhere.
    expect(own.ledger.fallsSearched).toEqual(ledger.fallsSearched);
    expect(own.ledger.fallsSearched.kind).toBe("known");
    expect(alone.residualAssets).toEqual(known(0n));
    expect(readings.openShortfalls.length).toBeLessThan(20);
  });
});

describe("an endpoint that keeps less", () => {
  it("makes figures unknown where old state is gone, never zero", async () => {
    const numbers = await numbersByHash();
    const head = report.snapshot.state.block.number;
    const pruned = endpointWithout((body) => {
      const number = numbers.get(hashOfPin(body));
      return body.method === "eth_call" && number !== undefined && number < head - 100n;
    });
    const recent = { ...report, series: { ...report.series, samples: report.series.samples.slice(-1) } };
    const { ledger, book, readings } = await ledgerBy(pruned, recent);
    expect(readings.unavailableBlocks.length).toBeGreaterThan(50);
    expect(ledger.fallsSearched).toEqual(unknown("archive-unavailable"));
    expect(ledger.totals.lpLossAssets).toEqual(unknown("archive-unavailable"));
    expect(ledger.totals.recordedLpLossAssets).toEqual(report.ledger.totals.lpLossAssets);
    const early = readings.openShortfalls.filter(
      ({ openLpLossAssets }) => openLpLossAssets.kind === "unknown",
    );
    expect(early.length).toBeGreaterThan(30);
    expect(early[0]?.openLpLossAssets).toEqual(unknown("archive-unavailable"));
    const totals = statementTotalsOf(book);
    expect(totals.some(({ interestAssets }) => interestAssets.kind === "unknown")).toBe(true);
    // Given up early: not one request a block.
    expect(pruned.status().requests).toBeLessThan(120);
  });

  it("says that no call runs under another clock, and does not claim to have looked for falls", async () => {
    const refusing = endpointWithout(({ method, params }) => method === "eth_call" && params.length > 3);
    const { ledger, isClockRefused } = await ledgerBy(refusing, report);
    expect(isClockRefused).toBe(true);
    expect(ledger.fallsSearched.kind).toBe("unknown");
    expect(ledger.totals.unexplainedLossAssets.kind).toBe("unknown");
  });
});
