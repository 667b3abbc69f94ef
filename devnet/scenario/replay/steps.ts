import type { ParameterChange } from "../history/actions";
import type { FeedTicker, Ticker } from "../history/prices";
import type { PoolChange } from "./pool-model";

/** Part of a manager's session, with every amount in the asset's own units. */
export type SessionPart =
  | {
      readonly do: "bond-in" | "bond-out" | "working-capital-in" | "working-capital-out";
      readonly assets: bigint;
    }
  | { readonly do: "borrow" | "repay"; readonly assets: bigint }
  | {
      readonly do: "collateral-in" | "collateral-out";
      readonly ticker: Ticker;
      readonly amount: bigint;
      /** The first of its kind goes with a registration, the last with the opposite. */
      readonly registration: boolean;
    };

/** What happens on the markets; it belongs to no vault. */
export type MarketStep =
  | { readonly do: "price"; readonly ticker: FeedTicker; readonly answer: bigint }
  | { readonly do: "earn"; readonly amount: bigint }
  | { readonly do: "align-pool"; readonly change: PoolChange };

/** An action with its amounts worked out by the replay: what the player turns into a transaction. */
export type VaultStep =
  | { readonly do: "deposit" | "withdraw"; readonly lp: string; readonly assets: bigint }
  | { readonly do: "redeem" | "lock-shares"; readonly lp: string; readonly shares: bigint }
  | { readonly do: "give-shares"; readonly from: string; readonly to: string; readonly shares: bigint }
  | { readonly do: "session"; readonly manager: string; readonly parts: readonly SessionPart[] }
  | {
      readonly do: "liquidate";
      readonly manager: string;
      readonly liquidator: string;
      readonly mode: "wallet" | "sell";
      readonly paymentAssets: bigint;
      /** What is sold, in order; empty when the liquidator pays from its wallet. */
      readonly sold: readonly Ticker[];
    }
  | { readonly do: "schedule" | "execute" | "cancel"; readonly change: ParameterChange }
  | { readonly do: "contribute"; readonly from: string; readonly assets: bigint }
  | { readonly do: "collect-fees" }
  | { readonly do: "curator-fee"; readonly bps: bigint };
