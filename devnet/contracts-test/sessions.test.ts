/** What a manager may do inside a session, and what nobody may do. */
import { type Address, keccak256, toHex } from "viem";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Contract } from "./chain";
import { managedVault } from "./managed-vault";
import {
  ALICE,
  BOB,
  BOND,
  CURATOR,
  call,
  encodeCalls,
  GOVERNANCE,
  MANAGER,
  MANAGER_2,
  MAX_UINT,
  pct,
  SINK,
  STRANGER,
  usd,
  WAD,
  type World,
  YEAR,
  ZERO,
  ZERO_ID,
} from "./world";

let world: World;
let vault: Contract;
let strategy: Contract;
let restore: () => Promise<void>;

const LABEL = keccak256(toHex("a label"));

beforeAll(async () => {
  ({ world, vault, strategy } = await managedVault());
  restore = await world.chain.snapshot();
});
afterAll(() => world.chain.stop());
beforeEach(async () => {
  await restore();
  restore = await world.chain.snapshot();
});

const locked = (fn: string, ...args: readonly unknown[]) => call(vault, `locked_${fn}`, args);
const session = (...calls: Parameters<World["unlock"]>[2]) => world.unlock(vault, MANAGER, calls);
const refused = (...calls: Parameters<World["unlock"]>[2]) => world.unlockRefusal(vault, MANAGER, calls);

describe("who may do what", () => {
  const LOCKED: readonly (readonly [string, readonly unknown[]])[] = [
    ["borrow", [1n]],
    ["repay", [1n]],
    ["depositBond", [1n]],
    ["withdrawBond", [1n]],
    ["registerWrapper", [ALICE]],
    ["deregisterWrapper", [ALICE]],
    ["depositToWrapper", [ALICE, ZERO_ID, 1n]],
    ["withdrawFromWrapper", [ALICE, ZERO_ID, 1n]],
    ["claimFromWrapper", [ALICE, ZERO_ID, 1n]],
    ["interactWithWrapper", [ALICE, "0x"]],
    ["moveFunds", [ZERO_ID, BOND, 1n]],
  ];

  test.each(LOCKED)("locked_%s is refused outside a session, even to an executor", async (fn, args) => {
    const executor = await world.executor(MANAGER);
    for (const from of [executor.address, MANAGER])
      expect(await world.refusal(from, vault, `locked_${fn}`, ...args)).toBe("NotLockHolder");
  });

  test.each(LOCKED)("locked_%s is refused inside a session to anybody but its executor", async (fn, args) => {
    // A second executor, owned by the first, that the first makes call the vault.
    const executor = await world.executor(MANAGER);
    await world.as(MANAGER, executor, "execute", [call(world.c.factory, "deployWeirollExecutor")]);
    const puppet = await world.read<Address>(world.c.factory, "deployedExecutor", executor.address);
    const order = call(world.chain.at("FluxExecutor", puppet), "execute", [[locked(fn, ...args)]]);
    expect(await refused(order)).toBe("NotLockHolder");
  });

  test("a caller without an executor cannot open a session", async () => {
    expect(await world.refusal(STRANGER, vault, "unlock", "0x")).toBe("NoExecutorRegistered");
    expect(await world.refusal(STRANGER, vault, "liquidate", MANAGER, [], "0x")).toBe("NoExecutorRegistered");
  });

  test("nobody registers an executor for somebody else", async () => {
    expect(await world.refusal(STRANGER, world.c.factory, "registerExecutor", MANAGER, STRANGER)).toBe(
      "Unauthorized",
    );
  });

  test("an executor that a stranger registers as its own does not work for the stranger", async () => {
    const victim = await world.executor(MANAGER);
    await world.mint(world.c.usdc, victim.address, usd(1_000));
    await world.as(STRANGER, world.c.factory, "registerExecutor", STRANGER, victim.address);
    const theft = encodeCalls([call(world.c.usdc, "transfer", [STRANGER, usd(1_000)])]);
    expect(await world.refusal(STRANGER, vault, "unlock", theft)).toBe("Unauthorized");
    expect(await world.refusal(STRANGER, victim, "fluxUnlockCallback", theft)).toBe("UnknownVault");
    expect(await world.refusal(STRANGER, victim, "execute", [])).toBe("Unauthorized");
    expect(await world.refusal(STRANGER, victim, "sweep", world.c.usdc.address)).toBe("Unauthorized");
  });

  test("curator, factory and ADL manager are the only ones to their functions", async () => {
    expect(await world.refusal(STRANGER, vault, "setCuratorFeeRate", 1n)).toBe("Unauthorized");
    expect(await world.refusal(STRANGER, vault, "setAdlManager", STRANGER)).toBe("Unauthorized");
    expect(await world.refusal(CURATOR, vault, "claimFees")).toBe("Unauthorized");
    expect(await world.refusal(STRANGER, vault, "autoDeleverage", MANAGER, "0x")).toBe("Unauthorized");
    expect(await world.refusal(CURATOR, vault, "setCuratorFeeRate", 5_001n)).toBe("InvalidParameter");
  });

  test("only the account changes positions in a wrapper", async () => {
    const { base, wethWrapper } = world.c;
    for (const wrapper of [base, wethWrapper]) {
      expect(await world.refusal(STRANGER, wrapper, "withdraw", MANAGER, ZERO_ID, 1n, STRANGER)).toBe(
        "InsufficientBalance",
      );
      expect(
        await world.refusal(STRANGER, wrapper, "transfer", MANAGER, ZERO_ID, STRANGER, ZERO_ID, 1n),
      ).toBe("InsufficientBalance");
    }
    await world.as(STRANGER, wethWrapper, "ledgerTransferSubaccount", MANAGER, STRANGER, [ZERO_ID]);
    expect(await world.read(wethWrapper, "getBalance", vault.address, MANAGER, ZERO_ID)).toBe(50n * WAD);
  });
});

