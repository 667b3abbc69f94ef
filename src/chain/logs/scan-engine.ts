import type { Hex } from "@/domain/model";
import { ChainError, type ChainErrorCode, toChainError } from "../errors";
import { sleep, systemEnvironment, throwIfAborted } from "../rpc/environment";
import type { Rpc } from "../rpc/rpc";
import { checkBoundaries, type Mark } from "./boundaries";
import { sealChunk } from "./chunk";
import { type ConfirmedAnswer, fetchWholeRange, type RangeRequest, servesBlocks } from "./fetch-range";
import { type BlockInterval, blocksIn, blocksInAll, cutAfter, splitAt } from "./intervals";
import type { RawLog } from "./raw-log";
import type { ScanRequest } from "./scan-request";
import { createSpanControl, type LearntCap, type SpanControl } from "./span";
import type { ChunkStore } from "./store";

interface EngineRequest {
  readonly request: ScanRequest;
  readonly scope: string;
  readonly store: ChunkStore;
  readonly settled: readonly BlockInterval[];
  readonly tail: readonly BlockInterval[];
  readonly times: Map<Hex, bigint>;
  readonly onProgress: (doneBlocks: bigint, logs: number) => void;
}

export interface EngineResult {
  readonly logs: readonly RawLog[];
  readonly gaps: readonly BlockInterval[];
}

interface Task {
  readonly range: BlockInterval;
  readonly settled: boolean;
}

const MAX_IN_FLIGHT = 6;
const FIRST_IN_FLIGHT = 4;
/** Failures in a row, without any success between, before the scan gives up with its progress kept. */
const MAX_FAILURES = 8;
const BEHIND_WAIT_MS = 1000;
/** What a free endpoint serves; used to say how long a hopeless scan would take. */
const ASSUMED_REQUESTS_A_SECOND = 20;
const DEFAULT_MAX_SCAN_SECONDS = 900;
const TAIL_ROUNDS = 3;
/** Failures that another try would not mend. */
const FINAL: ReadonlySet<ChainErrorCode> = new Set([
  "aborted",
  "wrong-chain",
  "history-too-slow",
  "archive-unavailable",
]);

function learntFrom(note: unknown): LearntCap | undefined {
  if (typeof note !== "string") return undefined;
  const match = /^(\d{1,18}):(\d{0,18})$/.exec(note);
  if (match === null) return undefined;
  const [, served = "0", refused = ""] = match;
  return { served: BigInt(served), refused: refused === "" ? undefined : BigInt(refused) };
}

interface Failed {
  readonly task: Task;
  readonly request: RangeRequest;
  /** The endpoint that was asked. */
  readonly asked: string;
  readonly error: ChainError;
}

/** The state of one scan: what is left, what was read, what each endpoint serves. */
class Engine {
  readonly #rpc: Rpc;
  readonly #options: EngineRequest;
  readonly #spans = new Map<string, SpanControl>();
  readonly #logs: RawLog[] = [];
  readonly #gaps: BlockInterval[] = [];
  readonly #tailMarks: (Mark & { readonly range: BlockInterval; readonly logs: readonly RawLog[] })[] = [];
  readonly #unsuitable = new Set<string>();
  #queue: Task[];
  #firstServed: Promise<bigint> | undefined;
  #doneBlocks = 0n;
  #failures = 0;
  #limit = FIRST_IN_FLIGHT;
  #sinceGrowth = 0;

  constructor(rpc: Rpc, options: EngineRequest) {
    this.#rpc = rpc;
    this.#options = options;
    const task =
      (settled: boolean) =>
      (range: BlockInterval): Task => ({ range, settled });
    this.#queue = [...options.settled.map(task(true)), ...options.tail.map(task(false))];
  }

  async run(): Promise<EngineResult> {
    for (let round = 1; ; round += 1) {
      await this.#drain();
      const broken = await this.#brokenTail();
      if (broken.length === 0) break;
      if (round === TAIL_ROUNDS) {
        throw new ChainError("chain-moved", { message: "The chain kept reorganising while it was read" });
      }
      this.#queue = broken.map((range) => ({ range, settled: false }));
    }
    await this.#keepCaps();
    return { logs: [...this.#logs, ...this.#tailMarks.flatMap(({ logs }) => logs)], gaps: this.#gaps };
  }

  async #drain(): Promise<void> {
    const running = new Set<Promise<void>>();
    const failures: ChainError[] = [];
    const launch = (task: Task): void => {
      const promise = this.#work(task)
        .catch((error: unknown) => {
          failures.push(toChainError(error));
        })
        .finally(() => {
          running.delete(promise);
        });
      running.add(promise);
    };
    while ((this.#queue.length > 0 || running.size > 0) && failures.length === 0) {
      while (failures.length === 0 && this.#queue.length > 0 && running.size < this.#allowed()) {
        launch(await this.#take());
      }
      if (running.size > 0) await Promise.race(running);
    }
    // What is in flight still arrives and is kept, so that the next scan continues from there.
    await Promise.all(running);
    const [failure] = failures;
    if (failure === undefined) return;
    await this.#keepCaps();
    throw failure;
  }

  /** Questions larger than the endpoint has shown to serve go alone: one refusal says as much as six. */
  #allowed(): number {
    const control = this.#spans.get(this.#endpoint());
    return control === undefined || control.isClimbing() ? 1 : this.#limit;
  }

  #endpoint(): string {
    return this.#rpc.preferredEndpoint();
  }

  async #spanOf(endpoint: string): Promise<SpanControl> {
    const known = this.#spans.get(endpoint);
    if (known !== undefined) return known;
    const note = await this.#options.store.readNote(this.#noteKey(endpoint));
    const control = createSpanControl(learntFrom(note));
    this.#spans.set(endpoint, control);
    return control;
  }

