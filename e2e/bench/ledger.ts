import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { atLeast, atMost, type GoalResult } from "./goal";
import type { ChildResult } from "./ledger-child";
import { fresh, lossesOfAll, lossesOfAllNaively, wholeLedger } from "./ledger-work";
import { ledgerWorldOf, type WorldSize } from "./ledger-world";
import { busySeconds, growthExponent, interleaved, median } from "./measure";

const FULL: WorldSize = { transfers: 100_000, holders: 5_000, losses: 200 };
/** Transfers and holders double, losses stay: transfers + holders × losses doubles too. */
const GROWTH: readonly WorldSize[] = [1, 2, 4].map((times) => ({
  transfers: 25_000 * times,
  holders: 1_250 * times,
  losses: 200,
}));
const PROCESSES = 3;
const ROUNDS = 5;

const HEAP_LIMIT_MB = 300;
/** The old generation may not grow beyond this, so that the heap with its young generation stays below the limit. */
const LIMITED_HEAP = ["--trace-gc", "--max-old-space-size=240"];

interface ProcessRun extends ChildResult {
  /** Zero without `--trace-gc`. */
  readonly peakHeapMb: number;
}

/** The heap in use just before each collection, as the engine reports it: `… Scavenge 74.0 (90.2) -> …`. */
function peakHeapMb(trace: string): number {
  const before = [...trace.matchAll(/(?:Scavenge|Mark-Compact)[^\d]*([\d.]+) \(/g)].map(([, mb]) =>
    Number(mb),
  );
  return Math.max(0, ...before);
}

/** The whole work in a process of its own. */
function inProcess(size: WorldSize, flags: readonly string[] = []): Promise<ProcessRun> {
  const program = fileURLToPath(new URL("./ledger-child.ts", import.meta.url));
  const child = spawn(
    process.execPath,
    [...process.execArgv, ...flags, program, ...[size.transfers, size.holders, size.losses].map(String)],
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

/** Seconds of each size, the least of rounds in which they take turns, so that a busy machine slows all of them. */
function leastSeconds(
  sizes: readonly WorldSize[],
): readonly { readonly size: number; readonly cost: number }[] {
  const worlds = sizes.map(ledgerWorldOf);
  const rounds = Array.from({ length: ROUNDS }, () =>
    worlds.map((world) => {
      const one = fresh(world);
      return busySeconds(() => wholeLedger(one));
    }),
  );
  return sizes.map(({ transfers }, place) => ({
    size: transfers,
    cost: Math.min(...rounds.map((round) => round[place] ?? Number.NaN)),
  }));
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
  const limited = await inProcess(FULL, LIMITED_HEAP);
  if (limited.peakHeapMb === 0) throw new Error("the engine did not say how much of its heap was in use");
  const world = ledgerWorldOf(FULL);
  assertSameLosses(lossesOfAll(fresh(world)), lossesOfAllNaively(world));
  const times = await interleaved({
    rounds: 2,
    ours: () => lossesOfAll(fresh(world)),
    baseline: () => lossesOfAllNaively(world),
  });
  // The first run of a program is slower than the others, whatever its size.
  wholeLedger(fresh(world));
  const points = leastSeconds(GROWTH);
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
        measured: limited.peakHeapMb,
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
      "lines of all statements": limited.lines,
      "seconds, median of the processes": median(runs.map(({ seconds }) => seconds)),
      "seconds in the limited heap": limited.seconds,
      "seconds more to write out every line": Math.min(...runs.map(({ linesSeconds }) => linesSeconds)),
      "seconds by transfers, warm": points.map(({ size, cost }) => `${size}: ${cost.toFixed(2)}`).join(", "),
      "ms, losses of all LPs": times.oursMs,
      "ms, losses of all LPs, a replay for each": times.baselineMs,
    },
  };
}
