import { isChainError, toChainError } from "@/chain/errors";
import { type ChunkStore, memoryStore } from "@/chain/logs/store";
import { createRpc } from "@/chain/rpc/client";
import { assembleLedgerReport } from "@/report/ledger-report";
import { loadVaultReport } from "@/report/load";
import { loadLedgerReadings } from "@/report/load-ledger";
import { toReportJson } from "@/report/report-json";
import type { ReportJson } from "@/report/report-schema";
import { isGap } from "@/report/report-warnings";
import { parseArguments, type ReportArguments, USAGE } from "./arguments";
import { CommandError, chainFaultText, isFileFault } from "./faults";
import { openFileStore } from "./file-store";
import { createProgress, type ProgressOutput, type ProgressTeller } from "./progress";
import { readTarget } from "./read-config";
import { summaryText } from "./summary";
import { prepareFolder, writeReport } from "./write-report";

/** Where the command speaks, and what ends it early. */
export interface ReportEnvironment {
  readonly args: readonly string[];
  /** The result. */
  readonly print: (text: string) => void;
  /** Progress, warnings, faults. */
  readonly progress: ProgressOutput;
  readonly signal: AbortSignal;
}

/** How the process ends; `--help` lists them. */
export const EXIT = { written: 0, unreadable: 1, refused: 2, incomplete: 3, stopped: 130 } as const;

const CACHE_FAULTS = ["EACCES", "EPERM", "ENOTDIR", "EEXIST", "EROFS"] as const;

async function openStore(folder: string | undefined): Promise<ChunkStore> {
  if (folder === undefined) return memoryStore();
  try {
    return await openFileStore(folder);
  } catch (cause) {
    const code = CACHE_FAULTS.find((fault) => isFileFault(cause, fault));
    if (code === undefined) throw cause;
    throw new CommandError(
      `--cache: nothing can be kept in ${folder} (${code}). Name a folder that you may write to, or leave the flag out.`,
    );
  }
}

/**
 * The report of a vault by the way of the pages: the same client, the same readings, the same computations.
 *
 * @throws ChainError
 */
async function loadReport(
  options: ReportArguments,
  { signal, teller }: { readonly signal: AbortSignal; readonly teller: ProgressTeller },
): Promise<ReportJson> {
  const { chain, vault } = await readTarget(options);
  await prepareFolder(options.outFolder);
  const store = await openStore(options.cacheFolder);
  if (!vault.listed) {
    teller.say(`${vault.address} is not listed in ${options.configFile}: its first block is looked for.`);
  }
  const rpc = createRpc({ chainId: chain.id, endpoints: chain.rpcUrls });
  const { block } = options;
  const report = await loadVaultReport(rpc, { vault, block, store, signal, onProgress: teller.load });
  const readings = await loadLedgerReadings(rpc, {
    report,
    store,
    signal,
    onProgress: teller.ledger,
    withShortfalls: report.snapshot.state.flux !== undefined,
  });
  return toReportJson(assembleLedgerReport({ report, readings }));
}

/** The `report` command; returns the exit code. */
export async function runReport({ args, print, progress, signal }: ReportEnvironment): Promise<number> {
  const teller = createProgress(progress);
  const parsed = parseArguments(args);
  if (parsed.kind === "help") {
    print(USAGE);
    return EXIT.written;
  }
  if (parsed.kind === "refused") {
    teller.say(`${parsed.faults.join("\n")}\n\n${USAGE}`);
    return EXIT.refused;
  }
  const { options } = parsed;
  try {
    const report = await loadReport(options, { signal, teller });
    const written = await writeReport(options.outFolder, report);
    teller.end();
    for (const warning of report.warnings)
      teller.say(`${isGap(warning) ? "WARNING" : "Note"}: ${warning.text}`);
    print(summaryText(report, written));
    return options.isStrict && report.warnings.some(isGap) ? EXIT.incomplete : EXIT.written;
  } catch (cause) {
    return faultCode(cause, teller);
  }
}

/** Says what went wrong; a fault of this program itself is thrown on. */
function faultCode(cause: unknown, teller: ProgressTeller): number {
  if (cause instanceof CommandError) {
    teller.say(cause.message);
    return EXIT.refused;
  }
  if (!isChainError(cause)) throw cause;
  const error = toChainError(cause);
  teller.say(chainFaultText(error));
  return error.code === "aborted" ? EXIT.stopped : EXIT.unreadable;
}
