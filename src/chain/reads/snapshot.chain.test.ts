// @vitest-environment node
import { createRequire } from "node:module";
import { type Hex, keccak256, toHex } from "viem";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Address, BlockRef, ReadRung, VaultSnapshot } from "@/domain/model";
import type { Contract } from "../../../devnet/contracts-test/chain";
import {
  ALICE,
  CURATOR,
  call,
  GOVERNANCE,
  MANAGER,
  MANAGER_2,
  STRANGER,
  usd,
  WAD,
  World,
  ZERO_ID,
} from "../../../devnet/contracts-test/world";
import { createRpc } from "../rpc/client";
import { systemEnvironment } from "../rpc/environment";
import type { Rpc } from "../rpc/rpc";
import { fetchComposition } from "./composition";
import { fetchHead } from "./head";
import { fetchHolders } from "./holders";
import type * as multicall3 from "./multicall3";
import { hasMulticall3, MULTICALL3_ADDRESS } from "./multicall3";
import { fetchSnapshot } from "./snapshot";

// The canonical code is in no package; viem's copy of the same source compiles to other bytes. One test vouches for it.
vi.mock("./multicall3", async (importOriginal) => {
  const original = await importOriginal<typeof multicall3>();
  return { ...original, hasMulticall3: vi.fn<typeof hasMulticall3>(original.hasMulticall3) };
});

let world: World;
let vault: Contract;
let strategy: Contract;
let rpc: Rpc;
let block: BlockRef;

const UNKNOWN: Address = "0x00000000000000000000000000000000000dead1";
const MANAGERS: readonly Address[] = [MANAGER, MANAGER_2, UNKNOWN];

interface Body {
  readonly method: string;
  readonly params: unknown[];
}

/** The chain seen through an endpoint that changes requests on their way. */
function throughProxy(change: (body: Body) => Body | { readonly fail: number }): Rpc {
  const system = systemEnvironment();
  const one = (body: Body & { id: number }) => {
    const changed = change(body);
    return "fail" in changed ? changed : { ...body, ...changed };
  };
  return createRpc({
    chainId: 31337,
    endpoints: [world.chain.anvil.url],
    limits: { backoffBaseMs: 1, backoffCapMs: 2 },
    environment: {
      ...system,
      fetch: async (url, init) => {
        const parsed = JSON.parse(init.body) as (Body & { id: number }) | (Body & { id: number })[];
        const bodies = [parsed].flat();
        const changed = bodies.map(one);
        const answers = await Promise.all(
          changed.map(async (body, index) => {
            if ("fail" in body) {
              return { jsonrpc: "2.0", id: bodies[index]?.id, error: { code: body.fail, message: "no" } };
            }
            const response = await system.fetch(url, { ...init, body: JSON.stringify(body) });
            return (await response.json()) as unknown;
          }),
        );
        return Response.json(Array.isArray(parsed) ? answers : answers[0]);
      },
    },
  });
}

async function addYieldPosition(manager: Address): Promise<void> {
  const { weth, yieldVault, yieldWrapper } = world.c;
  const executor = await world.executor(manager);
  await world.mint(weth, executor.address, 10n * WAD);
  const deposit = (label: Hex, amount: bigint) =>
    call(vault, "locked_depositToWrapper", [yieldWrapper.address, label, amount]);
  await world.unlock(vault, manager, [
    call(weth, "approve", [yieldVault.address, 10n * WAD]),
    call(yieldVault, "deposit", [10n * WAD, executor.address]),
    call(yieldVault, "approve", [vault.address, 10n * WAD]),
    call(vault, "locked_registerWrapper", [yieldWrapper.address]),
    deposit(keccak256(toHex("a")), 3n * WAD),
    deposit(ZERO_ID, 2n * WAD),
  ]);
}

beforeAll(async () => {
  world = await World.deploy();
  await world.as(GOVERNANCE, world.c.factory, "setProtocolFeeRate", 500n);
  strategy = await world.strategy({ rate: WAD / 10n, owner: GOVERNANCE });
  vault = await world.vault(strategy);
  await world.as(CURATOR, vault, "setCuratorFeeRate", 1000n);
  await world.open({
    vault,
    manager: MANAGER,
    bond: usd(20_000),
    borrow: usd(100_000),
    workingCapital: usd(1_234),
    weth: 50n * WAD,
  });
  await world.open({ vault, manager: MANAGER_2, bond: usd(10_000), borrow: usd(30_000), weth: 17n * WAD });
  await addYieldPosition(MANAGER);
  await world.chain.advance(40 * 86_400);
  await world.price(world.c.wethFeed, 1_777.77);
  await world.chain.advance(3_600);
  rpc = createRpc({ chainId: 31337, endpoints: [world.chain.anvil.url] });
  block = await fetchHead(rpc);
});

