import type { Ticker } from "../history/prices";
import { smaller, WAD } from "./fixed-point";
import { type MarketModel, TOKEN_DECIMALS } from "./market-model";
import { HistoryError, VaultBooks } from "./vault-books";

/** The terms on which a vault is created. */
export interface VaultTerms {
  readonly baseTicker: Ticker;
  readonly rateWad: bigint;
  readonly minBondRatioWad: bigint;
  readonly liquidationBufferWad: bigint;
  readonly profitMarginWad: bigint;
  /** (a): at or above its debt a position costs the debt. (b): never more than value less margin. */
  readonly paymentRule: "a" | "b";
  readonly protocolFeeBps: bigint;
  readonly curatorFeeBps: bigint;
}

/** What a manager has put up. */
export interface Position {
  bondAssets: bigint;
  workingCapitalAssets: bigint;
  readonly collateral: Map<Ticker, bigint>;
}

/** A manager as the strategy sees it. */
export interface Appraisal {
  readonly valueUsdWad: bigint;
  readonly valueAssets: bigint;
  readonly principalAssets: bigint;
  readonly interestAssets: bigint;
  readonly debtAssets: bigint;
  /** Value over debt, rounded down; undefined without debt. */
  readonly healthWad: bigint | undefined;
  readonly canLiquidate: boolean;
  readonly minPaymentAssets: bigint;
}

/** One vault: its books, its managers' positions and the standard strategy's rules over both. */
export class VaultModel {
  readonly books: VaultBooks;
  readonly positions = new Map<string, Position>();
  readonly terms: VaultTerms;
  minBondRatioWad: bigint;
  rateWad: bigint;
  private readonly market: MarketModel;

  constructor(args: {
    readonly terms: VaultTerms;
    readonly market: MarketModel;
    readonly atSeconds: bigint;
  }) {
    this.terms = args.terms;
    this.market = args.market;
    this.minBondRatioWad = args.terms.minBondRatioWad;
    this.rateWad = args.terms.rateWad;
    this.books = new VaultBooks({
      atSeconds: args.atSeconds,
      rateWad: args.terms.rateWad,
      protocolFeeBps: args.terms.protocolFeeBps,
      curatorFeeBps: args.terms.curatorFeeBps,
    });
  }

  get baseUnit(): bigint {
    return 10n ** BigInt(TOKEN_DECIMALS[this.terms.baseTicker]);
  }

  /** 1 + minimum bond ratio - liquidation buffer. */
  get thresholdWad(): bigint {
    return WAD + this.minBondRatioWad - this.terms.liquidationBufferWad;
  }

  positionOf(manager: string): Position {
    const known = this.positions.get(manager);
    if (known !== undefined) return known;
    const fresh: Position = { bondAssets: 0n, workingCapitalAssets: 0n, collateral: new Map() };
    this.positions.set(manager, fresh);
    return fresh;
  }

  appraise(manager: string): Appraisal {
    const position = this.positionOf(manager);
    const base = this.terms.baseTicker;
    let valueUsdWad =
      this.market.valueUsdWad(base, position.bondAssets) +
      this.market.valueUsdWad(base, position.workingCapitalAssets);
    for (const [ticker, amount] of position.collateral) {
      if (amount > 0n) valueUsdWad += this.market.valueUsdWad(ticker, amount);
    }
    const basePrice = this.market.priceUsdWad(base);
    const valueAssets = (valueUsdWad * this.baseUnit) / basePrice;
    const { principalAssets, interestAssets } = this.books.debtOf(manager);
    const debtAssets = principalAssets + interestAssets;
    const debtUsdWad = (debtAssets * basePrice) / this.baseUnit;
    return {
      valueUsdWad,
      valueAssets,
      principalAssets,
      interestAssets,
      debtAssets,
      healthWad: debtUsdWad === 0n ? undefined : (valueUsdWad * WAD) / debtUsdWad,
      canLiquidate: valueUsdWad * WAD < this.thresholdWad * debtUsdWad,
      minPaymentAssets: this.paymentFor(valueAssets, debtAssets),
    };
  }

  private paymentFor(valueAssets: bigint, debtAssets: bigint): bigint {
    const afterMargin = (valueAssets * (WAD - this.terms.profitMarginWad)) / WAD;
    if (valueAssets < debtAssets) return afterMargin;
    return this.terms.paymentRule === "b" ? smaller(debtAssets, afterMargin) : debtAssets;
  }

  /** What the vault checks when a manager's session ends. `grew`: principal rose or bond fell. */
  checkSession(manager: string, grew: boolean): void {
    const { principalAssets, debtAssets, canLiquidate, healthWad } = this.appraise(manager);
    if (debtAssets === 0n) return;
    if (canLiquidate) throw new HistoryError(`${manager} would end its session at health ${healthWad}.`);
    const { bondAssets } = this.positionOf(manager);
    if (grew && bondAssets * WAD < principalAssets * this.minBondRatioWad) {
      throw new HistoryError(`${manager} has a bond of ${bondAssets} for ${principalAssets} of principal.`);
    }
  }

  changeCollateral(manager: string, ticker: Ticker, change: bigint): void {
    const { collateral } = this.positionOf(manager);
    const amount = (collateral.get(ticker) ?? 0n) + change;
    if (amount < 0n) throw new HistoryError(`${manager} holds less ${ticker} than that.`);
    if (amount === 0n) collateral.delete(ticker);
    else collateral.set(ticker, amount);
  }

  clearPosition(manager: string): void {
    this.positions.delete(manager);
  }
}
