import type { ReactNode } from "react";
import type { Wallet } from "@/data/wallet/use-wallet";
import type { VaultState } from "@/domain/model";
import { type KeyValue, KeyValueList } from "@/ui/data/key-value-list";
import { Callout } from "@/ui/data/messages";
import type { FigureText } from "@/ui/figures/figure-text";
import { Money } from "@/ui/figures/money";
import { Button } from "@/ui/forms/button";
import { type Step, Stepper } from "@/ui/forms/stepper";
import { allowanceText } from "./allowance";
import type { CandidateRow } from "./candidates";
import { StateWords } from "./candidates-view";
import { ApproveStep } from "./components/approve-step";
import { BoundsFormView } from "./components/bounds-form";
import { ConnectStep } from "./components/connect-step";
import { readFaultText } from "./messages";
import { saleLinesOf, tokenAmountText } from "./sale-lines";
import { isReadyExecutor, type LiquidatorStep, type StepId, stepsOf } from "./steps";
import type { Liquidation } from "./use-liquidation";
import { lossSentences } from "./wording";

export interface LiquidateViewProps {
  readonly row: CandidateRow;
  readonly state: VaultState;
  readonly wallet: Wallet;
  readonly chain: { readonly id: number; readonly name: string };
  readonly liquidation: Liquidation;
  /** The position is gone: only what is left to clean up is offered. */
  readonly isClosed: boolean;
}

/** The chosen manager on one side, the steps on the other. */
export function LiquidateView(props: LiquidateViewProps) {
  const { row, state, liquidation, chain, isClosed } = props;
  if (isClosed) return <Leftovers liquidation={liquidation} state={state} />;
  const { flows, setup, bounds, form } = liquidation;
  const steps = stepsOf({
    session: liquidation.session,
    chain,
    setup,
    mode: form.mode,
    maxPaymentAssets: bounds?.maxPaymentAssets,
    isFormReady: isFormReady(liquidation),
    asset: state.asset,
    flows: {
      deploy: flows.deploy.state.kind,
      register: flows.register.state.kind,
      approve: flows.approve.state.kind,
      liquidate: flows.liquidate.state.kind,
    },
  });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)]">
      <Facts row={row} state={state} />
      <div className="min-w-0 print:hidden">
        {liquidation.setupError !== undefined && (
          <div className="mb-4">
            <Callout tone="caution" title="Your account could not be read">
              {readFaultText(liquidation.setupError.code)}
            </Callout>
          </div>
        )}
        <Stepper label="Steps to the liquidation" steps={steps.map((step) => toStep(step, props))} />
      </div>
    </div>
  );
}

function isFormReady({ bounds }: Liquidation): boolean {
  return (
    bounds !== undefined &&
    bounds.maxPaymentAssets !== undefined &&
    bounds.minProceedsAssets !== undefined &&
    Object.keys(bounds.problems).length === 0 &&
    bounds.obstacles.length === 0
  );
}

function toStep(step: LiquidatorStep, props: LiquidateViewProps): Step {
  const content = contentOf(step, props);
  return {
    id: step.id,
    title: step.title,
    state: step.state,
    ...(step.note === "" ? {} : { note: step.note }),
    ...(content === undefined ? {} : { content }),
  };
}

type Content = (props: LiquidateViewProps) => ReactNode;

const CONTENT: Readonly<Partial<Record<StepId, Content>>> = {
  connect: ({ wallet }) => <ConnectStep wallet={wallet} />,
  chain: ({ wallet, chain }) => (
    <Button variant="primary" busy={wallet.isSwitchingChain} onClick={() => wallet.switchChain(chain.id)}>
      Switch to {chain.name}
    </Button>
  ),
  deploy: ({ liquidation }) => (
    <Button
      variant="primary"
      busy={liquidation.flows.deploy.isUnderWay}
      disabledReason={liquidation.obstacleText ?? waitingFor(liquidation)}
      onClick={liquidation.beginDeploy}
    >
      Deploy executor
    </Button>
  ),
  register: ({ liquidation }) => (
    <Button
      variant="primary"
      busy={liquidation.flows.register.isUnderWay}
      disabledReason={liquidation.obstacleText}
      onClick={liquidation.beginRegister}
    >
      Register executor
    </Button>
  ),
  liquidate: ({ liquidation }) => (
    <Button
      variant="primary"
      busy={liquidation.flows.liquidate.isUnderWay}
      disabledReason={liquidation.obstacleText ?? liquidation.refusal}
      onClick={liquidation.beginLiquidate}
    >
      Simulate and review
    </Button>
  ),
};

/** Steps whose form stays open once the executor is registered: bounds and allowance may be changed until the end. */
const STAYS_OPEN: ReadonlySet<StepId> = new Set(["mode", "approve"]);

