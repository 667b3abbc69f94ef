import { useMemo, useState } from "react";
import { useChainTime } from "@/data/head/use-head";
import type { OperatorContext } from "@/data/operator/known-contracts";
import { safeBatchText } from "@/data/operator/safe-batch";
import { NO_PREDECESSOR, scheduleIntent, timelockKeys } from "@/data/operator/timelock-intents";
import { useHasCode } from "@/data/operator/use-has-code";
import { parseAddress } from "@/data/parse-address";
import type { TransactionIntent } from "@/data/transaction/intent";
import type { Session } from "@/data/transaction/ports";
import { useTransactionFlow } from "@/data/transaction/use-transactions";
import type { Address, FluxState } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { toSafeInteger } from "@/shared/format";
import type { Control } from "./control";
import { type ProposalForm, proposalOf } from "./proposal";
import { safeProblemOf } from "./safe-address";
import { parameterCall, randomSalt, type ScheduleForm, scheduleOf } from "./schedule";
import type { ControlState } from "./use-control";
import { batchDescription, scheduleWording } from "./wording";

const NOBODY: Address = "0x0000000000000000000000000000000000000000";

interface ProposalArgs {
  readonly report: VaultReport;
  readonly flux: FluxState;
  readonly control: Extract<Control, { kind: "timelock" }>;
  readonly state: ControlState;
}

/** The proposal as it is being written: its effect, its place in the queue, and the ways to send it. */
export function useProposal({ report, flux, control, state: controlState }: ProposalArgs) {
  const { state } = report.snapshot;
  const { session, operations, obstacleText } = controlState;
  const time = useChainTime(state.chainId);
  const [form, setForm] = useState<ProposalForm>({ parameter: "minBondRatio", text: "" });
  const [queueForm, setQueueForm] = useState<ScheduleForm>(() => ({
    delayText: undefined,
    saltText: randomSalt(),
    predecessor: NO_PREDECESSOR,
  }));
  // The word was typed for one value: another value asks for it again.
  const [overriddenFor, setOverriddenFor] = useState<string>();
  const [safeText, setSafeText] = useState("");

  const proposal = useMemo(
    () => proposalOf({ form, strategy: flux.strategy, completeness: report.completeness }),
    [form, flux.strategy, report.completeness],
  );
  const { effect } = proposal;
  const call =
    effect === undefined
      ? undefined
      : parameterCall({
          parameter: form.parameter,
          strategy: flux.strategy.address,
          valueWad: effect.valueWad,
        });
  const schedule = scheduleOf({
    form: queueForm,
    call,
    minDelaySeconds: control.minDelaySeconds,
    queue: operations,
  });
  const { operation, id, delaySeconds } = schedule;
  const flow = useTransactionFlow({
    key: timelockKeys.schedule({ state }, id ?? "0x"),
    chainId: state.chainId,
  });
  const isScheduled = flow.state.kind === "confirmed";

  const overrideKey = `${form.parameter}:${form.text.trim()}:${schedule.sameChange?.id ?? ""}`;
  const needsOverride = (effect?.overrides.length ?? 0) > 0 || schedule.sameChange !== undefined;
  const isOverridden = overriddenFor === overrideKey;
  const formRefusal = refusalOf({
    hasEffect: effect !== undefined,
    proposalProblem: proposal.obstacle ?? proposal.problem,
    queueProblem: schedule.problems.delay ?? schedule.problems.salt,
    needsOverride: needsOverride && !isOverridden,
  });
  const refusal = obstacleText ?? roleRefusal(control) ?? formRefusal;
  const safe = safeText.trim() === "" ? undefined : parseAddress(safeText);
  const hasCode = useHasCode(state.chainId, safe?.ok === true ? safe.address : undefined);
  const safeProblem = safeProblemOf({ parsed: safe, hasCode, chainId: state.chainId });

  function intentFor(now: Session | undefined): TransactionIntent | undefined {
    if (effect === undefined || operation === undefined || delaySeconds === undefined) return undefined;
    const context: OperatorContext = {
      config: report.config,
      state,
      account: now?.account ?? session?.account ?? NOBODY,
    };
    const wording = scheduleWording({
      parameter: form.parameter,
      currentWad: proposal.currentWad,
      effect,
      delaySeconds,
      chainNowSeconds: state.block.timestampSeconds,
      openExecution: control.openExecution,
    });
    return scheduleIntent(context, { timelock: control.timelock, operation, delaySeconds, wording });
  }

  return {
    form,
    proposal,
    schedule,
    queueForm,
    flow,
    isScheduled,
    needsOverride,
    overrideKey,
    refusal,
    safeText,
    setSafeText,
    safeProblem,
    exportRefusal:
      controlState.exportObstacleText ??
      formRefusal ??
      (safeProblem === undefined ? undefined : "Correct the Safe's address first, or leave it out."),
    changeForm: (change: Partial<ProposalForm>): void => setForm((before) => ({ ...before, ...change })),
    changeQueue: (change: Partial<ScheduleForm>): void =>
      setQueueForm((before) => ({ ...before, ...change })),
    newSalt: (): void => setQueueForm((before) => ({ ...before, saltText: randomSalt() })),
    setOverridden: (isTyped: boolean): void => setOverriddenFor(isTyped ? overrideKey : undefined),
    /** Begins with an empty form and a new salt. */
    reset: (): void => {
      setForm((before) => ({ ...before, text: "" }));
      setQueueForm({ delayText: undefined, saltText: randomSalt(), predecessor: NO_PREDECESSOR });
    },
    begin: (): void => {
      const first = intentFor(session);
      if (first === undefined) return;
      flow.begin((now) => intentFor(now) ?? first);
    },
    batchText: (): string => {
      const intent = intentFor(session);
      if (intent === undefined || effect === undefined || id === undefined || delaySeconds === undefined)
        return "";
      return safeBatchText({
        chainId: state.chainId,
        createdAtMs: toSafeInteger(time.nowSeconds * 1_000n),
        ...batchDescription({
          vault: state.address,
          parameter: form.parameter,
          currentWad: proposal.currentWad,
          valueWad: effect.valueWad,
          delaySeconds,
          id,
        }),
        safe: safe?.ok === true ? safe.address : undefined,
        calls: [intent.call],
      });
    },
  };
}

export type ProposalState = ReturnType<typeof useProposal>;

function roleRefusal({ roles }: Extract<Control, { kind: "timelock" }>): string | undefined {
  if (roles === undefined) return "Reading this account's roles …";
  return roles.proposer
    ? undefined
    : "This account does not hold the timelock's proposer role. A multisig that does can use the batch below.";
}

function refusalOf(input: {
  readonly hasEffect: boolean;
  readonly proposalProblem: string | undefined;
  readonly queueProblem: string | undefined;
  readonly needsOverride: boolean;
}): string | undefined {
  if (input.proposalProblem !== undefined) return input.proposalProblem;
  if (!input.hasEffect) return "Enter a new value first.";
  if (input.queueProblem !== undefined) return input.queueProblem;
  return input.needsOverride ? "Refused by default: type the override above if you mean it." : undefined;
}
