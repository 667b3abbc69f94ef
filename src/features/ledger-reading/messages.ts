import type { LedgerCost, LedgerFault, LedgerProgress } from "@/data/ledger-book/ledger-view";
import { formatInteger } from "@/shared/format";

/** Why the ledger could not be computed beside the page. */
export const WORKER_FAULT: Readonly<
  Record<
    Extract<LedgerFault, { readonly kind: "worker" }>["reason"],
    { readonly cause: string; readonly cure: string }
  >
> = {
  "not-supported": {
    cause: "This browser does not let a page compute beside itself (module workers).",
    cure: "Use a newer browser, or the command line: npm run report gives the same figures.",
  },
  "not-loaded": {
    cause: "The part of this site that computes the ledger could not be loaded.",
    cure: "Load the page again: a newer version of the site may have been published.",
  },
  failed: {
    cause: "The part of this site that computes the ledger stopped.",
    cure: "Try again. If it stays, report it.",
  },
};

/** How far reading the past has come, for a bar with words. */
export function progressWords(progress: LedgerProgress | undefined): {
  readonly label: string;
  readonly percent: number | undefined;
  readonly detail: string;
} {
  if (progress === undefined)
    return { label: "Reading the past of the vault", percent: undefined, detail: "" };
  const { stage, doneBlocks, totalBlocks } = progress;
  return {
    label: STAGE_WORD[stage],
    percent: totalBlocks === 0 ? undefined : (doneBlocks * 100) / totalBlocks,
    detail: totalBlocks === 0 ? "" : `${formatInteger(doneBlocks)} of ${formatInteger(totalBlocks)} blocks`,
  };
}

const STAGE_WORD: Readonly<Record<LedgerProgress["stage"], string>> = {
  totals: "Reading the vault's total assets in its past",
  falls: "Narrowing down falls of the share price",
  shortfalls: "Reading what was short when LPs came and left",
  unrealised: "Reading what would have been lost at old blocks",
  computing: "Computing the ledger",
};

/** What reading costs, before it is begun. */
export function costWords({ totals, shortfalls }: LedgerCost): string {
  const blocks = `Total assets of ${formatInteger(totals)} old blocks are read`;
  return shortfalls === 0
    ? `${blocks}.`
    : `${blocks}, and every manager at ${formatInteger(shortfalls)} of them.`;
}
