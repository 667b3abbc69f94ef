import { parseArgs } from "node:util";
import { AnvilStartError } from "../anvil";
import { SolidityError } from "../compile";
import { SeedError } from "../scenario/play/node-client";

import type { AddressBook } from "./address-book";
import { advanceClock, durationSeconds, keepFeedsFresh, type Node } from "./clock";
import type { Devnet, DevnetOptions } from "./devnet";
import { type RunningDevnet, removeRunFiles, runningDevnets, writeRunFiles } from "./run-files";
import { runToExitCode, stopSignal, untilStopped } from "./shutdown";

const USAGE = `npm run devnet                     start the chain with its whole history
npm run devnet -- --empty          factory, registry, feeds and pools only
npm run devnet -- --port N         on this port (default: a free one)
npm run devnet -- --fixed-time     the same block hashes at every run
npm run devnet -- --replace        take over devnet/.run from a devnet that is running
npm run devnet -- advance 48h      move a running devnet's clock (s, m, h, d); --port N says which one`;

const KEEPER_INTERVAL_MS = 60_000;

/** What can go wrong without being a fault of this program; the message is enough. */
export const EXPECTED_FAILURES = [AnvilStartError, SeedError, SolidityError];

export type StartDevnet = (options: DevnetOptions) => Promise<Devnet>;

/** The `devnet` command; returns the exit code. */
export async function runCommandLine(args: readonly string[], start: StartDevnet): Promise<number> {
  const parsed = parse(args);
  if (parsed === undefined) return 1;
  const { values, positionals, port } = parsed;
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (positionals[0] === "advance") return advance(positionals[1] ?? "", port);
  if (positionals.length > 0) {
    console.error(`There is no command "${positionals[0]}".\n\n${USAGE}`);
    return 1;
  }
  const signal = stopSignal();
  return runToExitCode({
    signal,
    expected: EXPECTED_FAILURES,
    run: async () => {
      const devnet = await start({
        ...(values.empty ? { scenarios: [] } : {}),
        ...(port === undefined ? {} : { port }),
        fixedTime: values["fixed-time"],
        mining: "interval",
        onProgress: progressLine(),
        signal,
      });
      const run = await publishRun(devnet, { replace: values.replace });
      console.log(introduction(devnet, run.folder));
      const code = await untilStopped({ signal, exited: devnet.anvil.exited });
      run.stop();
      await devnet.stop();
      return code;
    },
  });
}

/** The options, or undefined after saying what is wrong with them. */
function parse(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        empty: { type: "boolean", default: false },
        "fixed-time": { type: "boolean", default: false },
        replace: { type: "boolean", default: false },
        port: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !isPort(port)) {
      console.error(`"${values.port}" is not a port. Write a number between 1 and 65535.`);
      return undefined;
    }
    return { values, positionals, port };
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    console.error(`${cause.message}\n\n${USAGE}`);
    return undefined;
  }
}

export interface PublishedRun {
  readonly folder: string;
  /** Stops the timers and deletes the files. */
  stop(): void;
}

/** Writes the run's files, keeps the feeds fresh, and says when archive reads end. */
export async function publishRun(
  devnet: Devnet,
  options: { readonly replace: boolean },
): Promise<PublishedRun> {
  const others = await runningDevnets();
  const first = others[0];
  if (first !== undefined) {
    console.log(
      `Another devnet is running at ${first.book.rpcUrl} (process ${first.book.pid}). ${
        options.replace
          ? "It goes on running; devnet/.run now describes this one."
          : "This one's files stand beside its own; --replace would take their place."
      }`,
    );
  }
  const book = devnet.addressBook;
  const folder = writeRunFiles({
    book,
    config: devnet.config,
    beside: first !== undefined && !options.replace,
  });
  const keeper = setInterval(() => {
    keepFeedsFresh(devnet.anvil, book).catch((cause: unknown) => {
      console.error("The feeds could not be refreshed:", cause);
    });
  }, KEEPER_INTERVAL_MS);
  const archive = setTimeout(
    () => {
      console.log(
        "Archive reads end now: the node keeps no more than two hours beyond the history, and drops the oldest " +
          "states block by block. Restart for a full history.",
      );
    },
    Math.max(0, (book.archiveUntilSeconds ?? 0) * 1_000 - Date.now()),
  );
  return {
    folder,
    stop() {
      clearInterval(keeper);
      clearTimeout(archive);
      removeRunFiles(folder, book);
    },
  };
}

async function advance(text: string, port: number | undefined): Promise<number> {
  const seconds = durationSeconds(text);
  if (seconds === undefined) {
    console.error(`"${text}" is not a duration. Write for example 1h, 48h or 7d.`);
    return 1;
  }
  const running = await runningDevnets();
  const chosen = running.find(({ book }) => port === undefined || Number(new URL(book.rpcUrl).port) === port);
  if (chosen === undefined) {
    console.error(
      port === undefined
        ? "No devnet is running. Start one with: npm run devnet"
        : `No devnet is running on port ${port}.`,
    );
    return 1;
  }
  const block = await advanceClock({
    node: nodeAt(chosen.book.rpcUrl),
    book: chosen.book,
    seconds,
    automine: false,
  });
  const at = new Date(Number(block.timestampSeconds) * 1_000).toISOString();
  console.log(
    `The chain at ${chosen.book.rpcUrl} is now at block ${block.blockNumber}, ${at}. Feeds are fresh.`,
  );
  return 0;
}

function introduction(devnet: Devnet, folder: RunningDevnet["folder"]): string {
  const { scenarios, lastBlock } = devnet.addressBook;
  const vaults = Object.entries(scenarios).map(
    ([name, own]) => `  ${name.padEnd(8)} ${own.vault}  ${own.title}, from block ${own.startBlock}`,
  );
  return [
    `Devnet ready at ${devnet.rpcUrl} (chain ${devnet.chainId}, block ${lastBlock}), a block every 12 s.`,
    ...vaults,
    `Address book and configuration: ${folder}`,
    `Archive reads: for two hours from now. Move the clock: npm run devnet -- advance 48h`,
    "Stop with Ctrl-C.",
  ].join("\n");
}

/** Tells how far the history is, on one line of a terminal; silent elsewhere. */
export function progressLine(): (share: number) => void {
  if (!process.stdout.isTTY) return () => undefined;
  return (share) => {
    process.stdout.write(`\rPlaying the history: ${Math.round(share * 100)} %  ${share >= 1 ? "\n" : ""}`);
  };
}

/** JSON-RPC over HTTP to a node that another process started. */
function nodeAt(url: AddressBook["rpcUrl"]): Node {
  return {
    async request<T>(method: string, params: readonly unknown[] = []): Promise<T> {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
      });
      const body = (await response.json()) as {
        readonly result?: unknown;
        readonly error?: { readonly message: string };
      };
      if (body.error !== undefined) throw new Error(`${method}: ${body.error.message}`);
      return body.result as T;
    },
  };
}

function isPort(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value < 65_536;
}
