import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReportJson } from "@/report/report-schema";
import { reportText } from "@/report/report-text";
import { CommandError, isFileFault } from "./faults";
import { reportPage } from "./report-page";

/** What was written and where. */
export interface WrittenReport {
  readonly jsonFile: string;
  readonly htmlFile: string;
  /** SHA-256 of the bytes of report.json, hex. */
  readonly sha256: string;
}

/** Faults of a folder that a person can put right. */
const FOLDER_FAULTS = ["EACCES", "EPERM", "ENOTDIR", "EEXIST", "EROFS", "ENOSPC"] as const;

async function orCommandError<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = FOLDER_FAULTS.find((fault) => isFileFault(cause, fault));
    if (code === undefined) throw cause;
    throw new CommandError(
      `--out: nothing can be written to ${folder} (${code}). Name a folder that you may write to.`,
    );
  }
}

/** Makes the folder before anything is read, so that a wrong one is not found out after minutes. */
export function prepareFolder(folder: string): Promise<void> {
  return orCommandError(folder, async () => {
    await mkdir(folder, { recursive: true });
    const probe = join(folder, `.${randomUUID()}.probe`);
    await writeFile(probe, "");
    await rm(probe);
  });
}

/** The text piece by piece, hashed on its way. */
async function* hashed(
  report: ReportJson,
  hash: { update: (text: string) => unknown },
): AsyncGenerator<string> {
  for (const piece of reportText(report)) {
    hash.update(piece);
    yield piece;
  }
}

/**
 * Writes report.json and report.html. Each appears whole or not at all: a reader of the folder never sees half a
 * report.
 *
 * @throws CommandError when the folder cannot be written to
 */
export function writeReport(folder: string, report: ReportJson): Promise<WrittenReport> {
  return orCommandError(folder, async () => {
    const jsonFile = join(folder, "report.json");
    const htmlFile = join(folder, "report.html");
    const draft = join(folder, `.${randomUUID()}.draft`);
    try {
      const hash = createHash("sha256");
      await pipeline(Readable.from(hashed(report, hash)), createWriteStream(draft));
      const sha256 = hash.digest("hex");
      await rename(draft, jsonFile);
      await writeFile(draft, reportPage({ report, reportSha256: sha256 }));
      await rename(draft, htmlFile);
      return { jsonFile, htmlFile, sha256 };
    } finally {
      await rm(draft, { force: true });
    }
  });
}
