import { encodeAbiParameters, keccak256, maxUint256, toHex, zeroHash } from "viem";
import type { ParameterChange } from "../history/actions";
import type { Ticker } from "../history/prices";
import { SCENARIO_PLANS, type ScenarioName } from "../history/scenarios";
import type { HistoryStep } from "../replay/history-replay";
import type { PoolChange } from "../replay/pool-model";
import type { MarketStep, SessionPart, VaultStep } from "../replay/steps";
import { TIMELOCK_DELAY_SECONDS } from "./deploy";
import type { Deployment, VaultDeployment } from "./deployment";
import { callData, type Hex, type HistorySender, SeedError, type Tx } from "./node-client";

/** One call that an executor makes on its owner's behalf. */
interface ExecutorCall {
  readonly target: Hex;
  readonly data: Hex;
}

const CALLS = [
  {
    type: "tuple[]",
    components: [
      { name: "target", type: "address" },
      { name: "data", type: "bytes" },
    ],
  },
] as const;

const SWAPS = [
  {
    type: "tuple[]",
    components: [
      { name: "venue", type: "address" },
      { name: "tokenIn", type: "address" },
      { name: "minOut", type: "uint256" },
    ],
  },
] as const;

const LIQUIDATION = [
  { name: "mode", type: "uint8" },
  { name: "maxPayment", type: "uint256" },
  { name: "minProceeds", type: "uint256" },
  { name: "deadline", type: "uint256" },
  { name: "route", type: "bytes" },
] as const;

/** The scheduled call of a parameter change, and the salt that makes its operation unique. */
export function operationOf(change: ParameterChange): { readonly data: Hex; readonly salt: Hex } {
  return {
    data: callData("MutableFixedRateStrategy", change.setter, [change.newValueWad]),
    salt: keccak256(toHex(change.name)),
  };
}

/** Id of a timelock operation, as OpenZeppelin's `hashOperation` computes it. */
export function operationId(strategy: Hex, change: ParameterChange): Hex {
  const { data, salt } = operationOf(change);
  return keccak256(
    encodeAbiParameters(
      [{ type: "address" }, { type: "uint256" }, { type: "bytes" }, { type: "bytes32" }, { type: "bytes32" }],
      [strategy, 0n, data, zeroHash, salt],
    ),
  );
}

/** Turns the steps of a history into transactions on a given deployment. */
export class StepEncoder {
  private readonly sender: HistorySender;
  private readonly deployment: Deployment;

  constructor(args: { readonly sender: HistorySender; readonly deployment: Deployment }) {
    this.sender = args.sender;
    this.deployment = args.deployment;
  }

  encode(entry: HistoryStep): readonly Tx[] {
    return entry.scenario === undefined
      ? this.marketTxs(entry.step)
      : [this.vaultStepTx(entry.scenario, entry.step)];
  }

  private vaultStepTx(scenario: ScenarioName, step: VaultStep): Tx {
    const own = this.vaultOf(scenario);
    switch (step.do) {
      case "deposit":
        return this.vaultTx(step.lp, own, "deposit", [step.assets, this.sender.addressOf(step.lp)]);
      case "withdraw":
        return this.vaultTx(step.lp, own, "withdraw", [step.assets, ...this.selfTwice(step.lp)]);
      case "redeem":
        return this.vaultTx(step.lp, own, "redeem", [step.shares, ...this.selfTwice(step.lp)]);
      case "give-shares":
        return this.vaultTx(step.from, own, "transfer", [this.sender.addressOf(step.to), step.shares]);
      case "lock-shares":
        return {
          from: step.lp,
          to: own.locker,
          data: callData("YieldVault", "deposit", [step.shares, this.sender.addressOf(step.lp)]),
          label: `${step.lp} locks shares`,
        };
      case "session":
        return this.sessionTx(scenario, own, step);
      case "liquidate":
        return this.liquidationTx(own, step);
      case "schedule":
      case "execute":
      case "cancel":
        return this.timelockTx(own, step);
      case "contribute":
        return this.vaultTx(step.from, own, "contribute", [step.assets]);
      case "collect-fees":
        return {
          from: "governance",
          to: this.deployment.factory,
          data: callData("FluxVaultFactory", "collectFeesFromVaults", [[own.vault]]),
          label: "collect fees",
        };
      case "curator-fee":
        return this.vaultTx("operator", own, "setCuratorFeeRate", [step.bps]);
    }
  }

