import type { StrategyState } from "@/domain/model";
import { formatDuration, formatHash, formatInteger, formatTimestamp } from "@/shared/format";
import { HashLabel } from "@/ui/data/address-label";
import { Disclosure } from "@/ui/data/disclosure";
import { DownloadButton } from "@/ui/data/download-button";
import { Callout } from "@/ui/data/messages";
import { Button } from "@/ui/forms/button";
import { PercentInput, SelectField, TextInput } from "@/ui/forms/inputs";
import { Segmented } from "@/ui/forms/segmented";
import { TypedConfirmation } from "@/ui/forms/typed-confirmation";
import { exactPercent } from "./format";
import { bondRatioRange, PARAMETER_WORDS, type ProposableParameter } from "./messages";
import type { ProposalState } from "./use-proposal";

const PARAMETERS: readonly ProposableParameter[] = ["minBondRatio", "interestRate"];
/** What has to be typed to go on with something that is refused by default. */
export const OVERRIDE_WORD = "override";

export interface ProposalFormViewProps {
  readonly proposal: ProposalState;
  readonly strategy: StrategyState;
  readonly noPredecessor: `0x${string}`;
}

/** A new value, its place in the queue, and the two ways to send it: signed here, or as a batch for a Safe. */
export function ProposalFormView({ proposal: state, strategy, noPredecessor }: ProposalFormViewProps) {
  const { form, proposal, schedule, queueForm, flow } = state;
  if (state.isScheduled) return <Scheduled state={state} />;
  return (
    <form
      className="flex min-w-0 flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (state.refusal === undefined && !flow.isUnderWay) state.begin();
      }}
    >
      <div>
        <Segmented
          label="Parameter"
          value={form.parameter}
          onChange={(parameter) => state.changeForm({ parameter, text: "" })}
          options={PARAMETERS.map((value) => ({ value, label: PARAMETER_WORDS[value].title }))}
        />
      </div>
      <PercentInput
        label={`New ${PARAMETER_WORDS[form.parameter].inSentence}`}
        name="value"
        value={form.text}
        onChange={(text) => state.changeForm({ text })}
        error={proposal.problem}
        hint={valueHint(form.parameter, strategy)}
        aside={`now ${exactPercent(proposal.currentWad)}`}
      />
      {proposal.obstacle !== undefined && <Callout tone="caution" title={proposal.obstacle} />}
      <TextInput
        label="Delay"
        name="delay"
        value={schedule.delayText}
        onChange={(delayText) => state.changeQueue({ delayText })}
        error={schedule.problems.delay}
        hint={
          schedule.delaySeconds === undefined
            ? `At least ${schedule.leastHours} hours.`
            : `At least ${schedule.leastHours} hours. It can be executed ${formatDuration(schedule.delaySeconds)} after the block that schedules it.`
        }
        inputMode="decimal"
        suffix="hours"
      />
      <Disclosure summary="Order and salt">
        <div className="flex flex-col gap-4">
          <SelectField
            label="Comes after"
            value={queueForm.predecessor}
            onChange={(predecessor) => state.changeQueue({ predecessor })}
            options={[
              { value: noPredecessor, label: "nothing: any time once it is ready" },
              ...schedule.openOperations.map(({ id, etaSeconds }) => ({
                value: id,
                label: `${formatHash(id)}, ready ${formatTimestamp(etaSeconds)}`,
              })),
            ]}
            hint="The timelock refuses to execute this before that operation is executed."
          />
          <TextInput
            label="Salt"
            name="salt"
            value={queueForm.saltText}
            onChange={(saltText) => state.changeQueue({ saltText })}
            error={schedule.problems.salt}
            hint="32 random bytes that tell this operation from any other with the same content."
            mono
            aside={
              <button
                type="button"
                onClick={state.newSalt}
                className="rounded font-medium text-accent underline decoration-dotted underline-offset-2 hover:decoration-solid"
              >
                New salt
              </button>
            }
          />
          {schedule.id !== undefined && (
            <p className="text-xs text-ink-muted">
              Operation id: <HashLabel hash={schedule.id} what="operation id" />
            </p>
          )}
        </div>
      </Disclosure>
      <Overrides state={state} />
      <div className="flex flex-wrap items-start gap-3">
        <Button type="submit" variant="primary" busy={flow.isUnderWay} disabledReason={state.refusal}>
          Simulate and review
        </Button>
      </div>
      <SafeExport state={state} />
    </form>
  );
}

function valueHint(parameter: ProposableParameter, strategy: StrategyState): string {
  if (parameter === "interestRate") return "0 to 100% a year. Interest that has accrued is never repriced.";
  const { low, high } = bondRatioRange(strategy);
  const buffer = exactPercent(strategy.liquidationBufferWad);
  return `${exactPercent(low)} to ${exactPercent(high)}: at most 5 points at once, and above the buffer of ${buffer}. It holds for positions that already stand.`;
}

function Overrides({ state }: { readonly state: ProposalState }) {
  const { effect } = state.proposal;
  const { sameChange } = state.schedule;
  if (!state.needsOverride) return null;
  return (
    <div className="flex flex-col gap-3">
      {effect?.overrides.map(({ code, text }) => (
        <Callout key={code} tone="danger" title="Refused by default">
          {text}
          {code === "would-liquidate" &&
            ` ${formatInteger(effect.newlyLiquidatable.length)} of them, listed with the effect.`}
        </Callout>
      ))}
      {sameChange !== undefined && (
        <Callout tone="caution" title="The same change is in the queue already">
          Operation {formatHash(sameChange.id)}, ready {formatTimestamp(sameChange.etaSeconds)}. Executing
          both changes nothing more.
        </Callout>
      )}
      <TypedConfirmation
        key={state.overrideKey}
        expected={OVERRIDE_WORD}
        label={`Type “${OVERRIDE_WORD}” to propose it all the same`}
        onChange={state.setOverridden}
      />
    </div>
  );
}

function SafeExport({ state }: { readonly state: ProposalState }) {
  return (
    <Disclosure summary="Sign with a Safe instead">
      <div className="flex flex-col gap-3">
        <p className="text-[0.8125rem] text-ink-muted">
          A batch for Safe’s Transaction Builder with the same call. The Safe must hold the proposer role.
          Nothing has simulated it as the Safe: do that there, before anybody signs.
        </p>
        <TextInput
          label="Address of the Safe (optional)"
          name="safe"
          value={state.safeText}
          onChange={state.setSafeText}
          error={state.safeProblem}
          placeholder="0x…"
          mono
        />
        <div>
          <DownloadButton
            fileName={`schedule-${state.schedule.id?.slice(0, 10) ?? "proposal"}.json`}
            mimeType="application/json"
            content={state.batchText}
            label="Download the batch for Safe’s Transaction Builder"
            disabledReason={state.exportRefusal}
          >
            Safe batch
          </DownloadButton>
        </div>
      </div>
    </Disclosure>
  );
}

function Scheduled({ state }: { readonly state: ProposalState }) {
  return (
    <Callout
      tone="ok"
      title="Scheduled"
      action={
        <Button size="small" onClick={state.reset}>
          Propose another
        </Button>
      }
    >
      <p>
        It waits in the queue below
        {state.schedule.id !== undefined && (
          <>
            {" "}
            as <HashLabel hash={state.schedule.id} what="operation id" />
          </>
        )}
        .
      </p>
    </Callout>
  );
}
