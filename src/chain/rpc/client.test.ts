// @vitest-environment node
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  createFakeWorld,
  type FakeEndpoint,
  FakeRpcError,
  handlerOf,
  jsonRpcEndpoint,
} from "@/testing/fake-rpc-world";
import { down, healthy, inTurn, ONE, setUp, status, TWO } from "@/testing/rpc-endpoints";
import { createRpc } from "./client";

describe("the chain id", () => {
  it("is checked in the request that carries the first calls, before anything is handed on", async () => {
    const { world, ask } = setUp({ [ONE]: healthy() });
    expect(await ask()).toBe("0x64");
    expect(world.sent).toHaveLength(1);
    expect(world.sent[0]?.body).toMatchObject([{ method: "eth_chainId" }, { method: "eth_blockNumber" }]);
  });

  it("is not asked again while all is well, and again after half a minute", async () => {
    const { world, rpc, ask } = setUp({ [ONE]: healthy() });
    await ask();
    await ask();
    expect(world.sent[1]?.body).toMatchObject({ method: "eth_blockNumber" });
    await world.run(new Promise<void>((resolve) => world.setTimer(30_000, resolve)));
    await ask();
    expect(world.sent[2]?.body).toMatchObject([{ method: "eth_chainId" }, { method: "eth_blockNumber" }]);
    expect(rpc.status().requests).toBe(3);
  });

  it("is asked again after any failure", async () => {
    const { world, ask } = setUp({ [ONE]: inTurn(healthy(), status(502), healthy()) });
    await ask();
    await ask();
    expect(world.sent.at(-1)?.body).toMatchObject([{ method: "eth_chainId" }, {}]);
  });

  it("blocks an endpoint on another chain and names both ids", async () => {
    const other = jsonRpcEndpoint(handlerOf({ eth_chainId: () => "0x2105", eth_blockNumber: () => "0x1" }));
    const { rpc, ask } = setUp({ [ONE]: other });
    await expect(ask()).rejects.toMatchObject({
      code: "wrong-chain",
      endpointHost: "one.example",
      details: { expectedChainId: 1, gotChainId: 8453 },
    });
    expect(rpc.status()).toMatchObject({ state: "wrong-chain", expectedChainId: 1, gotChainId: 8453 });
  });

  it("that changes in mid-session voids the answer that came with it", async () => {
    let chainId = "0x1";
    const changing = jsonRpcEndpoint(
      handlerOf({ eth_chainId: () => chainId, eth_blockNumber: () => "0x64" }),
    );
    const { world, ask } = setUp({ [ONE]: changing });
    await ask();
    chainId = "0x2";
    await world.run(new Promise<void>((resolve) => world.setTimer(30_000, resolve)));
    await expect(ask()).rejects.toMatchObject({ code: "wrong-chain", details: { gotChainId: 2 } });
    chainId = "0x1";
    await world.run(new Promise<void>((resolve) => world.setTimer(60_000, resolve)));
    expect(await ask()).toBe("0x64");
  });

  it("of one endpoint does not stop another one", async () => {
    const other = jsonRpcEndpoint(handlerOf({ eth_chainId: () => "0x2", eth_blockNumber: () => "0x1" }));
    const { rpc, ask } = setUp({ [ONE]: other, [TWO]: healthy("0x7") });
    expect(await ask()).toBe("0x7");
    expect(rpc.status()).toMatchObject({ state: "ok", endpointHost: "two.example" });
    expect(rpc.status().endpoints[0]).toMatchObject({ state: "wrong-chain", gotChainId: 2 });
  });
});

