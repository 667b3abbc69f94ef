import type { FeedTicker, Ticker } from "../history/prices";
import type { ScenarioName } from "../history/scenarios";
import type { PoolTicker } from "../replay/pool-model";
import type { Hex } from "./node-client";

/** Addresses of one scenario's contracts. */
export interface VaultDeployment {
  readonly vault: Hex;
  readonly strategy: Hex;
  /** Only where the strategy can be changed. */
  readonly timelock: Hex | undefined;
  /** A contract that holds shares of this vault for others; only in "core". */
  readonly locker: Hex | undefined;
  /** Block of the vault's creation. */
  readonly startBlock: bigint;
}

/** Everything that was deployed before the history begins. */
export interface Deployment {
  readonly factory: Hex;
  readonly vaultDeployer: Hex;
  readonly registry: Hex;
  readonly wrapperFactory: Hex;
  readonly strategyFactory: Hex;
  readonly tokens: Readonly<Record<Ticker, Hex>>;
  readonly feeds: Readonly<Record<FeedTicker, Hex>>;
  /** What the registry asks for each token's price. */
  readonly oracles: Readonly<Record<Ticker, Hex>>;
  /** Wrappers of the two base assets: bond and working capital. */
  readonly baseWrappers: Readonly<Record<"USDC" | "WETH", Hex>>;
  /** Wrappers of collateral. */
  readonly wrappers: Readonly<Record<Ticker, Hex>>;
  readonly pools: Readonly<Record<PoolTicker, Hex>>;
  readonly vaults: ReadonlyMap<ScenarioName, VaultDeployment>;
  /** Executors by the name of their owner. */
  readonly executors: ReadonlyMap<string, Hex>;
}
