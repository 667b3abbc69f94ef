import { type Anvil, startAnvil } from "../anvil";
import { compileContracts } from "../compile";
import { CAST } from "./cast";
import { type ExpectedScenario, expectedScenarios } from "./expected";
import type { ScenarioName } from "./history/scenarios";
import { setUpTime } from "./play/deploy";
import type { Hex } from "./play/node-client";
import { type PlayedHistory, playHistory } from "./play/play";

/** A chain on which histories were played, with what they must have led to. For tests. */
export interface PlayedChain {
  readonly anvil: Anvil;
  readonly played: PlayedHistory;
  readonly lastBlock: bigint;
  /** What the replay implies for one scenario. */
  readonly of: (name: ScenarioName) => ExpectedScenario;
  readonly deployed: (
    name: ScenarioName,
  ) => NonNullable<ReturnType<PlayedHistory["deployment"]["vaults"]["get"]>>;
}

/** Always the same start, so that every run makes the same blocks. */
export const START_SECONDS = 1_769_428_800n;

/** Starts a chain of its own and plays the histories on it. The caller stops `anvil`. */
export async function playedChain(scenarios: readonly ScenarioName[]): Promise<PlayedChain> {
  compileContracts();
  const anvil = await startAnvil({
    accounts: CAST.length,
    gasLimit: 300_000_000,
    timestampSeconds: Number(setUpTime(START_SECONDS, 0n)) - 600,
    args: ["--no-mining", "--prune-history", "1200"],
  });
  const played = await playHistory({ url: anvil.url, scenarios, startSeconds: START_SECONDS });
  const lastBlock = BigInt(await anvil.request<Hex>("eth_blockNumber"));
  const expected = expectedScenarios(played, lastBlock);
  return {
    anvil,
    played,
    lastBlock,
    of(name) {
      const found = expected.get(name);
      if (found === undefined) throw new Error(`${name} was not played`);
      return found;
    },
    deployed(name) {
      const found = played.deployment.vaults.get(name);
      if (found === undefined) throw new Error(`${name} was not deployed`);
      return found;
    },
  };
}