describe("failures", () => {
  it("move on to the next endpoint and stay there", async () => {
    const { world, rpc, ask } = setUp({ [ONE]: down, [TWO]: healthy() });
    expect(await ask()).toBe("0x64");
    expect(await ask()).toBe("0x64");
    expect(world.sent.map(({ url }) => url)).toEqual([ONE, TWO, TWO]);
    expect(rpc.preferredEndpoint()).toBe("two.example");
  });

  it("are retried a bounded number of times", async () => {
    const { world, rpc, ask } = setUp({ [ONE]: status(500) }, { attempts: 4 });
    await expect(ask()).rejects.toMatchObject({ code: "rpc-unavailable", details: { httpStatus: 500 } });
    expect(world.sent).toHaveLength(4);
    expect(rpc.status().state).toBe("down");
  });

  it("wait longer with each failure, spread by chance", async () => {
    const endpoints = { [ONE]: status(503) };
    const limits = { attempts: 5, backoffBaseMs: 100, backoffCapMs: 10_000 };
    const world = createFakeWorld({ endpoints, random: () => 0.999 });
    const rpc = createRpc({ chainId: 1, endpoints: [ONE], environment: world, limits });
    await expect(world.run(rpc.request("eth_blockNumber", []))).rejects.toMatchObject({
      code: "rpc-unavailable",
    });
    const starts = world.sent.map(({ atMs }) => atMs);
    const pauses = starts.slice(1).map((at, index) => at - (starts[index] ?? 0) - 60);
    expect(pauses.map(Math.round)).toEqual([200, 400, 799, 1598]);
  });

  it("end with a time-out when the body stalls half-way", async () => {
    const stalled: FakeEndpoint = (_, signal) =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode('{"jsonrpc":"2.0",'));
            signal.addEventListener("abort", () => {
              controller.error(new DOMException("aborted", "AbortError"));
            });
          },
        }),
      );
    const { ask } = setUp({ [ONE]: stalled }, { attempts: 1, timeoutMs: 5000 });
    await expect(ask()).rejects.toMatchObject({ code: "rpc-unavailable", details: { timedOut: true } });
  });

  it("abort an endless answer at the byte cap instead of reading it", async () => {
    let pulled = 0;
    const endless: FakeEndpoint = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            pulled += 1;
            controller.enqueue(new Uint8Array(1000));
          },
        }),
      );
    const { ask } = setUp({ [ONE]: endless }, { maxResponseBytes: 10_000 });
    await expect(ask()).rejects.toMatchObject({ code: "range-too-large" });
    expect(pulled).toBeLessThan(20);
  });

  it("are not retried when the chain itself refused the call", async () => {
    const reverting = jsonRpcEndpoint(
      handlerOf({
        eth_chainId: () => "0x1",
        eth_call: () => {
          throw new FakeRpcError(3, "execution reverted", "0x1e618386");
        },
      }),
    );
    const { world, ask } = setUp({ [ONE]: reverting });
    await expect(ask("eth_call")).rejects.toMatchObject({
      code: "reverted",
      revert: { name: "NoExecutorRegistered" },
    });
    expect(world.sent).toHaveLength(1);
  });

  it("of a cancelled read are neither retried nor held against the endpoint", async () => {
    const { world, rpc } = setUp({ [ONE]: healthy() });
    const controller = new AbortController();
    const asked = rpc.request("eth_blockNumber", [], { signal: controller.signal });
    world.setTimer(10, () => {
      controller.abort();
    });
    await expect(world.run(asked)).rejects.toMatchObject({ code: "aborted" });
    expect(rpc.status().state).toBe("ok");
    await expect(
      world.run(rpc.request("eth_blockNumber", [], { signal: controller.signal })),
    ).rejects.toMatchObject({ code: "aborted" });
    expect(world.sent).toHaveLength(1);
  });
});

describe("secrets", () => {
  const texts = (error: unknown): string =>
    inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error);

  it("of an endpoint's address are in no error and no status, however it fails", async () => {
    const leaking: FakeEndpoint = ({ body }) => {
      const { id } = [body].flat()[0] as { id: number };
      return Response.json({ jsonrpc: "2.0", id, error: { code: -32000, message: `bad key ${ONE}` } });
    };
    const html: FakeEndpoint = () => new Response(`<p>${ONE}</p>`);
    for (const endpoint of [down, status(401), status(500), html, leaking]) {
      const { rpc, ask } = setUp({ [ONE]: endpoint, [TWO]: endpoint }, { attempts: 3 });
      const error = await ask().catch((caught: unknown) => caught);
      expect(texts(error) + texts(rpc.status())).not.toContain("secret-key");
    }
  });

  it("are not in the error for an address that is no URL", () => {
    const make = () => createRpc({ chainId: 1, endpoints: ["secret-key-three"] });
    expect(make).toThrow(expect.objectContaining({ code: "unexpected" }));
    expect(make).not.toThrow("secret-key");
  });

  it("tell endpoints of one host apart by number", () => {
    const world = createFakeWorld({ endpoints: {} });
    const rpc = createRpc({ chainId: 1, endpoints: [ONE, `${ONE}-b`], environment: world });
    expect(rpc.preferredEndpoint()).toBe("one.example");
    expect(rpc.status().endpoints).toHaveLength(2);
  });
});

describe("the status", () => {
  it("is the same object until something changes, and tells its listeners when it does", async () => {
    const { rpc, ask } = setUp({ [ONE]: healthy() });
    let told = 0;
    const stop = rpc.subscribe(() => {
      told += 1;
    });
    const before = rpc.status();
    expect(rpc.status()).toBe(before);
    await ask();
    expect(rpc.status()).not.toBe(before);
    expect(rpc.status().requests).toBe(1);
    expect(rpc.status().bytes).toBeGreaterThan(0);
    stop();
    const count = told;
    await ask();
    expect(told).toBe(count);
  });
});
