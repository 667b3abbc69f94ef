/**
 * The command itself, as a process of its own, on the devnet's three vaults: against the numbers of the scenarios'
 * replay, which never reads the chain, and against what the pages compute.
 */
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memoryStore } from "@/chain/logs/store";
import { createRpc } from "@/chain/rpc/client";
import type { Rpc } from "@/chain/rpc/rpc";
import type { Address } from "@/domain/model";
import { statementOf } from "@/domain/statement";
import { parseConfig, type VaultConfig, vaultConfigOf } from "@/report/config";
import { assembleLedgerReport } from "@/report/ledger-report";
import { loadVaultReport } from "@/report/load";
import { loadLedgerReadings } from "@/report/load-ledger";
import { type ReportJson, reportSchema } from "@/report/report-schema";
import { statementJsonOf } from "@/report/statement-json";
import type { Devnet } from "../../devnet/runtime/devnet";
import type { ExpectedScenario } from "../../devnet/scenario/expected";
import { startDevnet } from "../../devnet/start";

type ScenarioName = "core" | "lesson" | "weth";
const SCENARIOS: readonly ScenarioName[] = ["core", "lesson", "weth"];
const root = fileURLToPath(new URL("../..", import.meta.url));

let devnet: Devnet;
let folder: string;
let configFile: string;

/** The devnet's configuration as a site has it, with something changed. */
async function writeConfig(name: string, change: (text: string) => string = (text) => text): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, change(JSON.stringify(devnet.config)));
  return file;
}

beforeAll(async () => {
  devnet = await startDevnet({ fixedTime: true, mining: "manual" });
  folder = await mkdtemp(join(tmpdir(), "plimsoll-report-"));
  configFile = await writeConfig("plimsoll.config.json");
});

afterAll(async () => {
  await devnet.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly printed: string;
  readonly told: string;
}

function command(args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, "node_modules/.bin/tsx"), ["src/cli/report.ts", ...args], { cwd: root });
    let printed = "";
    let told = "";
    child.stdout.on("data", (data: Buffer) => {
      printed += data.toString();
    });
    child.stderr.on("data", (data: Buffer) => {
      told += data.toString();
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, printed, told }));
  });
}

const vaultOf = (name: ScenarioName): Address => {
  const own = devnet.addressBook.scenarios[name];
  if (own === undefined) throw new Error(`${name} was not played`);
  return own.vault as Address;
};

const expectedOf = (name: ScenarioName): ExpectedScenario => {
  const found = devnet.expected.get(name);
  if (found === undefined) throw new Error(`${name} was not played`);
  return found;
};

/** The flags for a scenario, and any more. */
function flags(name: ScenarioName, out: string, more: readonly string[] = []): readonly string[] {
  const chain = devnet.chainId.toString();
  return ["--config", configFile, "--chain", chain, "--vault", vaultOf(name), "--out", out, ...more];
}

const done = new Map<ScenarioName, Promise<ReportJson>>();

/** The report of a scenario at the last block of its history; made once. */
function reportOf(name: ScenarioName): Promise<ReportJson> {
  const found = done.get(name);
  if (found !== undefined) return found;
  const made = (async () => {
    const out = join(folder, name);
    const { code, told } = await command(flags(name, out));
    expect([code, told.includes("WARNING")]).toEqual([0, false]);
    return reportSchema.parse(JSON.parse(await readFile(join(out, "report.json"), "utf8")));
  })();
  done.set(name, made);
  return made;
}

const text = (value: bigint): string => value.toString();

