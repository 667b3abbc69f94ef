import { type Abi, type Log, parseEventLogs } from "viem";
import { CAST } from "../cast";
import { FEED_DECIMALS, type FeedTicker, type Ticker } from "../history/prices";
import { SCENARIO_PLANS, type ScenarioName } from "../history/scenarios";
import { ALL_FEEDS } from "../replay/history-replay";
import { FIXED_PRICE_WAD, TOKEN_DECIMALS } from "../replay/market-model";
import { POOL_FEE_BPS, POOL_TICKERS, type PoolTicker } from "../replay/pool-model";
import type { Deployment, VaultDeployment } from "./deployment";
import { artifactOf, callData, type Hex, type HistorySender, lower, SeedError, type Tx } from "./node-client";

const TOKEN_NAMES: Readonly<Record<Exclude<Ticker, "yWETH">, string>> = {
  USDC: "USD Coin (devnet)",
  WETH: "Wrapped Ether (devnet)",
  WBTC: "Wrapped Bitcoin (devnet)",
  ARB: "Arbitrum (devnet)",
  OAT: "Oat Token (devnet)",
  eUSD: "Fixed-price Dollar (devnet)",
};
const TOKENS = Object.keys(TOKEN_NAMES) as readonly Exclude<Ticker, "yWETH">[];
const TICKERS = Object.keys(TOKEN_DECIMALS) as readonly Ticker[];
export const TIMELOCK_DELAY_SECONDS = 48n * 3_600n;
const ZERO = "0x0000000000000000000000000000000000000000";

/** Time of a block of the set-up: four that deploy, one that funds, then the history begins. */
export function setUpTime(startSeconds: bigint, index: 0n | 1n | 2n | 3n | 4n): bigint {
  return startSeconds - (5n - index) * 600n;
}

/** Deploys everything by hand of governance, counting nonces ahead so that addresses are known before mining. */
class Deployer {
  readonly txs: Tx[] = [];
  private readonly sender: HistorySender;

  constructor(sender: HistorySender) {
    this.sender = sender;
  }

  deploy(contract: string, args: readonly unknown[]): Hex {
    const { tx, address } = this.sender.deployment({
      from: "governance",
      contract,
      args,
      ahead: this.txs.length,
    });
    this.txs.push(tx);
    return address;
  }

  each<K extends string>(keys: readonly K[], make: (key: K) => Hex): Record<K, Hex> {
    return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<K, Hex>;
  }
}

/**
 * Deploys the whole reference deployment, in the order that docs/contracts.md describes: the shared contracts;
 * strategies, whitelisting and oracles; vaults and executors; at last the contract that holds shares for others.
 */
export async function deployAll(args: {
  readonly sender: HistorySender;
  readonly scenarios: readonly ScenarioName[];
  readonly executorOwners: readonly string[];
  readonly startSeconds: bigint;
}): Promise<Deployment> {
  const { sender } = args;
  const governance = sender.addressOf("governance");
  const keeper = sender.addressOf("keeper");
  const deployer = new Deployer(sender);

  const registry = deployer.deploy("OracleRegistry", [governance]);
  const vaultDeployer = deployer.deploy("VaultDeployer", [artifactOf("FluxVault").bytecode]);
  const factory = deployer.deploy("FluxVaultFactory", [
    governance,
    registry,
    sender.addressOf("collector"),
    SCENARIO_PLANS.core.terms.protocolFeeBps,
    vaultDeployer,
  ]);
  const wrapperFactory = deployer.deploy("AssetWrapperFactory", [factory]);
  const strategyFactory = deployer.deploy("StrategyFactory", [factory]);
  const plain = deployer.each(TOKENS, (ticker) =>
    deployer.deploy("TestToken", [TOKEN_NAMES[ticker], ticker, TOKEN_DECIMALS[ticker], governance]),
  );
  const yieldVault = deployer.deploy("YieldVault", [plain.WETH, "Yield WETH (devnet)", "yWETH"]);
  const tokens: Record<Ticker, Hex> = { ...plain, yWETH: yieldVault };
  const feeds = deployer.each(ALL_FEEDS, (ticker) =>
    deployer.deploy("ChainlinkFeed", [FEED_DECIMALS, `${ticker} / USD`, keeper]),
  );
  await sender.mine(deployer.txs, setUpTime(args.startSeconds, 0n));

  deployer.txs.length = 0;
  const oracles = deployOracles({ deployer, feeds, tokens });
  const baseWrappers = deployer.each(["USDC", "WETH"], (ticker) =>
    deployer.deploy("BaseAsset", [factory, tokens[ticker]]),
  );
  const wrappers = deployer.each(TICKERS, (ticker) =>
    deployer.deploy(ticker === "yWETH" ? "ERC4626Wrapper" : "ERC20Wrapper", [factory, tokens[ticker]]),
  );
  const pools: Record<PoolTicker, Hex> = deployer.each(POOL_TICKERS, (ticker) =>
    deployer.deploy("ConstantProductPool", [tokens[ticker], tokens.USDC, POOL_FEE_BPS, keeper]),
  );
  const strategies = deployStrategies({ deployer, sender, factory, wrappers, scenarios: args.scenarios });
  const setUp: readonly Tx[] = [
    ...[...Object.values(baseWrappers), ...Object.values(wrappers)].map((wrapper) => ({
      from: "governance",
      to: factory,
      data: callData("FluxVaultFactory", "whitelistAsset", [wrapper]),
      label: "whitelist a wrapper",
    })),
    ...TICKERS.map((ticker) => ({
      from: "governance",
      to: registry,
      data: callData("OracleRegistry", "setOracle", [tokens[ticker], oracles[ticker]]),
      label: `set the oracle of ${ticker}`,
    })),
  ];
  await sender.mine([...deployer.txs, ...setUp], setUpTime(args.startSeconds, 1n));

  const creations = args.scenarios.map((name): Tx => {
    const plan = SCENARIO_PLANS[name];
    const base = plan.terms.baseTicker === "WETH" ? "WETH" : "USDC";
    return {
      from: "operator",
      to: factory,
      data: callData("FluxVaultFactory", "createVault", [
        tokens[base],
        baseWrappers[base],
        strategies.get(name)?.strategy,
        ZERO,
        plan.shareName,
        plan.shareSymbol,
      ]),
      gas: 16_000_000n,
      label: `create the vault of ${name}`,
    };
  });
  const executorTxs = args.executorOwners.map((from) => ({
    from,
    to: factory,
    data: callData("FluxVaultFactory", "deployWeirollExecutor", []),
    label: `deploy ${from}'s executor`,
  }));
  await sender.mine([...creations, ...executorTxs], setUpTime(args.startSeconds, 2n));
  const created = await readCreated(sender, factory);

  const vaults = new Map<ScenarioName, VaultDeployment>();
  for (const [index, name] of args.scenarios.entries()) {
    const vault = created.vaults[index];
    const own = strategies.get(name);
    if (vault === undefined || own === undefined)
      throw new SeedError(`The vault of ${name} was not created.`);
    vaults.set(name, { vault, ...own, locker: undefined, startBlock: created.blockNumber });
  }
  const core = vaults.get("core");
  if (core !== undefined) {
    deployer.txs.length = 0;
    const locker = deployer.deploy("YieldVault", [core.vault, "Locked Harbour shares", "lkHarbour"]);
    vaults.set("core", { ...core, locker });
    await sender.mine(deployer.txs, setUpTime(args.startSeconds, 3n));
  }
  return {
    factory,
    vaultDeployer,
    registry,
    wrapperFactory,
    strategyFactory,
    tokens,
    feeds,
    oracles,
    baseWrappers,
    wrappers,
    pools,
    vaults,
    executors: created.executors,
  };
}

