import { fetchHistory, type HistoryProgress } from "@/chain/history";
import type { ChunkStore } from "@/chain/logs/store";
import { fetchFinalisedNumber } from "@/chain/reads/head";
import { fetchHolders } from "@/chain/reads/holders";
import { fetchSnapshot } from "@/chain/reads/snapshot";
import { fetchTotals } from "@/chain/reads/totals";
import type { Rpc } from "@/chain/rpc/rpc";
import { eventsOf, holdersOf, managersOf } from "@/domain/history";
import { holdersAtEnd, replayHoldings } from "@/domain/holdings";
import type {
  Address,
  BlockRef,
  TotalsSample,
  VaultHistory,
  VaultSnapshot,
  VaultState,
} from "@/domain/model";
import { coalesced } from "./coalesce";
import type { VaultConfig } from "./config";
import { type LoadRequest, loadVaultState } from "./load-state";
import { blocksToSample } from "./sampling";
import { assembleReport, type TotalsSeries, type VaultReport } from "./vault-report";

/** What loading needs besides the chain. */
export interface LoadContext {
  readonly store: ChunkStore;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
}

/** What is being read just now. */
export type LoadProgress =
  | { readonly stage: "state" }
  | ({ readonly stage: "history" } & HistoryProgress)
  | { readonly stage: "managers"; readonly managers: number }
  | { readonly stage: "series"; readonly blocks: number };

/**
 * Reads everything about a vault at one block and computes its report.
 *
 * Order: the vault's own state, its history up to that block (cached, resumable), every manager that the history
 * names, then the totals of the past for the charts.
 *
 * @throws ChainError, with the codes of the reads below; `aborted` when the signal fires.
 */
export async function loadVaultReport(
  rpc: Rpc,
  request: LoadRequest &
    LoadContext & {
      /** The vault's own state where it was read already; everything else is then read at its block. */
      readonly state?: VaultState | undefined;
      readonly onState?: (state: VaultState) => void;
    },
): Promise<VaultReport> {
  const { store, signal, onProgress } = request;
  onProgress?.({ stage: "state" });
  const state = request.state ?? (await loadVaultState(rpc, request));
  const { block } = state;
  request.onState?.(state);
  const config = await located(rpc, { vault: request.vault, head: block.number, store, signal });
  const finalised = await fetchFinalisedNumber(rpc, { head: block, signal });
  const history = await readHistory(rpc, { config, state, block, finalised, store, signal, onProgress });
  const managers = managersToRead(config, history);
  onProgress?.({ stage: "managers", managers: managers.length });
  const snapshot = await fetchSnapshot(rpc, { vault: config.address, managers, block, signal });
  const contractHolders = await readContractHolders(rpc, { history, block, known: new Set(), signal });
  const blocks = blocksToSample(history, block);
  onProgress?.({ stage: "series", blocks: blocks.length });
  const { samples, unavailable } = await fetchTotals(rpc, { vault: config.address, blocks, signal });
  const series: TotalsSeries = {
    samples: [...samples, sampleOf(snapshot)],
    unavailableBlocks: unavailable,
    loadedTo: block.number,
  };
  const converted = await converting(rpc, { snapshot, series, signal });
  return assembleReport({ config, ...converted, history, finalised, series, contractHolders });
}

/** A vault that no configuration describes is read from the block in which it was made, if that can be found. */
async function located(
  rpc: Rpc,
  request: Pick<LoadContext, "store" | "signal"> & { readonly vault: VaultConfig; readonly head: bigint },
): Promise<VaultConfig> {
  if (request.vault.listed || request.vault.startBlock > 0n) return request.vault;
  const { withFirstBlock } = await import("./other-vault");
  return withFirstBlock(rpc, request);
}

/** How a vault that is not Flux converts; a Flux vault is known to hold virtual shares. */
async function converting(
  rpc: Rpc,
  request: {
    readonly snapshot: VaultSnapshot;
    readonly series: TotalsSeries;
    readonly previous?: VaultReport["conversion"];
    readonly signal?: AbortSignal | undefined;
  },
): Promise<Pick<VaultReport, "snapshot" | "conversion">> {
  const { snapshot, series, previous, signal } = request;
  if (snapshot.state.flux !== undefined) return { snapshot, conversion: undefined };
  const { withConversion } = await import("./other-vault");
  return withConversion(rpc, { snapshot, samples: series.samples, previous, signal });
}

