/** A complete deployment and the few verbs that the tests tell their stories with. */
import { type Address, encodeAbiParameters, encodeFunctionData, type Hex, keccak256, toHex } from "viem";
import { readArtifact } from "../compile";
import { Chain, type Contract, type Receipt } from "./chain";

export const BOND = keccak256(toHex("BOND"));
export const ZERO_ID: Hex = `0x${"00".repeat(32)}`;
export const ZERO: Address = `0x${"00".repeat(20)}`;
export const MAX_UINT = 2n ** 256n - 1n;
export const YEAR = 365 * 24 * 3600;
export const WAD = 10n ** 18n;

/** USDC-like units. */
export const usd = (amount: number): bigint => BigInt(Math.round(amount * 1e6));
export const pct = (percent: number): bigint => BigInt(Math.round(percent * 1e6)) * 10n ** 10n;
/** USD with 8 decimals, as the feeds publish it. */
export const feedPrice = (price: number): bigint => BigInt(Math.round(price * 1e8));

const account = (n: number): Address => `0x${(0xac000 + n).toString(16).padStart(40, "0")}`;
export const GOVERNANCE = account(1);
export const CURATOR = account(2);
export const COLLECTOR = account(3);
export const ALICE = account(11);
export const BOB = account(12);
export const CAROL = account(13);
export const MANAGER = account(21);
export const MANAGER_2 = account(22);
export const LIQUIDATOR = account(31);
export const STRANGER = account(41);
export const SINK = account(51);

export interface StrategyOptions {
  readonly rate?: bigint;
  readonly bond?: bigint;
  readonly buffer?: bigint;
  readonly margin?: bigint;
  /** Rule (a), the debt, or rule (b), the debt but never more than value less margin. */
  readonly rule?: "a" | "b";
  /** Owner of a mutable strategy; immutable when absent. */
  readonly owner?: Address;
  readonly assets?: readonly Address[];
}

export interface Call {
  readonly target: Address;
  readonly data: Hex;
}

export interface OpenPosition {
  readonly vault: Contract;
  readonly manager: Address;
  readonly bond?: bigint;
  readonly borrow?: bigint;
  readonly workingCapital?: bigint;
  /** Amount of WETH, 18 decimals, put into its wrapper. */
  readonly weth?: bigint;
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

export const encodeCalls = (calls: readonly Call[]): Hex => encodeAbiParameters(CALLS, [calls]);

export interface Swap {
  readonly venue: Address;
  readonly tokenIn: Address;
  readonly minOut: bigint;
}

export const encodeSwaps = (swaps: readonly Swap[]): Hex => encodeAbiParameters(SWAPS, [swaps]);

export interface LiquidationOrder {
  readonly mode: "wallet" | "sell" | "custom";
  readonly maxPayment?: bigint;
  readonly minProceeds?: bigint;
  readonly deadline?: bigint;
  readonly route?: Hex;
}

export function encodeOrder(order: LiquidationOrder): Hex {
  const mode = { wallet: 0, sell: 1, custom: 2 }[order.mode];
  return encodeAbiParameters(
    [{ type: "uint8" }, { type: "uint256" }, { type: "uint256" }, { type: "uint256" }, { type: "bytes" }],
    [
      mode,
      order.maxPayment ?? MAX_UINT,
      order.minProceeds ?? 0n,
      order.deadline ?? MAX_UINT,
      order.route ?? "0x",
    ],
  );
}

export const call = (contract: Contract, fn: string, args: readonly unknown[] = []): Call => ({
  target: contract.address,
  data: encodeFunctionData({ abi: contract.abi, functionName: fn, args: [...args] }),
});

export class World {
  private constructor(
    readonly chain: Chain,
    readonly c: Readonly<
      Record<
        | "usdc"
        | "weth"
        | "registry"
        | "usdcFeed"
        | "wethFeed"
        | "factory"
        | "base"
        | "wethWrapper"
        | "pool"
        | "yieldVault"
        | "yieldWrapper",
        Contract
      >
    >,
  ) {}

