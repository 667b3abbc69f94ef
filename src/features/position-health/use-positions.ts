import { useCallback, useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import type { ChainError } from "@/data/chain-error";
import { useMarketMark } from "@/data/risk/use-market-mark";
import { useRiskBook, useRounds } from "@/data/risk/use-risk-book";
import type { MarketMark } from "@/domain/market";
import type { Figure } from "@/domain/model";
import { volatilityRangeOf } from "@/domain/risk/hit-range";
import type { RiskBook } from "@/domain/risk/model";
import type { VaultReport } from "@/report/vault-report";
import type { VolatilityByAsset } from "./ahead";
import { choiceFromParams, type PositionChoice, paramsWithChoice } from "./choice";
import { FAULT_WORD } from "./messages";

/** What is read beside the report for the columns ahead, all of it at the report's block. */
export interface AheadReading {
  readonly book: Figure<RiskBook> | undefined;
  readonly mark: Figure<MarketMark> | undefined;
  readonly volatilities: VolatilityByAsset | undefined;
  /** Why a part could not be read. */
  readonly bookFault: string | undefined;
  readonly markFault: string | undefined;
  readonly roundsFault: string | undefined;
  readonly isReadingBook: boolean;
  readonly isReadingRounds: boolean;
  readonly blocksBehind: bigint;
  readonly retry: () => void;
  readonly readRounds: () => void;
  /** Takes the figures anew, at the newest block. */
  readonly refresh: () => void;
}

export interface Positions {
  /** What everything on the page is of: the newest report, or the one that what is ahead was taken from. */
  readonly report: VaultReport;
  readonly choice: PositionChoice;
  readonly onChoiceChange: (choice: PositionChoice) => void;
  /** undefined while the table shows what is so now. */
  readonly ahead: AheadReading | undefined;
}

export function faultTextOf(error: ChainError | undefined): string | undefined {
  if (error === undefined) return undefined;
  const host = error.endpointHost === undefined ? "" : ` Endpoint: ${error.endpointHost}.`;
  return `${FAULT_WORD[error.code]}${host}`;
}

/**
 * The positions page's state: what the reader chose, which stands in the address, and what is read for it. What is
 * ahead costs requests, so it keeps the block that it was taken at, and the whole page goes by that block.
 */
export function usePositions(newest: VaultReport): Positions {
  const [params, setParams] = useSearchParams();
  const choice = useMemo(() => choiceFromParams(params), [params]);
  const onChoiceChange = useCallback(
    (next: PositionChoice): void =>
      setParams((before) => paramsWithChoice(before, next), { replace: true, preventScrollReset: true }),
    [setParams],
  );
  const isAhead = choice.set === "ahead";
  const ref = { chainId: newest.config.chainId, address: newest.config.address };
  const view = useRiskBook(ref, isAhead ? newest : undefined);
  const { book } = view;
  const report = (isAhead ? view.report : undefined) ?? newest;
  const market = useMarketMark(isAhead && book !== undefined ? report : undefined);
  const block = report.snapshot.state.block.number;
  const [roundsAskedAt, askRoundsAt] = useState<bigint | undefined>(undefined);
  const isAsked = isAhead && roundsAskedAt === block;
  const history = useRounds(ref, isAsked && book?.kind === "known" ? book.value : undefined);
  const { rounds } = history;
  const volatilities = useMemo(
    (): VolatilityByAsset | undefined =>
      rounds === undefined
        ? undefined
        : new Map([...rounds].map(([asset, read]) => [asset, volatilityRangeOf(read.rounds)])),
    [rounds],
  );
  if (!isAhead) return { report, choice, onChoiceChange, ahead: undefined };
  return {
    report,
    choice,
    onChoiceChange,
    ahead: {
      book,
      mark: market.error === undefined ? market.mark : { kind: "unknown", reason: "value-unreadable" },
      volatilities: isAsked ? volatilities : undefined,
      bookFault: faultTextOf(view.error),
      markFault: faultTextOf(market.error),
      roundsFault: isAsked ? faultTextOf(history.error) : undefined,
      isReadingBook: view.isFetching,
      isReadingRounds: isAsked && history.isFetching,
      blocksBehind: view.blocksBehind,
      retry: () => (view.error === undefined ? market.retry() : view.refresh()),
      readRounds: () => (isAsked ? history.retry() : askRoundsAt(block)),
      refresh: () => view.refresh(),
    },
  };
}
