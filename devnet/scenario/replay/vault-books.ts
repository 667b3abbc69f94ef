import { BPS, ceilDiv, excess, INTEREST_SCALE, smaller } from "./fixed-point";

/** The holder that stands for ERC-4626's virtual share: it exists in every conversion and belongs to nobody. */
export const VIRTUAL_SHARES = 1n;

/** What a manager owes. Interest and fees are undivided numerators, so that nothing is lost between two readings. */
interface Debt {
  principalAssets: bigint;
  /** Principal x rate (wad) x seconds. */
  interest: bigint;
  /** Parts of the interest that belong to the protocol and to the curator, with one more factor of 10,000. */
  protocolPart: bigint;
  curatorPart: bigint;
}

/** What a liquidation did to the books. */
export interface Settlement {
  readonly trueDebtAssets: bigint;
  readonly paymentAssets: bigint;
  readonly badDebtAssets: bigint;
  readonly unpaidPrincipalAssets: bigint;
  readonly unpaidInterestAssets: bigint;
  readonly totalAssetsBefore: bigint;
  readonly totalAssetsAfter: bigint;
  readonly totalSupplyShares: bigint;
  /** Every holder's shares at that moment; empty when nothing was lost. */
  readonly holders: ReadonlyMap<string, bigint>;
}

/** A step of a history that the rules do not permit: the history is wrong, not the chain. */
export class HistoryError extends Error {
  override readonly name = "HistoryError";
}

/**
 * The books of one vault: shares, idle, principal, interest, fees and losses, by the documented rules alone.
 *
 * Where a contract keeps indices and settles a manager when it is touched, this replay adds every second's interest
 * to every manager at every step: slower, and a different way to the same integers.
 */
export class VaultBooks {
  readonly shares = new Map<string, bigint>();
  idleAssets = 0n;
  totalBadDebtAssets = 0n;
  private readonly debts = new Map<string, Debt>();
  private collectedProtocolAssets = 0n;
  private collectedCuratorAssets = 0n;
  private rateWad: bigint;
  private curatorFeeBps: bigint;
  /** The fee rates of the accrual before; interest accrues at these. */
  private cached: { protocolBps: bigint; curatorBps: bigint };
  private nowSeconds: bigint;

  constructor(args: {
    readonly atSeconds: bigint;
    readonly rateWad: bigint;
    readonly protocolFeeBps: bigint;
    readonly curatorFeeBps: bigint;
  }) {
    this.rateWad = args.rateWad;
    this.curatorFeeBps = args.curatorFeeBps;
    this.cached = { protocolBps: args.protocolFeeBps, curatorBps: args.curatorFeeBps };
    this.nowSeconds = args.atSeconds;
    this.protocolFeeBps = args.protocolFeeBps;
  }

  private readonly protocolFeeBps: bigint;

  /** The same books once more, to try something on. */
  copy(): VaultBooks {
    const other = new VaultBooks({
      atSeconds: this.nowSeconds,
      rateWad: this.rateWad,
      protocolFeeBps: this.protocolFeeBps,
      curatorFeeBps: this.curatorFeeBps,
    });
    for (const [holder, held] of this.shares) other.shares.set(holder, held);
    for (const [manager, debt] of this.debts) other.debts.set(manager, { ...debt });
    other.idleAssets = this.idleAssets;
    other.totalBadDebtAssets = this.totalBadDebtAssets;
    other.collectedProtocolAssets = this.collectedProtocolAssets;
    other.collectedCuratorAssets = this.collectedCuratorAssets;
    other.cached = this.cached;
    return other;
  }

  /** Lets time pass: linear interest on every principal, at the rate that held until now. */
  moveTo(atSeconds: bigint): void {
    if (atSeconds < this.nowSeconds) throw new HistoryError("Time runs forward only.");
    const growth = this.rateWad * (atSeconds - this.nowSeconds);
    for (const debt of this.debts.values()) {
      const interest = debt.principalAssets * growth;
      debt.interest += interest;
      debt.protocolPart += interest * this.cached.protocolBps;
      debt.curatorPart += interest * this.cached.curatorBps;
    }
    this.nowSeconds = atSeconds;
  }

