import * as z from "zod";
import { CAST } from "../scenario/cast";
import type { ExpectedScenario } from "../scenario/expected";
import type { Ticker } from "../scenario/history/prices";
import { SCENARIO_NAMES, SCENARIO_PLANS } from "../scenario/history/scenarios";
import { castAccounts } from "../scenario/play/cast-accounts";
import type { Hex } from "../scenario/play/node-client";
import type { PlayedHistory } from "../scenario/play/play";
import { ALL_FEEDS } from "../scenario/replay/history-replay";
import { TOKEN_DECIMALS } from "../scenario/replay/market-model";
import { POOL_TICKERS } from "../scenario/replay/pool-model";

/**
 * The address book of a running devnet, `devnet/.run/devnet.json`. Its JSON schema, `devnet/devnet.schema.json`, is
 * made from this definition. Amounts are integers as decimal text.
 */
const address = z.string().regex(/^0x[0-9a-f]{40}$/);
const hash = z.string().regex(/^0x[0-9a-f]{64}$/);
const integer = z.string().regex(/^-?\d+$/);
const seconds = z.int().nonnegative();

const feed = z.strictObject({
  ticker: z.string(),
  asset: address,
  address: address.describe("A feed for kind market; the oracle itself for the other two."),
  kind: z.enum(["market", "exchange-rate", "fixed"]),
  heartbeatSeconds: seconds.optional(),
});

const token = z.strictObject({
  ticker: z.string(),
  address,
  decimals: z.int(),
  wrapper: address.describe("Wrapper of this token as collateral."),
  oracle: address,
});

const pool = z.strictObject({ address, token0: address, token1: address, feeBps: z.int() });

const manager = z.strictObject({
  name: z.string(),
  address,
  principalAssets: integer,
  interestAssets: integer,
  bondAssets: integer,
  workingCapitalAssets: integer,
  valueUsdWad: integer,
  valueAssets: integer,
  healthWad: integer.nullable(),
  band: z.enum(["safe", "caution", "warning", "danger", "liquidatable", "no-debt"]),
  canLiquidate: z.boolean(),
  minPaymentAssets: integer,
  badDebtIfClosedAssets: integer,
  lpLossIfClosedAssets: integer,
  liquidatableSinceSeconds: integer.nullable(),
});

const liquidation = z.strictObject({
  blockNumber: integer,
  timestampSeconds: integer,
  manager: address,
  managerName: z.string(),
  liquidator: address,
  mode: z.enum(["wallet", "sell"]),
  trueDebtAssets: integer,
  positionValueAssets: integer,
  paymentAssets: integer,
  badDebtAssets: integer,
  lpLossAssets: integer,
  unpaidPrincipalAssets: integer,
  unpaidInterestAssets: integer,
  totalAssetsBefore: integer,
  totalAssetsAfter: integer,
  totalSupplyShares: integer,
  liquidatableSinceSeconds: integer,
  cause: z
    .strictObject({
      gapAssets: integer,
      delayAssets: integer,
      executionAssets: integer,
      dominant: z.enum(["gap", "delay", "execution"]),
    })
    .nullable(),
  lossShares: z.array(z.strictObject({ holder: address, lossAssets: integer })),
  virtualLossAssets: integer,
});

