import type { FeedTicker, Ticker } from "./prices";

/**
 * What can happen on the devnet, in the words of the people who do it. A history is a list of these; the replay
 * computes what each must lead to, the player turns each into transactions. Amounts are decimal text in whole
 * units of the asset ("1,250.5"), participants are names of the cast.
 */
export type Action =
  | { readonly do: "price"; readonly ticker: FeedTicker; readonly answer: bigint }
  /** The yield vault earns: tokens are sent to it. */
  | { readonly do: "earn"; readonly ticker: "yWETH"; readonly amount: string }
  | { readonly do: "deposit"; readonly lp: string; readonly amount: string }
  | { readonly do: "withdraw"; readonly lp: string; readonly amount: string }
  | { readonly do: "redeem"; readonly lp: string; readonly part: Part }
  | { readonly do: "give-shares"; readonly from: string; readonly to: string; readonly part: Part }
  /** Shares go into a contract that holds them for its depositors. */
  | { readonly do: "lock-shares"; readonly lp: string; readonly part: Part }
  | {
      readonly do: "open";
      readonly manager: string;
      readonly bond: string;
      readonly borrow: string;
      readonly collateral: readonly Holding[];
      readonly workingCapital?: string;
    }
  | { readonly do: "bond-in" | "bond-out"; readonly manager: string; readonly amount: string }
  | { readonly do: "borrow"; readonly manager: string; readonly amount: string }
  | { readonly do: "repay"; readonly manager: string; readonly amount: RepaidAmount }
  | { readonly do: "collateral-in" | "collateral-out"; readonly manager: string; readonly holding: Holding }
  /** Pays everything back and takes everything home. */
  | { readonly do: "close"; readonly manager: string }
  | {
      readonly do: "liquidate";
      readonly manager: string;
      readonly liquidator: string;
      readonly mode: "wallet" | "sell";
    }
  | { readonly do: "schedule"; readonly change: ParameterChange }
  | { readonly do: "execute" | "cancel"; readonly change: ParameterChange }
  | { readonly do: "contribute"; readonly from: string; readonly amount: string }
  | { readonly do: "collect-fees" }
  | { readonly do: "curator-fee"; readonly bps: bigint };

/** An amount, or what has accrued by then and nothing of the principal. */
export type RepaidAmount = { readonly of: "interest" } | string;

/** A part of what somebody holds at that moment. */
export type Part = "all" | { readonly ppm: bigint };

export interface Holding {
  readonly ticker: Ticker;
  readonly amount: string;
}

/** A change of a strategy parameter as the timelock sees it. The name makes the salt, so that every one is unique. */
export interface ParameterChange {
  readonly name: string;
  readonly setter: "setInterestRate" | "setMinBondRatio";
  readonly newValueWad: bigint;
}

/** All actions of one block, in order. */
export interface Moment {
  readonly atSeconds: number;
  readonly actions: readonly Action[];
}

/** Orders moments by time and joins those of the same second, prices first. */
export function inOrder(moments: readonly Moment[]): readonly Moment[] {
  const bySecond = new Map<number, Action[]>();
  for (const moment of moments) {
    const actions = bySecond.get(moment.atSeconds) ?? [];
    bySecond.set(moment.atSeconds, actions);
    actions.push(...moment.actions);
  }
  return [...bySecond]
    .sort(([a], [b]) => a - b)
    .map(([atSeconds, actions]) => ({
      atSeconds,
      actions: [
        ...actions.filter((action) => action.do === "price"),
        ...actions.filter((action) => action.do !== "price"),
      ],
    }));
}
