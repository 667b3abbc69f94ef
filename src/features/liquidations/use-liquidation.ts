import { useState } from "react";
import { useChainTime } from "@/data/head/use-head";
import type { OperatorContext } from "@/data/operator/known-contracts";
import {
  approveIntent,
  deployExecutorIntent,
  liquidateIntent,
  liquidationKeys,
  registerExecutorIntent,
} from "@/data/operator/liquidation-intents";
import { useLiquidatorSetup } from "@/data/operator/use-liquidator-setup";
import { writeObstacleOf } from "@/data/operator/write-obstacle";
import type { Session } from "@/data/transaction/ports";
import { useTransactionFlow } from "@/data/transaction/use-transactions";
import { useSession } from "@/data/wallet/use-wallet";
import type { ChainTime } from "@/domain/chain-clock";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { type BoundsForm, boundsOf, DEFAULT_SPAN_SECONDS, DEFAULT_TOLERANCE_TEXT } from "./bounds";
import type { CandidateRow } from "./candidates";
import { refusalOf } from "./gate";
import { OBSTACLE_WORDS } from "./messages";
import { useSale } from "./use-sale";
import { approveWording, DEPLOY_WORDING, liquidationWording, registerWording } from "./wording";

interface LiquidationArgs {
  readonly report: VaultReport;
  readonly row: CandidateRow;
  readonly isPinned: boolean;
  /** The reader has confirmed the address of a vault that is not listed. */
  readonly isConfirmed: boolean;
}

const NOBODY: Address = "0x0000000000000000000000000000000000000000";
const ACCOUNT_CHANGED =
  "The wallet's account is another one than this page read. Close this and begin again.";

/** Everything that the way to a liquidation needs: what the chain says, what was typed, and what can be begun. */
export function useLiquidation({ report, row, isPinned, isConfirmed }: LiquidationArgs) {
  const { state } = report.snapshot;
  const ref = { chainId: state.chainId, address: state.address };
  const session = useSession();
  const time = useChainTime(ref.chainId);
  const { setup, error: setupError } = useLiquidatorSetup(ref, state);
  const [form, setForm] = useState<BoundsForm>({
    mode: "pay-from-wallet",
    spanSeconds: DEFAULT_SPAN_SECONDS,
    maxPaymentText: undefined,
    minProceedsText: undefined,
    toleranceText: DEFAULT_TOLERANCE_TEXT,
  });
  const [allowanceText, setAllowanceText] = useState<string>();
  const sale = useSale(report, { position: row.position, isWanted: form.mode === "sell-collateral" });
  const flowOf = (key: string) => ({ key, chainId: ref.chainId });
  const deploy = useTransactionFlow(flowOf(liquidationKeys.deploy({ state })));
  const register = useTransactionFlow(flowOf(liquidationKeys.register({ state })));
  const approve = useTransactionFlow(flowOf(liquidationKeys.approve({ state })));
  const liquidate = useTransactionFlow(flowOf(liquidationKeys.liquidate({ state }, row.manager)));

  const { paymentAssets, valueAssets } = row.shortfall;
  const bounds =
    paymentAssets.kind === "unknown"
      ? undefined
      : boundsOf({
          form,
          position: row.position,
          state,
          quotedAssets: paymentAssets.value,
          valueAssets: valueAssets.kind === "known" ? valueAssets.value : undefined,
          seizure: sale.seizure,
          quote: sale.quote,
          allowanceAssets: setup?.allowanceAssets,
        });
  const obstacle = writeObstacleOf({ config: report.config, session, isPinned, isConfirmed });
  const obstacleText = obstacle === undefined ? undefined : OBSTACLE_WORDS[obstacle];
  const refusal = refusalOf({
    row,
    state,
    account: session?.account,
    managers: report.snapshot.managers,
    form,
    bounds,
    balanceAssets: setup?.balanceAssets,
    allowanceAssets: setup?.allowanceAssets,
  });

  const account = session?.account;
  const executor = setup?.deployedExecutor;
  const factory = state.flux?.factory;
  const contextOf = (now: Session | undefined): OperatorContext => ({
    config: report.config,
    state,
    account: now?.account ?? account ?? NOBODY,
    executor,
  });
  /** What was read belongs to one account; another one has to begin anew. */
  const issuesFor = (now: Session | undefined): readonly string[] =>
    now === undefined || now.account === account ? [] : [ACCOUNT_CHANGED];

  function beginDeploy(): void {
    if (factory === undefined) return;
    deploy.begin((now) => deployExecutorIntent(contextOf(now), { factory, wording: DEPLOY_WORDING }));
  }

  function beginRegister(): void {
    if (factory === undefined || executor === undefined) return;
    register.begin((now) =>
      registerExecutorIntent(contextOf(now), {
        factory,
        executor,
        wording: { ...registerWording(executor), issues: issuesFor(now) },
      }),
    );
  }

  function beginApprove(amountAssets: bigint): void {
    if (executor === undefined) return;
    approve.begin((now) =>
      approveIntent(contextOf(now), {
        executor,
        amountAssets,
        wording: { ...approveWording(state, amountAssets, executor), issues: issuesFor(now) },
      }),
    );
  }

  function beginLiquidate(): void {
    const { maxPaymentAssets, minProceedsAssets, sales = [], route = [] } = bounds ?? {};
    if (factory === undefined || executor === undefined) return;
    if (maxPaymentAssets === undefined || minProceedsAssets === undefined) return;
    const deadlineSeconds = chainNowSeconds(time, state.block.timestampSeconds) + form.spanSeconds;
    const terms = { mode: form.mode, maxPaymentAssets, minProceedsAssets, deadlineSeconds };
    const wording = liquidationWording({ ...terms, row, state, sales });
    liquidate.begin((now) =>
      liquidateIntent(contextOf(now), {
        factory,
        executor,
        liquidation: { ...terms, manager: row.manager, route },
        wording: { ...wording, issues: issuesFor(now) },
      }),
    );
  }

  return {
    session,
    setup,
    setupError,
    form,
    change: (change: Partial<BoundsForm>) => setForm((before) => ({ ...before, ...change })),
    allowanceText,
    setAllowanceText,
    sale,
    bounds,
    obstacleText,
    refusal,
    factory,
    flows: { deploy, register, approve, liquidate },
    beginDeploy,
    beginRegister,
    beginApprove,
    beginLiquidate,
  };
}

export type Liquidation = ReturnType<typeof useLiquidation>;

/**
 * The chain's own time now, by which the contract judges a deadline: never this machine's clock when that is ahead,
 * or the liquidation would stay good for longer than it says.
 */
export function chainNowSeconds(time: ChainTime, blockSeconds: bigint): bigint {
  if (time.gapSeconds === undefined) return blockSeconds;
  const chain = time.gapSeconds > 0n ? time.nowSeconds - time.gapSeconds : time.nowSeconds;
  return chain > blockSeconds ? chain : blockSeconds;
}
