/**
 * Random vaults, played on the real contracts: what the contracts themselves say at every step, kept so that the
 * domain's formulas can be held against it. Nothing here computes what is compared.
 */
import { formatLog, getAddress, parseAbi, parseEventLogs, type RpcLog } from "viem";
import { mulDivUp } from "@/domain/math";
import type { Address } from "@/domain/model";
import type { Contract } from "../../devnet/contracts-test/chain";
import {
  ALICE,
  CAROL,
  type Call,
  CURATOR,
  call,
  encodeCalls,
  encodeOrder,
  GOVERNANCE,
  LIQUIDATOR,
  MAX_UINT,
  SINK,
  WAD,
  ZERO,
  ZERO_ID,
} from "../../devnet/contracts-test/world";
import { type Base, type DifferentialBench, LPS, MANAGERS } from "./differential-bench";
import type {
  BondChange,
  Conversion,
  Evaluation,
  LiquidationPlayed,
  Observation,
  Played,
  Probe,
  Sheet,
  TransferSeen,
} from "./differential-played";
import type { Scenario } from "./differential-scenario";
import { blockAt, fluxOf, managerOf, stateOf, strategyOf } from "./vault-builders";

/** Collateral is worth this many times more at the opening, so that every position may be opened. */
const OPENING_FACTOR = 500n;
/** How far into the future the moment of liquidation is looked for: about two years. */
export const HORIZON_SECONDS = 2n ** 26n;

const TRANSFER = parseAbi(["event Transfer(address indexed from, address indexed to, uint256 value)"]);
const lowerCase = (address: string): Address => `0x${address.slice(2).toLowerCase()}`;

const bufferOf = ({ bondWad, bufferOfBondWad }: Scenario): bigint => (bondWad * bufferOfBondWad) / WAD;

/**
 * Plays one vault up to the second of its liquidation, lets `examine` ask and act there, and puts the chain back to
 * where it was.
 */
export async function playVault<T>(input: {
  readonly bench: DifferentialBench;
  readonly scenario: Scenario;
  readonly examine: (play: VaultPlay, before: Observation) => Promise<T>;
}): Promise<Played & T> {
  const { bench, scenario, examine } = input;
  const revert = await bench.world.chain.snapshot();
  const play = await VaultPlay.open(bench, scenario);
  const played = await play.run();
  const examined = await examine(play, played.before);
  await revert();
  return { ...played, ...examined };
}

export class VaultPlay {
  private constructor(
    readonly bench: DifferentialBench,
    readonly scenario: Scenario,
    readonly vault: Contract,
    readonly strategies: Readonly<Record<"a" | "b", Contract>>,
  ) {}

  static async open(bench: DifferentialBench, scenario: Scenario): Promise<VaultPlay> {
    const { world } = bench;
    const { factory, wethWrapper } = world.c;
    const { token, wrapper } = bench.bases[scenario.decimals];
    const { bondWad: bond, marginWad: margin, rateWad: rate } = scenario;
    const buffer = bufferOf(scenario);
    const parameters = { bond, buffer, margin, rate, owner: GOVERNANCE, assets: [wethWrapper.address] };
    const strategies = {
      a: await world.strategy({ ...parameters, rule: "a" }),
      b: await world.strategy({ ...parameters, rule: "b" }),
    };
    await world.as(GOVERNANCE, factory, "setProtocolFeeRate", scenario.protocolFeeBps);
    const strategy = strategies[scenario.rule].address;
    const args = [token.address, wrapper.address, strategy, ZERO, "Flux", "fVAULT"];
    const receipt = await world.as(CURATOR, factory, "createVault", ...args);
    const created = world.chain.events(receipt, factory, "VaultCreated")[0];
    const vault = world.chain.at("FluxVault", getAddress(String(created?.args.vault)));
    await world.as(CURATOR, vault, "setCuratorFeeRate", scenario.curatorFeeBps);
    return new VaultPlay(bench, scenario, vault, strategies);
  }

  get base(): Base {
    return this.bench.bases[this.scenario.decimals];
  }

  get bufferWad(): bigint {
    return bufferOf(this.scenario);
  }

  get unit(): bigint {
    return 10n ** BigInt(this.scenario.decimals);
  }

  /** A view as of the next block's second, or of `later` seconds after it. */
  view<T = bigint>(to: Contract, fn: string, args: readonly unknown[] = [], later = 0n): Promise<T> {
    const atSeconds = BigInt(this.bench.world.chain.nowSeconds) + later;
    return this.bench.views.read<T>({ to, fn, args, atSeconds });
  }

