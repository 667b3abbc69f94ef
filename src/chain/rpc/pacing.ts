/**
 * Full-jitter exponential backoff: uniform in [0, min(cap, base * 2^failures)).
 * Source of the shape: AWS architecture blog, "Exponential backoff and jitter"; it beats every fixed ladder when many
 * clients fail at once.
 */
export function fullJitterMs({
  failures,
  baseMs,
  capMs,
  random,
}: {
  readonly failures: number;
  readonly baseMs: number;
  readonly capMs: number;
  readonly random: number;
}): number {
  return random * Math.min(capMs, baseMs * 2 ** Math.min(failures, 20));
}

const DIGITS = /^\d{1,9}$/;

/**
 * `Retry-After` in milliseconds: seconds, or an HTTP date, which is only usable together with the response's own
 * `Date` (the local clock may be hours off). Undefined when absent or unreadable.
 */
export function retryAfterMs(header: string | null, dateHeader: string | null): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (DIGITS.test(text)) return Number.parseInt(text, 10) * 1000;
  if (dateHeader === null) return undefined;
  const span = Date.parse(text) - Date.parse(dateHeader);
  return Number.isFinite(span) && span >= 0 ? span : undefined;
}

/** Spaces the starts of requests to one endpoint once it has said that they come too fast. */
export interface Pacer {
  /** How long the next request must wait; reserves its place. */
  reserveMs(nowMs: number): number;
  onAccepted(nowMs: number): void;
  onLimited(nowMs: number): void;
  /** Requests a second at present; undefined while the endpoint has never limited us. */
  rate(): number | undefined;
}

const WINDOW_MS = 1000;
const CUT = 0.9;
/** Towards the rate that was last refused: one per cent of it a second. */
const APPROACH_PER_SECOND = 0.01;
/** Beyond that rate, which may have been a passing shortage: five per cent a second. */
const PROBE_PER_SECOND = 0.05;
const LEAST_RATE = 0.5;

/**
 * Additive increase, multiplicative decrease on the request rate. Several refusals within a second are one event:
 * they were all in flight when the limit was hit.
 */
export function createPacer(): Pacer {
  let rate: number | undefined;
  let ceiling = 0;
  let nextStartMs = 0;
  let lastCutMs = Number.NEGATIVE_INFINITY;
  let lastGrowthMs = 0;
  let accepted: number[] = [];

  function prune(nowMs: number): void {
    if (accepted.length > 0 && (accepted[0] ?? nowMs) <= nowMs - WINDOW_MS) {
      accepted = accepted.filter((at) => at > nowMs - WINDOW_MS);
    }
  }

  function grow(nowMs: number): void {
    if (rate === undefined) return;
    const seconds = (nowMs - lastGrowthMs) / 1000;
    lastGrowthMs = nowMs;
    const step = rate < ceiling ? APPROACH_PER_SECOND : PROBE_PER_SECOND;
    rate += ceiling * step * seconds;
  }

  return {
    reserveMs(nowMs) {
      if (rate === undefined) return 0;
      const start = Math.max(nowMs, nextStartMs);
      nextStartMs = start + 1000 / rate;
      return start - nowMs;
    },
    onAccepted(nowMs) {
      prune(nowMs);
      accepted.push(nowMs);
      grow(nowMs);
    },
    onLimited(nowMs) {
      if (nowMs - lastCutMs < WINDOW_MS) return;
      prune(nowMs);
      ceiling = Math.max(LEAST_RATE, rate ?? accepted.length);
      rate = Math.max(LEAST_RATE, ceiling * CUT);
      lastCutMs = nowMs;
      lastGrowthMs = nowMs;
      nextStartMs = Math.max(nextStartMs, nowMs);
    },
    rate: () => rate,
  };
}
