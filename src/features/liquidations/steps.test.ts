// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { LiquidationMode } from "@/data/operator/liquidation-intents";
import type { LiquidatorState } from "@/data/operator/use-liquidator-setup";
import { addressFrom, managerOf, stateOf, USDC } from "@/testing/vault-builders";
import { allowanceText } from "./allowance";
import { boundsOf } from "./bounds";
import { candidateRowOf } from "./candidates";
import { refusalOf } from "./gate";
import { stepsOf } from "./steps";
import { approveWording, liquidationWording } from "./wording";

const ACCOUNT = addressFrom(30);
const EXECUTOR = addressFrom(31);
const state = stateOf();

const setup = (change: Partial<LiquidatorState> = {}): LiquidatorState => ({
  executor: undefined,
  deployedExecutor: undefined,
  allowanceAssets: undefined,
  balanceAssets: 500_000n * USDC,
  ...change,
});

const input = {
  session: { account: ACCOUNT, chainId: 31_337, walletId: "w" },
  chain: { id: 31_337, name: "Devnet" },
  setup: setup(),
  mode: "pay-from-wallet" as LiquidationMode,
  maxPaymentAssets: 100_001n * USDC,
  isFormReady: true,
  asset: state.asset,
  flows: { deploy: "idle", register: "idle", approve: "idle", liquidate: "idle" } as const,
};

const current = (change: Partial<typeof input> & { readonly setup?: LiquidatorState }): string | undefined =>
  stepsOf({ ...input, ...change }).find((step) => step.state === "current" || step.state === "busy")?.id;

describe("stepsOf", () => {
  it("begins with the wallet and its chain", () => {
    expect(stepsOf({ ...input, session: undefined, setup: undefined })[0]).toMatchObject({
      id: "connect",
      state: "current",
    });
    expect(current({ session: { ...input.session, chainId: 1 } })).toBe("chain");
  });

  it("takes up the way where the chain says that it stands", () => {
    expect(current({})).toBe("deploy");
    expect(current({ setup: setup({ deployedExecutor: EXECUTOR }) })).toBe("register");
    const registered = { deployedExecutor: EXECUTOR, executor: EXECUTOR };
    expect(current({ setup: setup({ ...registered, allowanceAssets: 0n }) })).toBe("approve");
    expect(current({ setup: setup({ ...registered, allowanceAssets: 100_001n * USDC }) })).toBe("liquidate");
  });

  it("does not take another kind of executor for the stock one", () => {
    const other = setup({ deployedExecutor: EXECUTOR, executor: addressFrom(99) });
    expect(current({ setup: other })).toBe("register");
  });

  it("asks for no allowance where nothing comes from the wallet", () => {
    const ready = setup({ deployedExecutor: EXECUTOR, executor: EXECUTOR });
    const steps = stepsOf({ ...input, setup: ready, mode: "sell-collateral" });
    expect(steps.map(({ id }) => id)).not.toContain("approve");
    expect(steps.find((step) => step.state === "current")?.id).toBe("liquidate");
  });

  it("shows a step under way as busy, and everything as done in the end", () => {
    expect(stepsOf({ ...input, flows: { ...input.flows, deploy: "pending" } })[2]).toMatchObject({
      state: "busy",
    });
    const done = stepsOf({
      ...input,
      setup: setup({ deployedExecutor: EXECUTOR, executor: EXECUTOR, allowanceAssets: 0n }),
      flows: { ...input.flows, liquidate: "confirmed" },
    });
    expect(done.every((step) => step.state === "done")).toBe(true);
  });
});

const manager = managerOf({
  manager: addressFrom(40),
  value: 95_000n,
  debt: 100_000n,
  quote: { canLiquidate: true, minPaymentAssets: 94_050n * USDC },
});
const row = candidateRowOf(manager, state);
const form = {
  mode: "pay-from-wallet" as const,
  spanSeconds: 1_800n,
  maxPaymentText: undefined,
  minProceedsText: undefined,
  toleranceText: "1",
};
const bounds = boundsOf({
  form,
  position: manager,
  state,
  quotedAssets: 94_050n * USDC,
  valueAssets: 95_000n * USDC,
  seizure: undefined,
  quote: undefined,
  allowanceAssets: undefined,
});
const gate = {
  row,
  state,
  account: ACCOUNT,
  managers: [manager],
  form,
  bounds,
  balanceAssets: 500_000n * USDC,
  allowanceAssets: 500_000n * USDC,
};

describe("allowanceText", () => {
  it("gives every digit, and a word where there is no end to it", () => {
    const { asset } = stateOf();
    expect(allowanceText(100_000_123_456n, asset)).toBe("100,000.123456 USDC");
    expect(allowanceText(2n ** 256n - 1n, asset)).toBe("any amount of USDC");
  });
});

describe("refusalOf", () => {
  it("lets through what nothing stands against", () => {
    expect(refusalOf(gate)).toBeUndefined();
  });

  it("names what stands in the way of this account", () => {
    expect(refusalOf({ ...gate, account: manager.manager })).toContain("may not liquidate itself");
    expect(refusalOf({ ...gate, balanceAssets: 94_000n * USDC })).toContain(
      "the wallet holds 94,000.00 USDC",
    );
    expect(refusalOf({ ...gate, allowanceAssets: undefined })).toBe("Approve the largest payment first.");
    const indebted = managerOf({ manager: ACCOUNT, value: 10n, debt: 5n });
    expect(refusalOf({ ...gate, managers: [manager, indebted] })).toContain("owes this vault itself");
  });

  it("does not offer what the strategy refuses", () => {
    const healthy = candidateRowOf(
      { ...manager, quote: { canLiquidate: false, minPaymentAssets: 94_050n * USDC } },
      state,
    );
    expect(refusalOf({ ...gate, row: healthy })).toContain("does not let this position be liquidated");
  });

  it("asks nothing of the wallet when the collateral is sold", () => {
    const selling = { ...gate, form: { ...form, mode: "sell-collateral" as const } };
    expect(refusalOf({ ...selling, balanceAssets: 0n, allowanceAssets: 0n })).toBeUndefined();
  });
});

describe("liquidationWording", () => {
  it("says what is taken, paid and lost, and what the share price does", () => {
    const { title, effect } = liquidationWording({
      row,
      state,
      mode: "pay-from-wallet",
      maxPaymentAssets: 95_000n * USDC,
      minProceedsAssets: 94_000n * USDC,
      deadlineSeconds: 1_780_000_000n,
      sales: [],
    });
    expect(title).toMatch(/^Liquidate 0x/);
    const text = effect.join("\n");
    expect(text).toContain("worth about 95,000.00 USDC at oracle prices, against a debt of 100,000.00 USDC");
    expect(text).toContain("94,050.00 USDC at the block of this page, never more than 95,000.00 USDC");
    expect(text).toContain("about 5,950.00 USDC of bad debt");
    expect(text).toContain("from 1.00000000 to about 0.99940500 USDC");
    expect(text).toContain("Refused after 2026-05-28 20:26 UTC");
  });
});

describe("approveWording", () => {
  it("names the exact amount, and what taking it back does", () => {
    expect(approveWording(state, 1n, EXECUTOR).title).toBe("Approve 0.000001 USDC");
    expect(approveWording(state, 0n, EXECUTOR).effect[0]).toContain("may no longer take any USDC");
  });
});