  /** Deploys everything but a vault; WETH at 2,000 USD, USDC at 1 USD. */
  static async deploy(): Promise<World> {
    const chain = await Chain.start();
    const by = GOVERNANCE;
    const make = (name: string, args: readonly unknown[]) => chain.deploy(name, args, by);
    const usdc = await make("TestToken", ["USD Coin", "USDC", 6, by]);
    const weth = await make("TestToken", ["Wrapped Ether", "WETH", 18, by]);
    const usdcFeed = await make("ChainlinkFeed", [8, "USDC / USD", by]);
    const wethFeed = await make("ChainlinkFeed", [8, "ETH / USD", by]);
    const registry = await make("OracleRegistry", [by]);
    const deployer = await make("VaultDeployer", [readArtifact("FluxVault").bytecode]);
    const factory = await make("FluxVaultFactory", [by, registry.address, COLLECTOR, 0n, deployer.address]);
    const base = await make("BaseAsset", [factory.address, usdc.address]);
    const wethWrapper = await make("ERC20Wrapper", [factory.address, weth.address]);
    const yieldVault = await make("YieldVault", [weth.address, "Staked Ether", "yETH"]);
    const yieldWrapper = await make("ERC4626Wrapper", [factory.address, yieldVault.address]);
    const pool = await make("ConstantProductPool", [usdc.address, weth.address, 0n, by]);
    const usdcOracle = await make("ChainlinkOracle", [usdcFeed.address]);
    const wethOracle = await make("ChainlinkOracle", [wethFeed.address]);
    const yieldOracle = await make("ExchangeRateOracle", [yieldVault.address, wethOracle.address]);
    const c = {
      usdc,
      weth,
      registry,
      usdcFeed,
      wethFeed,
      factory,
      base,
      wethWrapper,
      pool,
      yieldVault,
      yieldWrapper,
    };
    const world = new World(chain, c);
    await world.price(usdcFeed, 1);
    await world.price(wethFeed, 2000);
    for (const [asset, oracle] of [
      [usdc, usdcOracle],
      [weth, wethOracle],
      [yieldVault, yieldOracle],
    ] as const)
      await world.as(by, registry, "setOracle", asset.address, oracle.address);
    for (const wrapper of [base, wethWrapper, yieldWrapper])
      await world.as(by, factory, "whitelistAsset", wrapper.address);
    return world;
  }

  /** A transaction that must succeed. */
  as(from: Address, to: Contract, fn: string, ...args: readonly unknown[]): Promise<Receipt> {
    return this.chain.write({ from, to, fn, args });
  }

  read<T = bigint>(to: Contract, fn: string, ...args: readonly unknown[]): Promise<T> {
    return this.chain.read<T>(to, fn, ...args);
  }

  /** The name of the error that a call reverts with. */
  refusal(from: Address, to: Contract, fn: string, ...args: readonly unknown[]): Promise<string> {
    return this.chain.revertName({ from, to, fn, args });
  }

  async price(feed: Contract, price: number): Promise<void> {
    await this.as(GOVERNANCE, feed, "pushAnswer", feedPrice(price));
  }

  async mint(token: Contract, to: Address, amount: bigint): Promise<void> {
    await this.as(GOVERNANCE, token, "mint", to, amount);
  }

  async strategy(options: StrategyOptions = {}): Promise<Contract> {
    const parameters = {
      interestRate: options.rate ?? 0n,
      minBondRatio: options.bond ?? pct(20),
      liquidationBuffer: options.buffer ?? pct(10),
      liquidationProfitMargin: options.margin ?? pct(1),
      paymentRule: options.rule === "b" ? 1 : 0,
    };
    const assets = options.assets ?? [this.c.wethWrapper.address, this.c.yieldWrapper.address];
    const { factory } = this.c;
    return options.owner === undefined
      ? this.chain.deploy("ImmutableFixedRateStrategy", [factory.address, parameters, assets], CURATOR)
      : this.chain.deploy(
          "MutableFixedRateStrategy",
          [factory.address, parameters, assets, options.owner],
          CURATOR,
        );
  }

  /** A vault of the given strategy, with `assets` deposited by Alice. */
  async vault(strategy: Contract, assets = usd(1_000_000), accessPolicy: Address = ZERO): Promise<Contract> {
    const { factory, usdc, base } = this.c;
    const args = [usdc.address, base.address, strategy.address, accessPolicy, "Flux USDC", "fUSDC"];
    const receipt = await this.as(CURATOR, factory, "createVault", ...args);
    const created = this.chain.events(receipt, factory, "VaultCreated")[0];
    const vault = this.chain.at("FluxVault", created?.args.vault as Address);
    if (assets !== 0n) await this.deposit(vault, ALICE, assets);
    return vault;
  }