const expected = z
  .strictObject({
    blockNumber: integer,
    timestampSeconds: integer,
    totals: z.strictObject({
      totalAssets: integer,
      totalSupplyShares: integer,
      idleAssets: integer,
      totalPrincipalAssets: integer,
      totalInterestAssets: integer,
      totalBadDebtAssets: integer,
      collectedFeesAssets: integer,
    }),
    claimedFeesAssets: integer,
    parameters: z.strictObject({
      interestRateWad: integer,
      minBondRatioWad: integer,
      liquidationBufferWad: integer,
      liquidationProfitMarginWad: integer,
      liquidationThresholdWad: integer,
    }),
    managers: z.array(manager),
    holders: z.array(
      z.strictObject({
        name: z.string(),
        address,
        shares: integer,
        lossAssets: integer,
        isContract: z.boolean(),
      }),
    ),
    liquidations: z.array(liquidation),
    recoveries: z.array(
      z.strictObject({
        timestampSeconds: integer,
        from: address,
        assets: integer,
        totalAssetsBefore: integer,
        totalSupplyShares: integer,
      }),
    ),
    parameterChanges: z.array(
      z.strictObject({
        name: z.string(),
        operationId: hash,
        setter: z.enum(["setInterestRate", "setMinBondRatio"]),
        oldValueWad: integer,
        newValueWad: integer,
        state: z.enum(["pending", "executed", "cancelled"]),
        scheduledAtSeconds: integer,
      }),
    ),
    unrealised: z.strictObject({
      shortfallAssets: integer,
      lpLossAssets: integer,
      insolvencyAssets: integer,
    }),
    realised: z.strictObject({ badDebtAssets: integer, lpLossAssets: integer, recoveredAssets: integer }),
  })
  .describe(
    "What the history implies at its last block, computed by the replay and not read from the chain.",
  );

const scenario = z.strictObject({
  title: z.string(),
  vault: address,
  strategy: address,
  timelock: address.nullable(),
  locker: address.nullable().describe("A contract that holds shares of this vault for its depositors."),
  baseAsset: address,
  baseAssetWrapper: address,
  startBlock: z.int().describe("Block of the vault's creation."),
  collateral: z.array(z.string()).describe("Tickers of the permitted collateral."),
  feeds: z.array(feed),
  pool: address.nullable().describe("Where collateral can be sold for the base asset."),
  reserves: z.array(z.strictObject({ address, label: z.string() })),
  expected,
});

export const addressBookSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  rpcUrl: z.url(),
  chainId: z.int(),
  genesisHash: hash,
  pid: z.int().describe("Process that runs the devnet."),
  fixedTime: z.boolean().describe("Seeded at a fixed time instead of relative to the computer's clock."),
  firstTimestampSeconds: seconds.describe("When the history begins."),
  lastTimestampSeconds: seconds.describe("When it ends."),
  lastBlock: z.int(),
  archiveUntilSeconds: seconds
    .nullable()
    .describe("When the node begins to drop the oldest states, by the computer's clock."),
  contracts: z.strictObject({
    factory: address,
    vaultDeployer: address,
    registry: address,
    wrapperFactory: address,
    strategyFactory: address,
  }),
  tokens: z.array(token),
  feeds: z.array(feed),
  pools: z.array(pool),
  scenarios: z.strictObject({
    core: scenario.optional(),
    lesson: scenario.optional(),
    weth: scenario.optional(),
  }),
  accounts: z.array(
    z.strictObject({
      name: z.string(),
      role: z.enum([
        "governance",
        "operator",
        "liquidator",
        "lp",
        "manager",
        "reserve",
        "stranger",
        "keeper",
      ]),
      label: z.string(),
      address,
      privateKey: hash.describe("A development key that everybody knows. Never fund it on a real network."),
      executor: address.nullable(),
    }),
  ),
});

export type AddressBook = z.infer<typeof addressBookSchema>;
type BookFeed = AddressBook["feeds"][number];
type BookScenario = NonNullable<AddressBook["scenarios"]["core"]>;

/** How old a round may become: eight hours for markets that move, a day for those that hardly do. */
const HEARTBEAT_SECONDS: Readonly<Partial<Record<Ticker, number>>> = {
  USDC: 86_400,
  OAT: 86_400,
  WETH: 28_800,
  WBTC: 28_800,
  ARB: 28_800,
};
const TICKERS = Object.keys(TOKEN_DECIMALS) as readonly Ticker[];

/** What differs from one run to the next. */
export interface RunFacts {
  readonly rpcUrl: string;
  readonly chainId: number;
  readonly genesisHash: Hex;
  readonly fixedTime: boolean;
  readonly lastBlock: bigint;
  readonly archiveUntilSeconds: number | undefined;
}

