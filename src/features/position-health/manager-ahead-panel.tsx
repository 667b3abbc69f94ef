import { useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { parseAddress } from "@/data/parse-address";
import { type ManagerRiskView, useManagerRounds } from "@/data/risk/use-manager-risk";
import type { Address } from "@/domain/model";
import { volatilityRangeOf } from "@/domain/risk/hit-range";
import { aheadRowsOf } from "./ahead";
import { ManagerAheadView } from "./manager-ahead-view";
import { positionRowsOf } from "./model";
import { fallPercentFrom, type PriceChoice } from "./price-effect";
import { faultTextOf } from "./use-positions";

/** What is ahead of one manager, and what a price would do to it; the shock stands in the address. */
export function ManagerAheadPanel({
  view,
  manager,
}: {
  readonly view: ManagerRiskView;
  readonly manager: Address;
}) {
  const { report, risk } = view;
  const book = risk?.book.kind === "known" ? risk.book.value : undefined;
  const mark = risk?.mark;
  const [roundsAskedAt, askRoundsAt] = useState<bigint | undefined>(undefined);
  const block = report.snapshot.state.block.number;
  const isAsked = roundsAskedAt === block;
  const past = useManagerRounds(book, { manager, isAsked });
  const { rounds } = past;
  const row = useMemo(() => {
    const own = positionRowsOf(report.snapshot).filter((one) => one.manager === manager);
    if (book === undefined) return undefined;
    const volatilities =
      rounds === undefined
        ? undefined
        : new Map([...rounds].map(([asset, read]) => [asset, volatilityRangeOf(read.rounds)]));
    return aheadRowsOf({ rows: own, book, mark, volatilities })[0];
  }, [report.snapshot, manager, book, mark, rounds]);
  const [choice, setChoice] = usePriceChoice();
  return (
    <ManagerAheadView
      state={report.snapshot.state}
      manager={manager}
      row={row}
      book={risk?.book}
      fault={faultTextOf(view.error)}
      isReading={view.isFetching}
      blocksBehind={view.blocksBehind}
      onRefresh={() => view.refresh()}
      isReadingRounds={isAsked && past.isFetching}
      roundsFault={isAsked ? faultTextOf(past.error) : undefined}
      onReadRounds={() => (isAsked ? past.retry() : askRoundsAt(block))}
      choice={choice}
      onChoiceChange={setChoice}
    />
  );
}

function usePriceChoice(): readonly [PriceChoice, (choice: PriceChoice) => void] {
  const [params, setParams] = useSearchParams();
  const asset = parseAddress(params.get("asset") ?? "");
  const choice: PriceChoice = {
    asset: asset.ok ? asset.address : undefined,
    fallPercent: fallPercentFrom(params.get("fall")),
  };
  const change = (next: PriceChoice): void =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (next.fallPercent === 0) after.delete("fall");
        else after.set("fall", next.fallPercent.toString());
        if (next.asset === undefined) after.delete("asset");
        else after.set("asset", next.asset);
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  return [choice, change];
}