  async deposit(vault: Contract, lp: Address, assets: bigint): Promise<void> {
    await this.mint(this.c.usdc, lp, assets);
    await this.as(lp, this.c.usdc, "approve", vault.address, assets);
    await this.as(lp, vault, "deposit", assets, lp);
  }

  /** The executor of an account, deployed and registered when there is none yet. */
  async executor(owner: Address): Promise<Contract> {
    const { factory } = this.c;
    let address = await this.read<Address>(factory, "getExecutor", owner);
    if (address === ZERO) {
      await this.as(owner, factory, "deployWeirollExecutor");
      address = await this.read<Address>(factory, "deployedExecutor", owner);
      await this.as(owner, factory, "registerExecutor", owner, address);
    }
    return this.chain.at("FluxExecutor", address);
  }

  /** Opens a session in which the manager's executor makes these calls. */
  unlock(vault: Contract, manager: Address, calls: readonly Call[]): Promise<Receipt> {
    return this.as(manager, vault, "unlock", encodeCalls(calls));
  }

  unlockRefusal(vault: Contract, manager: Address, calls: readonly Call[]): Promise<string> {
    return this.refusal(manager, vault, "unlock", encodeCalls(calls));
  }

  /** The calls that open a position; what is borrowed beyond working capital leaves for good. */
  async openingCalls(p: OpenPosition): Promise<Call[]> {
    const { usdc, weth, wethWrapper, base } = this.c;
    const { bond = 0n, borrow = 0n, workingCapital = 0n, weth: wethAmount = 0n } = p;
    const executor = await this.executor(p.manager);
    if (bond + workingCapital > 0n) await this.mint(usdc, executor.address, bond + workingCapital);
    const calls = [call(usdc, "approve", [p.vault.address, MAX_UINT])];
    if (bond > 0n) calls.push(call(p.vault, "locked_depositBond", [bond]));
    if (workingCapital > 0n)
      calls.push(call(p.vault, "locked_depositToWrapper", [base.address, ZERO_ID, workingCapital]));
    if (borrow > 0n) {
      calls.push(call(p.vault, "locked_borrow", [borrow]));
      calls.push(call(usdc, "transfer", [SINK, borrow]));
    }
    if (wethAmount > 0n) {
      await this.mint(weth, executor.address, wethAmount);
      calls.push(call(weth, "approve", [p.vault.address, MAX_UINT]));
      const registered = await this.read<readonly Address[]>(p.vault, "managerWrappers", p.manager);
      if (!registered.includes(wethWrapper.address))
        calls.push(call(p.vault, "locked_registerWrapper", [wethWrapper.address]));
      calls.push(call(p.vault, "locked_depositToWrapper", [wethWrapper.address, ZERO_ID, wethAmount]));
    }
    return calls;
  }

  async open(p: OpenPosition): Promise<Receipt> {
    return this.unlock(p.vault, p.manager, await this.openingCalls(p));
  }

  async debt(
    vault: Contract,
    manager: Address,
  ): Promise<{ principal: bigint; interest: bigint; total: bigint }> {
    const [principal, interest] = await this.read<readonly [bigint, bigint]>(vault, "managerDebt", manager);
    return { principal, interest, total: principal + interest };
  }

  /** What the vault's strategy says about a manager with its registered wrappers. */
  async quote(vault: Contract, manager: Address): Promise<{ canLiquidate: boolean; minPayment: bigint }> {
    const strategy = this.chain.at("IStrategy", await this.read<Address>(vault, "STRATEGY"));
    const wrappers = await this.read<readonly Address[]>(vault, "managerWrappers", manager);
    const { total } = await this.debt(vault, manager);
    const [canLiquidate, minPayment] = await this.read<readonly [boolean, bigint]>(
      strategy,
      "evaluateLiquidation",
      vault.address,
      manager,
      wrappers,
      total,
    );
    return { canLiquidate, minPayment };
  }

  /** Liquidates from a wallet that holds and has approved enough. */
  async liquidateFromWallet(vault: Contract, manager: Address): Promise<Receipt> {
    const executor = await this.executor(LIQUIDATOR);
    await this.mint(this.c.usdc, LIQUIDATOR, usd(10_000_000));
    await this.as(LIQUIDATOR, this.c.usdc, "approve", executor.address, MAX_UINT);
    return this.as(LIQUIDATOR, vault, "liquidate", manager, [], encodeOrder({ mode: "wallet" }));
  }

  async balance(token: Contract, of: Address): Promise<bigint> {
    return this.read(token, "balanceOf", of);
  }
}
