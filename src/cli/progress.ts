import type { LedgerReadProgress } from "@/report/ledger-context";
import type { LoadProgress } from "@/report/load";
import { formatInteger, toSafeInteger } from "@/shared/format";

const HUNDRED = 100n;
const STEP_PERCENT = 10;

/** Where a person reads along: standard error, so that standard output holds the result alone. */
export interface ProgressOutput {
  readonly write: (text: string) => void;
  /** A terminal: one line that changes; elsewhere a line for every tenth. */
  readonly isTerminal: boolean;
}

/** Tells how far the reading is. */
export interface ProgressTeller {
  readonly load: (progress: LoadProgress) => void;
  readonly ledger: (progress: LedgerReadProgress) => void;
  readonly say: (text: string) => void;
  /** Ends the line that is being rewritten. */
  readonly end: () => void;
}

const LEDGER_STAGE: Readonly<Record<LedgerReadProgress["stage"], string>> = {
  totals: "Reading totals of the past",
  falls: "Narrowing down falls without an event",
  shortfalls: "Reading open shortfalls of the past",
};

/** Tells each stage and, of the long ones, every tenth of the way; on a terminal every step, on one line. */
export function createProgress({ write, isTerminal }: ProgressOutput): ProgressTeller {
  let stage = "";
  let told = -1;
  let isOpen = false;

  const end = (): void => {
    if (isOpen) write("\n");
    isOpen = false;
  };
  const tell = (label: string, percent: number | undefined, detail = ""): void => {
    const isNew = label !== stage;
    const tenth = percent === undefined ? 0 : Math.floor(percent / STEP_PERCENT);
    if (isNew) told = -1;
    stage = label;
    const text = [label, percent === undefined ? "" : `${percent} %`, detail]
      .filter((part) => part !== "")
      .join(", ");
    if (isTerminal) {
      if (isNew) end();
      write(`\r\u001b[2K${text}`);
      isOpen = true;
    } else if (isNew || tenth > told) {
      write(`${text}\n`);
      told = tenth;
    }
  };

  return {
    load: (progress) => {
      switch (progress.stage) {
        case "state":
          tell("Reading the vault", undefined);
          break;
        case "history": {
          const { doneBlocks, totalBlocks, logs } = progress;
          const percent =
            totalBlocks === 0n ? undefined : toSafeInteger((doneBlocks * HUNDRED) / totalBlocks);
          tell("Reading the history", percent, `${formatInteger(logs)} events`);
          break;
        }
        case "managers":
          tell(`Reading ${formatInteger(progress.managers)} managers`, undefined);
          break;
        case "series":
          tell(`Reading ${formatInteger(progress.blocks)} blocks of the past`, undefined);
          break;
      }
    },
    ledger: ({ stage: part, doneBlocks, totalBlocks }) => {
      const percent =
        totalBlocks === 0 ? undefined : toSafeInteger((BigInt(doneBlocks) * HUNDRED) / BigInt(totalBlocks));
      tell(LEDGER_STAGE[part], percent, `${formatInteger(totalBlocks)} blocks`);
    },
    say: (text) => {
      end();
      write(`${text}\n`);
    },
    end,
  };
}
