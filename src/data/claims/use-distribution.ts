import { useMemo } from "react";
import type { Claims } from "@/domain/claims";
import type { FullLedger } from "@/domain/ledger-model";
import type { BlockRef, Figure } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { useClaims, useLedgerBook } from "../ledger-book/use-ledger-book";
import type { ClaimsBasis } from "./claims-export";
import { recordedClaimsOf } from "./recorded-claims";

/** An amount handed out, with what its weights are made of. */
export interface Distribution {
  readonly claims: Figure<Claims>;
  readonly basis: ClaimsBasis;
  /** The block that weights and holdings are of. */
  readonly block: BlockRef;
}

export interface DistributionView {
  /** The whole ledger where it was read; undefined until then. */
  readonly ledger: FullLedger | undefined;
  /**
   * By the whole ledger as soon as that is there, otherwise by the losses that events record; undefined without an
   * amount.
   */
  readonly distribution: Distribution | undefined;
  /** The whole ledger is being read or asked for the first time, and may still change the weights. */
  readonly isPending: boolean;
}

/** With more events than this the page would stand still for it, so it waits for what is computed beside it. */
const LONG_HISTORY_EVENTS = 20_000;

/**
 * Who would get how much of an amount. What the events alone say needs no old state and stands at once; the whole
 * ledger, with falls that no event explains, takes its place when it was read. Where falls could not be looked for
 * everywhere the events stay, since what happened to be found depends on the endpoint; only losses that no event
 * states make the ledger necessary.
 */
export function useDistribution(report: VaultReport, amountAssets: bigint | undefined): DistributionView {
  const book = useLedgerBook(report);
  const asked = useClaims(report, amountAssets);
  const ledger = book.data?.ledger;
  const { data, block } = asked;
  const isOne = block !== undefined && book.block?.hash === block.hash;
  const whole = useMemo(
    () =>
      data === undefined || ledger === undefined || block === undefined || !isOne
        ? undefined
        : { claims: data, basis: basisOf(ledger), block },
    [data, ledger, block, isOne],
  );
  const isSearched = whole?.basis.fallsSearched === true;
  const isPending =
    ledger === undefined
      ? book.isReading
      : ledger.fallsSearched.kind === "known" && whole === undefined && asked.isReading;
  const isWaitedFor = isPending && report.history.vault.length > LONG_HISTORY_EVENTS;
  const recorded = useMemo(
    () =>
      isSearched || isWaitedFor || amountAssets === undefined
        ? undefined
        : {
            claims: recordedClaimsOf(report, { amountAssets }),
            basis: { recorded: report.ledger.losses.length, falls: 0, fallsSearched: false },
            block: report.snapshot.state.block,
          },
    [isSearched, isWaitedFor, report, amountAssets],
  );
  const isRecordedEnough = recorded?.claims.kind === "known" && !isSearched;
  return {
    ledger,
    distribution: isRecordedEnough ? recorded : (whole ?? recorded),
    isPending,
  };
}

function basisOf({ events, falls, fallsSearched }: FullLedger): ClaimsBasis {
  return {
    recorded: events.losses.length,
    falls: falls.length,
    fallsSearched: fallsSearched.kind === "known",
  };
}