  /** Every entry of the vault accrues first, and from then on interest carries the fee rates of this moment. */
  accrue(atSeconds: bigint): void {
    this.moveTo(atSeconds);
    this.cached = { protocolBps: this.protocolFeeBps, curatorBps: this.curatorFeeBps };
  }

  setRate(rateWad: bigint): void {
    this.rateWad = rateWad;
  }

  setCuratorFee(bps: bigint): void {
    this.curatorFeeBps = bps;
    this.cached = { ...this.cached, curatorBps: bps };
  }

  // ---- figures ------------------------------------------------------------------------------------------------

  debtOf(manager: string): { readonly principalAssets: bigint; readonly interestAssets: bigint } {
    const debt = this.debts.get(manager);
    return {
      principalAssets: debt?.principalAssets ?? 0n,
      interestAssets: (debt?.interest ?? 0n) / INTEREST_SCALE,
    };
  }

  get totalPrincipalAssets(): bigint {
    return this.sum((debt) => debt.principalAssets);
  }

  /** Gross of fees; divided once. */
  get totalInterestAssets(): bigint {
    return this.sum((debt) => debt.interest) / INTEREST_SCALE;
  }

  get collectedFeesAssets(): bigint {
    return this.collectedProtocolAssets + this.collectedCuratorAssets;
  }

  get totalSupplyShares(): bigint {
    let supply = 0n;
    for (const held of this.shares.values()) supply += held;
    return supply;
  }

  /** Idle + principal + interest, less the fees on that interest. */
  get totalAssets(): bigint {
    const net = this.sum((debt) => debt.interest * BPS - debt.protocolPart - debt.curatorPart);
    return this.idleAssets + this.totalPrincipalAssets + net / (INTEREST_SCALE * BPS);
  }

  sharesFor(assets: bigint): bigint {
    return (assets * (this.totalSupplyShares + VIRTUAL_SHARES)) / (this.totalAssets + 1n);
  }

  assetsFor(shares: bigint): bigint {
    return (shares * (this.totalAssets + 1n)) / (this.totalSupplyShares + VIRTUAL_SHARES);
  }

  private sum(part: (debt: Debt) => bigint): bigint {
    let total = 0n;
    for (const debt of this.debts.values()) total += part(debt);
    return total;
  }

  // ---- liquidity providers ------------------------------------------------------------------------------------

  /** Returns the shares minted, rounded down. */
  deposit(holder: string, assets: bigint): bigint {
    const minted = this.sharesFor(assets);
    if (minted === 0n) throw new HistoryError(`${holder} would deposit ${assets} for no shares.`);
    this.idleAssets += assets;
    this.move(undefined, holder, minted);
    return minted;
  }

  /** Returns the shares burned, rounded up. */
  withdraw(holder: string, assets: bigint): bigint {
    const burned = ceilDiv(assets * (this.totalSupplyShares + VIRTUAL_SHARES), this.totalAssets + 1n);
    this.release(holder, assets, burned);
    return burned;
  }

  /** Returns the assets paid out, rounded down. */
  redeem(holder: string, shares: bigint): bigint {
    const assets = this.assetsFor(shares);
    this.release(holder, assets, shares);
    return assets;
  }

  move(from: string | undefined, to: string | undefined, shares: bigint): void {
    if (from !== undefined) {
      const held = this.shares.get(from) ?? 0n;
      if (held < shares) throw new HistoryError(`${from} holds ${held} shares, not ${shares}.`);
      this.shares.set(from, held - shares);
    }
    if (to !== undefined) this.shares.set(to, (this.shares.get(to) ?? 0n) + shares);
  }

  contribute(assets: bigint): void {
    this.idleAssets += assets;
  }

  private release(holder: string, assets: bigint, shares: bigint): void {
    if (assets > this.idleAssets) {
      throw new HistoryError(`${holder} wants ${assets}, but only ${this.idleAssets} is idle.`);
    }
    this.move(holder, undefined, shares);
    this.idleAssets -= assets;
  }

  // ---- managers -----------------------------------------------------------------------------------------------