export function buildAddressBook(args: {
  readonly played: PlayedHistory;
  readonly expected: ReadonlyMap<string, ExpectedScenario>;
  readonly run: RunFacts;
}): AddressBook {
  const { played, run } = args;
  const { deployment } = played;
  const accounts = castAccounts();
  const scenarios = Object.fromEntries(
    SCENARIO_NAMES.flatMap((name) => {
      const own = bookScenario(args, name);
      return own === undefined ? [] : [[name, own]];
    }),
  );
  return {
    $schema: "../devnet.schema.json",
    version: 1,
    rpcUrl: run.rpcUrl,
    chainId: run.chainId,
    genesisHash: run.genesisHash,
    pid: process.pid,
    fixedTime: run.fixedTime,
    firstTimestampSeconds: Number(played.startSeconds),
    lastTimestampSeconds: Number(played.replay.blocks.at(-1)?.atSeconds ?? played.startSeconds),
    lastBlock: Number(run.lastBlock),
    archiveUntilSeconds: run.archiveUntilSeconds ?? null,
    contracts: {
      factory: deployment.factory,
      vaultDeployer: deployment.vaultDeployer,
      registry: deployment.registry,
      wrapperFactory: deployment.wrapperFactory,
      strategyFactory: deployment.strategyFactory,
    },
    tokens: TICKERS.map((ticker) => ({
      ticker,
      address: deployment.tokens[ticker],
      decimals: TOKEN_DECIMALS[ticker],
      wrapper: deployment.wrappers[ticker],
      oracle: deployment.oracles[ticker],
    })),
    feeds: TICKERS.map((ticker) => bookFeed(played, ticker)),
    pools: POOL_TICKERS.map((ticker) => ({
      address: deployment.pools[ticker],
      token0: deployment.tokens[ticker],
      token1: deployment.tokens.USDC,
      feeBps: 5,
    })),
    scenarios,
    accounts: CAST.map((member) => {
      const account = accounts.get(member.name);
      if (account === undefined) throw new RangeError(`${member.name} has no account.`);
      return { ...member, ...account, executor: deployment.executors.get(member.name) ?? null };
    }),
  };
}

function bookFeed({ deployment }: PlayedHistory, ticker: Ticker): BookFeed {
  const asset = deployment.tokens[ticker];
  const market = ALL_FEEDS.find((entry) => entry === ticker);
  if (market === undefined) {
    const kind = ticker === "yWETH" ? "exchange-rate" : "fixed";
    return { ticker, asset, address: deployment.oracles[ticker], kind };
  }
  const heartbeatSeconds = HEARTBEAT_SECONDS[ticker];
  return {
    ticker,
    asset,
    address: deployment.feeds[market],
    kind: "market",
    ...(heartbeatSeconds === undefined ? {} : { heartbeatSeconds }),
  };
}

function bookScenario(
  args: {
    readonly played: PlayedHistory;
    readonly expected: ReadonlyMap<string, ExpectedScenario>;
  },
  name: (typeof SCENARIO_NAMES)[number],
): BookScenario | undefined {
  const { played } = args;
  const { deployment } = played;
  const own = deployment.vaults.get(name);
  const numbers = args.expected.get(name);
  if (own === undefined || numbers === undefined) return undefined;
  const { title, terms, collateral } = SCENARIO_PLANS[name];
  const tickers: readonly Ticker[] = [...new Set([terms.baseTicker, ...collateral])];
  const reserve = played.sender.addressOf("reserve");
  return {
    title,
    vault: own.vault,
    strategy: own.strategy,
    timelock: own.timelock ?? null,
    locker: own.locker ?? null,
    baseAsset: deployment.tokens[terms.baseTicker],
    baseAssetWrapper: deployment.baseWrappers[terms.baseTicker === "WETH" ? "WETH" : "USDC"],
    startBlock: Number(own.startBlock),
    collateral: [...collateral],
    feeds: tickers.map((ticker) => bookFeed(played, ticker)),
    pool: tickers.includes("WETH") ? deployment.pools.WETH : null,
    reserves: name === "core" ? [{ address: reserve, label: "Reserve fund" }] : [],
    expected: withTextIntegers(numbers),
  };
}

/** Integers of any size as decimal text: JSON knows no others. */
function withTextIntegers(numbers: ExpectedScenario): BookScenario["expected"] {
  const text = JSON.stringify(numbers, (_key, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
  return expected.parse(JSON.parse(text));
}
