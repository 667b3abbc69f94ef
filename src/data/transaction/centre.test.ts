import { describe, expect, it } from "vitest";
import { CHAIN_ID } from "@/testing/transactions/builders";
import { createWorld, settle, sourceOf, type World } from "@/testing/transactions/world";
import { createTransactionCentre, type TransactionCentre } from "./centre";

const request = { key: "approve/31337/target", chainId: CHAIN_ID, source: sourceOf() };

function centreOf(world: World): TransactionCentre {
  let next = 0;
  return createTransactionCentre({
    portsOf: (chainId) => (chainId === CHAIN_ID ? world.ports : undefined),
    store: world.store,
    newId: () => {
      next += 1;
      return `id-${next}`;
    },
  });
}

const kindsOf = (centre: TransactionCentre): readonly string[] =>
  centre.view().transactions.map((one) => one.state.kind);

describe("all transactions of a page", () => {
  it("gives the same view until something changes", async () => {
    const centre = centreOf(createWorld());
    const before = centre.view();
    expect(centre.view()).toBe(before);
    let told = 0;
    centre.subscribe(() => {
      told += 1;
    });
    centre.open(request);
    await settle();
    expect(centre.view()).not.toBe(before);
    expect(told).toBeGreaterThan(1);
  });

  it("brings the same intent forward instead of beginning it twice", async () => {
    const world = createWorld();
    const centre = centreOf(world);
    centre.open(request);
    await settle();
    centre.sign("id-1", { caveatsAccepted: false });
    await settle();
    centre.close();
    centre.open(request);
    await settle();
    expect(centre.view()).toMatchObject({ openId: "id-1" });
    expect(kindsOf(centre)).toEqual(["pending"]);
    expect(world.wallet.prompts).toHaveLength(1);
  });

  it("forgets a review that was closed before the wallet, and keeps what has left", async () => {
    const world = createWorld();
    const centre = centreOf(world);
    centre.open(request);
    await settle();
    centre.close();
    expect(kindsOf(centre)).toEqual([]);
    centre.open(request);
    await settle();
    centre.sign("id-2", { caveatsAccepted: false });
    await settle();
    centre.close();
    world.chain.mine();
    await settle();
    expect(kindsOf(centre)).toEqual(["confirmed"]);
    centre.dismiss("id-2");
    expect(kindsOf(centre)).toEqual([]);
  });

  it("does not let what is still under way be taken off the page", async () => {
    const centre = centreOf(createWorld());
    centre.open(request);
    await settle();
    centre.sign("id-1", { caveatsAccepted: false });
    await settle();
    centre.dismiss("id-1");
    expect(kindsOf(centre)).toEqual(["pending"]);
  });

  it("begins anew once the same effect was confirmed", async () => {
    const world = createWorld();
    const centre = centreOf(world);
    for (const id of ["id-1", "id-2"]) {
      centre.open(request);
      await settle();
      centre.sign(id, { caveatsAccepted: false });
      await settle();
      world.chain.mine();
      await settle();
    }
    expect(kindsOf(centre)).toEqual(["confirmed", "confirmed"]);
  });

  it("takes up after a reload what the page before left behind", async () => {
    const world = createWorld();
    const before = centreOf(world);
    before.open(request);
    await settle();
    before.sign("id-1", { caveatsAccepted: false });
    await settle();
    const after = centreOf(world);
    after.resume();
    expect(kindsOf(after)).toEqual(["pending"]);
    world.chain.mine();
    await settle();
    expect(kindsOf(after)).toEqual(["confirmed"]);
    expect(after.view().openId).toBeUndefined();
  });
});
