import type { VaultTerms } from "../replay/vault-model";
import type { Moment } from "./actions";
import { coreMoments } from "./core";
import { lessonMoments } from "./lesson";
import type { FeedTicker, Ticker } from "./prices";
import { wethMoments } from "./weth";

export type ScenarioName = "core" | "lesson" | "weth";
export const SCENARIO_NAMES: readonly ScenarioName[] = ["core", "lesson", "weth"];

/** One vault of the devnet: its terms, what its managers may hold, and its story. */
export interface ScenarioPlan {
  readonly name: ScenarioName;
  readonly title: string;
  readonly shareName: string;
  readonly shareSymbol: string;
  readonly terms: VaultTerms;
  /** Whether parameters may change, through a timelock. */
  readonly isMutable: boolean;
  readonly collateral: readonly Ticker[];
  readonly feeds: readonly FeedTicker[];
  readonly moments: () => readonly Moment[];
}

const PROTOCOL_FEE_BPS = 500n;

export const SCENARIO_PLANS: Readonly<Record<ScenarioName, ScenarioPlan>> = {
  core: {
    name: "core",
    title: "Harbour USDC",
    shareName: "Flux Harbour USDC",
    shareSymbol: "fxUSDC",
    terms: {
      baseTicker: "USDC",
      rateWad: 120_000_000_000_000_000n,
      minBondRatioWad: 200_000_000_000_000_000n,
      liquidationBufferWad: 100_000_000_000_000_000n,
      profitMarginWad: 10_000_000_000_000_000n,
      paymentRule: "a",
      protocolFeeBps: PROTOCOL_FEE_BPS,
      curatorFeeBps: 1_000n,
    },
    isMutable: true,
    collateral: ["WETH", "WBTC", "ARB", "yWETH", "eUSD"],
    feeds: ["USDC", "WETH", "WBTC", "ARB"],
    moments: coreMoments,
  },
  lesson: {
    name: "lesson",
    title: "Lesson USDC",
    shareName: "Flux Lesson USDC",
    shareSymbol: "fxLesson",
    terms: {
      baseTicker: "USDC",
      rateWad: 0n,
      minBondRatioWad: 200_000_000_000_000_000n,
      liquidationBufferWad: 100_000_000_000_000_000n,
      profitMarginWad: 0n,
      paymentRule: "a",
      protocolFeeBps: PROTOCOL_FEE_BPS,
      curatorFeeBps: 0n,
    },
    isMutable: false,
    collateral: ["OAT"],
    feeds: ["USDC", "OAT"],
    moments: lessonMoments,
  },
  weth: {
    name: "weth",
    title: "Harbour WETH",
    shareName: "Flux Harbour WETH",
    shareSymbol: "fxWETH",
    terms: {
      baseTicker: "WETH",
      rateWad: 42_000_000_000_000_000n,
      minBondRatioWad: 250_000_000_000_000_000n,
      liquidationBufferWad: 100_000_000_000_000_000n,
      profitMarginWad: 10_000_000_000_000_000n,
      paymentRule: "b",
      protocolFeeBps: PROTOCOL_FEE_BPS,
      curatorFeeBps: 1_000n,
    },
    isMutable: false,
    collateral: ["yWETH", "USDC", "WBTC"],
    feeds: ["WETH", "WBTC", "USDC"],
    moments: wethMoments,
  },
};
