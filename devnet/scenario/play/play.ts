import type { ScenarioName } from "../history/scenarios";
import { type HistoryReplay, replayHistory } from "../replay/history-replay";
import { castAccounts } from "./cast-accounts";
import { deployAll, setUpTime } from "./deploy";
import type { Deployment } from "./deployment";
import { StepEncoder } from "./encode";
import { executorOwners, fundingTxs } from "./funding";
import { HistorySender } from "./node-client";

/** A chain that has lived through the chosen histories, and the replay that says what it must show. */
export interface PlayedHistory {
  readonly deployment: Deployment;
  readonly replay: HistoryReplay;
  readonly startSeconds: bigint;
  readonly sender: HistorySender;
}

/**
 * Deploys and plays the chosen histories on a node that mines on request only, and makes sure that every transaction
 * succeeded.
 * @throws SeedError when the chain refuses a step
 * @throws HistoryError when a history breaks a rule of the protocol
 */
export async function playHistory(args: {
  readonly url: string;
  readonly scenarios: readonly ScenarioName[];
  readonly startSeconds: bigint;
  readonly onProgress?: (share: number) => void;
}): Promise<PlayedHistory> {
  const { startSeconds } = args;
  const replay = replayHistory({ scenarios: args.scenarios, startSeconds });
  const sender = new HistorySender({ url: args.url, accounts: castAccounts() });
  const deployment = await deployAll({
    sender,
    scenarios: args.scenarios,
    executorOwners: executorOwners(replay.blocks),
    startSeconds,
  });
  await sender.mine(fundingTxs({ sender, deployment, blocks: replay.blocks }), setUpTime(startSeconds, 4n));
  const encoder = new StepEncoder({ sender, deployment });
  for (const [index, { atSeconds, steps }] of replay.blocks.entries()) {
    const txs = steps.flatMap((entry) => encoder.encode(entry));
    await sender.mine(txs, atSeconds);
    if (index % 50 === 0) args.onProgress?.(index / replay.blocks.length);
  }
  args.onProgress?.(1);
  await sender.checkReceipts();
  return { deployment, replay, startSeconds, sender };
}
