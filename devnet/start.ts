/**
 * The devnet: a local chain with the real contracts and a real history.
 *
 *   npm run devnet                        the chain alone; writes devnet/.run/devnet.json and plimsoll.config.json
 *   npm run devnet -- --empty             factory, registry, feeds and pools only
 *   npm run devnet -- --port 9545         on a port of your choice (default: any free one)
 *   npm run devnet -- --fixed-time        the same block hashes at every run
 *   npm run devnet -- advance 48h         moves the running devnet's clock and refreshes every feed
 *
 * Tests call {@link startDevnet}.
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { startAnvil } from "./anvil";
import { compileContracts } from "./compile";
import { buildAddressBook } from "./runtime/address-book";
import { advanceClock, type Node } from "./runtime/clock";
import { runCommandLine } from "./runtime/command-line";
import { dashboardConfig } from "./runtime/dashboard-config";
import { type Devnet, type DevnetOptions, FIXED_END_SECONDS, type Mining } from "./runtime/devnet";
import { CAST } from "./scenario/cast";
import { type ExpectedScenario, expectedScenarios } from "./scenario/expected";
import { HISTORY_SECONDS } from "./scenario/history/market";
import { SCENARIO_NAMES, type ScenarioName } from "./scenario/history/scenarios";
import { setUpTime } from "./scenario/play/deploy";
import { SeedError } from "./scenario/play/node-client";
import { playHistory } from "./scenario/play/play";
import { differencesFromChain } from "./scenario/verify";

export type { Devnet, DevnetOptions } from "./runtime/devnet";

/** Archive reads last at least this long after the start. */
const ARCHIVE_HOURS = 2;
const BLOCK_TIME_SECONDS = 12;
/** Blocks beyond the history and two hours of mining whose state is kept: for jumps and transactions. */
const SPARE_STATES = 20;
const BLOCKS_OF_LONGEST_HISTORY = 800;
const KEPT_STATES = BLOCKS_OF_LONGEST_HISTORY + (ARCHIVE_HOURS * 3_600) / BLOCK_TIME_SECONDS + SPARE_STATES;

/**
 * Starts a node, deploys the contracts, plays the histories and checks every figure they imply against the chain.
 * @throws SeedError when the chain refuses a step, or differs from the replay in any figure
 * @throws AnvilStartError when the node cannot be started
 */
export async function startDevnet(options: DevnetOptions = {}): Promise<Devnet> {
  compileContracts();
  const fixedTime = options.fixedTime ?? false;
  const mining = options.mining ?? "automine";
  const names = options.scenarios ?? SCENARIO_NAMES;
  const endSeconds = fixedTime ? FIXED_END_SECONDS : Math.floor(Date.now() / 1_000);
  const startSeconds = BigInt(endSeconds - HISTORY_SECONDS);
  const startedAtMs = Date.now();
  const anvil = await startAnvil({
    port: options.port ?? 0,
    chainId: 31_337,
    accounts: CAST.length,
    gasLimit: 300_000_000,
    timestampSeconds: Number(setUpTime(startSeconds, 0n)) - 600,
    args: ["--no-mining", "--prune-history", String(KEPT_STATES)],
  });
  options.signal?.addEventListener("abort", () => void anvil.stop(), { once: true });
  try {
    const played = await playHistory({
      url: anvil.url,
      scenarios: names,
      startSeconds,
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    });
    const lastBlock = BigInt(await anvil.request<string>("eth_blockNumber"));
    const expected = expectedScenarios(played, lastBlock);
    await holdToReplay({ played, expected });
    await startMining(anvil, { mining, fixedTime });
    const addressBook = buildAddressBook({
      played,
      expected,
      run: {
        rpcUrl: anvil.url,
        chainId: anvil.chainId,
        genesisHash: anvil.genesisHash,
        fixedTime,
        lastBlock,
        archiveUntilSeconds:
          mining === "interval" ? Math.floor(startedAtMs / 1_000) + ARCHIVE_HOURS * 3_600 : undefined,
      },
    });
    return {
      rpcUrl: anvil.url,
      chainId: anvil.chainId,
      addressBook,
      config: dashboardConfig(addressBook),
      expected,
      anvil,
      async advance(seconds) {
        await advanceClock({
          node: anvil,
          book: addressBook,
          seconds,
          automine: mining === "automine",
        });
      },
      stop: () => anvil.stop(),
    };
  } catch (cause) {
    await anvil.stop();
    throw cause;
  }
}

async function holdToReplay(args: {
  readonly played: Awaited<ReturnType<typeof playHistory>>;
  readonly expected: ReadonlyMap<ScenarioName, ExpectedScenario>;
}): Promise<void> {
  for (const [name, expected] of args.expected) {
    const vault = args.played.deployment.vaults.get(name);
    if (vault === undefined) throw new SeedError(`${name} was not deployed.`);
    const lines = await differencesFromChain({ sender: args.played.sender, vault, expected });
    if (lines.length > 0) throw new SeedError(`${name} differs from its replay:\n${lines.join("\n")}`);
  }
}

async function startMining(
  node: Node,
  args: { readonly mining: Mining; readonly fixedTime: boolean },
): Promise<void> {
  // Seeding took a while; from here on the chain's clock is the computer's, unless the time is fixed.
  if (!args.fixedTime) await node.request("anvil_setTime", [Math.floor(Date.now() / 1_000)]);
  if (args.mining === "automine") await node.request("evm_setAutomine", [true]);
  if (args.mining === "interval") await node.request("evm_setIntervalMining", [BLOCK_TIME_SECONDS]);
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await runCommandLine(process.argv.slice(2), startDevnet);
}
