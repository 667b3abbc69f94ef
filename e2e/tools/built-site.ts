import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";

/** One JavaScript chunk as the bundler describes it. */
export interface Chunk {
  readonly file: string;
  /** The module that this chunk was made for, when it was made for one. */
  readonly facade: string | undefined;
  readonly isEntry: boolean;
  /** Modules that left code in the chunk, by path. */
  readonly modules: readonly string[];
  /** Chunks that are loaded with this one. */
  readonly imports: readonly string[];
  /** Chunks that are loaded when asked for. */
  readonly lazyImports: readonly string[];
  readonly gzipBytes: number;
}

export interface BuiltSite {
  /** Every file of the published folder, by path. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** The files that a second build made, with their bytes. */
  readonly rebuilt: ReadonlyMap<string, Buffer>;
  readonly chunks: readonly Chunk[];
}

function readFolder(folder: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(posix.join(...path.slice(folder.length).split(/[\\/]/).filter(Boolean)), readFileSync(path));
  }
  return files;
}

/** Builds the site in memory, with the bundler's own account of what went into which chunk. */
async function rebuild(root: string): Promise<Pick<BuiltSite, "rebuilt" | "chunks">> {
  const made = await build({ root, logLevel: "error", build: { write: false } });
  const outputs = (Array.isArray(made) ? made : [made]).flatMap((one) => ("output" in one ? one.output : []));
  const rebuilt = new Map<string, Buffer>();
  const chunks: Chunk[] = [];
  for (const one of outputs) {
    const bytes = Buffer.from(one.type === "chunk" ? one.code : one.source);
    rebuilt.set(one.fileName, bytes);
    if (one.type !== "chunk") continue;
    chunks.push({
      file: one.fileName,
      facade: one.facadeModuleId ?? undefined,
      isEntry: one.isEntry,
      modules: Object.entries(one.modules)
        .filter(([, module]) => module.renderedLength > 0)
        .map(([path]) => path),
      imports: one.imports,
      lazyImports: one.dynamicImports,
      gzipBytes: gzipSync(bytes, { level: 9 }).length,
    });
  }
  return { rebuilt, chunks };
}

/** Reads the published folder and builds the site a second time, to see that two builds give the same bytes. */
export async function readBuiltSite(at: {
  readonly root: string;
  readonly folder: string;
}): Promise<BuiltSite> {
  return { files: readFolder(at.folder), ...(await rebuild(at.root)) };
}

/** The site as it would be published now, without a folder. */
export async function readRebuiltSite(root: string): Promise<BuiltSite> {
  const made = await rebuild(root);
  return { files: made.rebuilt, ...made };
}
