/**
 * The headless twin of the pages: report.json and report.html of a vault at one block.
 *
 *   npm run report -- --config FILE --chain ID --vault ADDRESS [--block N] --out DIR
 *
 * `--help` lists every flag; docs/report.md describes the files.
 */
import { runReport } from "./run-report";

const controller = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(name, () => controller.abort());
}

process.exitCode = await runReport({
  args: process.argv.slice(2),
  print: (text) => process.stdout.write(`${text}\n`),
  progress: { write: (text) => process.stderr.write(text), isTerminal: process.stderr.isTTY },
  signal: controller.signal,
});