  borrow(manager: string, assets: bigint): void {
    if (assets > this.idleAssets) {
      throw new HistoryError(`${manager} wants ${assets}, but only ${this.idleAssets} is idle.`);
    }
    const debt = this.debts.get(manager) ?? {
      principalAssets: 0n,
      interest: 0n,
      protocolPart: 0n,
      curatorPart: 0n,
    };
    this.debts.set(manager, debt);
    debt.principalAssets += assets;
    this.idleAssets -= assets;
  }

  /** Interest first, then principal. */
  repay(manager: string, assets: bigint): void {
    const { principalAssets, interestAssets } = this.debtOf(manager);
    if (assets > principalAssets + interestAssets) throw new HistoryError(`${manager} would repay too much.`);
    const interestPaid = smaller(assets, interestAssets);
    this.idleAssets += assets - interestPaid + this.collectInterest(manager, interestPaid);
    this.mustOwe(manager).principalAssets -= assets - interestPaid;
  }

  /** Principal first, then interest; what is missing is written off, with the fee part of interest nobody will pay. */
  settleLiquidation(manager: string, paymentAssets: bigint): Settlement {
    const totalAssetsBefore = this.totalAssets;
    const { principalAssets, interestAssets } = this.debtOf(manager);
    const trueDebtAssets = principalAssets + interestAssets;
    const badDebtAssets = excess(trueDebtAssets, paymentAssets);
    const interestPaid = smaller(excess(paymentAssets, principalAssets), interestAssets);
    this.idleAssets += paymentAssets - interestPaid + this.collectInterest(manager, interestPaid);
    const debt = this.mustOwe(manager);
    debt.principalAssets = 0n;
    if (badDebtAssets > 0n) {
      this.debts.delete(manager);
      this.totalBadDebtAssets += badDebtAssets;
    }
    const unpaidInterestAssets = interestAssets - interestPaid;
    return {
      trueDebtAssets,
      paymentAssets,
      badDebtAssets,
      unpaidInterestAssets: badDebtAssets > 0n ? unpaidInterestAssets : 0n,
      unpaidPrincipalAssets: badDebtAssets > 0n ? badDebtAssets - unpaidInterestAssets : 0n,
      totalAssetsBefore,
      totalAssetsAfter: this.totalAssets,
      totalSupplyShares: this.totalSupplyShares,
      holders: badDebtAssets > 0n ? new Map(this.shares) : new Map(),
    };
  }

  /** Pays the collected fees out; returns both parts. */
  claimFees(): { readonly protocolAssets: bigint; readonly curatorAssets: bigint } {
    const paid = { protocolAssets: this.collectedProtocolAssets, curatorAssets: this.collectedCuratorAssets };
    this.collectedProtocolAssets = 0n;
    this.collectedCuratorAssets = 0n;
    return paid;
  }

  /** Takes both fees, rounded down, out of interest that was paid; returns what is left for LPs. */
  private collectInterest(manager: string, assets: bigint): bigint {
    if (assets === 0n) return 0n;
    const debt = this.mustOwe(manager);
    const paid = assets * INTEREST_SCALE;
    const feeScale = INTEREST_SCALE * BPS;
    const protocolFee = (debt.protocolPart * paid) / (debt.interest * feeScale);
    const curatorFee = (debt.curatorPart * paid) / (debt.interest * feeScale);
    debt.interest -= paid;
    debt.protocolPart -= protocolFee * feeScale;
    debt.curatorPart -= curatorFee * feeScale;
    // A fraction of a unit of fee that no interest stands behind any more is the LPs'.
    const unbacked = excess(debt.protocolPart + debt.curatorPart, debt.interest * BPS);
    const fromProtocol = smaller(unbacked, debt.protocolPart);
    debt.protocolPart -= fromProtocol;
    debt.curatorPart -= unbacked - fromProtocol;
    this.collectedProtocolAssets += protocolFee;
    this.collectedCuratorAssets += curatorFee;
    return assets - protocolFee - curatorFee;
  }

  private mustOwe(manager: string): Debt {
    const debt = this.debts.get(manager);
    if (debt === undefined) throw new HistoryError(`${manager} owes nothing.`);
    return debt;
  }
}
