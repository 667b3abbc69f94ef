import { statementOf } from "@/domain/statement";
import type { StatementBook } from "@/domain/statement-book";
import { wholeLedger } from "./ledger-work";
import { ledgerWorldOf } from "./ledger-world";
import { busySeconds } from "./measure";

/** What a process of its own came to, as its last line of output. */
export interface ChildResult {
  /** From events to all statements, the first time in this process. */
  readonly seconds: number;
  /** Writing out every line of every statement after that. */
  readonly linesSeconds: number;
  readonly lines: number;
}

const [transfers = 0, holders = 0, losses = 0] = process.argv.slice(2).map(Number);
const world = ledgerWorldOf({ transfers, holders, losses });

let book: StatementBook | undefined;
const seconds = busySeconds(() => {
  book = wholeLedger(world);
});
let lines = 0;
const linesSeconds = busySeconds(() => {
  for (const address of book?.addresses ?? [])
    lines += book === undefined ? 0 : statementOf(book, address).lines.length;
});
const result: ChildResult = { seconds, linesSeconds, lines };
process.stdout.write(`\n${JSON.stringify(result)}\n`);
