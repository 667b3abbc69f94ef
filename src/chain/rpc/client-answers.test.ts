// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFakeWorld, type FakeEndpoint, FakeRpcError, jsonRpcEndpoint } from "@/testing/fake-rpc-world";
import { down, healthy, inTurn, ONE, setUp, status, TWO } from "@/testing/rpc-endpoints";
import { createRpc } from "./client";

describe("answers that are none", () => {
  const raw =
    (change: (answers: { id: number }[], body: unknown) => unknown): FakeEndpoint =>
    ({ body }) => {
      const bodies = [body].flat() as { id: number; method: string }[];
      const answers = bodies.map(({ id, method }) => ({
        jsonrpc: "2.0",
        id,
        result: method === "eth_chainId" ? "0x1" : `0x${id.toString(16)}`,
      }));
      const changed = change(answers, body);
      return new Response(typeof changed === "string" ? changed : JSON.stringify(changed));
    };

  it.each([
    ["HTML", () => "<!doctype html><title>Sign in</title>"],
    ["truncated JSON", (answers: unknown) => JSON.stringify(answers).slice(0, -7)],
    ["null", () => null],
    ["another id", (answers: { id: number }[]) => answers.map((one) => ({ ...one, id: one.id + 1 }))],
    ["an id as text", (answers: { id: number }[]) => answers.map((one) => ({ ...one, id: `${one.id}` }))],
    ["another version", (answers: object[]) => answers.map((one) => ({ ...one, jsonrpc: "1.0" }))],
    ["a short batch", (answers: object[]) => answers.slice(1)],
    ["a long batch", (answers: object[]) => [...answers, answers[0]]],
    ["a duplicate in a batch", (answers: object[]) => answers.map(() => answers[0])],
    [
      "result and error at once",
      (answers: object[]) => answers.map((one) => ({ ...one, error: { code: 1 } })),
    ],
    [
      "neither result nor error",
      (answers: { id: number }[]) => answers.map(({ id }) => ({ jsonrpc: "2.0", id })),
    ],
  ])("are refused: %s", async (_, change) => {
    const { ask } = setUp({ [ONE]: raw(change) }, { attempts: 2 });
    await expect(ask()).rejects.toMatchObject({ code: "bad-answer" });
  });

  it("are refused when a batch comes in another order, and the calls are then asked singly", async () => {
    const reversed = raw((answers, body) => (Array.isArray(body) ? answers.toReversed() : answers[0]));
    const { world, rpc } = setUp({ [ONE]: reversed });
    const two = [
      { method: "a", params: [] },
      { method: "b", params: [] },
    ];
    const answers = await world.run(rpc.batch(two));
    const singles = world.sent.map(({ body }) => body).filter((body) => !Array.isArray(body)) as {
      id: number;
      method: string;
    }[];
    const idOf = (method: string) => singles.find((single) => single.method === method)?.id ?? 0;
    expect(answers).toEqual([
      { ok: true, value: `0x${idOf("a").toString(16)}` },
      { ok: true, value: `0x${idOf("b").toString(16)}` },
    ]);
  });

  it("from an endpoint that takes no batches are asked singly, at that endpoint", async () => {
    const noBatches: FakeEndpoint = (request, signal) =>
      Array.isArray(request.body)
        ? Response.json({ jsonrpc: "2.0", id: null, error: { code: -32600, message: "no batches" } })
        : healthy()(request, signal);
    const { world, rpc } = setUp({ [ONE]: noBatches, [TWO]: down });
    const calls = Array.from({ length: 3 }, () => ({ method: "eth_blockNumber", params: [] }));
    const { endpoint, answers } = await world.run(rpc.exchange(calls));
    expect(endpoint).toBe("one.example");
    expect(answers).toHaveLength(3);
    expect(world.sent.every(({ url }) => url === ONE)).toBe(true);
    await expect(world.run(rpc.batch(calls, { batchOnly: true, attempts: 1 }))).rejects.toMatchObject({
      code: "bad-answer",
    });
  });

  it("never turn into a wrong value, whatever is done to the text", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.constantFrom("drop", "double", "flip", "cut"),
        fc.integer({ min: 0, max: 127 }),
        async (position, kind, code) => {
          let mangledText = "";
          let ids: readonly number[] = [];
          const mangled = raw((answers, body) => {
            ids = answers.map(({ id }) => id);
            const text = JSON.stringify(Array.isArray(body) ? answers : answers[0]);
            const at = position % text.length;
            const replaced = {
              drop: "",
              double: text.slice(at, at + 1).repeat(2),
              flip: String.fromCodePoint(code),
              cut: undefined,
            };
            const middle = replaced[kind];
            const rest = middle === undefined ? "" : middle + text.slice(at + 1);
            mangledText = text.slice(0, at) + rest;
            return mangledText;
          });
          const { world, rpc } = setUp({ [ONE]: mangled }, { attempts: 1 });
          const calls = [
            { method: "x", params: [] },
            { method: "y", params: [] },
          ];
          let answers: readonly unknown[];
          try {
            answers = await world.run(rpc.batch(calls));
          } catch (error) {
            expect(error).toMatchObject({ name: "ChainError" });
            return;
          }
          // Bytes inside a value are the endpoint's to choose; that each value stands under its own call's id is ours.
          const parsed = JSON.parse(mangledText) as { jsonrpc: string; id: number; result: unknown }[];
          expect(parsed.map(({ id, jsonrpc }) => [id, jsonrpc])).toEqual(ids.map((id) => [id, "2.0"]));
          expect(answers).toMatchObject(parsed.slice(1).map(({ result }) => ({ value: result })));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("limits on speed", () => {
  it("are waited out for as long as Retry-After says", async () => {
    const { world, rpc, ask } = setUp({ [ONE]: inTurn(status(429, { "retry-after": "7" }), healthy()) });
    const seen: (number | undefined)[] = [];
    rpc.subscribe(() => {
      if (rpc.status().state === "rate-limited") seen.push(rpc.status().retryAtMs);
    });
    expect(await ask()).toBe("0x64");
    expect(world.sent[1]?.atMs).toBe(7060);
    expect(seen).toEqual([7060]);
    expect(rpc.status().state).toBe("ok");
  });

  it("without Retry-After are backed off from", async () => {
    const { world, ask } = setUp({ [ONE]: inTurn(status(429), status(429), healthy()) });
    expect(await ask()).toBe("0x64");
    expect(world.sent).toHaveLength(3);
  });

  it("send the read to another endpoint at once", async () => {
    const { world, ask } = setUp({ [ONE]: status(429, { "retry-after": "3600" }), [TWO]: healthy() });
    expect(await ask()).toBe("0x64");
    expect(world.sent[1]?.atMs).toBe(60);
  });

  it("longer than a minute are told rather than waited for", async () => {
    const { world, rpc, ask } = setUp({ [ONE]: status(429, { "retry-after": "3600" }) });
    await expect(ask()).rejects.toMatchObject({ code: "rate-limited" });
    expect(world.sent).toHaveLength(1);
    expect(rpc.status().retryAtMs).toBe(3_600_060);
  });

  it("inside a batch fail the batch as a whole, so that its answers stay of one endpoint", async () => {
    let calls = 0;
    const limited = jsonRpcEndpoint((method) => {
      if (method === "eth_chainId") return "0x1";
      calls += 1;
      if (calls === 2) throw new FakeRpcError(-32005, "slow down");
      return "0x5";
    });
    const { world, rpc } = setUp({ [ONE]: limited });
    const two = [
      { method: "eth_blockNumber", params: [] },
      { method: "eth_gasPrice", params: [] },
    ];
    const answers = await world.run(rpc.batch(two));
    expect(answers).toEqual([
      { ok: true, value: "0x5" },
      { ok: true, value: "0x5" },
    ]);
    expect(world.sent).toHaveLength(2);
  });

  it("are kept to: at 25 requests a second hardly any request is refused, and little time is lost", async () => {
    let tokens = 25;
    let filledMs = 0;
    let refused = 0;
    const bucket: FakeEndpoint = (request, signal) => {
      const nowMs = world.nowMs();
      tokens = Math.min(25, tokens + ((nowMs - filledMs) * 25) / 1000);
      filledMs = nowMs;
      if (tokens < 1) {
        refused += 1;
        return new Response("", { status: 429 });
      }
      tokens -= 1;
      return healthy()(request, signal);
    };
    const world = createFakeWorld({ endpoints: { [ONE]: bucket } });
    const rpc = createRpc({
      chainId: 1,
      endpoints: [ONE],
      environment: world,
      limits: { attempts: 100 },
    });
    const total = 1500;
    let left = total;
    const worker = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await rpc.request("eth_blockNumber", []);
      }
    };
    await world.run(Promise.all(Array.from({ length: 6 }, worker)));
    expect(refused / total).toBeLessThan(0.1);
    expect(world.nowMs()).toBeLessThan((total / 25) * 1000 * 1.15);
  });
});
