import type { Action, Holding, ParameterChange, Part } from "../history/actions";
import type { Ticker } from "../history/prices";
import { type CauseSplit, type PositionMark, splitCause } from "./cause-split";
import { units } from "./fixed-point";
import { type MarketModel, TOKEN_DECIMALS } from "./market-model";
import { POOL_TICKERS, type PoolModel, type PoolTicker } from "./pool-model";
import type { SessionPart, VaultStep } from "./steps";
import { HistoryError, type Settlement } from "./vault-books";
import { VaultModel, type VaultTerms } from "./vault-model";

/** The contract that holds shares for others, as a holder in the books. */
export const LOCKER = "locker";

export interface LiquidationRecord extends Settlement {
  readonly atSeconds: bigint;
  readonly manager: string;
  readonly liquidator: string;
  readonly mode: "wallet" | "sell";
  readonly positionValueAssets: bigint;
  /** Since when the position could have been liquidated without a break. */
  readonly liquidatableSinceSeconds: bigint;
  /** Only where there is bad debt. */
  readonly cause: CauseSplit | undefined;
}

export interface RecoveryRecord {
  readonly atSeconds: bigint;
  readonly from: string;
  readonly assets: bigint;
  readonly totalAssetsBefore: bigint;
  readonly totalSupplyShares: bigint;
}

export interface ChangeRecord {
  readonly change: ParameterChange;
  readonly oldValueWad: bigint;
  readonly scheduledAtSeconds: bigint;
  state: "pending" | "executed" | "cancelled";
}

/** One vault's totals, in its base asset's units. */
export interface VaultTotals {
  readonly totalAssets: bigint;
  readonly totalSupplyShares: bigint;
  readonly idleAssets: bigint;
  readonly totalPrincipalAssets: bigint;
  readonly totalInterestAssets: bigint;
  readonly totalBadDebtAssets: bigint;
  readonly collectedFeesAssets: bigint;
}

interface Spell {
  readonly sinceSeconds: bigint;
  readonly first: PositionMark;
}

type ManagerAction = Extract<Action, { readonly manager: string }>;
type SessionAction = Exclude<ManagerAction, { readonly do: "liquidate" }>;

/** Plays one scenario's actions on the model of its vault and writes down what happened. */
export class ScenarioReplay {
  readonly vault: VaultModel;
  readonly liquidations: LiquidationRecord[] = [];
  readonly recoveries: RecoveryRecord[] = [];
  readonly changes: ChangeRecord[] = [];
  /** Everybody who ever held a share, or was a manager, in order of appearance. */
  readonly holders = new Set<string>();
  readonly managers = new Set<string>();
  /** Times of everything that changed the vault's state. */
  readonly changeTimes: bigint[] = [];
  claimedFeesAssets = 0n;
  private readonly spells = new Map<string, Spell>();
  private readonly pools: PoolModel;

  constructor(args: {
    readonly terms: VaultTerms;
    readonly market: MarketModel;
    readonly pools: PoolModel;
    readonly atSeconds: bigint;
  }) {
    this.vault = new VaultModel(args);
    this.pools = args.pools;
  }

  apply(action: Action, atSeconds: bigint): VaultStep {
    this.vault.books.moveTo(atSeconds);
    const step = this.stepOf(action, atSeconds);
    this.changeTimes.push(atSeconds);
    return step;
  }

  /** After each block: whose unbroken liquidatable spell begins or ends with it. */
  closeBlock(atSeconds: bigint): void {
    this.vault.books.moveTo(atSeconds);
    for (const manager of this.managers) {
      const { canLiquidate, valueAssets, debtAssets } = this.vault.appraise(manager);
      if (!canLiquidate) this.spells.delete(manager);
      else if (!this.spells.has(manager)) {
        this.spells.set(manager, { sinceSeconds: atSeconds, first: { valueAssets, debtAssets } });
      }
    }
  }

  /** The vault's totals at the time that the replay has reached. */
  totals(): VaultTotals {
    const { books } = this.vault;
    return {
      totalAssets: books.totalAssets,
      totalSupplyShares: books.totalSupplyShares,
      idleAssets: books.idleAssets,
      totalPrincipalAssets: books.totalPrincipalAssets,
      totalInterestAssets: books.totalInterestAssets,
      totalBadDebtAssets: books.totalBadDebtAssets,
      collectedFeesAssets: books.collectedFeesAssets,
    };
  }

  liquidatableSince(manager: string): bigint | undefined {
    return this.spells.get(manager)?.sinceSeconds;
  }