describe("the lock", () => {
  test.each([
    ["deposit", [1n, ALICE]],
    ["mint", [1n, ALICE]],
    ["withdraw", [1n, ALICE, ALICE]],
    ["redeem", [1n, ALICE, ALICE]],
    ["contribute", [1n]],
    ["unlock", ["0x"]],
    ["liquidate", [MANAGER_2, [], "0x"]],
    ["claimFees", []],
    ["setAdlManager", [ALICE]],
  ] as const)("%s reverts while a session is open", async (fn, args) => {
    expect(await refused(call(vault, fn, args))).toBe("VaultLocked");
  });

  test("a session leaves nothing behind", async () => {
    await session();
    expect(await world.read(vault, "session")).toEqual([ZERO, ZERO, ZERO]);
    expect(await world.read(vault, "maxDeposit", ALICE)).toBe(MAX_UINT);
  });
});

describe("health at the end", () => {
  test("whoever ends below the threshold has changed nothing", async () => {
    expect(
      await refused(locked("withdrawFromWrapper", world.c.wethWrapper.address, ZERO_ID, 10n * WAD)),
    ).toBe("PositionNotHealthy");
  });

  test("a wrapper that is deregistered no longer counts", async () => {
    expect(await refused(locked("deregisterWrapper", world.c.wethWrapper.address))).toBe(
      "PositionNotHealthy",
    );
  });

  test("unhealthy in between is allowed", async () => {
    const executor = await world.executor(MANAGER);
    const { weth, wethWrapper } = world.c;
    await session(
      locked("withdrawFromWrapper", wethWrapper.address, ZERO_ID, 50n * WAD),
      call(weth, "approve", [vault.address, 50n * WAD]),
      locked("depositToWrapper", wethWrapper.address, ZERO_ID, 50n * WAD),
    );
    expect(await world.balance(weth, executor.address)).toBe(0n);
  });

  test("who owes nothing leaves even while the oracle is dead", async () => {
    const executor = await world.executor(MANAGER);
    await world.mint(world.c.usdc, executor.address, usd(100_000));
    await session(locked("repay", MAX_UINT));
    await world.as(GOVERNANCE, world.c.wethFeed, "pushAnswer", 0n);
    await world.as(GOVERNANCE, world.c.usdcFeed, "pushAnswer", -1n);
    await session(
      locked("withdrawFromWrapper", world.c.wethWrapper.address, ZERO_ID, 50n * WAD),
      locked("withdrawBond", usd(20_000)),
      locked("withdrawFromWrapper", world.c.base.address, ZERO_ID, usd(5_000)),
      locked("deregisterWrapper", world.c.wethWrapper.address),
    );
    expect(await world.balance(world.c.usdc, executor.address)).toBe(usd(25_000));
    expect(await world.read(vault, "managerWrappers", MANAGER)).toEqual([]);
  });
});

