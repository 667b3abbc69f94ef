import type { Wording } from "@/data/operator/liquidation-intents";
import type { Hex } from "@/domain/model";
import { formatAddress, formatDuration, formatHash, formatTimestamp } from "@/shared/format";
import { exactPercent, ratio } from "./format";
import { DIRECTION_WORDS, PARAMETER_WORDS, type ProposableParameter } from "./messages";
import { newlyText, type ProposalEffect } from "./proposal";
import type { QueueRow } from "./queue";

const MOST_NAMED = 5;

/** What a change would do, one sentence each. */
function effectSentences(effect: ProposalEffect): readonly string[] {
  const { before, after, newlyLiquidatable } = effect;
  const direction = DIRECTION_WORDS[effect.direction];
  const threshold =
    before.thresholdWad === after.thresholdWad
      ? `The liquidation threshold stays at ${ratio(after.thresholdWad)}.`
      : `The liquidation threshold goes from ${ratio(before.thresholdWad)} to ${ratio(after.thresholdWad)}. ${direction.word}.`;
  const named = newlyLiquidatable.slice(0, MOST_NAMED).map(({ manager }) => formatAddress(manager));
  const rest = newlyLiquidatable.length - named.length;
  const names =
    named.length === 0 ? "" : ` ${named.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}, by today's book.`;
  return [threshold, `${newlyText(effect)}${names}`];
}

/** A proposal in words. */
export function scheduleWording(input: {
  readonly parameter: ProposableParameter;
  readonly currentWad: bigint;
  readonly effect: ProposalEffect;
  readonly delaySeconds: bigint;
  readonly chainNowSeconds: bigint;
  readonly openExecution: boolean;
}): Wording {
  const { parameter, currentWad, effect, delaySeconds, chainNowSeconds, openExecution } = input;
  const words = PARAMETER_WORDS[parameter];
  const change = `from ${exactPercent(currentWad)} to ${exactPercent(effect.valueWad)}`;
  return {
    title: `Schedule: ${words.inSentence} ${exactPercent(effect.valueWad)}`,
    effect: [
      `Puts a change into the timelock's queue: the ${words.inSentence} goes ${change}. Nothing changes yet.`,
      `It can be executed ${formatDuration(delaySeconds)} after the block that schedules it, from about ${formatTimestamp(chainNowSeconds + delaySeconds)} on, by ${openExecution ? "anybody" : "an account with the executor role"}.`,
      ...effectSentences(effect),
    ],
  };
}

/** An execution in words. */
export function executeWording(row: QueueRow): Wording {
  return {
    title: `Execute operation ${formatHash(row.operation.id)}`,
    effect: [
      "The timelock carries out, together or not at all:",
      ...row.calls.map(({ sentence, place }) => (place === undefined ? sentence : `${place}: ${sentence}`)),
      ...(row.effect === undefined ? [] : effectSentences(row.effect)),
    ],
  };
}

/** A cancellation in words. */
export function cancelWording(row: QueueRow): Wording {
  return {
    title: `Cancel operation ${formatHash(row.operation.id)}`,
    effect: [
      "Takes the operation out of the queue. It can be scheduled again, with the whole delay.",
      ...row.calls.map(({ sentence }) => `Not carried out: ${sentence}`),
    ],
  };
}

/** What a batch for a Safe says of itself. */
export function batchDescription(input: {
  readonly vault: string;
  readonly parameter: ProposableParameter;
  readonly currentWad: bigint;
  readonly valueWad: bigint;
  readonly delaySeconds: bigint;
  readonly id: Hex;
}): { readonly name: string; readonly description: string } {
  const { parameter, currentWad, valueWad, delaySeconds, id, vault } = input;
  const words = PARAMETER_WORDS[parameter];
  return {
    name: `Schedule: ${words.inSentence} ${exactPercent(valueWad)}`,
    description: `Vault ${formatAddress(vault)}: ${words.inSentence} from ${exactPercent(currentWad)} to ${exactPercent(valueWad)}, executable after ${formatDuration(delaySeconds)}. Operation ${id}.`,
  };
}
