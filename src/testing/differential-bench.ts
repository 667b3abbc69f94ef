/** The deployment that every vault of the differential tests starts from. */
import type { Contract } from "../../devnet/contracts-test/chain";
import {
  ALICE,
  BOB,
  CAROL,
  GOVERNANCE,
  LIQUIDATOR,
  MANAGER,
  MANAGER_2,
  MAX_UINT,
  STRANGER,
  type World,
} from "../../devnet/contracts-test/world";
import { ViewReader } from "./differential-views";

export const LPS = [ALICE, BOB, CAROL] as const;
export const MANAGERS = [MANAGER, MANAGER_2, STRANGER] as const;
/** Every wallet and executor holds this much of every token. */
const PLENTY = 10n ** 33n;

/** A base asset with its feed and its wrapper. */
export interface Base {
  readonly token: Contract;
  readonly feed: Contract;
  readonly wrapper: Contract;
}

/** The deployment that every vault starts from: two base assets, and accounts that own plenty. */
export class DifferentialBench {
  private constructor(
    readonly world: World,
    readonly views: ViewReader,
    readonly bases: Readonly<Record<6 | 18, Base>>,
  ) {}

  static async over(world: World): Promise<DifferentialBench> {
    const { usdc, usdcFeed, base, weth, factory, registry } = world.c;
    const make = (name: string, args: readonly unknown[]) => world.chain.deploy(name, args, GOVERNANCE);
    const token = await make("TestToken", ["Dai", "DAI", 18, GOVERNANCE]);
    const feed = await make("ChainlinkFeed", [8, "DAI / USD", GOVERNANCE]);
    await world.price(feed, 1);
    const oracle = await make("ChainlinkOracle", [feed.address]);
    await world.as(GOVERNANCE, registry, "setOracle", token.address, oracle.address);
    const wrapper = await make("BaseAsset", [factory.address, token.address]);
    await world.as(GOVERNANCE, factory, "whitelistAsset", wrapper.address);
    for (const owner of [...MANAGERS, LIQUIDATOR]) {
      const executor = await world.executor(owner);
      for (const asset of [usdc, token, weth]) await world.mint(asset, executor.address, PLENTY);
    }
    const liquidator = await world.executor(LIQUIDATOR);
    for (const asset of [usdc, token]) {
      for (const owner of [...LPS, LIQUIDATOR]) await world.mint(asset, owner, PLENTY);
      await world.as(LIQUIDATOR, asset, "approve", liquidator.address, MAX_UINT);
    }
    const bases = { 6: { token: usdc, feed: usdcFeed, wrapper: base }, 18: { token, feed, wrapper } };
    return new DifferentialBench(world, new ViewReader(world.chain.anvil.url), bases);
  }
}
