import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { outcomeAt } from "@/domain/risk/outcome";
import { prepareScenarios, type ScenarioTotals } from "@/domain/risk/scenarios";
import { atLeast, atMost, type GoalResult } from "./goal";
import { busySeconds, growthExponent, interleaved } from "./measure";
import type { ScenarioChildData, ScenarioChildReply } from "./scenario-child";
import { randomScenarios, type ScenarioWorld, scenarioBook } from "./scenario-world";

const POSITIONS = 10_000;
const SCENARIOS = 100;
const ROUNDS = 5;
const DIRECT_ROUNDS = 2;
/** So long into a slice of work a stop is asked for, milliseconds. */
const CANCEL_AFTER_MS = [0, 7, 14, 21, 28] as const;

/** The direct way: every position in every scenario. */
function direct({ book, scenarios }: ScenarioWorld): readonly ScenarioTotals[] {
  return scenarios.map((prices) => outcomeAt(book, { prices }));
}

function screened({ book, scenarios }: ScenarioWorld): readonly ScenarioTotals[] {
  const { totalsAt } = prepareScenarios(book);
  return scenarios.map(totalsAt);
}

/** A figure as text that is equal exactly for equal figures. */
function textOf(figure: ScenarioTotals[keyof ScenarioTotals] | undefined): string {
  if (figure === undefined) return "missing";
  return figure.kind === "known" ? `${figure.value}` : figure.reason;
}

const TOTALS = [
  "badDebtAssets",
  "lpLossAssets",
  "liquidationsAtRiskAssets",
  "managersLiquidatable",
  "managersLosing",
] as const satisfies readonly (keyof ScenarioTotals)[];

function differencesOf(ours: readonly ScenarioTotals[], exact: readonly ScenarioTotals[]): number {
  return exact.reduce((sum, expected, place) => {
    const found = ours[place];
    return sum + TOTALS.filter((name) => textOf(found?.[name]) !== textOf(expected[name])).length;
  }, 0);
}

/** The least of a few runs: everything else that the machine does only ever adds. */
function secondsOf(world: ScenarioWorld): number {
  return Math.min(...Array.from({ length: ROUNDS }, () => busySeconds(() => screened(world))));
}

/** A thread does not inherit the loader of TypeScript: it takes it itself, and then its own file. */
const IN_THREAD = `import("tsx/esm/api").then(({ register }) => {
  register();
  return import(${JSON.stringify(new URL("./scenario-child.ts", import.meta.url).href)});
});`;

/** Time from asking a worker in the middle of a long run to stop until it says that it has; the longest of a few. */
async function millisecondsToCancel(): Promise<number> {
  const workerData: ScenarioChildData = { positions: POSITIONS, rounds: 3_000 };
  const worker = new Worker(IN_THREAD, { eval: true, workerData });
  const said = async (): Promise<ScenarioChildReply> => {
    const [reply] = (await once(worker, "message")) as [ScenarioChildReply];
    return reply;
  };
  const ask = (what: "start" | "cancel"): void => worker.postMessage(what, []);
  try {
    await said();
    const times: number[] = [];
    for (const delayMs of CANCEL_AFTER_MS) {
      ask("start");
      await said();
      await setTimeout(delayMs);
      const askedAtMs = performance.now();
      ask("cancel");
      let reply = await said();
      while (reply === "computing") reply = await said();
      if (reply !== "cancelled") throw new Error("the run ended before it could be stopped");
      times.push(performance.now() - askedAtMs);
    }
    return Math.max(...times);
  } finally {
    await worker.terminate();
  }
}

/** P15: many scenarios of several prices over a large book, against the direct loop. */
export async function stressOfManyFactors(): Promise<GoalResult> {
  const world: ScenarioWorld = { book: scenarioBook(POSITIONS), scenarios: randomScenarios(SCENARIOS) };
  let exact: readonly ScenarioTotals[] = [];
  let ours: readonly ScenarioTotals[] = [];
  const times = await interleaved({
    rounds: DIRECT_ROUNDS,
    ours: () => {
      ours = screened(world);
    },
    baseline: () => {
      exact = direct(world);
    },
  });
  const growth = growthExponent(
    [2_500, 5_000, 10_000, 20_000].map((size) => ({
      size,
      cost: secondsOf({ ...world, book: scenarioBook(size) }),
    })),
  );
  const seconds = secondsOf(world);
  const liquidatable = exact.reduce(
    (sum, { managersLiquidatable: count }) => sum + (count.kind === "known" ? count.value : 0),
    0,
  );
  return {
    id: "P15",
    goal: "100 scenarios of several prices over 10,000 positions: the direct result, several times faster, and stopped at once",
    checks: [
      atLeast({
        what: "revaluations",
        measured: (POSITIONS * SCENARIOS) / seconds,
        limit: 2_000_000,
        unit: "a second",
      }),
      atMost({
        what: "totals that differ from the direct result",
        measured: differencesOf(ours, exact),
        limit: 0,
        unit: "",
      }),
      atMost({ what: "growth exponent in positions", measured: growth, limit: 1.1, unit: "" }),
      atMost({
        what: "time until a run has stopped",
        measured: await millisecondsToCancel(),
        limit: 100,
        unit: "ms",
      }),
    ],
    notes: {
      "times faster than the direct loop": times.baselineMs / times.oursMs,
      "time, ms": seconds * 1_000,
      "direct loop, ms": times.baselineMs,
      "liquidatable, part of all revaluations": liquidatable / (POSITIONS * SCENARIOS),
    },
  };
}
