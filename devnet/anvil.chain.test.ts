import { afterEach, describe, expect, test } from "vitest";
import { type Anvil, AnvilRpcError, AnvilStartError, startAnvil } from "./anvil";

const running: Anvil[] = [];
const start = async (...options: Parameters<typeof startAnvil>) => {
  const anvil = await startAnvil(...options);
  running.push(anvil);
  return anvil;
};
afterEach(() => Promise.all(running.splice(0).map((anvil) => anvil.stop())));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    expect(error).toMatchObject({ code: "ESRCH" });
    return false;
  }
}

describe("startAnvil", () => {
  test("two nodes get two ports, each answers for itself", async () => {
    const [first, second] = await Promise.all([start(), start({ chainId: 4_242 })]);
    expect(first.port).not.toBe(second.port);
    expect([first.chainId, second.chainId]).toEqual([31_337, 4_242]);
    await first.request("evm_mine");
    expect(await first.request("eth_blockNumber")).toBe("0x1");
    expect(await second.request("eth_blockNumber")).toBe("0x0");
  });

  test("the same start time gives the same genesis block", async () => {
    const [first, second] = await Promise.all([
      start({ timestampSeconds: 1_700_000_000 }),
      start({ timestampSeconds: 1_700_000_000 }),
    ]);
    expect(first.genesisHash).toBe(second.genesisHash);
  });

  test("a port that is taken is refused, not shared", async () => {
    const first = await start();
    await expect(startAnvil({ port: first.port })).rejects.toBeInstanceOf(AnvilStartError);
    expect(await first.request("eth_chainId")).toBe("0x7a69");
  });

  test("stop ends the process, and may be called twice", async () => {
    const anvil = await start();
    expect(isAlive(anvil.pid)).toBe(true);
    await anvil.stop();
    await anvil.stop();
    expect(isAlive(anvil.pid)).toBe(false);
    await expect(anvil.request("eth_chainId")).rejects.toBeInstanceOf(TypeError);
  });

  test("an argument that the binary does not know is an error, not a silent default", async () => {
    await expect(startAnvil({ args: ["--no-such-flag"] })).rejects.toBeInstanceOf(AnvilStartError);
  });

  test("an error of the node carries its code and data", async () => {
    const anvil = await start();
    await expect(anvil.request("no_such_method")).rejects.toBeInstanceOf(AnvilRpcError);
  });
});