  #noteKey(endpoint: string): string {
    return `range-cap|${this.#rpc.chainId.toString()}|${endpoint}`;
  }

  async #keepCaps(): Promise<void> {
    for (const [endpoint, control] of this.#spans) {
      const { served, refused } = control.learnt();
      if (refused === undefined) continue;
      await this.#options.store.writeNote(
        this.#noteKey(endpoint),
        `${served.toString()}:${refused.toString()}`,
      );
    }
  }

  async #take(): Promise<Task> {
    const task = this.#queue.shift();
    if (task === undefined) throw new ChainError("unexpected", { message: "Nothing is left to read" });
    const span = (await this.#spanOf(this.#endpoint())).next();
    const { first, rest } = splitAt(task.range, span);
    if (rest !== undefined) this.#queue.unshift({ ...task, range: rest });
    return { ...task, range: first };
  }

  /** Puts a range back, joined to its neighbour where there is one, so that refusals do not leave splinters. */
  #giveBack(task: Task): void {
    const { from, to } = task.range;
    const next = this.#queue.findIndex(
      ({ range, settled }) => settled === task.settled && range.from === to + 1n,
    );
    const neighbour = this.#queue[next];
    if (neighbour === undefined) this.#queue.unshift(task);
    else this.#queue[next] = { ...task, range: { from, to: neighbour.range.to } };
  }

  async #work(task: Task): Promise<void> {
    const { signal } = this.#options.request;
    throwIfAborted(signal);
    const asked = this.#endpoint();
    const request: RangeRequest = {
      filter: this.#options.request.filter,
      range: task.range,
      unsettled: !task.settled,
      signal,
      avoid: [...this.#unsuitable],
      times: this.#options.times,
    };
    try {
      await this.#accept(task, await fetchWholeRange(this.#rpc, request));
    } catch (error) {
      await this.#onError({ task, request, asked, error: toChainError(error) });
    }
  }

  async #accept(task: Task, answer: ConfirmedAnswer): Promise<void> {
    this.#sinceGrowth += 1;
    if (this.#sinceGrowth >= this.#limit) {
      this.#sinceGrowth = 0;
      this.#limit = Math.min(MAX_IN_FLIGHT, this.#limit + 1);
    }
    const blocks = blocksIn(task.range);
    const control = await this.#spanOf(answer.endpoint);
    if (answer.reread !== "no") control.onRoundCount();
    if (answer.reread === "more") {
      control.onRefused({ blocks, suggestedBlocks: undefined, limit: "answer" });
    } else control.onServed({ blocks, bytes: answer.bytes });
    await this.#commit(task, answer);
    this.#failures = 0;
    this.#doneBlocks += blocks;
    this.#report();
  }

  async #commit(task: Task, answer: ConfirmedAnswer): Promise<void> {
    const { scope, store, request } = this.#options;
    const { number, hash } = answer.toBlock;
    if (!task.settled) {
      if (number === request.head.number && hash !== request.head.hash) {
        throw new ChainError("chain-moved", { message: "The head is no longer part of the chain" });
      }
      this.#tailMarks.push({ number, hash, range: task.range, logs: answer.logs });
      return;
    }
    this.#logs.push(...answer.logs);
    const chunk = await sealChunk({ scope, range: task.range, toBlockHash: hash, logs: answer.logs });
    await store.commit({ scope, put: [chunk], remove: [] });
  }

  #report(): void {
    const tailLogs = this.#tailMarks.reduce((sum, { logs }) => sum + logs.length, 0);
    this.#options.onProgress(this.#doneBlocks, this.#logs.length + tailLogs);
  }

  async #onError({ task, request, asked, error }: Failed): Promise<void> {
    if (FINAL.has(error.code)) throw error;
    const many = blocksIn(task.range) > 1n;
    if (many && (error.code === "range-too-large" || error.details.timedOut === true)) {
      await this.#shrink({ task, asked, error });
      return;
    }
    if (error.code === "unexpected") {
      await this.#learnWhy({ task, request, asked, error });
      return;
    }
    this.#failures += 1;
    if (this.#failures >= MAX_FAILURES) throw error;
    this.#limit = Math.max(1, Math.floor(this.#limit / 2));
    this.#giveBack(task);
    if (error.code === "chain-moved") {
      const environment = this.#options.request.environment ?? systemEnvironment();
      await sleep(environment, { ms: BEHIND_WAIT_MS, signal: request.signal });
    }
  }

  async #shrink({ task, asked, error }: Omit<Failed, "request">): Promise<void> {
    const control = await this.#spanOf(asked);
    const { suggestedBlocks, limit, timedOut } = error.details;
    const what = limit ?? (timedOut === true ? "answer" : "blocks");
    control.onRefused({ blocks: blocksIn(task.range), suggestedBlocks, limit: what });
    this.#giveBack(task);
    this.#refuseHopeless(asked, control);
  }

  /** Says at once when the range cap makes the scan a matter of hours; other endpoints are tried first. */
  #refuseHopeless(endpoint: string, control: SpanControl): void {
    const { refused } = control.learnt();
    if (refused === undefined || refused <= 1n) return;
    const cap = refused - 1n;
    const left = blocksInAll(this.#queue.map(({ range }) => range));
    const requests = left / cap;
    const limitSeconds = this.#options.request.maxScanSeconds ?? DEFAULT_MAX_SCAN_SECONDS;
    if (requests <= BigInt(limitSeconds * ASSUMED_REQUESTS_A_SECOND)) return;
    this.#unsuitable.add(endpoint);
    if (this.#unsuitable.size < this.#rpc.status().endpoints.length) return;
    const estimatedSeconds = Number.parseInt((requests / BigInt(ASSUMED_REQUESTS_A_SECOND)).toString(), 10);
    throw new ChainError("history-too-slow", {
      message: `${endpoint} serves ${cap.toString()} blocks a request: ${requests.toString()} requests would be needed, about ${Math.ceil(estimatedSeconds / 60).toString()} minutes`,
      endpointHost: endpoint,
      suggestedBlocks: cap,
      estimatedSeconds,
    });
  }

  /**
   * A refusal that names no reason. If both ends of the range are served by themselves, the range was the reason. If
   * its first block is not, the endpoint no longer keeps logs that old: what it lacks becomes a gap, and the rest is
   * read.
   */
  async #learnWhy({ task, request, asked, error }: Failed): Promise<void> {
    const { range } = task;
    const [first = false, last = false] = await servesBlocks(this.#rpc, {
      blocks: [range.from, range.to],
      request,
    });
    if (first) {
      if (!last || range.from === range.to) throw error;
      await this.#shrink({ task, asked, error });
      return;
    }
    const served = last ? range.to : this.#options.request.head.number;
    this.#firstServed ??= this.#findFirstServed({ refused: range.from, served }, { request, error });
    const firstServed = await this.#firstServed;
    if (range.from >= firstServed) throw error;
    const { upTo, after } = cutAfter(range, firstServed - 1n);
    if (upTo !== undefined) {
      this.#gaps.push(upTo);
      this.#doneBlocks += blocksIn(upTo);
      this.#report();
    }
    if (after !== undefined) this.#giveBack({ ...task, range: after });
  }

  /** By halving between a block that is refused and one that must be served. */
  async #findFirstServed(
    ends: { readonly refused: bigint; readonly served: bigint },
    { request, error }: Pick<Failed, "request" | "error">,
  ): Promise<bigint> {
    let { refused, served } = ends;
    const isServed = async (block: bigint): Promise<boolean> => {
      const [answer = false] = await servesBlocks(this.#rpc, { blocks: [block], request });
      return answer;
    };
    if (!(await isServed(served))) throw error;
    while (served - refused > 1n) {
      const middle = refused + (served - refused) / 2n;
      if (await isServed(middle)) served = middle;
      else refused = middle;
    }
    return served;
  }

  /** Ranges of the tail whose end block is no longer part of the chain, dropped so that they are read again. */
  async #brokenTail(): Promise<readonly BlockInterval[]> {
    if (this.#tailMarks.length < 2) return [];
    const { signal } = this.#options.request;
    const broken = new Set(
      (await checkBoundaries(this.#rpc, { marks: this.#tailMarks, signal })).map(({ hash }) => hash),
    );
    const dropped = this.#tailMarks.filter(({ hash }) => broken.has(hash));
    for (const mark of dropped) this.#tailMarks.splice(this.#tailMarks.indexOf(mark), 1);
    return dropped.map(({ range }) => range);
  }
}

/** Fetches the intervals with several requests in flight; see `scanLogs` for what it promises. */
export async function fetchIntervals(rpc: Rpc, request: EngineRequest): Promise<EngineResult> {
  return await new Engine(rpc, request).run();
}