afterAll(() => world.chain.stop());

describe("fetchSnapshot on a real chain", () => {
  it("agrees with the contracts' own views to the unit", async () => {
    const { state, managers, unreadManagers, rung } = await fetchSnapshot(rpc, {
      vault: vault.address,
      managers: MANAGERS,
      block,
    });
    expect(rung).toBe("lens");
    expect(unreadManagers).toEqual([]);
    expect(state.block).toEqual(block);
    expect(state.totalAssets).toBe(await world.read(vault, "totalAssets"));
    expect(state.totalSupplyShares).toBe(await world.read(vault, "totalSupply"));
    expect(state.name).toBe("Flux USDC");
    expect(state.shareSymbol).toBe("fUSDC");
    expect(state.asset).toEqual({
      address: world.c.usdc.address.toLowerCase(),
      symbol: "USDC",
      decimals: 6,
    });
    const shareDecimals = await world.read<number>(vault, "decimals");
    expect(state.shareDecimals).toBe(shareDecimals);
    expect(state.virtualShares).toBe(10n ** BigInt(shareDecimals - 6));
    expect(state.flux).toMatchObject({
      idleAssets: await world.read(vault, "idleAssets"),
      totalPrincipalDebtAssets: usd(130_000),
      totalAccruedInterestAssets: await world.read(vault, "totalAccruedInterest"),
      totalBadDebtAssets: 0n,
      curatorFeeBps: 1000n,
      protocolFeeBps: 500n,
      curator: CURATOR,
      basePriceUsdWad: WAD,
      strategy: {
        address: strategy.address.toLowerCase(),
        isMutable: true,
        owner: GOVERNANCE,
        interestRateWad: WAD / 10n,
        minBondRatioWad: WAD / 5n,
        liquidationBufferWad: WAD / 10n,
        liquidationProfitMarginWad: WAD / 100n,
      },
    });
    for (const manager of managers) {
      const { principal, interest } = await world.debt(vault, manager.manager);
      const quote = await world.quote(vault, manager.manager);
      expect(manager.principalAssets).toBe(principal);
      expect(manager.accruedInterestAssets).toBe(interest);
      expect(manager.bondAssets).toBe(await world.read(vault, "managerBond", manager.manager));
      expect(manager.workingCapitalAssets).toBe(
        await world.read(vault, "managerWorkingCapital", manager.manager),
      );
      expect(manager.quote).toEqual({
        canLiquidate: quote.canLiquidate,
        minPaymentAssets: quote.minPayment,
      });
    }
    expect(managers.map(({ wrapperCount }) => wrapperCount)).toEqual([2, 1, 0]);
  });

  it("gives the same snapshot on every rung of the ladder", async () => {
    await world.chain.rpc("anvil_setCode", MULTICALL3_ADDRESS, await multicall3Runtime());
    await world.chain.advance(12);
    const at = await fetchHead(rpc);
    vi.mocked(hasMulticall3).mockResolvedValueOnce(true);
    const rungs: readonly ReadRung[] = ["lens", "batch", "multicall3", "small-batch", "single"];
    const read: VaultSnapshot[] = [];
    for (const rung of rungs) {
      read.push(await fetchSnapshot(rpc, { vault: vault.address, managers: MANAGERS, block: at, rung }));
    }
    expect(read.map(({ rung }) => rung)).toEqual(rungs);
    for (const snapshot of read) expect({ ...snapshot, rung: "lens" }).toEqual(read[0]);
    expect(read[0]?.managers[0]?.valueUsdWad).toBeGreaterThan(0n);
  });

  it("reads the same past block after the chain has moved on", async () => {
    const request = { vault: vault.address, managers: MANAGERS, block };
    const before = await fetchSnapshot(rpc, request);
    await world.chain.advance(86_400);
    expect(await fetchSnapshot(rpc, request)).toEqual(before);
  });

  it("finds out that an endpoint ignores the override and reads the same numbers another way", async () => {
    const ignoring = throughProxy((body) => ({ ...body, params: body.params.slice(0, 2) }));
    const request = { vault: vault.address, managers: MANAGERS, block };
    const direct = await fetchSnapshot(rpc, request);
    const other = await fetchSnapshot(ignoring, request);
    expect(other.rung).toBe("batch");
    expect({ ...other, rung: "lens" }).toEqual(direct);
  });

  it("reads the same numbers where the override is refused", async () => {
    const refusing = throughProxy((body) => (body.params.length > 2 ? { fail: -32602 } : body));
    const request = { vault: vault.address, managers: MANAGERS, block };
    const direct = await fetchSnapshot(rpc, request);
    expect({ ...(await fetchSnapshot(refusing, request)), rung: "lens" }).toEqual(direct);
  });

  it("lists a manager as unread when one of its calls gets no answer", async () => {
    const needle = MANAGER_2.slice(2);
    const failing = throughProxy((body) =>
      JSON.stringify(body.params).includes(needle) ? { fail: -32603 } : body,
    );
    const snapshot = await fetchSnapshot(failing, {
      vault: vault.address,
      managers: MANAGERS,
      block,
      rung: "batch",
    });
    expect(snapshot.unreadManagers).toEqual([MANAGER_2]);
    expect(snapshot.managers.map(({ manager }) => manager)).toEqual([MANAGER, UNKNOWN]);
  });

  it("does not call foreign code that stands at Multicall3's address", async () => {
    await world.chain.rpc("anvil_setCode", MULTICALL3_ADDRESS, "0x60006000fd");
    await world.chain.advance(12);
    const at = await fetchHead(rpc);
    await expect(
      fetchSnapshot(rpc, { vault: vault.address, managers: MANAGERS, block: at, rung: "multicall3" }),
    ).rejects.toMatchObject({ code: "not-a-contract" });
  });

  it("reads a plain ERC-4626 vault without inventing a Flux side", async () => {
    const { state, managers } = await fetchSnapshot(rpc, {
      vault: world.c.yieldVault.address,
      managers: [],
      block,
    });
    expect(state.flux).toBeUndefined();
    expect(state.asset.symbol).toBe("WETH");
    expect(state.totalAssets).toBeGreaterThan(0n);
    expect(managers).toEqual([]);
  });

  it("refuses an address without code, and a contract that is no vault", async () => {
    for (const address of [STRANGER, world.c.usdc.address]) {
      await expect(fetchSnapshot(rpc, { vault: address, managers: [], block })).rejects.toMatchObject({
        code: "not-a-contract",
      });
    }
  });

  it("says that the chain has moved when the block is unknown", async () => {
    const unknown = { ...block, hash: keccak256("0x01") };
    await expect(
      fetchSnapshot(rpc, { vault: vault.address, managers: MANAGERS, block: unknown }),
    ).rejects.toMatchObject({ code: "chain-moved" });
  });
});

