import type { RpcCall, RpcFailure } from "./json-rpc";
import type { ProviderLimit } from "./provider-limits";
import { seededRandom } from "./random";

/** Faults of the connection: they hit a whole HTTP request. */
export type TransportFault =
  /** Answers late by `ms`, and up to `jitterMs` more by the seeded chance. */
  | { readonly kind: "delay"; readonly ms: number; readonly jitterMs?: number }
  /** Waits for the gate: a delay whose end the test decides. */
  | { readonly kind: "hold"; readonly gate: Promise<void> }
  | {
      readonly kind: "status";
      readonly status: number;
      readonly retryAfterSeconds?: number;
      readonly body?: string;
    }
  /** A token bucket: 429 when it is empty. */
  | {
      readonly kind: "rate-limit";
      readonly perSecond: number;
      readonly burst: number;
      readonly retryAfterSeconds?: number;
    }
  /** Drops the connection without an answer. */
  | { readonly kind: "reset" }
  /** Sends this share of the body, then nothing more, and keeps the connection open. */
  | { readonly kind: "stall"; readonly fraction: number }
  /** Sends the body in small pieces with pauses. */
  | { readonly kind: "drip"; readonly bytes: number; readonly everyMs: number }
  /** A captive portal or an error page: HTML with an innocent status. */
  | { readonly kind: "html"; readonly status?: number }
  /** Ends the body early but properly, so that only a parser can notice. */
  | { readonly kind: "truncate"; readonly fraction: number }
  /** A well-formed envelope around this many bytes of nothing. */
  | { readonly kind: "huge"; readonly bytes: number }
  /** A well-formed envelope around this many nested arrays. */
  | { readonly kind: "deep"; readonly depth: number }
  /** What load balancers do to batches. "object" answers a batch with one error object. */
  | { readonly kind: "batch"; readonly mode: "reverse" | "shuffle" | "duplicate" | "short" | "object" };

/** Faults of one JSON-RPC call. */
export type CallFault =
  | { readonly kind: "rpc-error"; readonly error: RpcFailure }
  | { readonly kind: "wrong-id" }
  | { readonly kind: "null-result" }
  /** Answers `eth_chainId` and `net_version` for another chain. */
  | { readonly kind: "chain-id"; readonly chainId: number }
  /** Drops the state override of `eth_call` and forwards the rest, as some nodes silently do. */
  | { readonly kind: "strip-override" }
  | { readonly kind: "reject-override"; readonly message?: string }
  /** Answers as a node would that is `blocks` behind. */
  | { readonly kind: "lag"; readonly blocks: bigint }
  /** Answers as a node would that stopped at this block. */
  | { readonly kind: "freeze"; readonly atBlock: bigint }
  | { readonly kind: "upstream"; readonly index: number }
  /** Sends calls to the upstreams in turn, as a load balancer without stickiness. */
  | { readonly kind: "alternate" }
  | { readonly kind: "archive"; readonly belowBlock: bigint }
  | { readonly kind: "pruned-logs"; readonly belowBlock: bigint }
  | { readonly kind: "log-limit"; readonly limit: ProviderLimit }
  /** Cuts the list of logs at exactly `maxLogs` and says nothing. */
  | { readonly kind: "silent-truncation"; readonly maxLogs: number }
  | { readonly kind: "drop-log"; readonly index: number }
  /** Changes one hexadecimal digit of the answer, chosen by the seed. */
  | { readonly kind: "tamper" }
  | { readonly kind: "rewrite"; readonly with: (value: unknown, call: RpcCall) => unknown };

export type Fault = TransportFault | CallFault;

export interface When {
  /** Any of these methods; every method when absent. */
  readonly methods?: readonly string[];
  /** A closer look at the call, for instance at the address in its parameters. */
  readonly matches?: (call: RpcCall) => boolean;
  /**
   * Which of the matching calls (for a transport fault: HTTP requests) since the rule was added, counted
   * from 1: exact numbers, or a range and a step.
   */
  readonly calls?:
    | readonly number[]
    | { readonly from?: number; readonly to?: number; readonly every?: number };
  /** Milliseconds since the rule was added. */
  readonly fromMs?: number;
  readonly untilMs?: number;
  /** Seeded chance in [0, 1]. */
  readonly probability?: number;
}

