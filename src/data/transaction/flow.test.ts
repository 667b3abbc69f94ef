import { describe, expect, it } from "vitest";
import { ChainError } from "@/chain/errors";
import { ALICE, BOB, CHAIN_ID, hashFrom, TARGET } from "@/testing/transactions/builders";
import { FakeChain } from "@/testing/transactions/fake-chain";
import { createWorld, settle, sourceOf, type World } from "@/testing/transactions/world";
import type { TransactionFlow } from "./flow";
import type { TransactionIntent } from "./intent";

const accept = { caveatsAccepted: true };
const plain = { caveatsAccepted: false };

async function opened(world: World, change: Partial<TransactionIntent> = {}): Promise<TransactionFlow> {
  const flow = world.flow("one");
  flow.open(sourceOf(change));
  await settle();
  return flow;
}

async function signed(world: World, change: Partial<TransactionIntent> = {}): Promise<TransactionFlow> {
  const flow = await opened(world, change);
  flow.sign(plain);
  await settle();
  return flow;
}

const NO_EXECUTOR = "0x1e618386";

describe("before the wallet opens", () => {
  it("simulates the very request that the wallet gets", async () => {
    const world = createWorld();
    const simulated: unknown[] = [];
    world.chain.onCall = (call) => {
      simulated.push(call);
      return { returns: "0x" };
    };
    const flow = await signed(world);
    expect(flow.state()).toMatchObject({ kind: "pending" });
    const [prompt] = world.wallet.prompts;
    expect(prompt?.params).toEqual({
      chainId: "0x7a69",
      from: ALICE,
      to: TARGET,
      data: "0xdeadbeef",
      value: "0x0",
    });
    expect(simulated.at(-1)).toEqual({ from: ALICE, to: TARGET, data: "0xdeadbeef", value: "0x0" });
  });

  it("stops at arguments that the domain refuses, without a single request", async () => {
    const world = createWorld();
    const flow = await opened(world, { issues: ["The ratio must be a whole number of per cent."] });
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
    const flow = await opened(world);
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
    const flow = await opened(world);
    expect(flow.state()).toMatchObject({
      kind: "failed",
      failure: { code: "wrong-chain", expectedChainId: CHAIN_ID, gotChainId: 1 },
    });
  });

  it("does not simulate for an account that is not connected", async () => {
    const world = createWorld();
    const flow = await opened(world, { account: BOB });
    expect(flow.state()).toMatchObject({ stage: "validate", failure: { code: "session-changed" } });
    expect(world.chain.methods).toEqual([]);
  });

  it("opens no prompt when the account changed unannounced during the last check", async () => {
    const world = createWorld();
    const flow = await opened(world);
    world.chain.gate = (method) => {
      if (method === "eth_getTransactionCount")
        world.wallet.becomeSilently({ account: BOB, chainId: CHAIN_ID, walletId: "fake" });
    };
    flow.sign(plain);
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
    const flow = await opened(world);
    expect(flow.state()).toMatchObject({ kind: "ready", review: { block: { number: 11n }, caveats: [] } });
  });

  it("does not believe a wallet that stands on another chain with the same id", async () => {
    const world = createWorld();
    world.wallet.chain = new FakeChain({ chainId: CHAIN_ID, seed: 9_000 });
    const flow = await opened(world);
    expect(flow.state()).toMatchObject({ kind: "failed", failure: { code: "other-chain-same-id" } });
  });

  it("asks for a confirmation when the wallet does not say on which chain it stands", async () => {
    const world = createWorld();
    world.wallet.gate = (method) => {
      if (method === "eth_blockNumber") throw Object.assign(new Error("unsupported"), { code: 4200 });
    };
    const flow = await opened(world);
    expect(flow.state()).toMatchObject({ kind: "ready", review: { caveats: ["wallet-chain-unverified"] } });
    flow.sign(plain);
    await settle();
    expect(world.wallet.prompts).toHaveLength(0);
    flow.sign(accept);
    await settle();
    expect(world.wallet.prompts).toHaveLength(1);
  });

  it("refuses an address without code and a contract with other code", async () => {
    const world = createWorld();
    world.chain.code.clear();
    expect((await opened(world)).state()).toMatchObject({
      kind: "failed",
      failure: { code: "not-a-contract" },
    });
    const other = createWorld();
    const target = { address: TARGET, name: "Vault", codeHash: hashFrom(5), listed: true };
    expect((await opened(other, { target })).state()).toMatchObject({
      kind: "failed",
      failure: { code: "code-differs" },
    });
  });

  it("explains a missing right in the words of the check", async () => {
    const world = createWorld();
    world.chain.onCall = (call) => ({ returns: call.data === "0x91d14854" ? hashFrom(0) : "0x" });
    const flow = await opened(world, {
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
      failure: { code: "not-allowed", details: ["This account may propose", "Ask a proposer."] },
    });
  });

  it("decodes the reason of a simulation that reverts, and sends nothing", async () => {
    const world = createWorld();
    world.chain.onCall = () => ({ reverts: NO_EXECUTOR });
    const flow = await signed(world);
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
    const flow = await opened(world, { inner: [inner] });
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
    const flow = await opened(world);
    expect(flow.state()).toMatchObject({
      kind: "ready",
      review: { simulation: { kind: "not-simulated" }, caveats: ["not-simulated"] },
    });
  });

  it("simulates again on every new head while the review is open", async () => {
    const world = createWorld();
    const flow = await opened(world);
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
    const flow = await opened(world);
    world.chain.onCall = () => ({ reverts: "0xa8a168bf" });
    flow.sign(plain);
    await settle();
    expect(flow.state()).toMatchObject({ kind: "failed", stage: "simulate" });
    expect(world.wallet.prompts).toHaveLength(0);
  });

  it("simulates new arguments and drops the review of the old ones", async () => {
    const world = createWorld();
    const flow = await opened(world);
    flow.open(sourceOf({ call: { to: TARGET, data: "0xfeedface", value: 0n } }));
    expect(flow.state()).toMatchObject({
      kind: "simulating",
      because: "arguments-changed",
      review: undefined,
    });
    await settle();
    expect(flow.state()).toMatchObject({ kind: "ready", review: { request: { data: "0xfeedface" } } });
  });

  it("leaves everything as it is when the same arguments come again", async () => {
    const world = createWorld();
    const flow = await opened(world);
    const before = flow.state();
    flow.open(sourceOf());
    expect(flow.state()).toBe(before);
  });
});