  private stepOf(action: Action, atSeconds: bigint): VaultStep {
    const { books } = this.vault;
    switch (action.do) {
      case "price":
      case "earn":
        throw new HistoryError("Prices belong to the market, not to one vault.");
      case "deposit": {
        books.accrue(atSeconds);
        const assets = this.base(action.amount);
        books.deposit(action.lp, assets);
        this.holders.add(action.lp);
        return { do: "deposit", lp: action.lp, assets };
      }
      case "withdraw": {
        books.accrue(atSeconds);
        const assets = this.base(action.amount);
        books.withdraw(action.lp, assets);
        return { do: "withdraw", lp: action.lp, assets };
      }
      case "redeem": {
        books.accrue(atSeconds);
        const shares = this.sharesOf(action.lp, action.part);
        books.redeem(action.lp, shares);
        return { do: "redeem", lp: action.lp, shares };
      }
      case "give-shares":
      case "lock-shares": {
        const from = action.do === "give-shares" ? action.from : action.lp;
        const to = action.do === "give-shares" ? action.to : LOCKER;
        const shares = this.sharesOf(from, action.part);
        books.move(from, to, shares);
        this.holders.add(to);
        return action.do === "give-shares"
          ? { do: "give-shares", from, to, shares }
          : { do: "lock-shares", lp: from, shares };
      }
      case "liquidate":
        return this.liquidate(action, atSeconds);
      case "schedule":
        this.changes.push({
          change: action.change,
          oldValueWad:
            action.change.setter === "setInterestRate" ? this.vault.rateWad : this.vault.minBondRatioWad,
          scheduledAtSeconds: atSeconds,
          state: "pending",
        });
        return { do: "schedule", change: action.change };
      case "execute":
      case "cancel":
        return this.resolve(action.do, action.change);
      case "contribute": {
        books.accrue(atSeconds);
        const assets = this.base(action.amount);
        const { totalAssets: totalAssetsBefore, totalSupplyShares } = books;
        this.recoveries.push({ atSeconds, from: action.from, assets, totalAssetsBefore, totalSupplyShares });
        books.contribute(assets);
        return { do: "contribute", from: action.from, assets };
      }
      case "collect-fees": {
        const { protocolAssets, curatorAssets } = books.claimFees();
        this.claimedFeesAssets += protocolAssets + curatorAssets;
        return { do: "collect-fees" };
      }
      case "curator-fee":
        books.accrue(atSeconds);
        books.setCuratorFee(action.bps);
        return { do: "curator-fee", bps: action.bps };
      case "open":
      case "close":
      case "borrow":
      case "repay":
      case "bond-in":
      case "bond-out":
      case "collateral-in":
      case "collateral-out":
        return this.session(action, atSeconds);
    }
  }

  private session(action: SessionAction, atSeconds: bigint): VaultStep {
    const { manager } = action;
    this.vault.books.accrue(atSeconds);
    this.managers.add(manager);
    const before = this.vault.books.debtOf(manager).principalAssets;
    const bondBefore = this.vault.positionOf(manager).bondAssets;
    const parts = this.partsOf(action);
    for (const part of parts) this.play(manager, part);
    const grew =
      this.vault.books.debtOf(manager).principalAssets > before ||
      this.vault.positionOf(manager).bondAssets < bondBefore;
    this.vault.checkSession(manager, grew);
    return { do: "session", manager, parts };
  }

  private partsOf(action: SessionAction): readonly SessionPart[] {
    switch (action.do) {
      case "open":
        return [
          { do: "bond-in", assets: this.base(action.bond) },
          ...(action.workingCapital === undefined
            ? []
            : [{ do: "working-capital-in", assets: this.base(action.workingCapital) } as const]),
          ...action.collateral.map((holding) =>
            this.collateralPart("collateral-in", action.manager, holding),
          ),
          ...(this.base(action.borrow) === 0n
            ? []
            : [{ do: "borrow", assets: this.base(action.borrow) } as const]),
        ];
      case "bond-in":
      case "bond-out":
      case "borrow":
        return [{ do: action.do, assets: this.base(action.amount) }];
      case "repay": {
        const interest = this.vault.books.debtOf(action.manager).interestAssets;
        return [
          { do: "repay", assets: typeof action.amount === "string" ? this.base(action.amount) : interest },
        ];
      }
      case "collateral-in":
      case "collateral-out":
        return [this.collateralPart(action.do, action.manager, action.holding)];
      case "close":
        return this.closingParts(action.manager);
    }
  }

  private closingParts(manager: string): readonly SessionPart[] {
    const { principalAssets, interestAssets } = this.vault.books.debtOf(manager);
    const position = this.vault.positionOf(manager);
    return [
      { do: "repay", assets: principalAssets + interestAssets },
      ...[...position.collateral].map(
        ([ticker, amount]) => ({ do: "collateral-out", ticker, amount, registration: true }) as const,
      ),
      ...(position.workingCapitalAssets === 0n
        ? []
        : [{ do: "working-capital-out", assets: position.workingCapitalAssets } as const]),
      { do: "bond-out", assets: position.bondAssets },
    ];
  }

