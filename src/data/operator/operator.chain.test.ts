// @vitest-environment node
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fetchHead } from "@/chain/reads/head";
import { fetchLiquidator, fetchTimelock } from "@/chain/reads/operator";
import { fetchSnapshot } from "@/chain/reads/snapshot";
import { createRpc } from "@/chain/rpc/client";
import type { Rpc } from "@/chain/rpc/rpc";
import type { Address, Hex, VaultState } from "@/domain/model";
import { unlistedVault, type VaultConfig } from "@/report/config";
import type { Contract } from "../../../devnet/contracts-test/chain";
import {
  GOVERNANCE,
  LIQUIDATOR,
  MANAGER,
  pct,
  STRANGER,
  usd,
  WAD,
  World,
} from "../../../devnet/contracts-test/world";
import { callWordsOf } from "../transaction/call-words";
import { chainPortOf } from "../transaction/chain-port";
import { createFlow, type TransactionFlow } from "../transaction/flow";
import type { TransactionIntent } from "../transaction/intent";
import { tabLocks } from "../transaction/locks";
import type { TransactionState } from "../transaction/machine";
import { memoryPendingStore } from "../transaction/pending-store";
import type { FlowPorts, Session } from "../transaction/ports";
import type { OperatorContext } from "./known-contracts";
import {
  approveIntent,
  deployExecutorIntent,
  liquidateIntent,
  registerExecutorIntent,
} from "./liquidation-intents";
import {
  cancelIntent,
  executeIntent,
  NO_PREDECESSOR,
  operationIdOf,
  scheduleIntent,
  setMinBondRatioCall,
} from "./timelock-intents";

const CHAIN_ID = 31_337;
const DELAY_SECONDS = 48n * 3600n;
const wording = { title: "A test", effect: ["It is tested."] };

let world: World;
let vault: Contract;
let timelock: Contract;
let rpc: Rpc;
let config: VaultConfig;
let restore: () => Promise<void>;
const opened: TransactionFlow[] = [];

const lower = (address: Address): Address => address.toLowerCase() as Address;

beforeAll(async () => {
  world = await World.deploy();
  timelock = await world.chain.deploy(
    "TimelockController",
    [DELAY_SECONDS, [GOVERNANCE], [GOVERNANCE], GOVERNANCE],
    GOVERNANCE,
  );
  vault = await world.vault(await world.strategy({ rate: WAD / 10n, owner: timelock.address }));
  await world.open({ vault, manager: MANAGER, bond: usd(20_000), borrow: usd(100_000), weth: 50n * WAD });
  await world.price(world.c.wethFeed, 1_500);
  rpc = createRpc({ chainId: CHAIN_ID, endpoints: [world.chain.anvil.url] });
  config = { ...unlistedVault({ chainId: CHAIN_ID, address: lower(vault.address) }), listed: true };
  restore = await world.chain.snapshot();
});
beforeEach(async () => {
  await restore();
  restore = await world.chain.snapshot();
});
afterAll(async () => {
  for (const flow of opened) flow.dispose();
  await world.chain.stop();
});

async function stateOf(): Promise<VaultState> {
  const block = await fetchHead(rpc);
  return (await fetchSnapshot(rpc, { vault: lower(vault.address), managers: [], block })).state;
}

async function contextFor(account: Address, executor?: Address): Promise<OperatorContext> {
  return { config, state: await stateOf(), account, executor };
}

/** A wallet that asks nobody, on the same node. A block comes whenever a sent transaction waits for one. */
function portsFor(account: Address, isWaiting: () => boolean): FlowPorts {
  const session: Session = { account: lower(account), chainId: CHAIN_ID, walletId: "test" };
  return {
    chain: chainPortOf(rpc),
    wallet: {
      current: () => session,
      subscribe: () => () => undefined,
      request: ({ method, params }) =>
        method === "eth_sendTransaction" ? send(params[0]) : world.chain.rpc(method, ...params),
    },
    heads: {
      next: async () => {
        if (!isWaiting()) return new Promise(() => undefined);
        await world.chain.advance(0);
        return fetchHead(rpc);
      },
      hurry: () => undefined,
    },
    locks: tabLocks(),
    store: memoryPendingStore(),
    invalidate: () => undefined,
  };
}

