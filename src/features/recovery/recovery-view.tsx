import type { ReactNode } from "react";
import type { Claims } from "@/domain/claims";
import type { Address, Figure, VaultState } from "@/domain/model";
import { Callout } from "@/ui/data/messages";
import { Stat, StatRow } from "@/ui/figures/stat";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { AmountInput } from "@/ui/forms/inputs";
import { Section } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";
import { DistributionView, type LineChoice } from "./components/calculator";
import type { LostStat } from "./lost";
import { amountHint, noClaimsText } from "./texts";

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
  readonly claims: Figure<Claims> | undefined;
  /** Whether the vault publishes its losses, and all of its life was read. */
  readonly isHistoryWhole: boolean;
  readonly choice: LineChoice;
  readonly onChoiceChange: (choice: LineChoice) => void;
  readonly labels: ReadonlyMap<Address, string>;
  readonly hrefOf: (address: Address) => string;
  /** What must be known before the figures are read: falls that were not looked for. */
  readonly note: ReactNode;
  /** The claims as files; drawn only where there are claims. */
  readonly files: ReactNode;
}

/** An amount, and who would get it: by paying it into the vault, and by claims. */
export function CalculatorView(props: CalculatorViewProps) {
  const { state, amount, claims } = props;
  const isNothingToClaim = claims?.kind === "known" && claims.value.claimingLossesAssets === 0n;
  return (
    <Section
      title="Hand out an amount"
      description="Paid into the vault it raises the price of every share, so today's holders get it. By claims it goes to those who lost, in proportion to what each lost, whoever holds the shares now."
    >
      {props.note}
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
      {claims?.kind === "unknown" && (
        <Callout
          tone="caution"
          title={
            props.isHistoryWhole
              ? "Who lost how much is not known"
              : "Claims cannot be made from a partial history"
          }
        >
          {WHY_UNKNOWN[claims.reason]} A list made of what happens to be known would pay the wrong people.
        </Callout>
      )}
      {isNothingToClaim && (
        <Callout tone="neutral" title="Nobody has a claim">
          {noClaimsText(state)}
        </Callout>
      )}
      {claims?.kind === "known" && !isNothingToClaim && (
        <>
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
      )}
    </Section>
  );
}
