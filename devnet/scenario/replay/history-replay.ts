import type { Action } from "../history/actions";
import { marketMoments } from "../history/market";
import type { FeedTicker } from "../history/prices";
import { SCENARIO_PLANS, type ScenarioName } from "../history/scenarios";
import { units } from "./fixed-point";
import { MarketModel, TOKEN_DECIMALS } from "./market-model";
import { POOL_TICKERS, PoolModel } from "./pool-model";
import { ScenarioReplay, type VaultTotals } from "./scenario-replay";
import type { MarketStep, VaultStep } from "./steps";
import { HistoryError } from "./vault-books";

export type HistoryStep =
  | { readonly scenario: undefined; readonly step: MarketStep }
  | { readonly scenario: ScenarioName; readonly step: VaultStep };

/** One block of the history: its time and its steps in order. Steps of the market belong to no scenario. */
export interface HistoryBlock {
  readonly atSeconds: bigint;
  readonly steps: readonly HistoryStep[];
  /** Every vault's totals at the end of the block. */
  readonly totals: ReadonlyMap<ScenarioName, VaultTotals>;
}

export interface HistoryReplay {
  readonly blocks: readonly HistoryBlock[];
  readonly scenarios: ReadonlyMap<ScenarioName, ScenarioReplay>;
  readonly market: MarketModel;
  readonly pools: PoolModel;
}

/** WETH that the yield vault holds before the history begins, one share for each. */
export const YIELD_VAULT_WETH = "2000";

export const ALL_FEEDS: readonly FeedTicker[] = ["USDC", "WETH", "WBTC", "ARB", "OAT"];

interface Moment {
  readonly atSeconds: number;
  readonly scenario: ScenarioName | undefined;
  readonly actions: readonly Action[];
}

/**
 * Plays the chosen histories on the models and returns every block's steps with their amounts. With no scenario at
 * all there is one block: the first prices and the pools.
 * @throws HistoryError when a history breaks a rule of the protocol
 */
export function replayHistory(args: {
  readonly scenarios: readonly ScenarioName[];
  readonly startSeconds: bigint;
}): HistoryReplay {
  const market = new MarketModel();
  const pools = new PoolModel(market);
  market.openYieldVault(units(YIELD_VAULT_WETH, TOKEN_DECIMALS.WETH));
  const scenarios = new Map(
    args.scenarios.map((name) => [
      name,
      new ScenarioReplay({ terms: SCENARIO_PLANS[name].terms, market, pools, atSeconds: args.startSeconds }),
    ]),
  );

  const playMarket = (action: Action): MarketStep => {
    if (action.do === "price") {
      market.publish(action.ticker, action.answer);
      return action;
    }
    if (action.do !== "earn") throw new HistoryError(`${action.do} belongs to a vault.`);
    const amount = units(action.amount, TOKEN_DECIMALS.WETH);
    market.earn(amount);
    return { do: "earn", amount };
  };
  const alignPools = (): readonly HistoryStep[] =>
    POOL_TICKERS.flatMap((ticker) => {
      const change = pools.align(ticker);
      return change === undefined
        ? []
        : [{ scenario: undefined, step: { do: "align-pool", change } as const }];
    });

  const moments = joinMoments(args.scenarios);
  const blocks = moments.map(({ atSeconds, entries }, index): HistoryBlock => {
    const at = args.startSeconds + BigInt(atSeconds);
    const isEdge = index === 0 || index === moments.length - 1;
    let aligned = false;
    const steps: HistoryStep[] = [];
    for (const { scenario, action } of entries) {
      const needsPool = action.do === "liquidate" && action.mode === "sell";
      if (needsPool && !aligned) {
        steps.push(...alignPools());
        aligned = true;
      }
      const replay = scenario === undefined ? undefined : scenarios.get(scenario);
      const isMarket = action.do === "price" || action.do === "earn";
      if (isMarket || scenario === undefined || replay === undefined) {
        steps.push({ scenario: undefined, step: playMarket(action) });
      } else {
        steps.push({ scenario, step: named(scenario, action, () => replay.apply(action, at)) });
      }
    }
    if (isEdge) steps.push(...alignPools());
    for (const replay of scenarios.values()) replay.closeBlock(at);
    return {
      atSeconds: at,
      steps,
      totals: new Map([...scenarios].map(([name, own]) => [name, own.totals()])),
    };
  });
  return { blocks, scenarios, market, pools };
}

interface JoinedMoment {
  readonly atSeconds: number;
  readonly entries: readonly { readonly scenario: ScenarioName | undefined; readonly action: Action }[];
}

/** All histories on one time line; prices of a block come first. */
function joinMoments(names: readonly ScenarioName[]): readonly JoinedMoment[] {
  const stories = names.flatMap((scenario): Moment[] =>
    SCENARIO_PLANS[scenario].moments().map((moment) => ({ ...moment, scenario })),
  );
  const begin = Math.min(...stories.map((moment) => moment.atSeconds), Number.POSITIVE_INFINITY);
  const feeds = ALL_FEEDS.filter((ticker) =>
    names.some((name) => SCENARIO_PLANS[name].feeds.includes(ticker)),
  );
  const first = marketMoments(ALL_FEEDS).slice(0, 1);
  // A day of prices before the first act is enough for a history that begins late.
  const later = marketMoments(feeds).filter(
    (moment) => moment.atSeconds > 0 && moment.atSeconds >= begin - 86_400,
  );
  const market = [...first, ...later].map((moment): Moment => ({ ...moment, scenario: undefined }));
  const bySecond = new Map<number, JoinedMoment["entries"][number][]>();
  for (const { atSeconds, scenario, actions } of [...market, ...stories]) {
    const entries = bySecond.get(atSeconds) ?? [];
    bySecond.set(atSeconds, entries);
    entries.push(...actions.map((action) => ({ scenario, action })));
  }
  return [...bySecond].sort(([a], [b]) => a - b).map(([atSeconds, entries]) => ({ atSeconds, entries }));
}

/** Says which history and which action broke a rule. */
function named(scenario: string | undefined, action: Action, play: () => VaultStep): VaultStep {
  try {
    return play();
  } catch (cause) {
    if (!(cause instanceof HistoryError)) throw cause;
    throw new HistoryError(`${scenario}, ${action.do}: ${cause.message}`, { cause });
  }
}
