import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALICE, BOB, CHAIN_ID, TARGET } from "@/testing/transactions/builders";
import { createWorld, settle, sourceOf, type World } from "@/testing/transactions/world";
import { createFlow } from "./flow";
import { hashOf, intentOf } from "./machine";
import type { WalletPort } from "./ports";

/** What can happen to a person while the page waits for an answer. */
const FAULTS = {
  "another account": (world: World) =>
    world.wallet.become({ account: BOB, chainId: CHAIN_ID, walletId: "fake" }),
  "another chain": (world: World) => world.wallet.become({ account: ALICE, chainId: 1, walletId: "fake" }),
  "another wallet": (world: World) =>
    world.wallet.become({ account: ALICE, chainId: CHAIN_ID, walletId: "other" }),
  disconnected: (world: World) => world.wallet.become(undefined),
  "a revert from now on": (world: World) => {
    world.chain.onCall = () => ({ reverts: "0xa8a168bf" });
  },
  "a new block": (world: World) => world.chain.mine(),
} as const;

type Fault = keyof typeof FAULTS;
const faultNames = Object.keys(FAULTS) as readonly Fault[];

/** Runs `act` before the answer to the n-th request is given, whoever is asked. Returns the number of requests. */
async function runWith(args: {
  readonly world: World;
  readonly at: number;
  readonly act: () => void;
}): Promise<number> {
  const { world, at, act } = args;
  let count = 0;
  const gate = (): void => {
    count += 1;
    if (count === at) act();
  };
  world.chain.gate = gate;
  world.wallet.gate = gate;
  const flow = world.flow("one");
  flow.open(sourceOf());
  await settle();
  // The button is pressed as often as it can be, whatever the screen shows.
  for (let click = 0; click < 3; click += 1) {
    flow.sign({ caveatsAccepted: false });
    await settle();
  }
  world.chain.mine();
  await settle();
  world.chain.mine();
  await settle();
  return count;
}

/** What is wrong with how a run ended, whatever happened in it. */
function faultsOf(world: World): readonly string[] {
  const sentTwice = world.chain.included().length + world.chain.pooled().length > 1;
  const strangers = world.wallet.prompts.filter(
    ({ params, session }) =>
      session?.account !== params.from || session.chainId !== Number(BigInt(params.chainId)),
  );
  return [
    ...(sentTwice ? ["sent twice"] : []),
    ...strangers.map(() => "a prompt opened for somebody who was not connected"),
  ];
}

describe("at every point where the flow waits", () => {
  it.each(faultNames)(
    "%s never leads to a prompt on an old assumption or to two transactions",
    async (name) => {
      const requests = await runWith({ world: createWorld(), at: 0, act: () => undefined });
      expect(requests).toBeGreaterThan(20);
      for (let at = 1; at <= requests; at += 1) {
        const world = createWorld();
        await runWith({ world, at, act: () => FAULTS[name](world) });
        expect({ at, wrong: faultsOf(world) }).toEqual({ at, wrong: [] });
      }
    },
  );

  it.each(faultNames)("%s leaves the flow in a state that says what is the matter", async (name) => {
    const requests = await runWith({ world: createWorld(), at: 0, act: () => undefined });
    for (let at = 1; at <= requests; at += 1) {
      const world = createWorld();
      const flow = world.flow("one");
      let count = 0;
      const gate = (): void => {
        count += 1;
        if (count === at) FAULTS[name](world);
      };
      world.chain.gate = gate;
      world.wallet.gate = gate;
      flow.open(sourceOf());
      await settle();
      flow.sign({ caveatsAccepted: false });
      await settle();
      world.chain.mine();
      await settle();
      // Nothing hangs: no work is under way any more, or a block is awaited.
      expect(["ready", "pending", "verifying", "confirmed", "failed"]).toContain(flow.state().kind);
      const sent = [...world.chain.included(), ...world.chain.pooled()];
      expect(sent.map((one) => one.hash)).toEqual(
        [hashOf(flow.state())].filter((hash) => hash !== undefined),
      );
    }
  });
});

