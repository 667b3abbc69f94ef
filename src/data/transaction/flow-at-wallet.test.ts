import { describe, expect, it } from "vitest";
import { APPROVE, APPROVE_MORE } from "@/testing/transactions/builders";
import { CLICK, createWorld, openedFlow, settle, signedFlow, sourceOf } from "@/testing/transactions/world";

describe("at the wallet", () => {
  it("keeps the review after a rejection and sends on the second try", async () => {
    const world = createWorld();
    world.wallet.policy = "reject";
    const flow = await signedFlow(world);
    expect(flow.state()).toMatchObject({
      kind: "failed",
      stage: "sign",
      failure: { code: "user-rejected" },
      review: { request: { data: APPROVE } },
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
    expect((await signedFlow(world)).state()).toMatchObject({ failure: { code: "request-pending" } });
  });

  it("opens one prompt for any number of clicks", async () => {
    const world = createWorld();
    const flow = await openedFlow(world);
    for (let click = 0; click < 20; click += 1) flow.sign(CLICK);
    await settle();
    for (let click = 0; click < 20; click += 1) flow.sign(CLICK);
    await settle();
    expect(world.wallet.prompts).toHaveLength(1);
    expect(world.chain.pooled()).toHaveLength(1);
  });

  it("opens one prompt when two pages are clicked at once, and refuses the second intent afterwards", async () => {
    const world = createWorld();
    const first = await openedFlow(world);
    const second = world.flow("two");
    second.open(sourceOf());
    await settle();
    first.sign(CLICK);
    second.sign(CLICK);
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
    world.wallet.policy = { tamper: (params) => ({ ...params, data: APPROVE_MORE }) };
    const flow = await signedFlow(world);
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
    const flow = await signedFlow(world);
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
