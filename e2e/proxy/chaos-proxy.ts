import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Plan, planCall, type Settled, settleCall } from "./answers";
import { parseRequest, type RpcCall, type RpcRequest, result, toEnvelope } from "./json-rpc";
import { shuffled } from "./random";
import { corsHeaders, json, type Outgoing, replacementOf, send, waitFor } from "./respond";
import { type CallFault, type Rule, RuleBook, type Struck, type TransportFault } from "./rules";
import { Traffic, type TrafficCounts, type TrafficEntry } from "./traffic";
import { Upstream } from "./upstream";

export interface ChaosProxyOptions {
  /** Nodes behind the proxy; the first answers unless a rule says otherwise. */
  readonly upstreams: readonly string[];
  /** Decides everything that is left to chance. The same seed replays the same faults. */
  readonly seed?: number;
  /** Without CORS headers a browser refuses to read the answers. */
  readonly cors?: boolean;
  /** Answer log ranges beyond the head with what there is, as geth does; anvil alone would refuse them. */
  readonly gethLogs?: boolean;
  /** Milliseconds of a clock for rules by time; tests may pass their own. */
  readonly nowMs?: () => number;
}

/**
 * A JSON-RPC server in front of a node that breaks things on purpose, in a way that can be repeated, and counts
 * everything that passes.
 */
export class ChaosProxy {
  readonly url: string;
  readonly #server: Server;
  readonly #rules: RuleBook;
  readonly #upstreams: readonly Upstream[];
  readonly #traffic = new Traffic();
  readonly #gethLogs: boolean;
  #corsOpen: boolean;
  #turn = 0;

  private constructor(server: Server, at: { url: string; options: ChaosProxyOptions; rules: RuleBook }) {
    this.#server = server;
    this.url = at.url;
    this.#rules = at.rules;
    this.#upstreams = at.options.upstreams.map((url) => new Upstream(url));
    this.#gethLogs = at.options.gethLogs ?? true;
    this.#corsOpen = at.options.cors ?? true;
  }

