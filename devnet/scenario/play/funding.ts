import { maxUint256 } from "viem";
import { CAST } from "../cast";
import type { Ticker } from "../history/prices";
import { SCENARIO_PLANS } from "../history/scenarios";
import { units } from "../replay/fixed-point";
import { type HistoryBlock, YIELD_VAULT_WETH } from "../replay/history-replay";
import { TOKEN_DECIMALS } from "../replay/market-model";
import { POOL_TICKERS } from "../replay/pool-model";
import type { MarketStep, VaultStep } from "../replay/steps";
import type { Deployment } from "./deployment";
import { callData, type HistorySender, SeedError, type Tx } from "./node-client";

type Spend = (name: string, ticker: Ticker, amount: bigint) => void;

/** What people have in their pockets beside what the history takes from them, so that a visitor can go on. */
const POCKET_MONEY: readonly (readonly [name: string, ticker: Ticker, amount: string])[] = [
  ["Dara", "USDC", "3000000"],
  ["Dara", "WETH", "400"],
  ["Castor", "USDC", "2000000"],
  ["reserve", "USDC", "400000"],
  ["keeper", "USDC", "400000000"],
  ["keeper", "WETH", "60000"],
  ["keeper", "WBTC", "3000"],
  ["keeper", "ARB", "80000000"],
  ...CAST.filter(({ role }) => role === "lp").map(({ name }) => [name, "USDC", "250000"] as const),
  ...["Ada", "Bea", "Kofi", "Pia"].map((name) => [name, "WETH", "40"] as const),
  ...CAST.filter(({ role }) => role === "manager").map(({ name }) => [name, "USDC", "75000"] as const),
];

/** Who needs an executor: managers and the liquidators of the history. */
export function executorOwners(blocks: readonly HistoryBlock[]): readonly string[] {
  const names = new Set<string>();
  for (const { steps } of blocks) {
    for (const { step } of steps) {
      if (step.do === "session") names.add(step.manager);
      if (step.do === "liquidate") names.add(step.liquidator);
    }
  }
  return [...names];
}

/** Everything that the history takes out of somebody's wallet, summed up by person and token. */
function spendings(blocks: readonly HistoryBlock[]): ReadonlyMap<string, ReadonlyMap<Ticker, bigint>> {
  const totals = new Map<string, Map<Ticker, bigint>>();
  const spend: Spend = (name, ticker, amount) => {
    const own = totals.get(name) ?? new Map<Ticker, bigint>();
    totals.set(name, own.set(ticker, (own.get(ticker) ?? 0n) + amount));
  };
  for (const { steps } of blocks) {
    for (const { scenario, step } of steps) {
      if (scenario === undefined) spendOnMarket(step, spend);
      else spendOnVault(SCENARIO_PLANS[scenario].terms.baseTicker, step, spend);
    }
  }
  for (const [name, ticker, amount] of POCKET_MONEY)
    spend(name, ticker, units(amount, TOKEN_DECIMALS[ticker]));
  spend("keeper", "WETH", units(YIELD_VAULT_WETH, TOKEN_DECIMALS.WETH));
  return totals;
}

function spendOnMarket(step: MarketStep, spend: Spend): void {
  if (step.do === "earn") spend("keeper", "WETH", step.amount);
  if (step.do !== "align-pool") return;
  if (step.change.usdc > 0n) spend("keeper", "USDC", step.change.usdc);
  if (step.change.collateral > 0n) spend("keeper", step.change.ticker, step.change.collateral);
}

function spendOnVault(base: Ticker, step: VaultStep, spend: Spend): void {
  if (step.do === "deposit") spend(step.lp, base, step.assets);
  if (step.do === "contribute") spend(step.from, base, step.assets);
  if (step.do === "liquidate" && step.mode === "wallet") spend(step.liquidator, base, step.paymentAssets);
  if (step.do !== "session") return;
  for (const part of step.parts) {
    if (part.do === "collateral-in") spend(step.manager, part.ticker, part.amount);
    else if (part.do === "bond-in" || part.do === "working-capital-in" || part.do === "repay") {
      spend(step.manager, base, part.assets);
    }
  }
}

