/** What the contracts say of a vault that was played; see `differential-vault.ts`. */
import type { Address, ManagerState, VaultState } from "@/domain/model";
import type { Contract, Receipt, Revert } from "../../devnet/contracts-test/chain";
import type { Scenario } from "./differential-scenario";

/** What a strategy says of a position against a debt. */
export interface Evaluation {
  readonly valueUsdWad: bigint;
  readonly valueAssets: bigint;
  readonly canLiquidate: boolean;
  readonly minPaymentAssets: bigint;
}

/** A manager by the contracts' views, with what the domain has to find out for itself. */
export interface Sheet {
  readonly manager: ManagerState;
  readonly evaluation: Evaluation;
  /** The registry's own value of the debt, USD with 18 decimals. */
  readonly debtUsdWad: bigint;
}

export interface Conversion {
  readonly amount: bigint;
  readonly toAssets: bigint;
  readonly toShares: bigint;
}

export interface Observation {
  readonly state: VaultState;
  readonly sheets: readonly Sheet[];
  readonly conversions: readonly Conversion[];
}

/** One question to both payment rules: a debt against the first manager's position. */
export interface Probe {
  readonly debtAssets: bigint;
  readonly debtUsdWad: bigint;
  readonly byRule: Readonly<Record<"a" | "b", Evaluation>>;
}

export interface LiquidationPlayed {
  readonly manager: Address;
  readonly receipt: Receipt;
  readonly after: Observation;
  readonly transfers: readonly TransferSeen[];
}

export interface TransferSeen {
  readonly from: Address;
  readonly to: Address;
  readonly shares: bigint;
  readonly blockNumber: bigint;
  readonly logIndex: number;
}

export interface Played {
  readonly scenario: Scenario;
  readonly vault: Contract;
  /** What the vault answered to an opening without a bond, and to one with a unit less than it asked for. */
  readonly bonds: readonly {
    readonly principalAssets: bigint;
    readonly ratioWad: bigint;
    readonly required: bigint;
    readonly oneUnitLess: Revert | undefined;
  }[];
  /** All at one rate. */
  readonly early: Observation;
  /** After the change of rate and the fall, at the second of the liquidation. */
  readonly before: Observation;
}

/** What the strategy says of every manager when the bond ratio is another one. */
export interface BondChange {
  readonly newBondWad: bigint;
  readonly canLiquidate: readonly boolean[];
}
