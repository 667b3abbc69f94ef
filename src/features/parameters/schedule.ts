import {
  operationIdOf,
  setInterestRateCall,
  setMinBondRatioCall,
  type TimelockOperation,
} from "@/data/operator/timelock-intents";
import type { PlainCall } from "@/data/transaction/intent";
import type { Address, Hex } from "@/domain/model";
import { noticeSeconds, type QueuedOperation } from "@/domain/timelock";
import { formatDuration, formatHash, formatTimestamp } from "@/shared/format";
import { parseInteger } from "@/shared/parse";
import type { ProposableParameter } from "./messages";

/** What was typed or chosen for the queue. */
export interface ScheduleForm {
  /** Hours; undefined where the least notice stands. */
  readonly delayText: string | undefined;
  readonly saltText: string;
  readonly predecessor: Hex;
}

/** The operation as it would be scheduled, and what is wrong beside each field. */
export interface Schedule {
  readonly delayText: string;
  readonly leastHours: bigint;
  readonly delaySeconds: bigint | undefined;
  readonly operation: TimelockOperation | undefined;
  readonly id: Hex | undefined;
  readonly problems: { readonly delay?: string; readonly salt?: string };
  /** The same change waits in the queue already, under another id. */
  readonly sameChange: QueuedOperation | undefined;
  /** Operations that this one may be put behind. */
  readonly openOperations: readonly QueuedOperation[];
}

const HOUR_SECONDS = 3_600n;
const MOST_HOURS = 8_760n;
const SALT = /^0x[0-9a-fA-F]{64}$/;

/** 32 random bytes: two proposals of the same change never share an id by accident. */
export function randomSalt(): Hex {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** The strategy's own call for a new value. */
export function parameterCall(input: {
  readonly parameter: ProposableParameter;
  readonly strategy: Address;
  readonly valueWad: bigint;
}): PlainCall {
  const { parameter, strategy, valueWad } = input;
  return parameter === "minBondRatio"
    ? setMinBondRatioCall({ strategy, ratioWad: valueWad })
    : setInterestRateCall({ strategy, rateWad: valueWad });
}

/** Reads delay, salt and predecessor, and finds out whether the queue holds the same thing already. */
export function scheduleOf(input: {
  readonly form: ScheduleForm;
  /** undefined while no valid value is proposed. */
  readonly call: PlainCall | undefined;
  readonly minDelaySeconds: bigint;
  readonly queue: readonly QueuedOperation[];
}): Schedule {
  const { form, call, minDelaySeconds, queue } = input;
  const leastSeconds = noticeSeconds(minDelaySeconds);
  const leastHours = (leastSeconds + HOUR_SECONDS - 1n) / HOUR_SECONDS;
  const delayText = form.delayText ?? leastHours.toString();
  const delay = delayOf(delayText, { leastHours, minDelaySeconds });
  const openOperations = queue.filter(({ state }) => state === "pending" || state === "ready");
  const salt = SALT.test(form.saltText) ? (form.saltText.toLowerCase() as Hex) : undefined;
  const operation =
    call === undefined || salt === undefined
      ? undefined
      : { calls: [call], predecessor: form.predecessor, salt };
  const id = operation === undefined ? undefined : operationIdOf(operation);
  const problems: { delay?: string; salt?: string } = {};
  if (delay.problem !== undefined) problems.delay = delay.problem;
  if (salt === undefined) {
    problems.salt = "A salt is 32 bytes: 0x and 64 hex digits. Take a new one.";
  } else {
    const twin = queue.find((one) => one.id === id && one.state !== "cancelled");
    if (twin !== undefined) problems.salt = `${twinText(twin)} Take a new salt.`;
  }
  return {
    delayText,
    leastHours,
    delaySeconds: delay.seconds,
    operation,
    id,
    problems,
    sameChange: openOperations.find(
      (one) =>
        one.id !== id && one.calls.some(({ target, data }) => target === call?.to && data === call.data),
    ),
    openOperations,
  };
}

function delayOf(
  text: string,
  { leastHours, minDelaySeconds }: { readonly leastHours: bigint; readonly minDelaySeconds: bigint },
): { readonly seconds?: bigint; readonly problem?: string } {
  const parsed = parseInteger({ text });
  if (!parsed.ok) return { problem: "Enter whole hours, as in 48." };
  if (parsed.value < leastHours) {
    return {
      problem: `At least ${leastHours} hours: the timelock asks for ${formatDuration(minDelaySeconds)}, and LPs are promised 48 hours.`,
    };
  }
  if (parsed.value > MOST_HOURS) return { problem: `At most ${MOST_HOURS} hours, a year.` };
  return { seconds: parsed.value * HOUR_SECONDS };
}

function twinText({ id, state, etaSeconds }: QueuedOperation): string {
  const name = formatHash(id);
  if (state === "executed") return `This very operation (${name}) has been executed already.`;
  return `This very operation (${name}) is in the queue already, ready at ${formatTimestamp(etaSeconds)}.`;
}