/** What a wallet adds: here fees of nothing, since nobody on this chain owns its coin. */
async function send(transaction: unknown): Promise<unknown> {
  await world.chain.rpc("evm_setNextBlockTimestamp", world.chain.nowSeconds);
  return world.chain.rpc("eth_sendTransaction", { ...(transaction as object), gasPrice: "0x0" });
}

function reached(
  flow: TransactionFlow,
  kinds: readonly TransactionState["kind"][],
): Promise<TransactionState> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (kinds.includes(flow.state().kind)) resolve(flow.state());
    };
    flow.subscribe(look);
    look();
  });
}

/** Reviews, signs and follows; the state in which it ends. */
async function perform(account: Address, intent: TransactionIntent): Promise<TransactionState> {
  const flow: TransactionFlow = createFlow(
    "test",
    portsFor(account, () => flow.state().kind === "pending" || flow.state().kind === "verifying"),
  );
  opened.push(flow);
  flow.open(() => intent);
  const reviewed = await reached(flow, ["ready", "failed"]);
  if (reviewed.kind === "failed") return reviewed;
  flow.sign({ caveatsAccepted: false });
  return reached(flow, ["confirmed", "failed"]);
}

describe("the way of a first-time liquidator on a real chain", () => {
  it("deploys, registers, approves and liquidates, each verified by what the chain shows", async () => {
    const { state, ...rest } = await contextFor(LIQUIDATOR);
    const { factory } = state.flux ?? {};
    if (factory === undefined) throw new Error("the vault names no factory");
    const context = { ...rest, state };

    expect(await perform(LIQUIDATOR, deployExecutorIntent(context, { factory, wording }))).toMatchObject({
      kind: "confirmed",
      warnings: [],
    });
    const asked = { factory, account: LIQUIDATOR, asset: state.asset.address };
    const executor = (await fetchLiquidator(rpc, { ...asked, block: await fetchHead(rpc) })).deployedExecutor;
    if (executor === undefined) throw new Error("no executor was deployed");

    const register = registerExecutorIntent(context, { factory, executor, wording });
    expect(await perform(LIQUIDATOR, register)).toMatchObject({ kind: "confirmed" });

    const maxPaymentAssets = usd(120_000);
    const liquidation = {
      manager: MANAGER,
      mode: "pay-from-wallet" as const,
      maxPaymentAssets,
      minProceedsAssets: 0n,
      deadlineSeconds: 4_000_000_000n,
      route: [],
    };
    const liquidate = liquidateIntent(context, { factory, executor, liquidation, wording });
    expect(callWordsOf(liquidate).understood).toBe(true);
    // Before the allowance: explained by the check, not by a revert.
    expect(await perform(LIQUIDATOR, liquidate)).toMatchObject({
      kind: "failed",
      stage: "validate",
      failure: { code: "not-allowed" },
    });

    const approve = approveIntent(context, { executor, amountAssets: maxPaymentAssets, wording });
    expect(await perform(LIQUIDATOR, approve)).toMatchObject({ kind: "confirmed" });
    // Without money: the contract's own reason.
    expect(await perform(LIQUIDATOR, liquidate)).toMatchObject({
      kind: "failed",
      stage: "simulate",
      failure: { code: "reverted", revert: { name: "ERC20InsufficientBalance" } },
    });

    await world.mint(world.c.usdc, LIQUIDATOR, maxPaymentAssets);
    expect(await perform(LIQUIDATOR, liquidate)).toMatchObject({ kind: "confirmed", warnings: [] });
    expect((await world.debt(vault, MANAGER)).total).toBe(0n);
    // The same again: the position is gone, and the simulation says so.
    await world.as(LIQUIDATOR, world.c.usdc, "approve", executor, maxPaymentAssets);
    expect(await perform(LIQUIDATOR, liquidate)).toMatchObject({
      kind: "failed",
      stage: "simulate",
      failure: { code: "reverted", revert: { name: "PositionNotActive" } },
    });
  });

  it("does not deploy a second executor", async () => {
    await world.executor(LIQUIDATOR);
    const context = await contextFor(LIQUIDATOR);
    const factory = lower(world.c.factory.address);
    expect(await perform(LIQUIDATOR, deployExecutorIntent(context, { factory, wording }))).toMatchObject({
      stage: "validate",
      failure: { code: "not-allowed" },
    });
  });
});