  private marketTxs(step: MarketStep): readonly Tx[] {
    const { feeds, tokens } = this.deployment;
    switch (step.do) {
      case "price":
        return [
          {
            from: "keeper",
            to: feeds[step.ticker],
            data: callData("ChainlinkFeed", "pushAnswer", [step.answer]),
            label: `publish ${step.ticker}`,
          },
        ];
      case "earn":
        return [
          {
            from: "keeper",
            to: tokens.WETH,
            data: callData("TestToken", "transfer", [tokens.yWETH, step.amount]),
            label: "the yield vault earns",
          },
        ];
      case "align-pool":
        return this.poolTxs(step.change);
    }
  }

  /** What is missing is added, what is too much is taken out. */
  private poolTxs(change: PoolChange): readonly Tx[] {
    const to = this.deployment.pools[change.ticker];
    const added = [positive(change.collateral), positive(change.usdc)];
    const removed = [positive(-change.collateral), positive(-change.usdc)];
    const label = `align the ${change.ticker} pool`;
    const add = callData("ConstantProductPool", "addLiquidity", added);
    const remove = callData("ConstantProductPool", "removeLiquidity", [
      ...removed,
      this.sender.addressOf("keeper"),
    ]);
    return [
      ...(added.some((amount) => amount > 0n) ? [{ from: "keeper", to, data: add, label }] : []),
      ...(removed.some((amount) => amount > 0n) ? [{ from: "keeper", to, data: remove, label }] : []),
    ];
  }

  private sessionTx(
    scenario: ScenarioName,
    own: VaultDeployment,
    step: Extract<VaultStep, { readonly do: "session" }>,
  ): Tx {
    const calls = step.parts.flatMap((part) =>
      this.partCalls({ scenario, own, manager: step.manager, part }),
    );
    const data = encodeAbiParameters(CALLS, [calls]);
    return this.vaultTx(step.manager, own, "unlock", [data]);
  }

  private partCalls(args: {
    readonly scenario: ScenarioName;
    readonly own: VaultDeployment;
    readonly manager: string;
    readonly part: SessionPart;
  }): readonly ExecutorCall[] {
    const { own, manager, part } = args;
    const base = SCENARIO_PLANS[args.scenario].terms.baseTicker;
    const baseWrapper = this.deployment.baseWrappers[base === "WETH" ? "WETH" : "USDC"];
    const vault = (functionName: string, values: readonly unknown[]): ExecutorCall => ({
      target: own.vault,
      data: callData("FluxVault", functionName, values),
    });
    switch (part.do) {
      case "bond-in":
        return [...this.bring(own, manager, base, part.assets), vault("locked_depositBond", [part.assets])];
      case "bond-out":
        return [vault("locked_withdrawBond", [part.assets]), this.take(manager, base, part.assets)];
      case "working-capital-in":
        return [
          ...this.bring(own, manager, base, part.assets),
          vault("locked_depositToWrapper", [baseWrapper, zeroHash, part.assets]),
        ];
      case "working-capital-out":
        return [
          vault("locked_withdrawFromWrapper", [baseWrapper, zeroHash, part.assets]),
          this.take(manager, base, part.assets),
        ];
      case "borrow":
        return [vault("locked_borrow", [part.assets]), this.take(manager, base, part.assets)];
      case "repay":
        return [...this.bring(own, manager, base, part.assets), vault("locked_repay", [part.assets])];
      case "collateral-in": {
        const wrapper = this.deployment.wrappers[part.ticker];
        return [
          ...this.bring(own, manager, part.ticker, part.amount),
          ...(part.registration ? [vault("locked_registerWrapper", [wrapper])] : []),
          vault("locked_depositToWrapper", [wrapper, zeroHash, part.amount]),
        ];
      }
      case "collateral-out": {
        const wrapper = this.deployment.wrappers[part.ticker];
        return [
          vault("locked_withdrawFromWrapper", [wrapper, zeroHash, part.amount]),
          ...(part.registration ? [vault("locked_deregisterWrapper", [wrapper])] : []),
          this.take(manager, part.ticker, part.amount),
        ];
      }
    }
  }

