import type { PriceSplit } from "@/data/vault/price-split";
import { chainFigure, mapFigure } from "@/domain/figure";
import { liquidationThresholdWad, positionValueOf } from "@/domain/health";
import { accruedInterestDown, type TimeToLiquidation, timeToLiquidationOf } from "@/domain/interest";
import { badDebtLineWad, liquidatorGainAssets } from "@/domain/liquidation";
import type { Address, Figure, FluxState, VaultState } from "@/domain/model";
import { insolvencyShockOf, liquidationShockOf, type ShockMark } from "@/domain/stress";
import type { VaultReport } from "@/report/vault-report";
import { YEAR_SECONDS } from "@/shared/unix-time";
import { type PositionRow, positionRowsOf } from "./model";

/** What is known of an address that a page was asked for. */
export type ManagerStanding =
  | { readonly kind: "read"; readonly row: PositionRow }
  /** A manager, by its logs or by the operator's list, that did not answer at this block. */
  | { readonly kind: "unread" }
  /** Not among the managers, and the history is whole: it never was one. */
  | { readonly kind: "never" }
  /** Not among the managers, but the history does not reach back to the vault's first block. */
  | { readonly kind: "not-found" }
  /** The vault is not a Flux vault: it publishes no managers. */
  | { readonly kind: "not-published" };

/** Finds an address among the vault's managers. */
export function managerStandingOf(
  report: Pick<VaultReport, "snapshot" | "history">,
  manager: Address,
): ManagerStanding {
  const { snapshot, history } = report;
  if (snapshot.state.flux === undefined) return { kind: "not-published" };
  const row = positionRowsOf(snapshot).find((one) => one.manager === manager);
  if (row !== undefined) return { kind: "read", row };
  const isKnown =
    snapshot.unreadManagers.includes(manager) ||
    history.vault.some((event) => "manager" in event && event.manager === manager);
  if (isKnown) return { kind: "unread" };
  return { kind: history.complete ? "never" : "not-found" };
}

/** What a position is made of, as the wrappers report it. USD with 18 decimals; undefined where unpriced. */
export interface PositionParts {
  readonly bondValueUsdWad: bigint | undefined;
  readonly workingCapitalValueUsdWad: bigint | undefined;
  /** undefined: the vault does not list them. */
  readonly wrappers: readonly WrapperPart[] | undefined;
}

export interface WrapperPart {
  readonly wrapper: Address;
  readonly underlying: Address | undefined;
  /** What the underlying token calls itself, made harmless. */
  readonly symbol: string | undefined;
  readonly decimals: number | undefined;
  /** undefined: the vault does not list them. */
  readonly positions: readonly HoldingPart[] | undefined;
}

export interface HoldingPart {
  readonly positionId: string;
  /** In units of the underlying token. */
  readonly balance: bigint | undefined;
  readonly valueUsdWad: bigint | undefined;
}

/** How far something may fall before each mark is reached. */
export interface Distances {
  readonly toLiquidation: ShockMark;
  /** Where the payment stops covering the debt when liquidators keep their margin always (rule b). */
  readonly toBadDebtRuleB: Figure<ShockMark>;
  /** Worth exactly its debt; under rule (a) bad debt begins here too. */
  readonly toInsolvency: ShockMark;
}

export function distancesOf(input: {
  readonly split: PriceSplit;
  readonly trueDebtAssets: bigint;
  readonly flux: FluxState;
}): Distances {
  const book = { ...input.split, trueDebtAssets: input.trueDebtAssets };
  const { strategy } = input.flux;
  return {
    toLiquidation: liquidationShockOf({ ...book, thresholdWad: liquidationThresholdWad(strategy) }),
    toBadDebtRuleB: mapFigure(
      badDebtLineWad({ rule: "b", profitMarginWad: strategy.liquidationProfitMarginWad }),
      (thresholdWad) => liquidationShockOf({ ...book, thresholdWad }),
    ),
    toInsolvency: insolvencyShockOf(book),
  };
}

/** The exact figures behind a manager's page. */
export interface ManagerFigures {
  readonly thresholdWad: bigint;
  /** Falls of the whole position's value. */
  readonly valueDistances: Figure<Distances>;
  readonly interestTime: Figure<TimeToLiquidation>;
  /** Base-asset units a year, on the present principal. */
  readonly yearlyInterestAssetsDown: bigint;
  /** What a liquidator would keep of the oracle's value, before slippage and gas; may be negative. */
  readonly liquidatorGainAssets: Figure;
}

/** Everything that a manager's page computes beyond its row. */
export function managerFiguresOf(row: PositionRow, state: VaultState): Figure<ManagerFigures> {
  const { flux } = state;
  if (flux === undefined) return { kind: "unknown", reason: "not-published" };
  const { strategy } = flux;
  const { position, shortfall } = row;
  const { trueDebtAssets } = shortfall;
  const value = positionValueOf(position, state);
  const thresholdWad = liquidationThresholdWad(strategy);
  return {
    kind: "known",
    value: {
      thresholdWad,
      valueDistances: mapFigure(value, ({ valueAssets }) =>
        distancesOf({ split: { baseAssets: 0n, riskyAssets: valueAssets }, trueDebtAssets, flux }),
      ),
      interestTime: timeToLiquidationOf({
        manager: position,
        state,
        interestRateWad: strategy.interestRateWad,
      }),
      yearlyInterestAssetsDown: accruedInterestDown({
        principalAssets: position.principalAssets,
        interestRateWad: strategy.interestRateWad,
        elapsedSeconds: YEAR_SECONDS,
      }),
      liquidatorGainAssets: chainFigure(shortfall.paymentAssets, (paymentAssets) =>
        mapFigure(shortfall.valueAssets, (valueAssets) =>
          liquidatorGainAssets({ valueAssets, paymentAssets }),
        ),
      ),
    },
  };
}
