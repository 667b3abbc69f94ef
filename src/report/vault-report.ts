import { type Completeness, completeSnapshotOf } from "@/domain/complete";
import type { Conversion } from "@/domain/conversion";
import { type HeadlineNumbers, headlineOf, headlineWithoutSnapshot } from "@/domain/headline";
import { eventsOf } from "@/domain/history";
import { type Holdings, replayHoldings, supplySharesAtEnd } from "@/domain/holdings";
import { type Ledger, ledgerOf } from "@/domain/ledger";
import { sumOf } from "@/domain/math";
import type { Address, TotalsSample, VaultHistory, VaultSnapshot } from "@/domain/model";
import type { VaultConfig } from "./config";

/** Total assets and supply over time, as far back as the endpoint keeps state. */
export interface TotalsSeries {
  /** In the order of the chain; the last one is the snapshot's own block. */
  readonly samples: readonly TotalsSample[];
  /** Blocks that were asked for and are no longer kept: their part of the chart is a gap, never a zero. */
  readonly unavailableBlocks: readonly bigint[];
  /** Samples up to here were chosen from the history; later ones are the heads seen since. */
  readonly loadedTo: bigint;
}

/** What was read of one vault: everything at, or up to, one block. */
export interface VaultReadings {
  readonly config: VaultConfig;
  readonly snapshot: VaultSnapshot;
  readonly history: VaultHistory;
  /** The newest block that no reorganisation can undo; undefined while the chain has none. */
  readonly finalised: bigint | undefined;
  readonly series: TotalsSeries;
  /** Holders whose address has code: a pool, a Safe, another vault. */
  readonly contractHolders: ReadonlySet<Address>;
  /** How a vault that is not Flux converts, and how sure that is; undefined for a Flux vault. */
  readonly conversion?: Conversion | undefined;
}

/**
 * Everything that any page, the public page or the command line shows of a vault. There is no second way to a
 * figure: whoever wants one takes it from here or from a pure function of it.
 */
export interface VaultReport extends VaultReadings {
  readonly completeness: Completeness;
  readonly holdings: Holdings;
  readonly ledger: Ledger;
  readonly headline: HeadlineNumbers;
}

/**
 * Computes a vault's report from what was read. Pure: the same readings give the same report.
 *
 * A history that claims to be whole is believed only while it agrees with the vault itself: the transfers add up to
 * its supply at the snapshot's block, and the liquidations' bad debt to the vault's own counter. A configured first
 * block that is too late is found here, and the history is partial from then on.
 */
export function assembleReport(readings: VaultReadings): VaultReport {
  const { snapshot } = readings;
  const { state } = snapshot;
  const completeness = completeSnapshotOf(snapshot);
  const holdings = replayHoldings(eventsOf(readings.history, "transfer"));
  const addsUp =
    holdings.firstOverdraft === undefined && supplySharesAtEnd(holdings) === state.totalSupplyShares;
  const history = {
    ...readings.history,
    complete: readings.history.complete && addsUp && countsUp(readings),
  };
  const ledger = ledgerOf({ history, state });
  const headline =
    completeness.kind === "complete"
      ? headlineOf({ complete: completeness.snapshot, ledger })
      : headlineWithoutSnapshot({
          state,
          ledger,
          reason: completeness.kind === "incomplete" ? "snapshot-incomplete" : "not-published",
        });
  return {
    ...readings,
    history,
    completeness,
    ledger,
    holdings,
    headline,
  };
}

/** Whether the bad debt of all liquidations is what the vault counted; a vault that does not count cannot object. */
function countsUp({ snapshot, history }: VaultReadings): boolean {
  const counted = snapshot.state.flux?.totalBadDebtAssets;
  if (counted === undefined) return true;
  return sumOf(eventsOf(history, "liquidated").map(({ badDebtAssets }) => badDebtAssets)) === counted;
}
