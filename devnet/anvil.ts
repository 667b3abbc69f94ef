/**
 * Starts the anvil binary of the lockfile as a child of this process and makes sure that it is the node that answers.
 *
 * The binary of the platform package is spawned directly: the package's own wrapper is one process more to stop.
 * Port 0 lets the system choose, and the child's own output says which port it got, so that no port is guessed, raced
 * for or shared with a node that somebody else left running.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface AnvilOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly host?: string;
  readonly chainId?: number;
  /** Time of the genesis block. Default: the wall clock. A fixed time makes two runs equal, block hashes included. */
  readonly timestampSeconds?: number;
  /** Mine at this interval instead of with every transaction. */
  readonly blockTimeSeconds?: number;
  /** With an interval: mine transactions at once all the same. */
  readonly mixedMining?: boolean;
  /** Number of funded accounts of anvil's well-known mnemonic. */
  readonly accounts?: number;
  readonly gasLimit?: number;
  /** Further arguments of the binary, as they are. */
  readonly args?: readonly string[];
}

export interface Anvil {
  readonly url: string;
  readonly webSocketUrl: string;
  readonly port: number;
  readonly pid: number;
  readonly chainId: number;
  readonly genesisHash: `0x${string}`;
  /** One JSON-RPC call. Throws {@link AnvilRpcError} when the node answers with an error. */
  request<T = unknown>(method: string, params?: readonly unknown[]): Promise<T>;
  /** Settles when the process has ended, for whatever reason. */
  readonly exited: Promise<void>;
  /** Ends the process, waits for its end and deletes its cache. May be called more than once. */
  stop(): Promise<void>;
}

/** The node could not be started, or the node that answers is not the one that was started. */
export class AnvilStartError extends Error {
  override readonly name = "AnvilStartError";
}

/** The node answered a call with an error; `data` holds the revert data where there is any. */
export class AnvilRpcError extends Error {
  override readonly name = "AnvilRpcError";
  constructor(
    message: string,
    readonly code: number,
    readonly data: unknown,
  ) {
    super(message);
  }
}

/** Room for one lens call over 1,250 managers, which takes about 60 million gas. */
const DEFAULT_GAS_LIMIT = 100_000_000;
const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 5_000;

const require = createRequire(import.meta.url);

/**
 * Path of the anvil binary for this machine.
 * @throws AnvilStartError when the lockfile has none for this platform
 */
export function anvilBinary(): string {
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  const name = `@foundry-rs/anvil-${process.platform}-${arch}`;
  const fromAnvil = createRequire(require.resolve("@foundry-rs/anvil/package.json"));
  let folder: string;
  try {
    folder = dirname(fromAnvil.resolve(`${name}/package.json`));
  } catch (cause) {
    throw new AnvilStartError(`${name} is not installed; run npm ci on this machine`, { cause });
  }
  const binary = join(folder, "bin", process.platform === "win32" ? "anvil.exe" : "anvil");
  if (!existsSync(binary)) throw new AnvilStartError(`${name} has no binary`);
  return binary;
}

function argumentsFor(options: AnvilOptions, cachePath: string): readonly string[] {
  const host = options.host ?? "127.0.0.1";
  const args = ["--host", host, "--port", String(options.port ?? 0), "--cache-path", cachePath];
  const add = (flag: string, value: number | undefined) => {
    if (value !== undefined) args.push(flag, String(value));
  };
  add("--chain-id", options.chainId);
  add("--timestamp", options.timestampSeconds);
  add("--block-time", options.blockTimeSeconds);
  add("--accounts", options.accounts);
  add("--gas-limit", options.gasLimit ?? DEFAULT_GAS_LIMIT);
  if (options.mixedMining === true) args.push("--mixed-mining");
  return [...args, ...(options.args ?? [])];
}

