import { type Completeness, completeSnapshotOf } from "@/domain/complete";
import { type HeadlineNumbers, headlineOf, headlineWithoutSnapshot } from "@/domain/headline";
import { eventsOf } from "@/domain/history";
import { type Holdings, replayHoldings, supplySharesAtEnd } from "@/domain/holdings";
import { type Ledger, ledgerOf } from "@/domain/ledger";
import type { Address, TotalsSample, VaultHistory, VaultSnapshot } from "@/domain/model";
import type { VaultConfig } from "./config";

/** Total assets and supply over time, as far back as the endpoint keeps state. */
export interface TotalsSeries {
  /** In the order of the chain; the last one is the snapshot's own block. */
  readonly samples: readonly TotalsSample[];
  /** Blocks that were asked for and are no longer kept: their part of the chart is a gap, never a zero. */
  readonly unavailableBlocks: readonly bigint[];
}

/** What was read of one vault: everything at, or up to, one block. */
export interface VaultReadings {
  readonly config: VaultConfig;
  readonly snapshot: VaultSnapshot;
  readonly history: VaultHistory;
  readonly series: TotalsSeries;
  /** Holders whose address has code: a pool, a Safe, another vault. */
  readonly contractHolders: ReadonlySet<Address>;
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
  /** The replayed balances add up to the vault's own supply at the snapshot's block. */
  readonly holdingsAgree: boolean;
}

/** Computes a vault's report from what was read. Pure: the same readings give the same report. */
export function assembleReport(readings: VaultReadings): VaultReport {
  const { snapshot, history } = readings;
  const { state } = snapshot;
  const completeness = completeSnapshotOf(snapshot);
  const ledger = ledgerOf({ history, state });
  const holdings = replayHoldings(eventsOf(history, "transfer"));
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
    completeness,
    ledger,
    holdings,
    headline,
    holdingsAgree: supplySharesAtEnd(holdings) === state.totalSupplyShares,
  };
}
