import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { atLeast, atMost, type GoalResult } from "./goal";
import type { ChildResult } from "./ledger-child";
import { fresh, lossesOfAll, lossesOfAllNaively, wholeLedger } from "./ledger-work";
import { ledgerWorldOf, type WorldSize } from "./ledger-world";
import { busySeconds, growthExponent, interleaved, median } from "./measure";

const FULL: WorldSize = { transfers: 100_000, holders: 5_000, losses: 200 };
/** Transfers and holders double, losses stay: transfers + holders × losses doubles too. */
const GROWTH: readonly WorldSize[] = [1, 2, 4, 8].map((times) => ({
  transfers: 25_000 * times,
  holders: 1_250 * times,
  losses: 200,
}));
const PROCESSES = 3;
const ROUNDS = 3;

/** The old generation may not grow beyond this, so that the heap with its young generation stays below the limit. */
const OLD_SPACE_MB = 240;
const HEAP_LIMIT_MB = 300;

interface ProcessRun extends ChildResult {
  readonly peakHeapMb: number;
}

/** The heap in use just before each collection, as the engine reports it: `… Scavenge 74.0 (90.2) -> …`. */
function peakHeapMb(trace: string): number {
  const before = [...trace.matchAll(/(?:Scavenge|Mark-Compact)[^\d]*([\d.]+) \(/g)].map(([, mb]) =>
    Number(mb),
  );
  return Math.max(0, ...before);
}

/** The whole work in a process of its own, which has a limited heap and says how much of it was in use. */
function inProcess(size: WorldSize): Promise<ProcessRun> {
  const program = fileURLToPath(new URL("./ledger-child.ts", import.meta.url));
  const child = spawn(
    process.execPath,
    [
      ...process.execArgv,
      "--trace-gc",
      `--max-old-space-size=${OLD_SPACE_MB}`,
      program,
      ...[size.transfers, size.holders, size.losses].map(String),
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const line = output.split("\n").findLast((one) => one.startsWith("{"));
      if (code !== 0 || line === undefined) {
        reject(new Error(`the ledger's process ended with ${code} and no result`));
        return;
      }
      const result = JSON.parse(line) as ChildResult;
      resolve({ ...result, peakHeapMb: peakHeapMb(output) });
    });
  });
}

/** Seconds that a size takes in this process, warm, the least of some rounds: what the machine can do. */
function leastSeconds(size: WorldSize): number {
  const world = ledgerWorldOf(size);
  const rounds = Array.from({ length: ROUNDS }, () => {
    const one = fresh(world);
    return busySeconds(() => wholeLedger(one));
  });
  return Math.min(...rounds);
}

function assertSameLosses(ours: ReadonlyMap<string, bigint>, naive: ReadonlyMap<string, bigint>): void {
  for (const [address, lost] of naive) {
    if (ours.get(address) !== lost) throw new Error(`the two ways disagree about ${address}`);
  }
}

/**
 * L1: a large vault's ledger with the statements of all its LPs. Time and memory from a process of its own, the ratio
 * to the obvious program in this one.
 */
export async function ledgerAndStatements(): Promise<GoalResult> {
  const runs: ProcessRun[] = [];
  for (let run = 0; run < PROCESSES; run += 1) runs.push(await inProcess(FULL));
  const world = ledgerWorldOf(FULL);
  assertSameLosses(lossesOfAll(fresh(world)), lossesOfAllNaively(world));
  const times = await interleaved({
    rounds: 2,
    ours: () => lossesOfAll(fresh(world)),
    baseline: () => lossesOfAllNaively(world),
  });
  // The first run of a program is slower than the others, whatever its size.
  wholeLedger(fresh(world));
  const points = GROWTH.map((size) => ({ size: size.transfers, cost: leastSeconds(size) }));
  const [first] = runs;
  return {
    id: "L1",
    goal: "100,000 share transfers, 5,000 LPs, 200 losses: ledger and all statements in 2 s and 300 MB, linear growth",
    checks: [
      atMost({
        what: "seconds, from events to all statements",
        measured: Math.min(...runs.map(({ seconds }) => seconds)),
        limit: 2,
        unit: "s",
      }),
      atMost({
        what: "heap at its peak, history included",
        measured: Math.max(...runs.map((run) => run.peakHeapMb)),
        limit: HEAP_LIMIT_MB,
        unit: "MB",
      }),
      atMost({
        what: "growth of time with transfers and LPs",
        measured: growthExponent(points),
        limit: 1.1,
        unit: "",
      }),
      atLeast({
        what: "times faster than a replay for each loss, losses of all LPs alone",
        measured: times.baselineMs / times.oursMs,
        limit: 3,
        unit: "x",
      }),
    ],
    notes: {
      "share transfers": FULL.transfers,
      LPs: FULL.holders,
      losses: FULL.losses,
      "lines of all statements": first?.lines ?? 0,
      "seconds, median of the processes": median(runs.map(({ seconds }) => seconds)),
      "seconds more to write out every line": Math.min(...runs.map(({ linesSeconds }) => linesSeconds)),
      "seconds by transfers, warm": points.map(({ size, cost }) => `${size}: ${cost.toFixed(2)}`).join(", "),
      "ms, losses of all LPs": times.oursMs,
      "ms, losses of all LPs, a replay for each": times.baselineMs,
    },
  };
}
