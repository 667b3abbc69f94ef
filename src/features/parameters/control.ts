import type { TimelockState } from "@/data/operator/use-timelock";
import type { Address, StrategyState } from "@/domain/model";
import { DOCUMENTED_NOTICE_SECONDS, noticeSeconds } from "@/domain/timelock";
import { formatDuration } from "@/shared/format";
import type { Tone } from "@/ui/tone";

/** Who can change what, as far as the chain says. */
export type Control =
  /** Nobody can change anything. */
  | { readonly kind: "immutable" }
  /** The strategy names no owner. */
  | { readonly kind: "no-owner" }
  | { readonly kind: "reading"; readonly owner: Address }
  /** The owner does not answer as a timelock: what it changes takes effect at once. */
  | { readonly kind: "no-timelock"; readonly owner: Address }
  /** The configuration names a timelock that does not own the strategy. */
  | { readonly kind: "other-owner"; readonly owner: Address; readonly timelock: Address }
  | {
      readonly kind: "timelock";
      readonly timelock: Address;
      readonly minDelaySeconds: bigint;
      /** What a proposal gets: the timelock's minimum, and never less than 48 hours. */
      readonly noticeSeconds: bigint;
      readonly openExecution: boolean;
      readonly roles: TimelockState["roles"];
    };

/** Tells the cases apart. `timelock` is undefined while it has not been read. */
export function controlOf(input: {
  readonly strategy: StrategyState;
  readonly timelockAddress: Address | undefined;
  readonly timelock: TimelockState | undefined;
}): Control {
  const { strategy, timelockAddress, timelock } = input;
  if (!strategy.isMutable) return { kind: "immutable" };
  const { owner } = strategy;
  if (owner === undefined || timelockAddress === undefined) return { kind: "no-owner" };
  if (owner !== timelockAddress) return { kind: "other-owner", owner, timelock: timelockAddress };
  if (timelock === undefined) return { kind: "reading", owner };
  const { minDelaySeconds, openExecution, roles } = timelock;
  if (minDelaySeconds === undefined) return { kind: "no-timelock", owner };
  return {
    kind: "timelock",
    timelock: timelockAddress,
    minDelaySeconds,
    noticeSeconds: noticeSeconds(minDelaySeconds),
    openExecution,
    roles,
  };
}

/** What a reader must know of the control before anything else; undefined for a timelock with proper notice. */
export function controlNotice(
  control: Control,
): { readonly tone: Tone; readonly title: string; readonly detail: string } | undefined {
  switch (control.kind) {
    case "immutable":
      return {
        tone: "neutral",
        title: "Nothing can change, ever",
        detail:
          "The strategy is immutable: rate, bond ratio, buffer, margin and allowed collateral stay as they are for as long as the vault exists. Nobody has a key to them.",
      };
    case "no-owner":
      return {
        tone: "caution",
        title: "Who may change the parameters is not known",
        detail: "The strategy says that it can change and names no owner.",
      };
    case "no-timelock":
      return {
        tone: "danger",
        title: "Changes take effect at once",
        detail:
          "The strategy's owner does not answer as a timelock, so it can change parameters without notice. Nothing can be proposed from here.",
      };
    case "other-owner":
      return {
        tone: "danger",
        title: "The configured timelock does not own the strategy",
        detail:
          "What it schedules would be refused by the strategy. Nothing can be proposed from here until the configuration is corrected.",
      };
    case "reading":
      return undefined;
    case "timelock":
      return control.minDelaySeconds < DOCUMENTED_NOTICE_SECONDS
        ? {
            tone: "caution",
            title: `The timelock allows changes after ${formatDuration(control.minDelaySeconds)}`,
            detail:
              "Flux promises LPs 48 hours. This page schedules nothing with less, but whoever holds the proposer role can.",
          }
        : undefined;
  }
}
