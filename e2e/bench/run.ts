import { writeFileSync } from "node:fs";
import { type GoalResult, isMet, toJson, toText } from "./goal";
import { ledgerAndStatements } from "./ledger";
import { logDecoding } from "./log-decoding";
import { positionsTable } from "./positions";
import { publicBundle } from "./public-bundle";
import { stressOfManyFactors } from "./scenarios";
import { snapshotGoals } from "./snapshot";
import { stressOfOneFactor } from "./stress";

interface Measurement {
  /** Names of docs/quality.md. */
  readonly ids: readonly string[];
  readonly measure: () => Promise<readonly GoalResult[]>;
}

const MEASUREMENTS: readonly Measurement[] = [
  { ids: ["P1", "P2"], measure: snapshotGoals },
  { ids: ["P5"], measure: async () => [await logDecoding()] },
  { ids: ["P9"], measure: async () => [await publicBundle()] },
  { ids: ["P14"], measure: async () => [await stressOfOneFactor()] },
  { ids: ["P15"], measure: async () => [await stressOfManyFactors()] },
  { ids: ["P16"], measure: async () => [await positionsTable()] },
  { ids: ["L1"], measure: async () => [await ledgerAndStatements()] },
];

function argumentAfter(flag: string): string | undefined {
  const at = process.argv.indexOf(flag);
  return at === -1 ? undefined : process.argv[at + 1];
}

/**
 * `npm run bench [-- P1 L1] [-- --json FILE]`: measures, prints, and with a file writes the results. Ends with an
 * error when a goal is missed.
 */
async function main(): Promise<number> {
  const file = argumentAfter("--json");
  const wanted = process.argv.slice(2).filter((argument) => /^[PL]\d+$/.test(argument));
  const results: GoalResult[] = [];
  for (const { ids, measure } of MEASUREMENTS) {
    if (wanted.length > 0 && !ids.some((id) => wanted.includes(id))) continue;
    for (const result of await measure()) {
      results.push(result);
      process.stdout.write(`${toText(result)}\n`);
    }
  }
  if (file !== undefined) writeFileSync(file, toJson(results));
  const missed = results.filter((result) => !isMet(result));
  process.stdout.write(
    missed.length === 0
      ? `all ${results.length} goals met\n`
      : `missed: ${missed.map((result) => result.id).join(", ")}\n`,
  );
  return missed.length === 0 ? 0 : 1;
}

process.exitCode = await main();
