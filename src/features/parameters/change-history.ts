import { parameterHistoryOf } from "@/domain/parameters";
import type { VaultReport } from "@/report/vault-report";
import type { CsvTable } from "@/shared/csv";
import { formatExactAmount, formatInteger, formatTimestamp } from "@/shared/format";
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

/** A value of 10^18 = 100 % as per cent, every digit of it. */
const percentDigits = (ratioWad: bigint): string => formatExactAmount({ value: ratioWad, decimals: 16 });

/** The changes as a file, oldest first. Values are per cent; an asset is let in or shut out instead. */
export function changesCsv({ history, snapshot }: Pick<VaultReport, "history" | "snapshot">): CsvTable {
  const { chainId, address } = snapshot.state;
  return {
    header: [
      "chain_id",
      "vault",
      "block",
      "log_index",
      "time",
      "transaction",
      "parameter",
      "old_percent",
      "new_percent",
      "asset",
      "is_allowed",
      "risk",
    ],
    rows: parameterHistoryOf(history.parameters).map(({ event, direction }) => [
      chainId.toString(),
      address,
      event.blockNumber.toString(),
      event.logIndex.toString(),
      formatTimestamp(event.atSeconds),
      event.transactionHash,
      ...(event.kind === "parameter"
        ? [event.key, percentDigits(event.oldValue), percentDigits(event.newValue), "", ""]
        : ["allowed asset", "", "", event.asset, event.allowed ? "yes" : "no"]),
      DIRECTION_WORDS[direction].word,
    ]),
  };
}