/** Mints, approvals and registrations: one block, right before the history begins. */
export function fundingTxs(args: {
  readonly sender: HistorySender;
  readonly deployment: Deployment;
  readonly blocks: readonly HistoryBlock[];
}): readonly Tx[] {
  const { sender, deployment } = args;
  const { tokens } = deployment;
  const txs: Tx[] = [];
  const send = (tx: Tx): void => void txs.push(tx);
  const approve = (from: string, token: Tx["to"], spender: string): void =>
    send({
      from,
      to: token,
      data: callData("TestToken", "approve", [spender, maxUint256]),
      label: `${from} approves`,
    });

  const yieldShares: (readonly [name: string, amount: bigint])[] = [];
  for (const [name, own] of spendings(args.blocks)) {
    for (const [ticker, amount] of own) {
      if (ticker === "yWETH") yieldShares.push([name, amount]);
      else {
        send({
          from: "governance",
          to: tokens[ticker],
          data: callData("TestToken", "mint", [sender.addressOf(name), amount]),
          label: `mint ${ticker} for ${name}`,
        });
      }
    }
  }

  approve("keeper", tokens.WETH, tokens.yWETH);
  send({
    from: "keeper",
    to: tokens.yWETH,
    data: callData("YieldVault", "deposit", [
      units(YIELD_VAULT_WETH, TOKEN_DECIMALS.WETH),
      sender.addressOf("keeper"),
    ]),
    label: "open the yield vault",
  });
  for (const [name, amount] of yieldShares) {
    send({
      from: "keeper",
      to: tokens.yWETH,
      data: callData("YieldVault", "transfer", [sender.addressOf(name), amount]),
      label: `hand yWETH to ${name}`,
    });
  }
  for (const ticker of POOL_TICKERS) approve("keeper", tokens[ticker], deployment.pools[ticker]);
  for (const ticker of POOL_TICKERS) approve("keeper", tokens.USDC, deployment.pools[ticker]);

  for (const [from, executor] of deployment.executors) {
    send({
      from,
      to: deployment.factory,
      data: callData("FluxVaultFactory", "registerExecutor", [sender.addressOf(from), executor]),
      label: `${from} registers its executor`,
    });
  }
  for (const [name, { vault }] of deployment.vaults) {
    const { curatorFeeBps } = SCENARIO_PLANS[name].terms;
    if (curatorFeeBps === 0n) continue;
    send({
      from: "operator",
      to: vault,
      data: callData("FluxVault", "setCuratorFeeRate", [curatorFeeBps]),
      label: `set the curator's fee of ${name}`,
    });
  }
  for (const [from, token, spender] of neededApprovals(args)) approve(from, token, spender);
  return txs;
}

/** Who must let whom take which token in the course of the history. */
function neededApprovals(args: {
  readonly deployment: Deployment;
  readonly blocks: readonly HistoryBlock[];
}): Iterable<readonly [from: string, token: Tx["to"], spender: string]> {
  const { tokens, vaults, executors } = args.deployment;
  const found = new Map<string, readonly [string, Tx["to"], string]>();
  const need = (from: string, token: Tx["to"], spender: string | undefined): void => {
    if (token === undefined || spender === undefined) throw new SeedError(`${from} has nobody to approve.`);
    found.set(`${from} ${token} ${spender}`, [from, token, spender]);
  };
  for (const { steps } of args.blocks) {
    for (const { scenario, step } of steps) {
      if (scenario === undefined) continue;
      const base = tokens[SCENARIO_PLANS[scenario].terms.baseTicker];
      const own = vaults.get(scenario);
      if (step.do === "deposit") need(step.lp, base, own?.vault);
      if (step.do === "contribute") need(step.from, base, own?.vault);
      if (step.do === "lock-shares") need(step.lp, own?.vault, own?.locker);
      if (step.do === "liquidate" && step.mode === "wallet") {
        need(step.liquidator, base, executors.get(step.liquidator));
      }
      if (step.do !== "session") continue;
      need(step.manager, base, executors.get(step.manager));
      for (const part of step.parts) {
        if (part.do === "collateral-in") {
          need(step.manager, tokens[part.ticker], executors.get(step.manager));
        }
      }
    }
  }
  return found.values();
}