describe("the bond", () => {
  test("is checked when principal rises or the bond falls, not when the ratio was raised meanwhile", async () => {
    await world.as(GOVERNANCE, strategy, "setMinBondRatio", pct(24));
    const executor = await world.executor(MANAGER);
    await world.mint(world.c.usdc, executor.address, usd(10_000));
    await session(locked("repay", usd(1_000)));
    expect(await refused(locked("borrow", 1n))).toBe("InsufficientBond");
    expect(await refused(locked("withdrawBond", 1n))).toBe("InsufficientBond");
    await session(locked("depositBond", usd(4_000)), locked("borrow", 1n));
  });

  test("moves to and from working capital, and is safe from generic wrapper calls", async () => {
    const { base } = world.c;
    const receipt = await session(locked("moveFunds", ZERO_ID, BOND, usd(2_000)));
    expect(world.chain.events(receipt, vault, "BondDeposited")[0]?.args.amount).toBe(usd(2_000));
    expect(await world.read(vault, "managerBond", MANAGER)).toBe(usd(22_000));
    expect(await world.read(vault, "managerWorkingCapital", MANAGER)).toBe(usd(3_000));
    await session(locked("moveFunds", BOND, ZERO_ID, usd(2_000)));
    expect(await refused(locked("moveFunds", BOND, LABEL, 1n))).toBe("InvalidPosition");
    expect(await refused(locked("withdrawFromWrapper", base.address, BOND, 1n))).toBe("InvalidPosition");
    expect(await refused(locked("depositToWrapper", base.address, BOND, 1n))).toBe("InvalidPosition");
    expect(await refused(locked("claimFromWrapper", base.address, BOND, 1n))).toBe("InvalidPosition");
    expect(await refused(locked("registerWrapper", base.address))).toBe("AssetNotAllowed");
  });
});

describe("debt", () => {
  test("repayment is interest first, and no more than is owed", async () => {
    await world.chain.advance(YEAR);
    const executor = await world.executor(MANAGER);
    await world.mint(world.c.usdc, executor.address, usd(200_000));
    const receipt = await session(locked("repay", usd(12_000)));
    expect(world.chain.events(receipt, vault, "Repaid")[0]?.args.amount).toBe(usd(12_000));
    expect(world.chain.events(receipt, vault, "InterestCollected")[0]?.args.interest).toBe(usd(10_000));
    expect(await world.debt(vault, MANAGER)).toEqual({
      principal: usd(98_000),
      interest: 0n,
      total: usd(98_000),
    });
    expect(await refused(locked("repay", usd(98_000) + 1n))).toBe("ExcessiveDebt");
    expect(await refused(locked("repay", 0n))).toBe("ZeroAmount");
  });

  test("no more can be borrowed than is idle", async () => {
    const revert = await world.chain.revert({
      from: MANAGER,
      to: vault,
      fn: "unlock",
      args: [encodeCalls([locked("borrow", usd(900_001))])],
    });
    expect(revert).toEqual({ name: "InsufficientLiquidity", args: [usd(900_000), usd(900_001)] });
  });
});

