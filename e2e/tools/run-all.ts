import { join } from "node:path";
import {
  outFolder,
  readPlaywrightReport,
  readVitestReport,
  type Step,
  type StepResult,
  summaryOf,
  takeStep,
} from "./steps";

function vitest(project: "unit" | "chain"): Step {
  const file = join(outFolder, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  return {
    name: `${project} tests`,
    program: "vitest",
    args: ["run", "--project", project, ...reporters],
    report: { file, read: readVitestReport },
  };
}

/** Everything that must hold, cheapest first, so that a slip costs seconds and not minutes. */
const STEPS: readonly Step[] = [
  { name: "format", program: "biome", args: ["check", "."] },
  { name: "lint", program: "oxlint", args: ["--type-aware"] },
  { name: "types", program: "tsc", args: ["-b"] },
  { name: "dead code", program: "knip", args: [] },
  { name: "contracts", program: "tsx", args: ["devnet/compile.ts"] },
  vitest("unit"),
  vitest("chain"),
  { name: "build", program: "vite", args: ["build"] },
  { name: "static gates", program: "tsx", args: ["e2e/tools/static-gates.ts"] },
  {
    name: "browser tests",
    program: "tsx",
    args: ["e2e/tools/run-browser-tests.ts", "--no-build"],
    report: { file: join(outFolder, "browser.json"), read: readPlaywrightReport },
  },
];

/** `npm test`: stops at the first step that fails and ends with "N passed, M failed" alone on a line. */
async function main(): Promise<number> {
  const results: StepResult[] = [];
  for (const step of STEPS) {
    process.stdout.write(`\n== ${step.name}: ${step.program} ${step.args.join(" ")}\n`);
    const result = await takeStep(step);
    results.push(result);
    if (!result.isOk) {
      const left = STEPS.length - results.length;
      process.stdout.write(
        `\n== ${step.name} failed${left > 0 ? `; ${left} steps after it were not run` : ""}\n`,
      );
      break;
    }
  }
  process.stdout.write(`\n${summaryOf(results)}\n`);
  return results.every((one) => one.isOk) ? 0 : 1;
}

process.exitCode = await main();