  private collateralPart(
    kind: "collateral-in" | "collateral-out",
    manager: string,
    { ticker, amount }: Holding,
  ): SessionPart {
    const held = this.vault.positionOf(manager).collateral.get(ticker) ?? 0n;
    const moved = units(amount, TOKEN_DECIMALS[ticker]);
    const registration = kind === "collateral-in" ? held === 0n : held === moved;
    return { do: kind, ticker, amount: moved, registration };
  }

  private play(manager: string, part: SessionPart): void {
    const position = this.vault.positionOf(manager);
    switch (part.do) {
      case "bond-in":
        position.bondAssets += part.assets;
        return;
      case "bond-out":
        position.bondAssets -= part.assets;
        return;
      case "working-capital-in":
        position.workingCapitalAssets += part.assets;
        return;
      case "working-capital-out":
        position.workingCapitalAssets -= part.assets;
        return;
      case "borrow":
        this.vault.books.borrow(manager, part.assets);
        return;
      case "repay":
        this.vault.books.repay(manager, part.assets);
        return;
      case "collateral-in":
        this.vault.changeCollateral(manager, part.ticker, part.amount);
        return;
      case "collateral-out":
        this.vault.changeCollateral(manager, part.ticker, -part.amount);
    }
  }

  private liquidate(action: Extract<Action, { readonly do: "liquidate" }>, atSeconds: bigint): VaultStep {
    const { books } = this.vault;
    const { manager, liquidator, mode } = action;
    books.accrue(atSeconds);
    const { canLiquidate, healthWad, valueAssets, debtAssets, minPaymentAssets } =
      this.vault.appraise(manager);
    if (!canLiquidate) throw new HistoryError(`${manager} is healthy at ${healthWad}.`);
    const position = this.vault.positionOf(manager);
    const sold = mode === "sell" ? [...position.collateral.keys()] : [];
    if (mode === "sell") this.sellAll(manager, minPaymentAssets);
    const settlement = books.settleLiquidation(manager, minPaymentAssets);
    const spell = this.spells.get(manager);
    const settled = { valueAssets, debtAssets };
    this.liquidations.push({
      ...settlement,
      atSeconds,
      manager,
      liquidator,
      mode,
      positionValueAssets: valueAssets,
      liquidatableSinceSeconds: spell?.sinceSeconds ?? atSeconds,
      cause:
        settlement.badDebtAssets === 0n
          ? undefined
          : splitCause({ first: spell?.first ?? settled, settled, paymentAssets: minPaymentAssets }),
    });
    this.vault.clearPosition(manager);
    this.spells.delete(manager);
    return { do: "liquidate", manager, liquidator, mode, paymentAssets: minPaymentAssets, sold };
  }

  /** Capital-free: bond, working capital and the proceeds must cover the payment. */
  private sellAll(manager: string, paymentAssets: bigint): void {
    const position = this.vault.positionOf(manager);
    let inHand = position.bondAssets + position.workingCapitalAssets;
    for (const [ticker, amount] of position.collateral) {
      inHand += this.pools.sell(poolTicker(ticker), amount);
    }
    if (inHand < paymentAssets) {
      throw new HistoryError(`Selling ${manager}'s collateral gives ${inHand}, less than ${paymentAssets}.`);
    }
  }

  private resolve(kind: "execute" | "cancel", change: ParameterChange): VaultStep {
    const record = this.changes.find((entry) => entry.change.name === change.name);
    if (record?.state !== "pending") throw new HistoryError(`${change.name} is not pending.`);
    record.state = kind === "execute" ? "executed" : "cancelled";
    if (kind === "execute" && change.setter === "setInterestRate") {
      this.vault.rateWad = change.newValueWad;
      this.vault.books.setRate(change.newValueWad);
    } else if (kind === "execute") {
      this.vault.minBondRatioWad = change.newValueWad;
    }
    return { do: kind, change };
  }

  private base(amount: string): bigint {
    return units(amount, TOKEN_DECIMALS[this.vault.terms.baseTicker]);
  }

  private sharesOf(holder: string, part: Part): bigint {
    const held = this.vault.books.shares.get(holder) ?? 0n;
    if (held === 0n) throw new HistoryError(`${holder} holds no shares.`);
    return part === "all" ? held : (held * part.ppm) / 1_000_000n;
  }
}

function poolTicker(ticker: Ticker): PoolTicker {
  const found = POOL_TICKERS.find((entry) => entry === ticker);
  if (found === undefined) throw new HistoryError(`${ticker} has no pool; it cannot be sold.`);
  return found;
}
