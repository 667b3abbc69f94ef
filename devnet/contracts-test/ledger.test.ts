/** Interest, fees and shares: what must hold after any sequence of actions, and the edges of each. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Contract } from "./chain";
import {
  ALICE,
  BOB,
  CAROL,
  CURATOR,
  call,
  encodeOrder,
  GOVERNANCE,
  LIQUIDATOR,
  MANAGER,
  MANAGER_2,
  MAX_UINT,
  pct,
  STRANGER,
  usd,
  WAD,
  World,
  YEAR,
} from "./world";

let world: World;
let restore: () => Promise<void>;

const BPS = 10_000n;
const UNIT = BigInt(YEAR) * WAD;

beforeAll(async () => {
  world = await World.deploy();
  restore = await world.chain.snapshot();
});
afterAll(() => world.chain.stop());
beforeEach(async () => {
  await restore();
  restore = await world.chain.snapshot();
});

async function borrow(vault: Contract, manager: typeof MANAGER, amount: bigint): Promise<void> {
  const bond = amount / 4n + 1n;
  await world.open({ vault, manager, bond, borrow: amount, weth: (amount * 10n ** 12n) / 500n });
}

async function repay(vault: Contract, manager: typeof MANAGER, amount: bigint): Promise<void> {
  const executor = await world.executor(manager);
  await world.mint(world.c.usdc, executor.address, amount === MAX_UINT ? usd(10_000_000) : amount);
  await world.unlock(vault, manager, [call(vault, "locked_repay", [amount])]);
}

const parameters = (vault: Contract) => ({
  assets: () => world.read(vault, "totalAssets"),
  idle: () => world.read(vault, "idleAssets"),
  interest: () => world.read(vault, "totalAccruedInterest"),
});

describe("the rate", () => {
  test("a new rate does not reprice time that has passed", async () => {
    const strategy = await world.strategy({ rate: pct(10), owner: GOVERNANCE });
    const vault = await world.vault(strategy);
    await borrow(vault, MANAGER, usd(100_000));
    await world.chain.advance(YEAR / 2);
    await world.as(GOVERNANCE, strategy, "setInterestRate", pct(40));
    expect((await world.debt(vault, MANAGER)).interest).toBe(usd(5_000));
    await world.chain.advance(YEAR / 2);
    expect((await world.debt(vault, MANAGER)).interest).toBe(usd(25_000));
    expect(await parameters(vault).interest()).toBe(usd(25_000));
  });

  test("interest does not bear interest", async () => {
    const vault = await world.vault(await world.strategy({ rate: pct(10) }));
    await borrow(vault, MANAGER, usd(100_000));
    for (let i = 0; i < 4; i++) {
      await world.chain.advance(YEAR / 4);
      await world.deposit(vault, BOB, usd(1));
    }
    expect((await world.debt(vault, MANAGER)).interest).toBe(usd(10_000));
  });
});

describe("fees", () => {
  test("interest bears the rates cached by the accrual before it", async () => {
    const { factory } = world.c;
    const vault = await world.vault(await world.strategy({ rate: pct(10) }));
    await borrow(vault, MANAGER, usd(100_000));
    await world.chain.advance(YEAR);
    // The change of the protocol's rate is not seen until the vault accrues: this year is free of fees.
    await world.as(GOVERNANCE, factory, "setProtocolFeeRate", 1000n);
    expect(await parameters(vault).assets()).toBe(usd(1_010_000));
    await world.as(CURATOR, vault, "setCuratorFeeRate", 2000n);
    await world.chain.advance(YEAR);
    expect(await parameters(vault).assets()).toBe(usd(1_017_000));
    await world.as(CURATOR, vault, "setCuratorFeeRate", 0n);
    await world.chain.advance(YEAR);
    expect(await parameters(vault).assets()).toBe(usd(1_026_000));

    await repay(vault, MANAGER, MAX_UINT);
    expect(await parameters(vault).assets()).toBe(usd(1_026_000));
    expect(await world.read(vault, "collectedFees")).toBe(usd(4_000));
    await world.as(STRANGER, factory, "collectFeesFromVaults", [vault.address]);
    expect(await world.balance(world.c.usdc, CURATOR)).toBe(usd(2_000));
    expect(await world.refusal(STRANGER, factory, "collectFeesFromVaults", [STRANGER])).toBe("UnknownVault");
  });
});

describe("shares", () => {
  test("a plain transfer to the vault changes nothing", async () => {
    const vault = await world.vault(await world.strategy());
    const before = [await parameters(vault).assets(), await parameters(vault).idle()];
    await world.mint(world.c.usdc, vault.address, usd(500_000));
    expect([await parameters(vault).assets(), await parameters(vault).idle()]).toEqual(before);
    await world.deposit(vault, BOB, usd(1_000));
    expect(await world.balance(vault, BOB)).toBe(usd(1_000));
  });

  test("what may be withdrawn is bounded by idle, and the refusal says by how much", async () => {
    const vault = await world.vault(await world.strategy());
    await borrow(vault, MANAGER, usd(700_000));
    expect(await world.read(vault, "maxWithdraw", ALICE)).toBe(usd(300_000));
    expect(await world.read(vault, "maxRedeem", ALICE)).toBe(usd(300_000));
    const over = { from: ALICE, to: vault, fn: "withdraw", args: [usd(300_001), ALICE, ALICE] };
    expect(await world.chain.revert(over)).toEqual({
      name: "InsufficientLiquidity",
      args: [usd(300_000), usd(300_001)],
    });
    expect(await world.refusal(ALICE, vault, "redeem", usd(300_001), ALICE, ALICE)).toBe(
      "InsufficientLiquidity",
    );
    expect(await world.refusal(ALICE, vault, "redeem", usd(1_000_001), ALICE, ALICE)).toBe(
      "ERC4626ExceededMaxRedeem",
    );
    expect(await world.refusal(ALICE, vault, "withdraw", usd(1_000_001), ALICE, ALICE)).toBe(
      "ERC4626ExceededMaxWithdraw",
    );
    expect(await world.refusal(STRANGER, vault, "withdraw", usd(1), STRANGER, ALICE)).toBe(
      "ERC20InsufficientAllowance",
    );
    await world.as(ALICE, vault, "redeem", await world.read(vault, "maxRedeem", ALICE), ALICE, ALICE);
    expect(await parameters(vault).idle()).toBe(0n);
  });

  test("a deposit that would buy no share is refused", async () => {
    const vault = await world.vault(await world.strategy(), usd(1));
    await world.mint(world.c.usdc, BOB, usd(10));
    await world.as(BOB, world.c.usdc, "approve", vault.address, MAX_UINT);
    await world.as(BOB, vault, "contribute", usd(9));
    expect(await world.refusal(BOB, vault, "deposit", 1n, BOB)).toBe("ZeroAmount");
    expect(await world.refusal(BOB, vault, "deposit", 0n, BOB)).toBe("ZeroAmount");
  });

  test("a graduated cap admits more as the vault is used", async () => {
    const { usdc, base, factory } = world.c;
    const strategy = await world.strategy();
    const tiers = [
      { utilisation: pct(50), cap: usd(200_000) },
      { utilisation: pct(80), cap: usd(500_000) },
    ];
    const terms = [
      usdc.address,
      base.address,
      strategy.address,
      `0x${"00".repeat(20)}`,
      tiers,
      usd(100_000),
      "V",
      "V",
    ];
    const receipt = await world.as(CURATOR, factory, "createVaultWithDepositPolicy", ...terms);
    const created = world.chain.events(receipt, factory, "VaultCreated")[0]?.args.vault as typeof ALICE;
    const vault = world.chain.at("FluxVault", created);
    expect(await world.read(vault, "maxDeposit", ALICE)).toBe(usd(100_000));
    await world.deposit(vault, ALICE, usd(100_000));
    expect(await world.read(vault, "maxDeposit", ALICE)).toBe(0n);
    expect(await world.refusal(ALICE, vault, "deposit", 1n, ALICE)).toBe("ERC4626ExceededMaxDeposit");
    await borrow(vault, MANAGER, usd(50_000));
    expect(await world.read(vault, "maxDeposit", ALICE)).toBe(usd(100_000));
    await borrow(vault, MANAGER, usd(30_000));
    expect(await world.read(vault, "maxMint", ALICE)).toBe(usd(400_000));
  });
});

/** A small generator, so that a failing sequence can be run again. */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe("after any sequence of actions", () => {
  test.each([1, 2, 3])(
    "totals equal the sum over the managers, and only losses lower the share price (seed %i)",
    async (seed) => {
      const next = sequence(seed * 7_919);
      const managers = [MANAGER, MANAGER_2, CAROL];
      const strategy = await world.strategy({ rate: pct(37), owner: GOVERNANCE });
      const vault = await world.vault(strategy);
      await world.as(GOVERNANCE, world.c.factory, "setProtocolFeeRate", 333n);
      await world.as(CURATOR, vault, "setCuratorFeeRate", 1_777n);
      await world.executor(LIQUIDATOR);
      await world.mint(world.c.usdc, LIQUIDATOR, usd(100_000_000));
      const liquidator = await world.executor(LIQUIDATOR);
      await world.as(LIQUIDATOR, world.c.usdc, "approve", liquidator.address, MAX_UINT);
      const pick = () => managers[next(managers.length)] ?? MANAGER;

      const actions: readonly (() => Promise<unknown>)[] = [
        () => borrow(vault, pick(), BigInt(1 + next(9_000_000_000))),
        async () => {
          const manager = pick();
          const { total } = await world.debt(vault, manager);
          if (total > 0n)
            await repay(vault, manager, next(3) === 0 ? MAX_UINT : 1n + (total * BigInt(next(999))) / 1000n);
        },
        () => world.deposit(vault, BOB, BigInt(1_000 + next(1_000_000_000))),
        async () => {
          const most = await world.read(vault, "maxWithdraw", BOB);
          if (most > 1n) await world.as(BOB, vault, "withdraw", most / BigInt(1 + next(5)), BOB, BOB);
        },
        () => world.as(GOVERNANCE, strategy, "setInterestRate", pct(next(90))),
        () => world.as(GOVERNANCE, world.c.factory, "setProtocolFeeRate", BigInt(next(2_500))),
        () => world.as(CURATOR, vault, "setCuratorFeeRate", BigInt(next(5_000))),
        async () => {
          await world.price(world.c.wethFeed, 1 + next(40));
          for (const manager of managers) {
            if (!(await world.quote(vault, manager)).canLiquidate) continue;
            await world.as(LIQUIDATOR, vault, "liquidate", manager, [], encodeOrder({ mode: "wallet" }));
            break;
          }
          await world.price(world.c.wethFeed, 2000);
        },
      ];

      let losses = 0;
      let price = await world.read(vault, "convertToAssets", 10n ** 15n);
      for (let step = 0; step < 40; step++) {
        const badDebt = await world.read(vault, "totalBadDebt");
        await world.chain.advance(1 + next(200_000));
        await (actions[next(actions.length)] ?? actions[0])?.();
        const debts = await Promise.all(managers.map((manager) => world.debt(vault, manager)));
        const principal = debts.reduce((sum, debt) => sum + debt.principal, 0n);
        const interest = debts.reduce((sum, debt) => sum + debt.interest, 0n);
        expect(await world.read(vault, "totalPrincipalDebt")).toBe(principal);
        const rounding = (await world.read(vault, "totalAccruedInterest")) - interest;
        expect(rounding >= 0n && rounding < BigInt(managers.length)).toBe(true);

        // What the vault holds is idle and collected fees, to the unit.
        const held = await world.balance(world.c.usdc, vault.address);
        expect(held).toBe(
          (await world.read(vault, "idleAssets")) + (await world.read(vault, "collectedFees")),
        );

        const newPrice = await world.read(vault, "convertToAssets", 10n ** 15n);
        const lost = (await world.read(vault, "totalBadDebt")) > badDebt;
        if (lost) losses += 1;
        else expect(newPrice).toBeGreaterThanOrEqual(price);
        price = newPrice;
      }
      expect(losses).toBeGreaterThan(0);

      // Everything repaid: nothing is owed, and what is left is the LPs' and the fee takers'.
      for (const manager of managers)
        if ((await world.debt(vault, manager)).total > 0n) await repay(vault, manager, MAX_UINT);
      expect(await world.read(vault, "totalPrincipalDebt")).toBe(0n);
      const dust = (await world.read(vault, "totalAssets")) - (await world.read(vault, "idleAssets"));
      expect(dust >= 0n && dust <= BigInt(managers.length)).toBe(true);
    },
  );
});

test("the total of interest is the sum of the undivided parts, fees included", async () => {
  const vault = await world.vault(await world.strategy({ rate: pct(13) }));
  await world.as(CURATOR, vault, "setCuratorFeeRate", 1_234n);
  const principals = [333_333_333n, 777_777_777n, 123_456_789n];
  const managers = [MANAGER, MANAGER_2, CAROL];
  for (const [i, manager] of managers.entries()) await borrow(vault, manager, principals[i] ?? 0n);
  await world.chain.advance(1_000_003);
  const growth = pct(13) * 1_000_003n;
  const numerators = principals.map((principal) => principal * growth);
  const total = numerators.reduce((a, b) => a + b, 0n);
  expect(await world.read(vault, "totalAccruedInterest")).toBe(total / UNIT);
  for (const [i, manager] of managers.entries())
    expect((await world.debt(vault, manager)).interest).toBe((numerators[i] ?? 0n) / UNIT);
  const net = (total * (BPS - 1_234n)) / (UNIT * BPS);
  expect(await world.read(vault, "totalAssets")).toBe(usd(1_000_000) + net);
});