describe("at the wallet", () => {
  it("keeps the review after a rejection and sends on the second try", async () => {
    const world = createWorld();
    world.wallet.policy = "reject";
    const flow = await signed(world);
    expect(flow.state()).toMatchObject({
      kind: "failed",
      stage: "sign",
      failure: { code: "user-rejected" },
      review: { request: { data: "0xdeadbeef" } },
    });
    expect(world.store.all()).toEqual([]);
    world.wallet.policy = "approve";
    flow.retry();
    await settle();
    expect(flow.state()).toMatchObject({ kind: "ready", review: { caveats: [] } });
  });

  it("says that a request is already open in the wallet", async () => {
    const world = createWorld();
    world.wallet.policy = "already-open";
    expect((await signed(world)).state()).toMatchObject({ failure: { code: "request-pending" } });
  });

  it("opens one prompt for any number of clicks", async () => {
    const world = createWorld();
    const flow = await opened(world);
    for (let click = 0; click < 20; click += 1) flow.sign(plain);
    await settle();
    for (let click = 0; click < 20; click += 1) flow.sign(plain);
    await settle();
    expect(world.wallet.prompts).toHaveLength(1);
    expect(world.chain.pooled()).toHaveLength(1);
  });

  it("opens one prompt when two pages are clicked at once, and refuses the second intent afterwards", async () => {
    const world = createWorld();
    const first = await opened(world);
    const second = world.flow("two");
    second.open(sourceOf());
    await settle();
    first.sign(plain);
    second.sign(plain);
    await settle();
    expect(world.wallet.prompts).toHaveLength(1);
    expect(second.state()).toMatchObject({ kind: "failed", failure: { code: "prompt-elsewhere" } });
    second.retry();
    await settle();
    expect(second.state()).toMatchObject({ kind: "failed", failure: { code: "already-pending" } });
    expect(world.wallet.prompts).toHaveLength(1);
  });

  it("notices a wallet that sends something else than was shown", async () => {
    const world = createWorld();
    world.wallet.policy = { tamper: (params) => ({ ...params, data: "0xdeadbeee" }) };
    const flow = await signed(world);
    expect(flow.state()).toMatchObject({
      kind: "failed",
      stage: "mine",
      failure: { code: "not-what-was-shown" },
      hash: world.chain.pooled()[0]?.hash,
    });
  });

  it("warns of a second prompt when the wallet failed without saying whether it sent, and finds what it sent", async () => {
    const world = createWorld();
    world.wallet.policy = "send-and-fail";
    const flow = await signed(world);
    expect(flow.state()).toMatchObject({ kind: "failed", stage: "sign", failure: { code: "unexpected" } });
    flow.retry();
    await settle();
    expect(flow.state()).toMatchObject({ kind: "ready", review: { caveats: ["earlier-prompt"] } });
    flow.dispose();

    const afterReload = world.flow("one");
    for (const record of world.store.all()) afterReload.resume(record);
    world.chain.mine();
    await settle();
    expect(afterReload.state()).toMatchObject({ kind: "confirmed", hash: world.chain.included()[0]?.hash });
  });
});

