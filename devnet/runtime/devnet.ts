import type { Anvil } from "../anvil";
import type { ExpectedScenario } from "../scenario/expected";
import type { ScenarioName } from "../scenario/history/scenarios";
import type { AddressBook } from "./address-book";
import type { DashboardConfig } from "./dashboard-config";

/** End of the history at a fixed time: 1 June 2026, 12:00 UTC. */
export const FIXED_END_SECONDS = 1_780_315_200;

/** How blocks come after the history: every 12 seconds, with every transaction, or on request only. */
export type Mining = "interval" | "automine" | "manual";

export interface DevnetOptions {
  /** Default: all. An empty list deploys factory, registry, feeds and pools only. */
  readonly scenarios?: readonly ScenarioName[];
  /** Ends the history at {@link FIXED_END_SECONDS} instead of now: two runs give the same block hashes. */
  readonly fixedTime?: boolean;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Default: automine, as tests want it. */
  readonly mining?: Mining;
  readonly onProgress?: (share: number) => void;
  /** Ends the node while it is still being seeded; the start then rejects. */
  readonly signal?: AbortSignal;
}

export interface Devnet {
  readonly rpcUrl: string;
  readonly chainId: number;
  readonly addressBook: AddressBook;
  /** The dashboard's run-time configuration for this chain. */
  readonly config: DashboardConfig;
  /** What each scenario implies at the last block of the history, as integers. */
  readonly expected: ReadonlyMap<ScenarioName, ExpectedScenario>;
  readonly anvil: Anvil;
  /** Jumps in time and publishes every feed anew. */
  advance(seconds: number): Promise<void>;
  /** Ends the node and deletes what it kept on disk. */
  stop(): Promise<void>;
}