function deployOracles(args: {
  readonly deployer: Deployer;
  readonly feeds: Readonly<Record<FeedTicker, Hex>>;
  readonly tokens: Readonly<Record<Ticker, Hex>>;
}): Record<Ticker, Hex> {
  const { deployer, feeds, tokens } = args;
  const fromFeeds = deployer.each(ALL_FEEDS, (ticker) => deployer.deploy("ChainlinkOracle", [feeds[ticker]]));
  return {
    ...fromFeeds,
    yWETH: deployer.deploy("ExchangeRateOracle", [tokens.yWETH, fromFeeds.WETH]),
    eUSD: deployer.deploy("FixedPriceOracle", [FIXED_PRICE_WAD.eUSD]),
  };
}

type StrategyDeployment = Pick<VaultDeployment, "strategy" | "timelock">;

function deployStrategies(args: {
  readonly deployer: Deployer;
  readonly sender: HistorySender;
  readonly factory: Hex;
  readonly wrappers: Readonly<Record<Ticker, Hex>>;
  readonly scenarios: readonly ScenarioName[];
}): ReadonlyMap<ScenarioName, StrategyDeployment> {
  const operator = args.sender.addressOf("operator");
  return new Map(
    args.scenarios.map((name): readonly [ScenarioName, StrategyDeployment] => {
      const { terms, isMutable, collateral } = SCENARIO_PLANS[name];
      const parameters = {
        interestRate: terms.rateWad,
        minBondRatio: terms.minBondRatioWad,
        liquidationBuffer: terms.liquidationBufferWad,
        liquidationProfitMargin: terms.profitMarginWad,
        paymentRule: terms.paymentRule === "a" ? 0 : 1,
      };
      const allowed = collateral.map((ticker) => args.wrappers[ticker]);
      if (!isMutable) {
        const strategy = args.deployer.deploy("ImmutableFixedRateStrategy", [
          args.factory,
          parameters,
          allowed,
        ]);
        return [name, { strategy, timelock: undefined }];
      }
      // The operator proposes, cancels and executes; nobody administers the timelock but itself.
      const timelock = args.deployer.deploy("TimelockController", [
        TIMELOCK_DELAY_SECONDS,
        [operator],
        [operator],
        ZERO,
      ]);
      const strategy = args.deployer.deploy("MutableFixedRateStrategy", [
        args.factory,
        parameters,
        allowed,
        timelock,
      ]);
      return [name, { strategy, timelock }];
    }),
  );
}

interface Created {
  readonly vaults: readonly Hex[];
  readonly executors: ReadonlyMap<string, Hex>;
  readonly blockNumber: bigint;
}

/** What the factory created in the latest block, from its own events. */
async function readCreated(sender: HistorySender, factory: Hex): Promise<Created> {
  const block = await sender.request<Hex>("eth_blockNumber", []);
  const logs = await sender.request<Log[]>("eth_getLogs", [
    { address: factory, fromBlock: block, toBlock: block },
  ]);
  const events = parseEventLogs({ abi: artifactOf("FluxVaultFactory").abi satisfies Abi, logs });
  const names = new Map(CAST.map(({ name }) => [sender.addressOf(name), name]));
  const vaults: Hex[] = [];
  const executors = new Map<string, Hex>();
  for (const { eventName, args } of events as readonly {
    readonly eventName: string;
    readonly args: Readonly<Record<string, string>>;
  }[]) {
    if (eventName === "VaultCreated") vaults.push(lower(args["vault"] ?? ""));
    if (eventName === "ExecutorDeployed") {
      executors.set(names.get(lower(args["owner"] ?? "")) ?? "", lower(args["executor"] ?? ""));
    }
  }
  return { vaults, executors, blockNumber: BigInt(block) };
}
