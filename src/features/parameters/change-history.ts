import { parameterHistoryOf } from "@/domain/parameters";
import type { VaultReport } from "@/report/vault-report";
import type { CsvTable } from "@/shared/csv";
import { formatInteger, formatTimestamp } from "@/shared/format";
import type { Tone } from "@/ui/tone";
import { exactPercent } from "./format";
import { DIRECTION_WORDS, keyWords } from "./messages";

/** One change that took effect. */
export interface ChangeRow {
  readonly key: string;
  readonly order: bigint;
  readonly time: string;
  readonly block: string;
  readonly transaction: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
  readonly asset: string | undefined;
  readonly direction: { readonly word: string; readonly tone: Tone; readonly meaning: string };
}

/** Every change of a parameter, newest first. */
export function changeRowsOf(report: Pick<VaultReport, "history">): readonly ChangeRow[] {
  return parameterHistoryOf(report.history.parameters)
    .map(({ event, direction }): ChangeRow => {
      const isParameter = event.kind === "parameter";
      return {
        key: `${event.blockNumber}:${event.logIndex}`,
        order: event.blockNumber * 1_000_000n + BigInt(event.logIndex),
        time: formatTimestamp(event.atSeconds),
        block: formatInteger(event.blockNumber),
        transaction: event.transactionHash,
        what: isParameter ? keyWords(event.key) : "Allowed collateral",
        before: isParameter ? exactPercent(event.oldValue) : event.allowed ? "not allowed" : "allowed",
        after: isParameter ? exactPercent(event.newValue) : event.allowed ? "allowed" : "not allowed",
        asset: isParameter ? undefined : event.asset,
        direction: DIRECTION_WORDS[direction],
      };
    })
    .sort((a, b) => (a.order > b.order ? -1 : 1));
}

/** The changes as a file. */
export function changesCsv(report: Pick<VaultReport, "history">): CsvTable {
  return {
    header: ["block", "time", "transaction", "parameter", "asset", "old", "new", "risk"],
    rows: [...changeRowsOf(report)]
      .sort((a, b) => (a.order < b.order ? -1 : 1))
      .map((row) => [
        row.block.replaceAll(",", ""),
        row.time,
        row.transaction,
        row.what,
        row.asset ?? "",
        row.before,
        row.after,
        row.direction.word,
      ]),
  };
}