describe("a reload at every point where the flow waits", () => {
  it("loses nothing and sends nothing twice", async () => {
    const requests = await runWith({ world: createWorld(), at: 0, act: () => undefined });
    for (let at = 1; at <= requests; at += 1) {
      const world = createWorld();
      let count = 0;
      const first = world.flow("one");
      const gate = (): void => {
        count += 1;
        if (count === at) first.dispose();
      };
      world.chain.gate = gate;
      world.wallet.gate = gate;
      first.open(sourceOf());
      await settle();
      first.sign({ caveatsAccepted: false });
      await settle();
      first.dispose();

      const records = world.store.all();
      const resumed = records.map((record) => {
        const flow = world.flow(record.id);
        flow.resume(record);
        return flow;
      });
      for (let head = 0; head < 3; head += 1) {
        world.chain.mine();
        await settle();
      }
      const sent = world.chain.included();
      expect(sent.length).toBeLessThanOrEqual(1);
      const confirmed = resumed
        .filter((flow) => flow.state().kind === "confirmed")
        .map((flow) => hashOf(flow.state()));
      // What left the wallet is found again; a run that ended before the wallet has left nothing behind.
      expect({ at, confirmed }).toEqual({ at, confirmed: sent.map((one) => one.hash) });
    }
  });
});

describe("the bytes between the review and the wallet", () => {
  it("are caught at every position at which one is changed", async () => {
    const data = `0x${"ab".repeat(68)}` as const;
    const intent = sourceOf({ call: { to: TARGET, data, value: 0n } });
    const digits = data.length - 2;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: digits - 1 }),
        fc.integer({ min: 1, max: 15 }),
        async (place, shift) => {
          const world = createWorld();
          const changed = changeDigit({ data, place, shift });
          const flow = world.flow("one");
          flow.open(intent);
          await settle();
          // A dependency that swaps the arguments after the review was made, as in the theft from a multisig in 2025.
          const shown = intentOf(flow.state());
          Object.assign(shown?.call ?? {}, { data: changed });
          const state = flow.state();
          // These bytes mean nothing to anybody: they need the typed confirmation.
          flow.sign({ caveatsAccepted: true });
          await settle();
          expect(state.kind).toBe("ready");
          expect(world.wallet.prompts).toHaveLength(0);
          expect(flow.state()).toMatchObject({ kind: "failed", failure: { code: "bytes-differ" } });
        },
      ),
      { numRuns: digits * 2 },
    );
  });

  it("are caught on the chain when the wallet itself changes one", async () => {
    const data = `0x${"cd".repeat(36)}` as const;
    for (let place = 0; place < data.length - 2; place += 1) {
      const world = createWorld();
      world.wallet.policy = {
        tamper: (params) => ({ ...params, data: changeDigit({ data, place, shift: 1 }) }),
      };
      const flow = world.flow("one");
      flow.open(sourceOf({ call: { to: TARGET, data, value: 0n } }));
      await settle();
      // These bytes mean nothing to anybody: they need the typed confirmation.
      flow.sign({ caveatsAccepted: true });
      await settle();
      expect(flow.state()).toMatchObject({ kind: "failed", failure: { code: "not-what-was-shown" } });
    }
  });
});

function changeDigit(args: {
  readonly data: `0x${string}`;
  readonly place: number;
  readonly shift: number;
}): `0x${string}` {
  const { data, place, shift } = args;
  const at = place + 2;
  const digit = (Number.parseInt(data.charAt(at), 16) + shift) % 16;
  return `0x${data.slice(2, at)}${digit.toString(16)}${data.slice(at + 1)}`;
}

describe("a wallet that never answers", () => {
  it("holds no other page's review back, and lets no second prompt open", async () => {
    const world = createWorld();
    const silent: WalletPort = {
      current: () => world.wallet.current(),
      subscribe: (listener) => world.wallet.subscribe(listener),
      request: (call) =>
        call.method === "eth_sendTransaction" ? new Promise(() => undefined) : world.wallet.request(call),
    };
    const stuck = createFlow("stuck", { ...world.ports, wallet: silent });
    stuck.open(sourceOf());
    await settle();
    stuck.sign({ caveatsAccepted: false });
    await settle();
    expect(stuck.state()).toMatchObject({ kind: "signing", step: "prompting" });
    const other = world.flow("other");
    other.open(sourceOf({ key: "something else" }));
    await settle();
    expect(other.state().kind).toBe("ready");
    other.sign({ caveatsAccepted: false });
    await settle();
    expect(other.state()).toMatchObject({ kind: "failed", failure: { code: "prompt-elsewhere" } });
  });
});