describe.each(SCENARIOS)("the report of %s, against the replay of its history", (name) => {
  it("has its totals, to the unit", async () => {
    const report = await reportOf(name);
    const { totals, realised, unrealised, blockNumber } = expectedOf(name);
    expect(report.block.number).toBe(Number(blockNumber));
    expect(report.totals).toMatchObject({
      totalAssets: text(totals.totalAssets),
      totalSupply: text(totals.totalSupplyShares),
      badDebt: text(realised.badDebtAssets),
      lpLoss: text(realised.lpLossAssets),
      recovered: text(realised.recoveredAssets),
      netLoss: text(realised.lpLossAssets - realised.recoveredAssets),
      unrealisedShortfall: text(unrealised.shortfallAssets),
      unrealisedLpLoss: text(unrealised.lpLossAssets),
      unexplainedLoss: "0",
    });
    expect(report.history.complete).toBe(true);
  });

  it("has every loss with everybody's part of it, to the unit", async () => {
    const { losses } = await reportOf(name);
    const expected = expectedOf(name).liquidations.filter(({ badDebtAssets }) => badDebtAssets > 0n);
    expect(losses).toHaveLength(expected.length);
    expected.forEach((one, place) => {
      const row = losses[place];
      expect(row).toMatchObject({
        kind: "event",
        block: Number(one.blockNumber),
        timestamp: Number(one.timestampSeconds),
        manager: one.manager,
        liquidator: one.liquidator,
        trueDebt: text(one.trueDebtAssets),
        positionValue: text(one.positionValueAssets),
        payment: text(one.paymentAssets),
        badDebt: text(one.badDebtAssets),
        unpaidInterest: text(one.unpaidInterestAssets),
        lpLoss: text(one.lpLossAssets),
        sharePriceBefore: {
          assets: text(one.totalAssetsBefore + 1n),
          shares: text(one.totalSupplyShares + 1n),
        },
        sharePriceAfter: {
          assets: text(one.totalAssetsAfter + 1n),
          shares: text(one.totalSupplyShares + 1n),
        },
      });
      const parts = new Map(row?.shares?.map(({ lp, loss }) => [lp, loss]));
      expect(parts.get(null)).toBe(text(one.virtualLossAssets));
      expect(parts.size).toBe(one.lossShares.length + 1);
      for (const { holder, lossAssets } of one.lossShares) expect(parts.get(holder)).toBe(text(lossAssets));
    });
  });

  it("has every recovery", async () => {
    const { recoveries } = await reportOf(name);
    expect(recoveries).toMatchObject(
      expectedOf(name).recoveries.map((one) => ({
        timestamp: Number(one.timestampSeconds),
        from: one.from,
        amount: text(one.assets),
        totalAssetsBefore: text(one.totalAssetsBefore),
        totalSupply: text(one.totalSupplyShares),
      })),
    );
  });

  it("has every LP's shares, value and losses, and closes its account", async () => {
    const { lps, totals } = await reportOf(name);
    const { holders } = expectedOf(name);
    const { assets, shares: supply } = totals.sharePrice;
    expect(lps).toHaveLength(holders.length);
    for (const { address, shares, lossAssets, isContract } of holders) {
      expect(lps.find((lp) => lp.address === address)).toMatchObject({
        label: "lp",
        isContract: isContract && shares > 0n,
        shares: text(shares),
        value: text((shares * BigInt(assets)) / BigInt(supply)),
        losses: text(lossAssets),
        residual: "0",
      });
    }
  });
});

interface Reading {
  readonly rpc: Rpc;
  readonly vault: VaultConfig;
}

function readingOf(name: ScenarioName): Reading {
  const result = parseConfig(JSON.parse(JSON.stringify(devnet.config)));
  if (!result.ok) throw new Error("the devnet's configuration is not valid");
  const { chainId } = devnet;
  const rpc = createRpc({ chainId, endpoints: [devnet.rpcUrl] });
  return { rpc, vault: vaultConfigOf(result.config, { chainId, address: vaultOf(name) }) };
}