  async evaluate(manager: Address, debtAssets: bigint, rule = this.scenario.rule): Promise<Evaluation> {
    const wrappers = [this.bench.world.c.wethWrapper.address];
    const [valueUsdWad, valueAssets, canLiquidate, minPaymentAssets] = await this.view<
      readonly [bigint, bigint, boolean, bigint]
    >(this.strategies[rule], "evaluatePosition", [this.vault.address, manager, wrappers, debtAssets]);
    return { valueUsdWad, valueAssets, canLiquidate, minPaymentAssets };
  }

  debt(manager: Address, later = 0n): Promise<readonly [principal: bigint, interest: bigint]> {
    return this.view(this.vault, "managerDebt", [manager], later);
  }

  usdOf(assets: bigint): Promise<bigint> {
    return this.view(this.bench.world.c.registry, "getValueUSD", [this.base.token.address, assets]);
  }

  async sheet(manager: Address): Promise<Sheet> {
    const [principalAssets, accruedInterestAssets] = await this.debt(manager);
    const debtAssets = principalAssets + accruedInterestAssets;
    const [bondAssets, workingCapitalAssets, evaluation, debtUsdWad] = await Promise.all([
      this.view(this.vault, "managerBond", [manager]),
      this.view(this.vault, "managerWorkingCapital", [manager]),
      this.evaluate(manager, debtAssets),
      this.usdOf(debtAssets),
    ]);
    return {
      evaluation,
      debtUsdWad,
      manager: {
        ...managerOf({ value: undefined, debt: 0n }),
        manager,
        principalAssets,
        accruedInterestAssets,
        bondAssets,
        workingCapitalAssets,
        valueUsdWad: evaluation.valueUsdWad,
        quote: { canLiquidate: evaluation.canLiquidate, minPaymentAssets: evaluation.minPaymentAssets },
      },
    };
  }

  async observe(): Promise<Observation> {
    const { chain, c } = this.bench.world;
    const vault = (fn: string) => this.view(this.vault, fn);
    const strategy = this.strategies[this.scenario.rule];
    const rule = (fn: string) => this.view(strategy, fn);
    const [idle, principal, interest, badDebt, fees, curatorFee, protocolFee, price] = await Promise.all([
      vault("idleAssets"),
      vault("totalPrincipalDebt"),
      vault("totalAccruedInterest"),
      vault("totalBadDebt"),
      vault("collectedFees"),
      vault("curatorFeeRate"),
      this.view(c.factory, "protocolFeeRate"),
      this.view(c.registry, "getPriceUSD", [this.base.token.address]),
    ]);
    const [interestRateWad, minBondRatioWad, liquidationBufferWad, liquidationProfitMarginWad] =
      await Promise.all([
        rule("interestRate"),
        rule("minBondRatio"),
        rule("liquidationBuffer"),
        rule("liquidationProfitMargin"),
      ]);
    const [totalAssets, totalSupplyShares] = await Promise.all([vault("totalAssets"), vault("totalSupply")]);
    const state = stateOf({
      block: blockAt(0n, BigInt(chain.nowSeconds)),
      asset: { address: this.base.token.address, symbol: "BASE", decimals: this.scenario.decimals },
      totalAssets,
      totalSupplyShares,
      virtualShares: 1n,
      flux: fluxOf({
        idleAssets: idle,
        totalPrincipalDebtAssets: principal,
        totalAccruedInterestAssets: interest,
        totalBadDebtAssets: badDebt,
        collectedFeesAssets: fees,
        curatorFeeBps: curatorFee,
        protocolFeeBps: protocolFee,
        basePriceUsdWad: price,
        strategy: strategyOf({
          interestRateWad,
          minBondRatioWad,
          liquidationBufferWad,
          liquidationProfitMarginWad,
        }),
      }),
    });
    const amounts = [1n, 7n, this.unit, totalAssets, totalSupplyShares, totalAssets / 3n + 1n];
    return {
      state,
      sheets: await Promise.all(MANAGERS.map((manager) => this.sheet(manager))),
      conversions: await Promise.all(amounts.map((amount) => this.conversion(amount))),
    };
  }

  async conversion(amount: bigint): Promise<Conversion> {
    const [toAssets, toShares] = await Promise.all([
      this.view(this.vault, "convertToAssets", [amount]),
      this.view(this.vault, "convertToShares", [amount]),
    ]);
    return { amount, toAssets, toShares };
  }

