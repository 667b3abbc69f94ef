import { decodeAbiParameters, encodeAbiParameters } from "viem";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { castAccounts } from "./play/cast-accounts";
import { callData, type Hex, HistorySender, SeedError } from "./play/node-client";
import { type PlayedChain, playedChain } from "./played-chain";
import { units } from "./replay/fixed-point";

let anvil: PlayedChain["anvil"];
let played: PlayedChain["played"];
let of: PlayedChain["of"];
let deployed: PlayedChain["deployed"];

beforeAll(async () => {
  ({ anvil, played, of, deployed } = await playedChain(["core"]));
});

afterAll(async () => {
  await anvil?.stop();
});

describe("a first-time liquidator after the history of core", () => {
  const MAX = 2n ** 256n - 1n;
  const LIQUIDATION = ["uint8", "uint256", "uint256", "uint256", "bytes"].map((type) => ({ type }));
  const ROUTE = [
    {
      type: "tuple[]",
      components: [
        { name: "venue", type: "address" },
        { name: "tokenIn", type: "address" },
        { name: "minOut", type: "uint256" },
      ],
    },
  ];
  let snapshot: string;

  beforeEach(async () => {
    snapshot = await anvil.request<string>("evm_snapshot");
  });

  afterEach(async () => {
    await anvil.request("evm_revert", [snapshot]);
  });

  /** Deploys and registers an executor, and liquidates; returns the USDC that the liquidator then holds. */
  async function liquidate(args: {
    readonly who: "Dara" | "Rhys";
    readonly manager: string;
    readonly mode: 0 | 1;
  }): Promise<{ readonly before: bigint; readonly after: bigint }> {
    const { sender, deployment } = played;
    // A sender of its own: the chain is put back afterwards, and with it the accounts' nonces.
    const own = new HistorySender({ url: anvil.url, accounts: castAccounts() });
    const address = own.addressOf(args.who);
    const { factory, tokens, pools } = deployment;
    const at = of("core").timestampSeconds;
    const balance = async () =>
      BigInt(
        await anvil.request<Hex>("eth_call", [
          { to: tokens.USDC, data: callData("TestToken", "balanceOf", [address]) },
          "latest",
        ]),
      );
    const before = await balance();
    const tx = (to: Hex, contract: string, name: string, values: readonly unknown[]) => ({
      from: args.who,
      to,
      data: callData(contract, name, values),
      label: name,
    });
    await own.mine([tx(factory, "FluxVaultFactory", "deployWeirollExecutor", [])], at + 12n);
    const executor = decodeAbiParameters(
      [{ type: "address" }],
      await anvil.request<Hex>("eth_call", [
        { to: factory, data: callData("FluxVaultFactory", "deployedExecutor", [address]) },
        "latest",
      ]),
    )[0];
    const route =
      args.mode === 0
        ? "0x"
        : encodeAbiParameters(ROUTE, [[{ venue: pools.WETH, tokenIn: tokens.WETH, minOut: 1n }]]);
    const data = encodeAbiParameters(LIQUIDATION, [args.mode, MAX, 0n, MAX, route]);
    await own.mine(
      [
        tx(factory, "FluxVaultFactory", "registerExecutor", [address, executor]),
        tx(tokens.USDC, "TestToken", "approve", [executor, MAX]),
        tx(deployed("core").vault, "FluxVault", "liquidate", [sender.addressOf(args.manager), [], data]),
      ],
      at + 24n,
    );
    await own.checkReceipts();
    return { before, after: await balance() };
  }

  it.each(["Osprey", "Quail"])(
    "liquidates %s by selling the collateral, from an empty wallet",
    async (manager) => {
      const { before, after } = await liquidate({ who: "Rhys", manager, mode: 1 });
      expect(before).toBe(0n);
      expect(after).toBeGreaterThan(0n);
    },
  );

  it("finds nothing to earn in the dead zone", async () => {
    const row = of("core").managers.find(({ name }) => name === "Petrel");
    // What selling costs (half a per cent and more) is what the position is worth above its debt.
    await expect(liquidate({ who: "Rhys", manager: "Petrel", mode: 1 })).rejects.toBeInstanceOf(SeedError);
    expect(row?.canLiquidate).toBe(true);
  });

  it("liquidates the insolvent manager from the wallet at the payment that the replay implies", async () => {
    const row = of("core").managers.find(({ name }) => name === "Quail");
    const { before, after } = await liquidate({ who: "Dara", manager: "Quail", mode: 0 });
    expect(before).toBe(units("3000000", 6));
    // The bond comes back as USDC, the collateral as it is.
    expect(before - after).toBe((row?.minPaymentAssets ?? 0n) - (row?.bondAssets ?? 0n));
  });
});
