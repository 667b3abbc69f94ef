import type { Contract } from "./chain";
import { GOVERNANCE, MANAGER, pct, usd, WAD, World } from "./world";

/**
 * A world with one vault whose mutable strategy asks 10 % a year, and in it one manager: 20,000 of bond, 100,000
 * borrowed, 5,000 of working capital and 50 WETH.
 */
export async function managedVault(): Promise<{
  readonly world: World;
  readonly vault: Contract;
  readonly strategy: Contract;
}> {
  const world = await World.deploy();
  const strategy = await world.strategy({ rate: pct(10), owner: GOVERNANCE });
  const vault = await world.vault(strategy);
  await world.open({
    vault,
    manager: MANAGER,
    bond: usd(20_000),
    borrow: usd(100_000),
    workingCapital: usd(5_000),
    weth: 50n * WAD,
  });
  return { world, vault, strategy };
}
