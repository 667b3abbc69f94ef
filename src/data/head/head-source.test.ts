import { describe, expect, it } from "vitest";
import { CHAIN_ID } from "@/testing/transactions/builders";
import { FakeChain } from "@/testing/transactions/fake-chain";
import { settle } from "@/testing/transactions/world";
import { createHeadSource, type HeadSource } from "./head-source";

interface Stage {
  readonly chain: FakeChain;
  readonly source: HeadSource;
  readonly heads: bigint[];
  /** What the source said was current at the moment it told of each head. */
  readonly current: readonly (bigint | undefined)[];
  /** Lets `seconds` pass: timers that are due run, in order. */
  readonly pass: (seconds: number) => Promise<void>;
  readonly setHidden: (hidden: boolean) => Promise<void>;
}

function createStage(): Stage {
  const chain = new FakeChain({ chainId: CHAIN_ID });
  const heads: bigint[] = [];
  const current: (bigint | undefined)[] = [];
  let now = 0;
  let timers: { at: number; run: () => void }[] = [];
  let hidden = false;
  const watchers = new Set<() => void>();
  const source = createHeadSource({
    rpc: chain.rpc(),
    blockTimeSeconds: 12,
    environment: {
      nowMs: () => now,
      setTimer(ms, run) {
        const timer = { at: now + ms, run };
        timers.push(timer);
        return () => {
          timers = timers.filter((one) => one !== timer);
        };
      },
    },
    visibility: {
      isHidden: () => hidden,
      subscribe(listener) {
        watchers.add(listener);
        return () => watchers.delete(listener);
      },
    },
    onHead: (head) => {
      heads.push(head.number);
      current.push(source.current().head?.number);
    },
  });
  return {
    chain,
    source,
    heads,
    current,
    async pass(seconds) {
      const end = now + seconds * 1000;
      for (;;) {
        const due = timers.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers = timers.filter((one) => one !== due);
        now = due.at;
        due.run();
        await settle();
      }
      now = end;
    },
    async setHidden(value) {
      hidden = value;
      for (const watcher of watchers) watcher();
      await settle();
    },
  };
}

describe("the head of a chain", () => {
  it("is looked for once a block time, however many listen", async () => {
    const { chain, source, pass } = createStage();
    const stops = [1, 2, 3].map(() => source.subscribe(() => undefined));
    await settle();
    await pass(120);
    expect(chain.methods).toHaveLength(11);
    for (const stop of stops) stop();
    await pass(120);
    expect(chain.methods).toHaveLength(11);
  });

  it("is not looked for while the tab is hidden, and at once when it is seen again", async () => {
    const { chain, source, pass, setHidden } = createStage();
    source.subscribe(() => undefined);
    await settle();
    await setHidden(true);
    await pass(600);
    expect(chain.methods).toHaveLength(1);
    await setHidden(false);
    expect(chain.methods).toHaveLength(2);
    await pass(12);
    expect(chain.methods).toHaveLength(3);
  });

  it("tells of a new block once, and of the same block never", async () => {
    const { chain, source, heads, pass } = createStage();
    let told = 0;
    source.subscribe(() => {
      told += 1;
    });
    await settle();
    await pass(36);
    expect(heads).toEqual([10n]);
    expect(told).toBe(1);
    chain.mine();
    await pass(12);
    expect(heads).toEqual([10n, 11n]);
  });

  it("is current already for whoever is told of it", async () => {
    const { chain, source, heads, current, pass } = createStage();
    source.subscribe(() => undefined);
    await settle();
    chain.mine();
    await pass(12);
    expect(heads).toEqual([10n, 11n]);
    expect(current).toEqual([10n, 11n]);
  });

  it("does not follow an endpoint that lags for one look, and follows a chain that went back", async () => {
    const { chain, source, heads, pass } = createStage();
    source.subscribe(() => undefined);
    await settle();
    chain.reorg(3, { keep: false });
    await pass(12);
    expect(source.current().head?.number).toBe(10n);
    await pass(12);
    expect(source.current().head?.number).toBe(7n);
    expect(heads).toEqual([10n, 7n]);
  });

  it("keeps the last block and says what is wrong while the endpoint fails, then recovers by itself", async () => {
    const { chain, source, heads, pass } = createStage();
    source.subscribe(() => undefined);
    await settle();
    chain.gate = () => {
      throw Object.assign(new Error("gone"), { name: "HttpRequestError" });
    };
    await pass(12);
    expect(source.current()).toMatchObject({ head: { number: 10n }, error: { code: "rpc-unavailable" } });
    chain.gate = () => undefined;
    await pass(12);
    expect(source.current()).toMatchObject({ head: { number: 10n }, error: undefined });
    // Told again, so that whatever failed with the endpoint is asked for again.
    expect(heads).toEqual([10n, 10n]);
  });

  it("wakes whoever waits for the next block, and polls for as long as they wait", async () => {
    const { chain, source, pass } = createStage();
    await source.refresh();
    const next = source.next(new AbortController().signal);
    await settle();
    chain.mine();
    await pass(12);
    expect((await next).number).toBe(11n);
    const before = chain.methods.length;
    await pass(60);
    expect(chain.methods.length).toBe(before);
  });

  it("asks no more often for a watcher that waits for one block after the other", async () => {
    const { source, chain, pass } = createStage();
    const { signal } = new AbortController();
    const seen: bigint[] = [];
    const watch = async (): Promise<void> => {
      for (;;) seen.push((await source.next(signal)).number);
    };
    void watch();
    await settle();
    for (let block = 0; block < 5; block += 1) {
      chain.mine();
      await pass(12);
    }
    expect(seen).toEqual([10n, 11n, 12n, 13n, 14n, 15n]);
    expect(chain.methods).toHaveLength(6);
  });

  it("looks a few times at a quicker pace after a transaction was sent, then at the old one", async () => {
    const { source, chain, pass } = createStage();
    source.subscribe(() => undefined);
    await settle();
    source.hurry();
    await pass(4);
    expect(chain.methods).toHaveLength(5);
    await pass(11);
    expect(chain.methods).toHaveLength(5);
    await pass(1);
    expect(chain.methods).toHaveLength(6);
  });

  it("lets go of whoever gives up waiting", async () => {
    const { source, chain, pass } = createStage();
    await source.refresh();
    const control = new AbortController();
    const outcome = source.next(control.signal).then(
      () => "a head",
      (error: unknown) => error,
    );
    await settle();
    control.abort();
    expect(await outcome).toMatchObject({ code: "aborted" });
    const before = chain.methods.length;
    await pass(60);
    expect(chain.methods.length).toBe(before);
  });
});