  async deposit(): Promise<bigint> {
    const { world } = this.bench;
    let total = 0n;
    for (const [place, lp] of LPS.entries()) {
      const [millionths = 0n, odd = 0n] = this.scenario.deposits[place] ?? [];
      const assets = (millionths * this.unit) / 1_000_000n + odd;
      await world.as(lp, this.base.token, "approve", this.vault.address, MAX_UINT);
      await world.as(lp, this.vault, "deposit", assets, lp);
      total += assets;
    }
    await world.as(ALICE, this.vault, "transfer", CAROL, (await world.balance(this.vault, ALICE)) / 3n);
    return total;
  }

  /** Opens a position with the bond that the vault itself asks for, learnt from its refusals. */
  async borrow(place: number, supplied: bigint): Promise<Played["bonds"][number]> {
    const { chain } = this.bench.world;
    const wish = this.scenario.managers[place];
    const manager = MANAGERS[place];
    if (wish === undefined || manager === undefined) throw new Error("no such manager");
    const principalAssets = mulDivUp({ a: supplied, b: wish.principalWad, denominator: 4n * WAD });
    const unlock = (bond: bigint) => ({
      from: manager,
      to: this.vault,
      fn: "unlock",
      args: [encodeCalls(this.openingCalls({ wish, principalAssets, bond }))],
    });
    const refusal = await chain.revert(unlock(0n));
    if (refusal?.name !== "InsufficientBond") throw new Error(`refused for ${refusal?.name}`);
    const required = BigInt(String(refusal.args[1]));
    const oneUnitLess = await chain.revert(unlock(required - 1n));
    await chain.write(unlock(required));
    return { principalAssets, required, oneUnitLess, ratioWad: this.scenario.bondWad };
  }

  openingCalls(input: {
    readonly wish: Scenario["managers"][number];
    readonly principalAssets: bigint;
    readonly bond: bigint;
  }): readonly Call[] {
    const { wish, principalAssets, bond } = input;
    const { weth, wethWrapper } = this.bench.world.c;
    const { token, wrapper } = this.base;
    const { scenario, vault } = this;
    const capital = (principalAssets * wish.capitalWad) / WAD;
    // What collateral has to be worth for the final health wished for; the interest to come is only estimated.
    const years =
      scenario.rateWad * BigInt(scenario.firstSeconds) +
      scenario.laterRateWad * BigInt(scenario.secondSeconds);
    const debt = principalAssets + (principalAssets * years) / (31_536_000n * WAD);
    const health = (wish.healthWad * (WAD + scenario.bondWad - this.bufferWad)) / WAD;
    const wanted = (debt * health) / WAD - (principalAssets * scenario.bondWad) / WAD - capital;
    const least = principalAssets / 20n + 1n;
    const worth = wanted > least ? wanted : least;
    const amount = mulDivUp({
      a: worth * scenario.basePriceE8,
      b: WAD,
      denominator: scenario.collateralPriceE8 * this.unit,
    });
    const into = (target: Contract, assets: bigint) =>
      call(vault, "locked_depositToWrapper", [target.address, ZERO_ID, assets]);
    return [
      call(token, "approve", [vault.address, MAX_UINT]),
      ...(bond > 0n ? [call(vault, "locked_depositBond", [bond])] : []),
      ...(capital > 0n ? [into(wrapper, capital)] : []),
      call(vault, "locked_borrow", [principalAssets]),
      call(token, "transfer", [SINK, principalAssets]),
      call(weth, "approve", [vault.address, MAX_UINT]),
      call(vault, "locked_registerWrapper", [wethWrapper.address]),
      into(wethWrapper, amount),
    ];
  }

  async answer(feed: Contract, priceE8: bigint): Promise<void> {
    await this.bench.world.as(GOVERNANCE, feed, "pushAnswer", priceE8);
  }

  /** Debts around every line that a position can stand on: threshold, value, value less margin. */
  async probe(manager: Address, observation: Observation): Promise<readonly Probe[]> {
    const sheet = observation.sheets.find((one) => one.manager.manager === manager);
    const flux = observation.state.flux;
    if (sheet === undefined || flux === undefined) throw new Error("the manager was not observed");
    const { valueAssets } = sheet.evaluation;
    const { minBondRatioWad, liquidationBufferWad, liquidationProfitMarginWad } = flux.strategy;
    const lines = [
      valueAssets,
      (valueAssets * (WAD - liquidationProfitMarginWad)) / WAD,
      (valueAssets * WAD) / (WAD + minBondRatioWad - liquidationBufferWad),
      sheet.manager.principalAssets + sheet.manager.accruedInterestAssets,
    ];
    const near = lines.flatMap((line) => [-2n, -1n, 0n, 1n, 2n].map((step) => line + step));
    const debts = [1n, 2n * valueAssets + 1n, ...near].filter((debt) => debt > 0n);
    return Promise.all(
      debts.map(async (debtAssets) => {
        const [debtUsdWad, a, b] = await Promise.all([
          this.usdOf(debtAssets),
          this.evaluate(manager, debtAssets, "a"),
          this.evaluate(manager, debtAssets, "b"),
        ]);
        return { debtAssets, debtUsdWad, byRule: { a, b } };
      }),
    );
  }

