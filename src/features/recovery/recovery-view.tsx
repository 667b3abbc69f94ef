import type { ReactNode } from "react";
import type { Distribution } from "@/data/claims/use-distribution";
import type { Address, VaultState } from "@/domain/model";
import { Callout } from "@/ui/data/messages";
import { Stat, StatRow } from "@/ui/figures/stat";
import { AmountInput } from "@/ui/forms/inputs";
import { Section } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";
import { DistributionView, type LineChoice } from "./components/calculator";
import type { LostStat } from "./lost";
import { amountHint, noClaimsText, recordedOnlyText, unknownClaimsText } from "./texts";

export interface LostViewProps {
  readonly stats: readonly LostStat[];
}

/** Gross, LP loss, recovered and net. */
export function LostView({ stats }: LostViewProps) {
  return (
    <StatRow label="Lost and recovered">
      {stats.map(({ id, isLoss, ...stat }) => (
        <Stat key={id} {...stat} tone={isLoss ? "loss" : "neutral"} />
      ))}
    </StatRow>
  );
}

/** An amount as it is typed. */
export interface AmountField {
  readonly text: string;
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
  /** Fills in what the LPs are still missing; undefined where that is not known or nothing. */
  readonly onNet: (() => void) | undefined;
}

export interface CalculatorViewProps {
  readonly state: VaultState;
  readonly amount: AmountField;
  /** undefined while no amount can be read from the field. */
  readonly distribution: Distribution | undefined;
  /** Falls without an event are being looked for. */
  readonly isPending: boolean;
  /** Whether the vault publishes its losses, and all of its life was read. */
  readonly isHistoryWhole: boolean;
  readonly choice: LineChoice;
  readonly onChoiceChange: (choice: LineChoice) => void;
  readonly labels: ReadonlyMap<Address, string>;
  readonly hrefOf: (address: Address) => string;
  /** The claims as files; drawn only where there are claims. */
  readonly files: ReactNode;
}

/** An amount, and who would get it: by paying it into the vault, and by claims. */
export function CalculatorView(props: CalculatorViewProps) {
  const { state, amount, distribution } = props;
  return (
    <Section
      title="Hand out an amount"
      description="Paid into the vault it raises the price of every share, so today's holders get it. By claims it goes to those who lost, in proportion to what each lost, whoever holds the shares now."
    >
      <Panel>
        <div className="max-w-sm">
          <AmountInput
            label="Amount to hand out"
            symbol={state.asset.symbol}
            hint={amountHint(amount.onNet !== undefined)}
            value={amount.text}
            error={amount.error}
            onChange={amount.onChange}
            {...(amount.onNet === undefined ? {} : { onMax: amount.onNet })}
          />
        </div>
      </Panel>
      {distribution !== undefined && <Outcome {...props} distribution={distribution} />}
    </Section>
  );
}

function Outcome(props: CalculatorViewProps & { readonly distribution: Distribution }) {
  const { state, distribution, isPending } = props;
  const { claims, basis } = distribution;
  if (claims.kind === "unknown") {
    if (isPending) return null;
    const { title, text } = unknownClaimsText(claims.reason, props.isHistoryWhole);
    return (
      <Callout tone="caution" title={title}>
        {text}
      </Callout>
    );
  }
  if (claims.value.claimingLossesAssets === 0n) {
    if (isPending && !basis.fallsSearched) return null;
    const { title, text } = noClaimsText(basis, state);
    return (
      <Callout tone="neutral" title={title}>
        {text}
      </Callout>
    );
  }
  return (
    <>
      {!basis.fallsSearched && !isPending && (
        <Callout tone="caution" title="By the recorded losses alone">
          {recordedOnlyText(basis)}
        </Callout>
      )}
      <DistributionView
        claims={claims.value}
        state={state}
        choice={props.choice}
        onChoiceChange={props.onChoiceChange}
        labels={props.labels}
        hrefOf={props.hrefOf}
      />
      {props.files}
    </>
  );
}
