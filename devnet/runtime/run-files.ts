import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type AddressBook, addressBookSchema } from "./address-book";
import type { DashboardConfig } from "./dashboard-config";

/**
 * What a running devnet leaves for others to find: its address book and the dashboard's configuration. The first
 * devnet writes to `devnet/.run`, a further one to a folder of its own below it, named after its port.
 */
const RUN_DIR = fileURLToPath(new URL("../.run", import.meta.url));
const BOOK = "devnet.json";
const CONFIG = "plimsoll.config.json";

export interface RunningDevnet {
  readonly book: AddressBook;
  readonly folder: string;
}

/** Devnets that answer right now, the one in `devnet/.run` itself first. Books whose node has ended are skipped. */
export async function runningDevnets(): Promise<readonly RunningDevnet[]> {
  if (!existsSync(RUN_DIR)) return [];
  const folders = [
    RUN_DIR,
    ...readdirSync(RUN_DIR, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(RUN_DIR, entry.name)),
  ];
  const found = await Promise.all(
    folders.map(async (folder): Promise<readonly RunningDevnet[]> => {
      const book = readBook(join(folder, BOOK));
      return book !== undefined && (await answers(book)) ? [{ book, folder }] : [];
    }),
  );
  return found.flat();
}

/** Writes both files and returns their folder. */
export function writeRunFiles(args: {
  readonly book: AddressBook;
  readonly config: DashboardConfig;
  /** Beside another devnet's files instead of over them. */
  readonly beside: boolean;
}): string {
  const folder = args.beside ? join(RUN_DIR, new URL(args.book.rpcUrl).port) : RUN_DIR;
  mkdirSync(folder, { recursive: true });
  const book = { ...args.book, $schema: args.beside ? "../../devnet.schema.json" : args.book.$schema };
  writeFileSync(join(folder, BOOK), `${JSON.stringify(book, undefined, 2)}\n`);
  writeFileSync(join(folder, CONFIG), `${JSON.stringify(args.config, undefined, 2)}\n`);
  return folder;
}

/** Deletes the files of a devnet that ends, unless another one has taken their place. */
export function removeRunFiles(folder: string, genesis: { readonly rpcUrl: string }): void {
  const book = readBook(join(folder, BOOK));
  if (book === undefined || book.rpcUrl !== genesis.rpcUrl) return;
  rmSync(join(folder, BOOK), { force: true });
  rmSync(join(folder, CONFIG), { force: true });
  if (folder !== RUN_DIR) rmSync(folder, { recursive: true, force: true });
}

function readBook(path: string): AddressBook | undefined {
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, "utf8");
  const parsed = addressBookSchema.safeParse(parsedJson(text));
  return parsed.success ? parsed.data : undefined;
}

/** A file that was cut off while it was written is no address book. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** Whether the node of a book still answers, and is the one that the book describes. */
async function answers(book: AddressBook): Promise<boolean> {
  try {
    const response = await fetch(book.rpcUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_getBlockByNumber", params: ["0x0", false] }),
      signal: AbortSignal.timeout(3_000),
    });
    const body = (await response.json()) as { readonly result?: { readonly hash?: string } | null };
    return body.result?.hash === book.genesisHash;
  } catch (cause) {
    // Nobody listens there any more, or somebody who is not a node.
    if (cause instanceof TypeError || cause instanceof SyntaxError || cause instanceof DOMException)
      return false;
    throw cause;
  }
}