  /** Starts on a free port of the loopback address. */
  static async start(options: ChaosProxyOptions): Promise<ChaosProxy> {
    const nowMs = options.nowMs ?? (() => performance.now());
    const rules = new RuleBook({ seed: options.seed ?? 1, nowMs });
    const server = createServer({ keepAliveTimeout: 2_000 });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the proxy has no port");
    const proxy = new ChaosProxy(server, { url: `http://127.0.0.1:${address.port}`, options, rules });
    server.on("request", (request, response) => {
      proxy.#handle(request, response).catch((error: unknown) => {
        // A client that left in the middle is no fault of the proxy; anything else must be seen.
        if (!response.destroyed) {
          response.destroy(error instanceof Error ? error : new Error(String(error)));
          proxy.#traffic.failed(error);
        }
      });
    });
    return proxy;
  }

  /** Adds a rule; call the returned function to take it back. */
  add(rule: Rule): () => void {
    return this.#rules.add(rule);
  }

  /** Takes back every rule and opens CORS again. */
  heal(): void {
    this.#rules.clear();
    this.#corsOpen = true;
  }

  /** Drops every connection until the returned function is called. */
  goDown(): () => void {
    const comeBack = this.add({ id: "down", fault: { kind: "reset" } });
    this.#server.closeAllConnections();
    return comeBack;
  }

  set cors(isOpen: boolean) {
    this.#corsOpen = isOpen;
  }

  counts(): TrafficCounts {
    return this.#traffic.counts();
  }

  /** Every request so far, in order of arrival, without times: equal for equal seeds and requests. */
  transcript(): readonly TrafficEntry[] {
    return this.#traffic.entries();
  }

  resetCounts(): void {
    this.#traffic.reset();
  }

  /** Resolves with the next request, or one already counted since the last reset, that the test is for. */
  seen(test: (entry: TrafficEntry) => boolean): Promise<TrafficEntry> {
    return this.#traffic.seen(test);
  }

  /** Resolves when nothing has been asked or answered for `quietMs`. */
  async quiet(quietMs = 250): Promise<void> {
    for (let calmSinceMs = performance.now(), seen = -1; performance.now() - calmSinceMs < quietMs; ) {
      const { requests } = this.#traffic.counts();
      if (this.#traffic.inFlight() > 0 || requests !== seen) calmSinceMs = performance.now();
      seen = requests;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    const faults = this.#traffic.faults();
    if (faults.length > 0) throw new AggregateError(faults, "the proxy itself failed");
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const headers = corsHeaders(this.#corsOpen);
    if (request.method === "OPTIONS") {
      this.#traffic.preflight();
      response.writeHead(204, headers).end();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    }
    const body = Buffer.concat(chunks).toString("utf8");
    const parsed = parseRequest(body);
    if (request.method !== "POST" || parsed === undefined) {
      response.writeHead(400, headers).end("expected a JSON-RPC request");
      return;
    }
    const faults = this.#rules.strikeRequest(parsed.calls);
    const struck = parsed.calls.map((call) => ({ call, faults: this.#rules.strikeCall(call) }));
    const entry = this.#traffic.arrived(parsed, {
      bytesIn: Buffer.byteLength(body),
      faults: [...faults, ...struck.flatMap((one) => one.faults)].map((one) => one.rule),
    });
    response.once("close", () => {
      if (!response.writableFinished) this.#traffic.aborted(entry);
    });
    await waitFor(faults);
    if (response.destroyed) return;
    const outgoing = await this.#outgoing(parsed, { faults, struck });
    if (response.destroyed) return;
    const bytesOut = await send(response, { outgoing, faults, headers });
    this.#traffic.answered(entry, { status: outgoing.status, bytesOut });
  }

  async #outgoing(
    request: RpcRequest,
    at: {
      readonly faults: readonly Struck<TransportFault>[];
      readonly struck: readonly { call: RpcCall; faults: readonly Struck<CallFault>[] }[];
    },
  ): Promise<Outgoing> {
    for (const { fault } of at.faults) {
      const replacement = replacementOf(fault);
      if (replacement !== undefined) return replacement;
      // Nothing that the node could say would be sent.
      if (fault.kind === "reset" || fault.kind === "huge") return json("");
    }
    const plans = await Promise.all(
      at.struck.map(({ call, faults }) =>
        planCall(call, { faults, upstream: this.#upstreamFor(faults), gethLogs: this.#gethLogs }),
      ),
    );
    const settled = await this.#settle(plans);
    const envelopes = settled.map((one, index) => {
      const id = request.calls[index]?.id ?? null;
      return toEnvelope(
        one.wrongId ? (typeof id === "number" ? id + 1_000_003 : "not-yours") : id,
        one.answer,
      );
    });
    const status = settled.find((one) => one.httpStatus !== undefined)?.httpStatus ?? 200;
    const list = this.#bentBatch(envelopes, at.faults);
    return { ...json(JSON.stringify(request.isBatch ? list : list[0])), status };
  }

  async #settle(plans: readonly Plan[]): Promise<Settled[]> {
    const asked = new Map<Plan, Settled>();
    for (const upstream of this.#upstreams) {
      const mine = plans.flatMap((plan) =>
        plan.upstream === upstream && "call" in plan.step ? [{ plan, call: plan.step.call }] : [],
      );
      if (mine.length === 0) continue;
      const answers = await upstream.forward(mine.map((one) => one.call));
      for (const [index, { plan }] of mine.entries())
        asked.set(plan, await settleCall(plan, answers[index] ?? result(null)));
    }
    return Promise.all(
      plans.map(async (plan) => {
        const known = asked.get(plan);
        if (known !== undefined) return known;
        return settleCall(plan, "answer" in plan.step ? plan.step.answer : result(null));
      }),
    );
  }

  #upstreamFor(faults: readonly Struck<CallFault>[]): Upstream {
    let index = 0;
    for (const { fault } of faults) {
      if (fault.kind === "upstream") index = fault.index;
      if (fault.kind === "alternate") {
        index = this.#turn % this.#upstreams.length;
        this.#turn += 1;
      }
    }
    const upstream = this.#upstreams[index];
    if (upstream === undefined) throw new Error(`the proxy has no upstream ${index}`);
    return upstream;
  }

  #bentBatch(envelopes: readonly unknown[], faults: readonly Struck<TransportFault>[]): readonly unknown[] {
    let list = envelopes;
    for (const { fault, random } of faults) {
      if (fault.kind !== "batch") continue;
      if (fault.mode === "object")
        return [{ jsonrpc: "2.0", id: null, error: { code: -32600, message: "no batches" } }];
      if (fault.mode === "reverse") list = list.toReversed();
      if (fault.mode === "shuffle") list = shuffled(list, random);
      if (fault.mode === "duplicate") list = list.flatMap((one, index) => (index === 0 ? [one, one] : [one]));
      if (fault.mode === "short") list = list.slice(0, -1);
    }
    return list;
  }
}
