/** Closing a thin position while almost everything is lent. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Contract } from "./chain";
import { managedVault } from "./managed-vault";
import {
  CURATOR,
  encodeOrder,
  LIQUIDATOR,
  MANAGER,
  MANAGER_2,
  MAX_UINT,
  usd,
  WAD,
  type World,
  ZERO,
} from "./world";

let world: World;
let vault: Contract;
let restore: () => Promise<void>;

beforeAll(async () => {
  ({ world, vault } = await managedVault());
  restore = await world.chain.snapshot();
});
afterAll(() => world.chain.stop());
beforeEach(async () => {
  await restore();
  restore = await world.chain.snapshot();
});

describe("auto-deleveraging", () => {
  /** Almost everything lent, and the health of the manager a little above the threshold. */
  async function thinAndFull(): Promise<void> {
    await world.open({
      vault,
      manager: MANAGER_2,
      bond: usd(200_000),
      borrow: usd(899_000),
      weth: 600n * WAD,
    });
    await world.price(world.c.wethFeed, 1_760);
  }

  async function payFromWallet(): Promise<`0x${string}`> {
    const executor = await world.executor(CURATOR);
    await world.mint(world.c.usdc, CURATOR, usd(1_000_000));
    await world.as(CURATOR, world.c.usdc, "approve", executor.address, MAX_UINT);
    return encodeOrder({ mode: "wallet" });
  }

  test("the executor pays the value, the vault keeps the debt, the manager receives the rest", async () => {
    await thinAndFull();
    const before = await world.read(vault, "totalAssets");
    const receipt = await world.as(CURATOR, vault, "autoDeleverage", MANAGER, await payFromWallet());
    // 20,000 + 5,000 + 50 x 1,760 = 113,000 against 100,000.
    expect(world.chain.events(receipt, vault, "PositionADL")[0]?.args).toMatchObject({
      trueDebt: usd(100_000),
      equityReturned: usd(13_000),
    });
    expect(await world.balance(world.c.usdc, MANAGER)).toBe(usd(13_000));
    expect(await world.read(vault, "totalAssets")).toBe(before);
    expect(await world.read(vault, "totalBadDebt")).toBe(0n);
  });

  test("is refused while the vault is not almost fully lent, or the position is not thin, or is liquidatable", async () => {
    const data = await payFromWallet();
    await world.price(world.c.wethFeed, 1_760);
    expect(await world.refusal(CURATOR, vault, "autoDeleverage", MANAGER, data)).toBe(
      "PositionNotDeleverageable",
    );
    await world.price(world.c.wethFeed, 2_000);
    await thinAndFull();
    await world.price(world.c.wethFeed, 2_000);
    expect(await world.refusal(CURATOR, vault, "autoDeleverage", MANAGER, data)).toBe(
      "PositionNotDeleverageable",
    );
    await world.price(world.c.wethFeed, 1_600);
    expect(await world.refusal(CURATOR, vault, "autoDeleverage", MANAGER, data)).toBe(
      "PositionNotDeleverageable",
    );
  });

  test("can be handed over, and disabled for good", async () => {
    await world.as(CURATOR, vault, "setAdlManager", LIQUIDATOR);
    expect(await world.refusal(CURATOR, vault, "autoDeleverage", MANAGER, "0x")).toBe("Unauthorized");
    await world.as(CURATOR, vault, "setAdlManager", ZERO);
    expect(await world.refusal(LIQUIDATOR, vault, "autoDeleverage", MANAGER, "0x")).toBe("Unauthorized");
    expect(await world.refusal(CURATOR, vault, "setAdlManager", CURATOR)).toBe("Unauthorized");
  });
});
