import { describe, expect, it } from "vitest";
import { ALICE, CHAIN_ID, hashFrom, TARGET } from "@/testing/transactions/builders";
import { CLICK, createWorld, openedFlow, settle, signedFlow } from "@/testing/transactions/world";

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
    const flow = await signedFlow(world, { after: [after], invalidates: [["vault", CHAIN_ID]] });
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
    const flow = await signedFlow(world, {
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
    const flow = await signedFlow(world, { events });
    world.chain.mine();
    await settle();
    expect(flow.state()).toMatchObject({
      kind: "confirmed",
      warnings: ["The expected event is missing: Approval."],
    });
  });

  it("gives the reason of a transaction that was included and reverted", async () => {
    const world = createWorld();
    const flow = await signedFlow(world);
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

  it("sees a block that comes while it looks, on a chain that makes no other", async () => {
    const world = createWorld();
    let isMined = false;
    world.chain.gate = (method) => {
      // The receipt was asked for before the block; the look goes on with the sender's count after it.
      if (isMined || method !== "eth_getTransactionCount" || world.chain.pooled().length === 0) return;
      isMined = true;
      world.chain.mine();
    };
    const flow = await signedFlow(world);
    expect(isMined).toBe(true);
    expect(flow.state()).toMatchObject({ kind: "confirmed", hash: world.chain.included()[0]?.hash });
  });

  it("follows a transaction that was sped up", async () => {
    const world = createWorld();
    const flow = await signedFlow(world);
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
      const flow = await signedFlow(world);
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
    const flow = await signedFlow(world);
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
    const flow = await signedFlow(world);
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
    const flow = await signedFlow(world);
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
    const flow = await signedFlow(world);
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
    const before = await signedFlow(world, { invalidates: [["vault"]] });
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
    const before = await openedFlow(world);
    let approve: () => void = () => undefined;
    world.wallet.gate = (method) =>
      method === "eth_sendTransaction" ? new Promise((resolve) => (approve = resolve)) : undefined;
    before.sign(CLICK);
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
