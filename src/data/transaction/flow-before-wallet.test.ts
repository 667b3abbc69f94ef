import { describe, expect, it } from "vitest";
import { ChainError } from "@/chain/errors";
import {
  ALICE,
  APPROVE,
  APPROVE_MORE,
  BOB,
  CHAIN_ID,
  hashFrom,
  TARGET,
} from "@/testing/transactions/builders";
import { FakeChain } from "@/testing/transactions/fake-chain";
import { CLICK, createWorld, openedFlow, settle, signedFlow, sourceOf } from "@/testing/transactions/world";

const accept = { caveatsAccepted: true };
const NO_EXECUTOR = "0x1e618386";

describe("before the wallet opens", () => {
  it("simulates the very request that the wallet gets", async () => {
    const world = createWorld();
    const simulated: unknown[] = [];
    world.chain.onCall = (call) => {
      simulated.push(call);
      return { returns: "0x" };
    };
    const flow = await signedFlow(world);
    expect(flow.state()).toMatchObject({ kind: "pending" });
    const [prompt] = world.wallet.prompts;
    expect(prompt?.params).toEqual({
      chainId: "0x7a69",
      from: ALICE,
      to: TARGET,
      data: APPROVE,
      value: "0x0",
      // A quarter above the endpoint's estimate of 21,000.
      gas: "0x668a",
    });
    expect(simulated.at(-1)).toEqual({ from: ALICE, to: TARGET, data: APPROVE, value: "0x0" });
  });

  it("takes the same address in capital letters for the same address", async () => {
    const world = createWorld();
    const shout = (hex: `0x${string}`) => `0x${hex.slice(2).toUpperCase()}` as const;
    const call = { to: shout(TARGET), data: shout(APPROVE), value: 0n };
    const known = { [shout(TARGET)]: { kind: "token" as const, label: "USDC" } };
    const flow = await signedFlow(world, { account: shout(ALICE), call, known });
    world.chain.mine();
    await settle();
    expect(flow.state()).toMatchObject({ kind: "confirmed", sent: { request: { from: ALICE, to: TARGET } } });
  });

  it("stops at arguments that the domain refuses, without a single request", async () => {
    const world = createWorld();
    const flow = await openedFlow(world, { issues: ["The ratio must be a whole number of per cent."] });
    expect(flow.state()).toMatchObject({
      kind: "failed",
      stage: "validate",
      failure: { code: "invalid-input", details: ["The ratio must be a whole number of per cent."] },
    });
    expect(world.chain.methods).toEqual([]);
  });

  it("names both chains when the wallet is on another one, and goes on by itself after the switch", async () => {
    const world = createWorld();
    world.wallet.become({ account: ALICE, chainId: 1, walletId: "fake" });
    const flow = await openedFlow(world);
    expect(flow.state()).toMatchObject({
      kind: "failed",
      stage: "validate",
      failure: { code: "wrong-chain", expectedChainId: CHAIN_ID, gotChainId: 1 },
    });
    world.wallet.become({ account: ALICE, chainId: CHAIN_ID, walletId: "fake" });
    await settle();
    expect(flow.state()).toMatchObject({ kind: "ready", because: "chain-changed" });
  });

  it("asks the wallet itself for its chain, whatever was last announced", async () => {
    const world = createWorld();
    world.wallet.chain = new FakeChain({ chainId: 1 });
    const flow = await openedFlow(world);
    expect(flow.state()).toMatchObject({
      kind: "failed",
      failure: { code: "wrong-chain", expectedChainId: CHAIN_ID, gotChainId: 1 },
    });
  });

  it("does not simulate for an account that is not connected", async () => {
    const world = createWorld();
    const flow = await openedFlow(world, { account: BOB });
    expect(flow.state()).toMatchObject({ stage: "validate", failure: { code: "session-changed" } });
    expect(world.chain.methods).toEqual([]);
  });

  it("opens no prompt when the account changed unannounced during the last check", async () => {
    const world = createWorld();
    const flow = await openedFlow(world);
    world.chain.gate = (method) => {
      if (method === "eth_getTransactionCount")
        world.wallet.becomeSilently({ account: BOB, chainId: CHAIN_ID, walletId: "fake" });
    };
    flow.sign(CLICK);
    await settle();
    expect(flow.state()).toMatchObject({
      kind: "failed",
      stage: "sign",
      failure: { code: "session-changed" },
    });
    expect(world.wallet.prompts).toHaveLength(0);
  });

  it("begins again at the new head when its block is reorganised away under the simulation", async () => {
    const world = createWorld();
    let moved = 0;
    world.chain.gate = (method) => {
      if (method !== "eth_call" || moved > 0) return;
      moved += 1;
      world.chain.mine();
      throw new ChainError("chain-moved", { message: "The block is no longer part of the chain" });
    };
    const flow = await openedFlow(world);
    expect(flow.state()).toMatchObject({ kind: "ready", review: { block: { number: 11n }, caveats: [] } });
  });

  it("does not believe a wallet that stands on another chain with the same id", async () => {
    const world = createWorld();
    world.wallet.chain = new FakeChain({ chainId: CHAIN_ID, seed: 9_000 });
    const flow = await openedFlow(world);
    expect(flow.state()).toMatchObject({ kind: "failed", failure: { code: "other-chain-same-id" } });
  });

  it("asks for a confirmation when the wallet does not say on which chain it stands", async () => {
    const world = createWorld();
    world.wallet.gate = (method) => {
      if (method === "eth_blockNumber") throw Object.assign(new Error("unsupported"), { code: 4200 });
    };
    const flow = await openedFlow(world);
    expect(flow.state()).toMatchObject({ kind: "ready", review: { caveats: ["wallet-chain-unverified"] } });
    flow.sign(CLICK);
    await settle();
    expect(world.wallet.prompts).toHaveLength(0);
    flow.sign(accept);
    await settle();
    expect(world.wallet.prompts).toHaveLength(1);
  });

  it("refuses an address without code and a contract with other code", async () => {
    const world = createWorld();
    world.chain.code.clear();
    expect((await openedFlow(world)).state()).toMatchObject({
      kind: "failed",
      failure: { code: "not-a-contract" },
    });
    const other = createWorld();
    const target = { address: TARGET, name: "Vault", codeHash: hashFrom(5), listed: true };
    expect((await openedFlow(other, { target })).state()).toMatchObject({
      kind: "failed",
      failure: { code: "code-differs" },
    });
  });

  it("explains a missing right in the words of the check", async () => {
    const world = createWorld();
    world.chain.onCall = (call) => ({ returns: call.data === "0x91d14854" ? hashFrom(0) : "0x" });
    const flow = await openedFlow(world, {
      before: [
        {
          label: "This account may propose",
          otherwise: "Ask a proposer.",
          to: TARGET,
          data: "0x91d14854",
          expects: { kind: "equals", word: hashFrom(1) },
        },
      ],
    });
    expect(flow.state()).toMatchObject({
      kind: "failed",
      stage: "validate",
      failure: { code: "not-allowed", details: ["Ask a proposer."] },
    });
  });

  it("decodes the reason of a simulation that reverts, and sends nothing", async () => {
    const world = createWorld();
    world.chain.onCall = () => ({ reverts: NO_EXECUTOR });
    const flow = await signedFlow(world);
    expect(flow.state()).toMatchObject({
      kind: "failed",
      stage: "simulate",
      failure: { code: "reverted", revert: { name: "NoExecutorRegistered" } },
    });
    expect(world.wallet.prompts).toHaveLength(0);
  });

  it("simulates what the call will cause later, and names it when that reverts", async () => {
    const world = createWorld();
    world.chain.onCall = (call) => (call.from === BOB ? { reverts: "0xd92e233d" } : { returns: "0x" });
    const inner = {
      label: "Set the bond ratio",
      from: BOB,
      call: { to: TARGET, data: "0x01" as const, value: 0n },
    };
    const flow = await openedFlow(world, { inner: [inner] });
    expect(flow.state()).toMatchObject({
      stage: "simulate",
      failure: { code: "reverted", revert: { name: "ZeroAddress" }, details: ["Set the bond ratio"] },
    });
  });

  it("says 'not simulated' and waits for a confirmation when the endpoint cannot simulate", async () => {
    const world = createWorld();
    world.chain.gate = (method) => {
      if (method === "eth_call") throw Object.assign(new Error("gone"), { name: "HttpRequestError" });
    };
    const flow = await openedFlow(world);
    expect(flow.state()).toMatchObject({
      kind: "ready",
      review: { simulation: { kind: "not-simulated" }, caveats: ["not-simulated"] },
    });
  });

  it("asks for a confirmation when some of the bytes cannot be put into words", async () => {
    for (const data of ["0xdeadbeef", `${APPROVE}00`] as const) {
      const flow = await openedFlow(createWorld(), { call: { to: TARGET, data, value: 0n } });
      expect(flow.state()).toMatchObject({ kind: "ready", review: { caveats: ["call-not-understood"] } });
    }
  });

  it("asks for a confirmation when the operator did not list the contract", async () => {
    const target = { address: TARGET, name: "Vault", codeHash: undefined, listed: false };
    const flow = await openedFlow(createWorld(), { target });
    expect(flow.state()).toMatchObject({ kind: "ready", review: { caveats: ["target-not-listed"] } });
  });

  it("simulates again on every new head while the review is open", async () => {
    const world = createWorld();
    const flow = await openedFlow(world);
    expect(flow.state()).toMatchObject({ kind: "ready", review: { block: { number: 10n } } });
    world.chain.mine();
    await settle();
    expect(flow.state()).toMatchObject({ kind: "ready", review: { block: { number: 11n } } });
    world.chain.onCall = () => ({ reverts: "0xa8a168bf" });
    world.chain.mine();
    await settle();
    expect(flow.state()).toMatchObject({
      kind: "failed",
      failure: { revert: { name: "PositionNotActive" } },
    });
  });

  it("does not send what passed in the review and fails at the click", async () => {
    const world = createWorld();
    const flow = await openedFlow(world);
    world.chain.onCall = () => ({ reverts: "0xa8a168bf" });
    flow.sign(CLICK);
    await settle();
    expect(flow.state()).toMatchObject({ kind: "failed", stage: "simulate" });
    expect(world.wallet.prompts).toHaveLength(0);
  });

  it("simulates new arguments and drops the review of the old ones", async () => {
    const world = createWorld();
    const flow = await openedFlow(world);
    flow.open(sourceOf({ call: { to: TARGET, data: APPROVE_MORE, value: 0n } }));
    expect(flow.state()).toMatchObject({
      kind: "simulating",
      because: "arguments-changed",
      review: undefined,
    });
    await settle();
    expect(flow.state()).toMatchObject({ kind: "ready", review: { request: { data: APPROVE_MORE } } });
  });

  it("leaves everything as it is when the same arguments come again", async () => {
    const world = createWorld();
    const flow = await openedFlow(world);
    const before = flow.state();
    flow.open(sourceOf());
    expect(flow.state()).toBe(before);
  });
});