  /** From the manager's wallet to its executor, ready for the vault to pull. */
  private bring(
    own: VaultDeployment,
    manager: string,
    ticker: Ticker,
    amount: bigint,
  ): readonly ExecutorCall[] {
    const target = this.deployment.tokens[ticker];
    const from = this.sender.addressOf(manager);
    return [
      { target, data: callData("TestToken", "transferFrom", [from, this.executorOf(manager), amount]) },
      { target, data: callData("TestToken", "approve", [own.vault, amount]) },
    ];
  }

  /** From the executor to the manager's wallet. */
  private take(manager: string, ticker: Ticker, amount: bigint): ExecutorCall {
    return {
      target: this.deployment.tokens[ticker],
      data: callData("TestToken", "transfer", [this.sender.addressOf(manager), amount]),
    };
  }

  private liquidationTx(own: VaultDeployment, step: Extract<VaultStep, { readonly do: "liquidate" }>): Tx {
    const swaps = step.sold.flatMap((ticker) => {
      const tokenIn = this.deployment.tokens[ticker];
      if (ticker !== "WETH" && ticker !== "WBTC" && ticker !== "ARB") {
        throw new SeedError(`There is no pool for ${ticker}.`);
      }
      return [{ venue: this.deployment.pools[ticker], tokenIn, minOut: 1n }];
    });
    const data = encodeAbiParameters(LIQUIDATION, [
      step.mode === "wallet" ? 0 : 1,
      step.paymentAssets,
      0n,
      maxUint256,
      step.mode === "wallet" ? "0x" : encodeAbiParameters(SWAPS, [swaps]),
    ]);
    return this.vaultTx(step.liquidator, own, "liquidate", [this.sender.addressOf(step.manager), [], data]);
  }

  private timelockTx(
    own: VaultDeployment,
    step: Extract<VaultStep, { readonly do: "schedule" | "execute" | "cancel" }>,
  ): Tx {
    const { data, salt } = operationOf(step.change);
    const call = [own.strategy, 0n, data, zeroHash, salt];
    const encoded =
      step.do === "cancel"
        ? callData("TimelockController", "cancel", [operationId(own.strategy, step.change)])
        : step.do === "execute"
          ? callData("TimelockController", "execute", call)
          : callData("TimelockController", "schedule", [...call, TIMELOCK_DELAY_SECONDS]);
    return { from: "operator", to: own.timelock, data: encoded, label: `${step.do} ${step.change.name}` };
  }

  private vaultTx(from: string, own: VaultDeployment, functionName: string, values: readonly unknown[]): Tx {
    return {
      from,
      to: own.vault,
      data: callData("FluxVault", functionName, values),
      label: `${from}: ${functionName}`,
    };
  }

  private selfTwice(name: string): readonly [Hex, Hex] {
    const address = this.sender.addressOf(name);
    return [address, address];
  }

  private executorOf(name: string): Hex {
    const executor = this.deployment.executors.get(name);
    if (executor === undefined) throw new SeedError(`${name} has no executor.`);
    return executor;
  }

  private vaultOf(scenario: ScenarioName): VaultDeployment {
    const own = this.deployment.vaults.get(scenario);
    if (own === undefined) throw new SeedError(`There is no vault for ${scenario}.`);
    return own;
  }
}

function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}
