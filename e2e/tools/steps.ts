import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
/** Reports and traces of test runs; ignored by git. */
export const outFolder = join(root, "e2e/.out");

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Step {
  readonly name: string;
  /** A program of node_modules/.bin. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where the step writes its test report, and how to read it. */
  readonly report?: { readonly file: string; readonly read: (json: unknown) => Counts };
}

export interface StepResult {
  readonly name: string;
  readonly isOk: boolean;
  readonly seconds: number;
  readonly counts: Counts | undefined;
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function numberIn(json: unknown, name: string): number {
  const value = isFields(json) ? json[name] : undefined;
  if (typeof value !== "number") throw new Error(`the test report has no number "${name}"`);
  return value;
}

export function readVitestReport(json: unknown): Counts {
  const files: readonly unknown[] = isFields(json) && Array.isArray(json.testResults) ? json.testResults : [];
  // A file that could not be loaded has no tests to fail, and would otherwise vanish from the sum.
  const unloaded = files.filter(
    (file) => isFields(file) && file.status === "failed" && isEmpty(file.assertionResults),
  );
  return {
    passed: numberIn(json, "numPassedTests"),
    failed: numberIn(json, "numFailedTests") + unloaded.length,
    skipped: numberIn(json, "numPendingTests") + numberIn(json, "numTodoTests"),
  };
}

export function readPlaywrightReport(json: unknown): Counts {
  const stats = isFields(json) ? json.stats : undefined;
  return {
    passed: numberIn(stats, "expected"),
    // A test that passed only when tried again is a failure that hides.
    failed: numberIn(stats, "unexpected") + numberIn(stats, "flaky"),
    skipped: numberIn(stats, "skipped"),
  };
}

/** Runs a program to its end with its output shown. Ends it when this process is told to stop. */
export function run(step: Step): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, "node_modules/.bin", step.program), step.args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...step.env },
    });
    const stop = (): void => {
      child.kill("SIGTERM");
    };
    process.once("SIGTERM", stop).once("SIGINT", stop);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      process.off("SIGTERM", stop).off("SIGINT", stop);
      resolve(signal === null ? (code ?? 1) : 1);
    });
  });
}

function countsOf(step: Step): Counts | undefined {
  const { report } = step;
  if (report === undefined || !existsSync(report.file)) return undefined;
  return report.read(JSON.parse(readFileSync(report.file, "utf8")));
}

/** One step: its exit status, its tests, its time. A step that should test and reports no test has failed. */
export async function takeStep(step: Step): Promise<StepResult> {
  const startedAt = performance.now();
  // A report left by an earlier run must not stand for this one.
  if (step.report !== undefined) rmSync(step.report.file, { force: true });
  const status = await run(step);
  const counts = countsOf(step);
  const seconds = (performance.now() - startedAt) / 1_000;
  const isTested =
    step.report === undefined || (counts !== undefined && counts.passed > 0 && counts.skipped === 0);
  return { name: step.name, isOk: status === 0 && isTested, seconds, counts };
}

/** The summary: a line a step, then the one closing line that tools look for. */
export function summaryOf(results: readonly StepResult[]): string {
  const width = Math.max(...results.map((one) => one.name.length));
  const lines = results.map((one) => {
    const tests = one.counts === undefined ? "" : `${one.counts.passed} passed, ${one.counts.failed} failed`;
    const skipped = (one.counts?.skipped ?? 0) > 0 ? `, ${one.counts?.skipped} skipped` : "";
    const mark = one.isOk ? "ok  " : "FAIL";
    return `${mark} ${one.name.padEnd(width)} ${one.seconds.toFixed(1).padStart(6)} s  ${tests}${skipped}`.trimEnd();
  });
  const total = results.reduce((sum, one) => sum + one.seconds, 0);
  const passed = results.reduce((sum, one) => sum + (one.counts?.passed ?? 0), 0);
  const failed = results.reduce(
    // A step that failed without naming a failed test still counts as one failure.
    (sum, one) => sum + Math.max(one.counts?.failed ?? 0, one.isOk ? 0 : 1),
    0,
  );
  return [
    ...lines,
    `     ${"all".padEnd(width)} ${total.toFixed(1).padStart(6)} s`,
    "",
    `${passed} passed, ${failed} failed`,
  ].join("\n");
}