/**
 * Brings a report to a new head: the history's tail and the snapshot, in one HTTP request where nothing unforeseen
 * happened. The past of the charts is kept; the new block becomes their last point.
 */
export async function refreshVaultReport(
  rpc: Rpc,
  request: LoadContext & { readonly previous: VaultReport; readonly head: BlockRef },
): Promise<VaultReport> {
  const { previous, head, store, signal } = request;
  const { config, finalised } = previous;
  const { state } = previous.snapshot;
  const together = coalesced(rpc, { signal });
  const expected = managersToRead(config, previous.history);
  const [history, early] = await Promise.all([
    readHistory(together, {
      config,
      state,
      block: head,
      finalised,
      previous: previous.history,
      store,
      signal,
    }),
    fetchSnapshot(together, { vault: config.address, managers: expected, block: head, signal }),
  ]);
  const managers = managersToRead(config, history);
  const snapshot =
    managers.length === expected.length
      ? early
      : await fetchSnapshot(rpc, { vault: config.address, managers, block: head, signal });
  const known = new Set(holdersOf(previous.history));
  const found = await readContractHolders(rpc, { history, block: head, known, signal });
  const series = appended(previous.series, snapshot);
  const converted = await converting(rpc, { snapshot, series, previous: previous.conversion, signal });
  return assembleReport({
    config,
    ...converted,
    history,
    finalised,
    series,
    contractHolders: new Set([...previous.contractHolders, ...found]),
  });
}

interface HistoryRequest extends LoadContext {
  readonly config: VaultConfig;
  readonly state: VaultState;
  readonly block: BlockRef;
  readonly finalised: bigint | undefined;
  /** What is known already: only what comes after its last final block is read again. */
  readonly previous?: VaultHistory | undefined;
}

async function readHistory(rpc: Rpc, request: HistoryRequest): Promise<VaultHistory> {
  const { config, state, block, finalised, previous, store, signal, onProgress } = request;
  const strategy = state.flux?.strategy;
  return fetchHistory(rpc, {
    vault: config.address,
    strategy: strategy?.address,
    timelock: config.timelock ?? strategy?.owner,
    fromBlock: config.startBlock,
    head: block,
    finalised,
    previous,
    store,
    signal,
    onProgress: (progress) => onProgress?.({ stage: "history", ...progress }),
  });
}

/** Every manager that the logs or the configuration name. */
function managersToRead(config: VaultConfig, history: VaultHistory): readonly Address[] {
  return [...new Set([...managersOf(history), ...config.managers])];
}

/** Which present holders are contracts; `known` ones are not asked again. */
async function readContractHolders(
  rpc: Rpc,
  request: {
    readonly history: VaultHistory;
    readonly block: BlockRef;
    readonly known: ReadonlySet<Address>;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<ReadonlySet<Address>> {
  const held = holdersAtEnd(replayHoldings(eventsOf(request.history, "transfer")));
  const holders = held.map(({ holder }) => holder).filter((holder) => !request.known.has(holder));
  if (holders.length === 0) return new Set();
  const found = await fetchHolders(rpc, { holders, block: request.block, signal: request.signal });
  return new Set(found.filter(({ isContract }) => isContract).map(({ address }) => address));
}

/** The snapshot's own totals as the last point of the series. */
function sampleOf({ state }: VaultSnapshot): TotalsSample {
  return {
    block: state.block,
    totalAssets: state.totalAssets,
    totalSupplyShares: state.totalSupplyShares,
    idleAssets: state.flux?.idleAssets,
    totalBadDebtAssets: state.flux?.totalBadDebtAssets,
    totalPrincipalDebtAssets: state.flux?.totalPrincipalDebtAssets,
  };
}

/** Live points beyond the loaded past: the oldest of them go, so that a page left open for days does not grow. */
const KEPT_LIVE_POINTS = 400;

function appended(series: TotalsSeries, snapshot: VaultSnapshot): TotalsSeries {
  const { number } = snapshot.state.block;
  const before = series.samples.filter((sample) => sample.block.number < number);
  const past = before.filter((sample) => sample.block.number <= series.loadedTo);
  const live = before.filter((sample) => sample.block.number > series.loadedTo).slice(-KEPT_LIVE_POINTS);
  return { ...series, samples: [...past, ...live, sampleOf(snapshot)] };
}