export interface Rule {
  /** Names the rule in the transcript and its stream of chance. */
  readonly id?: string;
  readonly when?: When;
  readonly fault: Fault;
}

const TRANSPORT_KINDS: ReadonlySet<Fault["kind"]> = new Set<TransportFault["kind"]>([
  "delay",
  "hold",
  "status",
  "rate-limit",
  "reset",
  "stall",
  "drip",
  "html",
  "truncate",
  "huge",
  "deep",
  "batch",
]);

export function isTransportFault(fault: Fault): fault is TransportFault {
  return TRANSPORT_KINDS.has(fault.kind);
}

/** A fault that struck, with the stream of chance that its rule owns. */
export interface Struck<F extends Fault> {
  readonly rule: string;
  readonly fault: F;
  readonly random: () => number;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

interface ActiveRule {
  readonly id: string;
  readonly rule: Rule;
  readonly addedAtMs: number;
  readonly random: () => number;
  seen: number;
  bucket: Bucket | undefined;
}

function isChosen(calls: When["calls"], count: number): boolean {
  if (calls === undefined) return true;
  if ("includes" in calls) return calls.includes(count);
  const from = calls.from ?? 1;
  return count >= from && count <= (calls.to ?? Infinity) && (count - from) % (calls.every ?? 1) === 0;
}

function takeToken(active: ActiveRule, nowMs: number): boolean {
  const { fault } = active.rule;
  if (fault.kind !== "rate-limit") return true;
  const before = active.bucket ?? { tokens: fault.burst, atMs: nowMs };
  const refilled = before.tokens + ((nowMs - before.atMs) / 1_000) * fault.perSecond;
  const tokens = Math.min(fault.burst, refilled);
  active.bucket = { tokens: tokens >= 1 ? tokens - 1 : tokens, atMs: nowMs };
  return tokens >= 1;
}

/**
 * The rules in force and their counters. Given the same seed, rules and order of requests, and for rules by
 * time the same clock, it decides the same: a failure seen once can be seen again.
 */
export class RuleBook {
  readonly #seed: number;
  readonly #nowMs: () => number;
  #active: ActiveRule[] = [];
  #added = 0;

  constructor(options: { readonly seed: number; readonly nowMs: () => number }) {
    this.#seed = options.seed;
    this.#nowMs = options.nowMs;
  }

  /** Adds a rule; the returned function takes it back. */
  add(rule: Rule): () => void {
    this.#added += 1;
    const id = rule.id ?? `${rule.fault.kind}-${this.#added}`;
    const active: ActiveRule = {
      id,
      rule,
      addedAtMs: this.#nowMs(),
      random: seededRandom(this.#seed, id),
      seen: 0,
      bucket: undefined,
    };
    this.#active.push(active);
    return () => {
      this.#active = this.#active.filter((one) => one !== active);
    };
  }

  clear(): void {
    this.#active = [];
  }

  /** Faults of the connection for one HTTP request. */
  strikeRequest(calls: readonly RpcCall[]): Struck<TransportFault>[] {
    return this.#active.flatMap((active) => {
      const { fault } = active.rule;
      if (!isTransportFault(fault) || !this.#strikes(active, calls)) return [];
      if (fault.kind === "rate-limit" && takeToken(active, this.#nowMs())) return [];
      return [{ rule: active.id, fault, random: active.random }];
    });
  }

  /** Faults of one call. */
  strikeCall(call: RpcCall): Struck<CallFault>[] {
    return this.#active.flatMap((active) => {
      const { fault } = active.rule;
      if (isTransportFault(fault) || !this.#strikes(active, [call])) return [];
      return [{ rule: active.id, fault, random: active.random }];
    });
  }

  #strikes(active: ActiveRule, calls: readonly RpcCall[]): boolean {
    const when = active.rule.when ?? {};
    const age = this.#nowMs() - active.addedAtMs;
    if (age < (when.fromMs ?? 0) || age >= (when.untilMs ?? Infinity)) return false;
    const isMeant = calls.some(
      (call) => (when.methods?.includes(call.method) ?? true) && (when.matches?.(call) ?? true),
    );
    if (!isMeant) return false;
    active.seen += 1;
    if (!isChosen(when.calls, active.seen)) return false;
    return when.probability === undefined || active.random() < when.probability;
  }
}