/** Waits until the child itself says on which port it listens. */
function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(
      () => finish(new AnvilStartError(`anvil did not start within ${START_TIMEOUT_MS} ms`)),
      START_TIMEOUT_MS,
    );
    const finish = (result: number | AnvilStartError) => {
      clearTimeout(timer);
      child.stdout?.removeListener("data", onData);
      child.removeListener("exit", onExit);
      child.removeListener("error", onError);
      if (typeof result === "number") resolve(result);
      else reject(result);
    };
    const onData = (chunk: Buffer) => {
      output += chunk.toString("utf8");
      const port = /^Listening on \S*:(\d+)\s*$/m.exec(output)?.[1];
      if (port !== undefined) finish(Number.parseInt(port, 10));
    };
    const onExit = () => finish(new AnvilStartError(`anvil ended while starting:\n${output}`));
    const onError = (cause: Error) => finish(new AnvilStartError("anvil could not be run", { cause }));
    child.stdout?.on("data", onData);
    child.stderr?.on("data", onData);
    child.once("exit", onExit);
    child.once("error", onError);
  });
}

interface RpcResponse {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

function rpcCaller(url: string): Anvil["request"] {
  let id = 0;
  return async <T>(method: string, params: readonly unknown[] = []): Promise<T> => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: ++id, method, params }),
    });
    const { error, result } = (await response.json()) as RpcResponse;
    if (error !== undefined) throw new AnvilRpcError(`${method}: ${error.message}`, error.code, error.data);
    return result as T;
  };
}

interface BlockHeader {
  readonly hash: `0x${string}`;
  readonly timestamp: `0x${string}`;
}

async function identify(request: Anvil["request"], options: AnvilOptions) {
  const chainId = Number(await request<string>("eth_chainId"));
  const genesis = await request<BlockHeader>("eth_getBlockByNumber", ["0x0", false]);
  const expectedTime = options.timestampSeconds;
  if (options.chainId !== undefined && options.chainId !== chainId)
    throw new AnvilStartError(`the node that answers is chain ${chainId}, not ${options.chainId}`);
  const startsFresh = !(options.args ?? []).some((arg) => arg.startsWith("--load-state"));
  if (startsFresh && expectedTime !== undefined && Number(genesis.timestamp) !== expectedTime)
    throw new AnvilStartError("the node that answers has another genesis block");
  return { chainId, genesisHash: genesis.hash };
}

/**
 * Starts a node and returns when it answers.
 * @throws AnvilStartError when it does not start, or another node answers in its place
 */
export async function startAnvil(options: AnvilOptions = {}): Promise<Anvil> {
  const binary = anvilBinary();
  const cachePath = mkdtempSync(join(tmpdir(), "devnet-anvil-"));
  const child = spawn(binary, argumentsFor(options, cachePath), { stdio: ["ignore", "pipe", "pipe"] });

  // A parent that ends without stop() must not leave the node behind.
  const killNow = () => child.kill("SIGKILL");
  process.once("exit", killNow);
  const exited = new Promise<void>((resolve) => {
    const end = () => {
      process.removeListener("exit", killNow);
      rmSync(cachePath, { recursive: true, force: true });
      resolve();
    };
    child.once("exit", end);
    child.once("error", end);
  });
  const isRunning = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const stop = async () => {
    if (!isRunning()) return exited;
    const timer = setTimeout(killNow, STOP_TIMEOUT_MS);
    child.kill("SIGTERM");
    await exited;
    clearTimeout(timer);
  };

  try {
    const port = await listeningPort(child);
    // Drained, not kept: a full pipe would stop the node.
    child.stdout.resume();
    child.stderr.resume();
    const authority = `${options.host ?? "127.0.0.1"}:${port}`;
    const request = rpcCaller(`http://${authority}`);
    const identity = await identify(request, options);
    const { pid } = child;
    if (pid === undefined || !isRunning())
      throw new AnvilStartError("anvil ended, and another node answers on its port");
    return {
      url: `http://${authority}`,
      webSocketUrl: `ws://${authority}`,
      port,
      pid,
      request,
      exited,
      stop,
      ...identity,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