describe("fetchComposition on a real chain", () => {
  it("adds up to the manager's value, the same through the lens and through views", async () => {
    const request = { vault: vault.address, managers: MANAGERS, block };
    const viaLens = await fetchComposition(rpc, request);
    const ignoring = throughProxy((body) => ({ ...body, params: body.params.slice(0, 2) }));
    expect(await fetchComposition(ignoring, request)).toEqual(viaLens);
    const { managers } = await fetchSnapshot(rpc, request);
    for (const [index, composition] of viaLens.entries()) {
      const positions = composition.wrappers?.flatMap((wrapper) => wrapper.positions ?? []) ?? [];
      const sum = positions.reduce(
        (total, position) => total + (position.valueUsdWad ?? 0n),
        (composition.bondValueUsdWad ?? 0n) + (composition.workingCapitalValueUsdWad ?? 0n),
      );
      expect(sum).toBe(managers[index]?.valueUsdWad);
    }
    expect(viaLens[0]?.wrappers?.map(({ underlying }) => underlying)).toEqual([
      world.c.weth.address.toLowerCase(),
      world.c.yieldVault.address.toLowerCase(),
    ]);
    expect(viaLens[0]?.wrappers?.[1]?.positions).toHaveLength(2);
  });
});

describe("fetchHolders on a real chain", () => {
  it("tells people from contracts, the same through the lens and through plain calls", async () => {
    const holders = [ALICE, vault.address, STRANGER];
    const read = await fetchHolders(rpc, { vault: vault.address, holders, block });
    expect(read).toEqual([
      { address: ALICE, shares: await world.read(vault, "balanceOf", ALICE), isContract: false },
      { address: vault.address.toLowerCase(), shares: 0n, isContract: true },
      { address: STRANGER, shares: 0n, isContract: false },
    ]);
    const ignoring = throughProxy((body) => ({ ...body, params: body.params.slice(0, 2) }));
    expect(await fetchHolders(ignoring, { vault: vault.address, holders, block })).toEqual(read);
  });
});

/** The canonical contract, deployed here: viem carries its creation code, but does not export it. */
async function multicall3Runtime(): Promise<Hex> {
  const require = createRequire(import.meta.url);
  const constants = require.resolve("viem").replace(/index\.js$/, "constants/contracts.js");
  const { multicall3Bytecode } = require(constants) as { multicall3Bytecode: Hex };
  const receipt = await world.chain.rpc<{ contractAddress: Address }>("eth_sendTransactionSync", {
    from: GOVERNANCE,
    data: multicall3Bytecode,
    gas: "0x1c9c380",
    gasPrice: "0x0",
  });
  return await world.chain.rpc<Hex>("eth_getCode", receipt.contractAddress, "latest");
}