  async canLiquidate(manager: Address, later = 0n): Promise<boolean> {
    const [principal, interest] = await this.debt(manager, later);
    return (await this.evaluate(manager, principal + interest)).canLiquidate;
  }

  /** Seconds until the strategy would liquidate, by bisection; undefined: not within the horizon. */
  async flip(manager: Address): Promise<bigint | undefined> {
    if (await this.canLiquidate(manager)) return 0n;
    let healthy = 0n;
    let gone = HORIZON_SECONDS;
    if (!(await this.canLiquidate(manager, gone))) return undefined;
    while (gone - healthy > 1n) {
      const middle = (healthy + gone) / 2n;
      if (await this.canLiquidate(manager, middle)) gone = middle;
      else healthy = middle;
    }
    return gone;
  }

  /** Really changes the bond ratio, looks, and takes it back. The ratio stays above the buffer. */
  async changeBond(): Promise<BondChange> {
    const { chain } = this.bench.world;
    const { bondWad, bondStepWad, rule } = this.scenario;
    const wished = bondWad + bondStepWad;
    const newBondWad = wished > this.bufferWad ? wished : this.bufferWad + 1n;
    const revert = await chain.snapshot();
    await this.bench.world.as(GOVERNANCE, this.strategies[rule], "setMinBondRatio", newBondWad);
    const canLiquidate = await Promise.all(MANAGERS.map((manager) => this.canLiquidate(manager)));
    await revert();
    return { newBondWad, canLiquidate };
  }

  /** Liquidates the first manager that can be; undefined when none can. */
  async liquidate(before: Observation): Promise<LiquidationPlayed | undefined> {
    const { world } = this.bench;
    const target = before.sheets.find(({ evaluation }) => evaluation.canLiquidate)?.manager.manager;
    if (target === undefined) return undefined;
    const order = encodeOrder({ mode: "wallet" });
    const receipt = await world.as(LIQUIDATOR, this.vault, "liquidate", target, [], order);
    return { manager: target, receipt, after: await this.observe(), transfers: await this.transfers() };
  }

  async transfers(): Promise<readonly TransferSeen[]> {
    const filter = { address: this.vault.address, fromBlock: "0x0", toBlock: "latest" };
    const raw = await this.bench.world.chain.rpc<readonly RpcLog[]>("eth_getLogs", filter);
    const logs = parseEventLogs({ abi: TRANSFER, logs: raw.map((log) => formatLog(log)) });
    return logs.map(({ args, blockNumber, logIndex }) => {
      if (blockNumber === null || logIndex === null) throw new Error("the log is not mined");
      const from = lowerCase(args.from);
      return { from, to: lowerCase(args.to), shares: args.value, blockNumber, logIndex };
    });
  }

  async run(): Promise<Played> {
    const { world } = this.bench;
    const { scenario } = this;
    const supplied = await this.deposit();
    await this.answer(this.base.feed, 100_000_000n);
    await this.answer(world.c.wethFeed, scenario.collateralPriceE8 * OPENING_FACTOR);
    const bonds = [await this.borrow(0, supplied), await this.borrow(1, supplied)];
    world.chain.nowSeconds += scenario.firstSeconds;
    const early = await this.observe();
    for (const strategy of Object.values(this.strategies))
      await world.as(GOVERNANCE, strategy, "setInterestRate", scenario.laterRateWad);
    if (scenario.laterCuratorFeeBps !== undefined)
      await world.as(CURATOR, this.vault, "setCuratorFeeRate", scenario.laterCuratorFeeBps);
    bonds.push(await this.borrow(2, supplied));
    world.chain.nowSeconds += scenario.secondSeconds;
    await this.answer(this.base.feed, scenario.basePriceE8);
    await this.answer(world.c.wethFeed, scenario.collateralPriceE8);
    return { scenario, vault: this.vault, bonds, early, before: await this.observe() };
  }
}