describe("wrappers", () => {
  test("only what is registered, whitelisted and allowed takes deposits; removal keeps valuation and withdrawal", async () => {
    const { wethWrapper, weth, factory } = world.c;
    const executor = await world.executor(MANAGER);
    await world.mint(weth, executor.address, 2n * WAD);
    const deposit = locked("depositToWrapper", wethWrapper.address, ZERO_ID, 1n * WAD);
    const approve = call(weth, "approve", [vault.address, MAX_UINT]);
    await session(approve, deposit);

    await world.as(GOVERNANCE, strategy, "removeAllowedAsset", wethWrapper.address);
    const before = await world.quote(vault, MANAGER);
    expect(await refused(approve, deposit)).toBe("AssetNotAllowed");
    await world.as(GOVERNANCE, strategy, "addAllowedAsset", wethWrapper.address);
    await world.as(GOVERNANCE, factory, "removeAssetWhitelist", wethWrapper.address);
    expect(await refused(approve, deposit)).toBe("AssetNotAllowed");
    expect(await world.quote(vault, MANAGER)).toEqual(before);
    await session(locked("withdrawFromWrapper", wethWrapper.address, ZERO_ID, 1n * WAD));
  });

  test("a deposit into a wrapper that is not registered is refused, a second registration too", async () => {
    const { wethWrapper, yieldWrapper } = world.c;
    expect(await refused(locked("depositToWrapper", yieldWrapper.address, ZERO_ID, 1n))).toBe(
      "WrapperNotRegistered",
    );
    expect(await refused(locked("registerWrapper", wethWrapper.address))).toBe("DuplicateWrapper");
    expect(await refused(locked("deregisterWrapper", yieldWrapper.address))).toBe("WrapperNotRegistered");
    expect(await refused(locked("interactWithWrapper", wethWrapper.address, "0x"))).toBe("InvalidParameter");
  });

  test("positions are listed by label, and gone when they are empty", async () => {
    const { weth, wethWrapper } = world.c;
    const executor = await world.executor(MANAGER);
    await world.mint(weth, executor.address, 3n * WAD);
    await session(
      call(weth, "approve", [vault.address, MAX_UINT]),
      locked("depositToWrapper", wethWrapper.address, LABEL, 3n * WAD),
    );
    const positions = () => world.read(vault, "managerPositions", MANAGER, wethWrapper.address);
    expect(await positions()).toEqual([ZERO_ID, LABEL]);
    await session(locked("withdrawFromWrapper", wethWrapper.address, LABEL, 3n * WAD));
    expect(await positions()).toEqual([ZERO_ID]);
  });

  test("tokens that a wrapper received from elsewhere can be claimed once", async () => {
    const { weth, wethWrapper } = world.c;
    await world.mint(weth, wethWrapper.address, 1n * WAD);
    const claim = (amount: bigint) => locked("claimFromWrapper", wethWrapper.address, ZERO_ID, amount);
    expect(await refused(claim(1n * WAD + 1n))).toBe("InsufficientBalance");
    await session(claim(1n * WAD));
    expect(await world.read(wethWrapper, "getBalance", vault.address, MANAGER, ZERO_ID)).toBe(51n * WAD);
    expect(await refused(claim(1n))).toBe("InsufficientBalance");
  });

  test("a claim is no way around the removal of an asset", async () => {
    const { weth, wethWrapper, factory } = world.c;
    await world.mint(weth, wethWrapper.address, 1n * WAD);
    const claim = locked("claimFromWrapper", wethWrapper.address, ZERO_ID, 1n * WAD);
    await world.as(GOVERNANCE, strategy, "removeAllowedAsset", wethWrapper.address);
    expect(await refused(claim)).toBe("AssetNotAllowed");
    await world.as(GOVERNANCE, strategy, "addAllowedAsset", wethWrapper.address);
    await world.as(GOVERNANCE, factory, "removeAssetWhitelist", wethWrapper.address);
    expect(await refused(claim)).toBe("AssetNotAllowed");
  });

  test("the number of wrappers and of labels is bounded", async () => {
    const { weth, wethWrapper } = world.c;
    const executor = await world.executor(MANAGER);
    await world.mint(weth, executor.address, 9n);
    const deposits = Array.from({ length: 9 }, (_, i) =>
      locked("depositToWrapper", wethWrapper.address, keccak256(toHex(i + 1)), 1n),
    );
    const approve = call(weth, "approve", [vault.address, MAX_UINT]);
    await session(approve, ...deposits.slice(0, 8));
    expect(await refused(approve, ...deposits.slice(8))).toBe("TooManyPositions");
  });
});

describe("access policy", () => {
  test("a vault with a policy admits depositors and borrowers by list and lets everybody leave", async () => {
    const policy = await world.chain.deploy("AllowlistAccessPolicy", [GOVERNANCE], GOVERNANCE);
    const closed = await world.vault(strategy, 0n, policy.address);
    await world.mint(world.c.usdc, ALICE, usd(1_000));
    await world.as(ALICE, world.c.usdc, "approve", closed.address, MAX_UINT);
    expect(await world.read(closed, "maxDeposit", ALICE)).toBe(0n);
    expect(await world.refusal(ALICE, closed, "deposit", usd(1_000), ALICE)).toBe("AccessDenied");
    await world.as(GOVERNANCE, policy, "setDepositor", ALICE, true);
    expect(await world.refusal(ALICE, closed, "deposit", usd(1_000), BOB)).toBe("AccessDenied");
    await world.as(ALICE, closed, "deposit", usd(1_000), ALICE);

    const position = { vault: closed, manager: MANAGER_2, bond: usd(100), borrow: usd(10), weth: WAD };
    const calls = await world.openingCalls(position);
    expect(await world.unlockRefusal(closed, MANAGER_2, calls)).toBe("AccessDenied");
    await world.as(GOVERNANCE, policy, "setBorrower", MANAGER_2, true);
    await world.unlock(closed, MANAGER_2, calls);

    await world.as(GOVERNANCE, policy, "setDepositor", ALICE, false);
    await world.as(ALICE, closed, "redeem", usd(500), SINK, ALICE);
  });
});