describe("after the wallet", () => {
  it("confirms once the effect is read back, and says which queries are stale", async () => {
    const world = createWorld();
    const after = {
      label: "The allowance is 5 USDC",
      otherwise: "Read it again.",
      to: TARGET,
      data: "0xdd62ed3e" as const,
      expects: { kind: "at-least" as const, value: 5n },
    };
    world.chain.onCall = (call) => ({ returns: call.data === "0xdd62ed3e" ? hashFrom(5) : "0x" });
    const flow = await signed(world, { after: [after], invalidates: [["vault", CHAIN_ID]] });
    const { hash } = world.chain.pooled()[0] ?? {};
    world.chain.mine();
    await settle();
    expect(flow.state()).toMatchObject({ kind: "confirmed", hash, warnings: [], confirmations: 1n });
    expect(world.invalidated).toEqual([["vault", CHAIN_ID]]);
    expect(world.store.all()).toEqual([]);
  });

  it("does not call it done when the chain does not show the effect", async () => {
    const world = createWorld();
    world.chain.onCall = (call) => ({ returns: call.data === "0xdd62ed3e" ? hashFrom(4) : "0x" });
    const flow = await signed(world, {
      after: [
        {
          label: "The allowance is 5 USDC",
          otherwise: "Read it again.",
          to: TARGET,
          data: "0xdd62ed3e",
          expects: { kind: "at-least", value: 5n },
        },
      ],
    });
    world.chain.mine();
    await settle();
    expect(flow.state()).toMatchObject({
      kind: "failed",
      stage: "verify",
      failure: { code: "effect-missing" },
      hash: world.chain.included()[0]?.hash,
    });
  });

  it("warns when a successful transaction left no trace of the expected event", async () => {
    const world = createWorld();
    const events = [{ label: "Approval", address: TARGET, topics: [hashFrom(77)] }];
    const flow = await signed(world, { events });
    world.chain.mine();
    await settle();
    expect(flow.state()).toMatchObject({
      kind: "confirmed",
      warnings: ["The expected event is missing: Approval."],
    });
  });

  it("gives the reason of a transaction that was included and reverted", async () => {
    const world = createWorld();
    const flow = await signed(world);
    const hash = world.chain.pooled()[0]?.hash ?? "0x";
    world.chain.reverting.add(hash);
    world.chain.onCall = () => ({ reverts: "0xa8a168bf" });
    world.chain.mine();
    await settle();
    expect(flow.state()).toMatchObject({
      kind: "failed",
      stage: "mine",
      failure: { code: "reverted", revert: { name: "PositionNotActive" } },
      receipt: { succeeded: false },
      hash,
    });
  });

  it("follows a transaction that was sped up", async () => {
    const world = createWorld();
    const flow = await signed(world);
    const [original] = world.chain.pooled();
    if (original === undefined) throw new Error("nothing was sent");
    await settle();
    const faster = world.chain.send({ ...original });
    world.chain.mine();
    await settle();
    world.chain.mine();
    await settle();
    expect(flow.state()).toMatchObject({
      kind: "confirmed",
      hash: faster,
      sent: { replaced: [original.hash] },
    });
  });

  it("tells a cancellation from a replacement by something else", async () => {
    for (const [change, code] of [
      [{ to: ALICE, input: "0x" }, "cancelled"],
      [{ input: "0xffffffff" }, "replaced"],
    ] as const) {
      const world = createWorld();
      const flow = await signed(world);
      const [original] = world.chain.pooled();
      if (original === undefined) throw new Error("nothing was sent");
      const other = world.chain.send({ ...original, ...change });
      world.chain.mine();
      await settle();
      expect(flow.state()).toMatchObject({
        kind: "failed",
        stage: "mine",
        failure: { code, otherHash: other },
        hash: original.hash,
      });
    }
  });

  it("gives a dropped transaction up after a while, keeps its hash, and finds it when it comes back", async () => {
    const world = createWorld();
    const flow = await signed(world);
    const [original] = world.chain.pooled();
    if (original === undefined) throw new Error("nothing was sent");
    world.chain.drop(original.hash);
    for (let head = 0; head < 25; head += 1) {
      world.chain.mine();
      await settle();
    }
    expect(flow.state()).toMatchObject({ kind: "failed", failure: { code: "dropped" }, hash: original.hash });
    const again = world.chain.send({ ...original });
    world.chain.mine();
    flow.watchAgain();
    await settle();
    world.chain.mine();
    await settle();
    expect(flow.state()).toMatchObject({ kind: "confirmed", hash: again });
  });

  it("waits out an endpoint that does not answer", async () => {
    const world = createWorld();
    const flow = await signed(world);
    world.chain.gate = () => {
      throw Object.assign(new Error("gone"), { name: "HttpRequestError" });
    };
    world.chain.mine();
    await settle();
    expect(flow.state().kind).toBe("pending");
    world.chain.gate = () => undefined;
    world.chain.mine();
    await settle();
    expect(flow.state().kind).toBe("confirmed");
  });

  it("takes a confirmation back when its block is reorganised away, and confirms again", async () => {
    const world = createWorld();
    const flow = await signed(world);
    world.chain.mine();
    await settle();
    expect(flow.state().kind).toBe("confirmed");
    world.chain.reorg(1, { keep: true });
    const [waiting] = world.chain.pooled();
    if (waiting === undefined) throw new Error("the transaction did not go back to the pool");
    world.chain.drop(waiting.hash);
    world.chain.mine();
    await settle();
    expect(flow.state()).toMatchObject({ kind: "pending", hash: waiting.hash });
    const again = world.chain.send({ ...waiting });
    world.chain.mine();
    await settle();
    world.chain.mine();
    await settle();
    expect(flow.state()).toMatchObject({ kind: "confirmed", hash: again });
  });

  it("counts the blocks on top", async () => {
    const world = createWorld();
    const flow = await signed(world);
    world.chain.mine();
    await settle();
    world.chain.mine();
    await settle();
    expect(flow.state()).toMatchObject({ kind: "confirmed", confirmations: 2n });
  });
});