function contentOf({ id, state }: LiquidatorStep, props: LiquidateViewProps): ReactNode {
  const { liquidation } = props;
  const isReady = isReadyExecutor(liquidation.setup);
  if (STAYS_OPEN.has(id)) {
    if (!isReady) return undefined;
    return id === "mode" ? <BoundsStep {...props} /> : <Approve {...props} />;
  }
  if (id === "liquidate" && isReady) return CONTENT.liquidate?.(props);
  if (state === "done" || state === "todo") return undefined;
  return CONTENT[id]?.(props);
}

function waitingFor({ setup, setupError }: Liquidation): string | undefined {
  if (setup !== undefined) return undefined;
  return setupError === undefined ? "Reading your account …" : "Your account could not be read.";
}

function BoundsStep({ liquidation, state }: LiquidateViewProps) {
  const { bounds, sale } = liquidation;
  if (bounds === undefined) {
    return <Callout tone="caution" title="The strategy's payment is not known at this block" />;
  }
  const context = { words: sale.words, base: state.asset };
  return (
    <BoundsFormView
      form={liquidation.form}
      bounds={bounds}
      asset={state.asset}
      sale={{
        lines: saleLinesOf(bounds.sales, context),
        unsold: (sale.quote?.unsold ?? []).map((one) => tokenAmountText(one, context)),
        quotedAt: sale.quotedAt,
        fault: sale.fault,
        isReading: sale.isReading,
        venueText: sale.venueText,
        venue: sale.venue,
      }}
      onChange={liquidation.change}
      onVenue={sale.setVenueText}
      onQuote={sale.quoteAgain}
    />
  );
}

function Approve({ liquidation, state }: LiquidateViewProps) {
  const { setup, bounds } = liquidation;
  return (
    <ApproveStep
      asset={state.asset}
      maxPaymentAssets={bounds?.maxPaymentAssets}
      allowanceAssets={setup?.allowanceAssets}
      text={liquidation.allowanceText}
      isBusy={liquidation.flows.approve.isUnderWay}
      disabledReason={liquidation.obstacleText}
      onText={liquidation.setAllowanceText}
      onApprove={liquidation.beginApprove}
    />
  );
}

/** Where nothing is left to liquidate: an allowance that the liquidation did not use up can be taken back. */
export function Leftovers({ liquidation, state }: Pick<LiquidateViewProps, "liquidation" | "state">) {
  const { setup, obstacleText, flows } = liquidation;
  const allowance = setup?.allowanceAssets;
  if (allowance === undefined || allowance === 0n) return null;
  return (
    <div className="flex max-w-[40rem] flex-col gap-2">
      <p className="text-[0.8125rem] text-ink-muted">
        Your executor may still take {allowanceText(allowance, state.asset)} from your wallet.
      </p>
      <div>
        <Button
          busy={flows.approve.isUnderWay}
          disabledReason={obstacleText}
          onClick={() => liquidation.beginApprove(0n)}
        >
          Take the allowance back
        </Button>
      </div>
    </div>
  );
}

/** What is known of the position, and what closing it now would do. */
function Facts({ row, state }: { readonly row: CandidateRow; readonly state: VaultState }) {
  const { symbol } = state.asset;
  // Where nothing is lost the sentence above says so already.
  const losses = row.shortfall.state === "liquidatable" ? [] : lossSentences(row, state);
  const money = (figure: FigureText): ReactNode => (
    <Money figure={figure.kind === "known" ? { ...figure, unit: symbol } : figure} />
  );
  const items: readonly KeyValue[] = [
    { key: "health", label: "Health ratio", value: <Money figure={row.text.health} /> },
    { key: "debt", label: "True debt", value: money(row.text.trueDebt), hint: "principal and interest" },
    { key: "value", label: "Value", value: money(row.text.value), hint: "at oracle prices" },
    {
      key: "payment",
      label: "Payment asked",
      value: money(row.text.payment),
      hint: row.shortfall.source === "quoted" ? "the strategy's own answer" : "modelled here",
    },
    {
      key: "bad-debt",
      label: "Expected bad debt",
      value: money(row.text.badDebt),
      hint: "true debt less payment",
    },
    { key: "lp-loss", label: "LP loss", value: money(row.text.lpLoss), hint: "bad debt less unpaid fees" },
    {
      key: "gain",
      label: "Liquidator's gain",
      value: money(row.text.gain),
      hint: "value less payment, before slippage and gas",
    },
  ];
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <StateWords row={row} />
      <p className="text-[0.8125rem]">{row.state.sentence}</p>
      {row.marks.map((mark) => (
        <p key={mark.id} className="text-xs text-ink-muted">
          {mark.word}: {mark.meaning}
        </p>
      ))}
      <KeyValueList items={items} />
      {losses.length > 0 && (
        <ul aria-label="What a liquidation would do" className="flex flex-col gap-1 text-[0.8125rem]">
          {losses.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