describe("a parameter through the timelock on a real chain", () => {
  const salt: Hex = `0x${"5a".repeat(32)}`;

  async function operation(ratioWad: bigint) {
    const { state } = await contextFor(GOVERNANCE);
    const { strategy } = state.flux ?? {};
    if (strategy === undefined) throw new Error("the vault has no strategy");
    return {
      calls: [setMinBondRatioCall({ strategy: strategy.address, ratioWad })],
      predecessor: NO_PREDECESSOR,
      salt,
    };
  }

  async function schedule(account: Address, ratioWad = pct(22)): Promise<TransactionState> {
    return perform(
      account,
      scheduleIntent(await contextFor(account), {
        timelock: lower(timelock.address),
        operation: await operation(ratioWad),
        delaySeconds: DELAY_SECONDS,
        wording,
      }),
    );
  }

  it("is scheduled, waits, is executed, and is read back from the strategy", async () => {
    expect(await schedule(GOVERNANCE)).toMatchObject({ kind: "confirmed", warnings: [] });
    const id = operationIdOf(await operation(pct(22)));
    const block = await fetchHead(rpc);
    const { timestamps } = await fetchTimelock(rpc, { timelock: lower(timelock.address), ids: [id], block });
    expect(timestamps.get(id)).toBe(block.timestampSeconds + DELAY_SECONDS);

    const intent = executeIntent(await contextFor(GOVERNANCE), {
      timelock: lower(timelock.address),
      operation: await operation(pct(22)),
      openExecution: false,
      wording,
    });
    expect(callWordsOf(intent)).toMatchObject({ understood: true, functionName: "execute" });
    expect(await perform(GOVERNANCE, intent)).toMatchObject({
      stage: "simulate",
      failure: { revert: { name: "TimelockUnexpectedOperationState" } },
    });
    await world.chain.advance(Number(DELAY_SECONDS));
    expect(await perform(GOVERNANCE, intent)).toMatchObject({ kind: "confirmed", warnings: [] });
    expect((await stateOf()).flux?.strategy.minBondRatioWad).toBe(pct(22));
  });

  it("is not scheduled twice, and is cancelled", async () => {
    expect(await schedule(GOVERNANCE)).toMatchObject({ kind: "confirmed" });
    expect(await schedule(GOVERNANCE)).toMatchObject({
      stage: "validate",
      failure: { code: "not-allowed", details: ["The timelock has this operation in its queue."] },
    });
    const id = operationIdOf(await operation(pct(22)));
    const cancel = cancelIntent(await contextFor(GOVERNANCE), {
      timelock: lower(timelock.address),
      id,
      wording,
    });
    expect(await perform(GOVERNANCE, cancel)).toMatchObject({ kind: "confirmed", warnings: [] });
  });

  it("is not scheduled by an account without the role, nor when the strategy would refuse it", async () => {
    expect(await schedule(STRANGER)).toMatchObject({
      stage: "validate",
      failure: {
        code: "not-allowed",
        details: ["Only an account with the timelock's proposer role may propose changes."],
      },
    });
    expect(await schedule(GOVERNANCE, pct(5))).toMatchObject({
      stage: "simulate",
      failure: { code: "reverted", revert: { name: "InvalidParameter" } },
    });
  });
});