describe.each(SCENARIOS)("the pages and the report of %s", (name) => {
  it("say the same of every LP, though a statement's page reads only what that LP needs", async () => {
    const { lps } = await reportOf(name);
    const { rpc, vault } = readingOf(name);
    const store = memoryStore();
    const report = await loadVaultReport(rpc, { vault, store });
    for (const { address: text_, label: _label, isContract: _isContract, ...figures } of lps) {
      const address = text_ as Address;
      const readings = await loadLedgerReadings(rpc, { report, store, for: address, withShortfalls: true });
      const { book } = assembleLedgerReport({ report, readings });
      const statement = statementJsonOf({ report, statement: statementOf(book, address) });
      expect([address, statement.totals]).toEqual([address, figures]);
      expect(statement.identity.closes).toBe(true);
    }
  });
});

describe("the same block", () => {
  it("gives the same bytes again, from a cache or without", async () => {
    const cache = join(folder, "cache");
    const texts = [];
    for (const [out, more] of [
      ["again", []],
      ["first", ["--cache", cache]],
      ["second", ["--cache", cache]],
    ] as const) {
      await command(flags("core", join(folder, out), more));
      texts.push(await readFile(join(folder, out, "report.json"), "utf8"));
    }
    await reportOf("core");
    const whole = await readFile(join(folder, "core", "report.json"), "utf8");
    expect(texts).toEqual([whole, whole, whole]);
  });

  it("in the past knows nothing of what came later", async () => {
    const losses = expectedOf("core").liquidations.filter(({ badDebtAssets }) => badDebtAssets > 0n);
    const block = (losses[1]?.blockNumber ?? 0n) + 1n;
    const out = join(folder, "past");
    expect((await command(flags("core", out, ["--block", text(block)]))).code).toBe(0);
    const report = reportSchema.parse(JSON.parse(await readFile(join(out, "report.json"), "utf8")));
    expect(report.block.number).toBe(Number(block));
    expect(report.losses.map((loss) => loss.block)).toEqual(
      losses.slice(0, 2).map(({ blockNumber }) => Number(blockNumber)),
    );
    expect(new Set(report.lps.map(({ residual }) => residual))).toEqual(new Set(["0"]));
  });
});

describe("what is printed", () => {
  it("is the headline with its block, and where the files are", async () => {
    const { code, printed } = await command(flags("lesson", join(folder, "printed")));
    expect(code).toBe(0);
    const { block } = await reportOf("lesson");
    expect(printed).toContain(block.hash);
    expect(printed).toMatch(/bad debt, gross +5,0\d\d\.\d\d USDC/);
    expect(printed).toContain(join(folder, "printed", "report.json"));
    expect(printed).toContain(join(folder, "printed", "report.html"));
  });

  it("of a partial history is loud, stays in both files, and is a failure where asked for", async () => {
    const late = await writeConfig("late.json", (config) =>
      config.replaceAll(/"startBlock":\d+/g, '"startBlock":300'),
    );
    const out = join(folder, "late");
    const args = ["--config", late, ...flags("core", out).slice(2)];
    const plain = await command(args);
    expect([plain.code, plain.told]).toEqual([0, expect.stringMatching(/WARNING: The history is partial/)]);
    expect(plain.printed).toMatch(/LP loss +unknown/);
    expect((await command([...args, "--strict"])).code).toBe(3);
    const report = reportSchema.parse(JSON.parse(await readFile(join(out, "report.json"), "utf8")));
    expect(report.warnings[0]?.code).toBe("history-partial");
    expect(report.totals.lpLoss).toBeNull();
    expect(await readFile(join(out, "report.html"), "utf8")).toContain("The history is partial");
  });
});

describe("what the chain does not have is said with its flag and its cure", () => {
  it.each([
    ["a vault", "--vault", "0x00000000000000000000000000000000000000aa", /no ERC-4626 vault at --vault/],
    ["a block", "--block", "999999", /no state of --block/],
  ])("%s", async (_title, flag, value, told) => {
    const out = join(folder, "faults");
    const ended = await command([...flags("lesson", out), flag, value]);
    expect([ended.code, ended.told, ended.printed]).toEqual([1, expect.stringMatching(told), ""]);
    expect(await readdir(out)).toEqual([]);
  });
});