describe("after a reload", () => {
  it("takes up a pending transaction, verifies it and never sends it again", async () => {
    const world = createWorld();
    const before = await signed(world, { invalidates: [["vault"]] });
    expect(before.state().kind).toBe("pending");
    before.dispose();
    const [record] = world.store.all();
    if (record === undefined) throw new Error("nothing was stored");
    const after = world.flow(record.id);
    after.resume(record);
    expect(after.state()).toMatchObject({ kind: "pending", intent: { title: "Approve" } });
    world.chain.mine();
    await settle();
    expect(after.state().kind).toBe("confirmed");
    expect(world.wallet.prompts).toHaveLength(1);
    expect(world.invalidated).toEqual([["vault"]]);
  });

  it("finds the transaction of a prompt that was approved after the page had gone", async () => {
    const world = createWorld();
    const before = await opened(world);
    let approve: () => void = () => undefined;
    world.wallet.gate = (method) =>
      method === "eth_sendTransaction" ? new Promise((resolve) => (approve = resolve)) : undefined;
    before.sign(plain);
    await settle();
    before.dispose();
    const [record] = world.store.all();
    if (record === undefined) throw new Error("nothing was stored");
    expect(record.sent).toBeUndefined();

    const after = world.flow(record.id);
    after.resume(record);
    await settle();
    expect(after.state().kind).toBe("idle");
    approve();
    await settle();
    world.chain.mine();
    await settle();
    expect(after.state()).toMatchObject({ kind: "confirmed", hash: world.chain.included()[0]?.hash });
  });
});
