import { allLpSummariesOf, exposureBookOf, splitLedgerOf } from "@/domain/exposure";
import { unknown } from "@/domain/figure";
import { fullLedgerOf, ledgerTimelinesOf } from "@/domain/full-ledger";
import { eventsOf } from "@/domain/history";
import { replayHoldings } from "@/domain/holdings";
import { ledgerOf } from "@/domain/ledger";
import type { Address } from "@/domain/model";
import { logPricesFrom } from "@/domain/price-at-log";
import { statementTotalsOf } from "@/domain/statement";
import { type StatementBook, statementBookOf } from "@/domain/statement-book";
import type { LedgerWorld } from "./ledger-world";

/** A world whose events nobody has ordered or joined yet. */
export function fresh(world: LedgerWorld): LedgerWorld {
  return { ...world, history: { ...world.history, vault: [...world.history.vault] } };
}

/**
 * Everything from events and totals to all statements: holdings, the ledger, prices at every log, the split of every
 * loss, and the sums of every LP's statement.
 */
export function wholeLedger({ state, history, totals }: LedgerWorld): StatementBook {
  const holdings = replayHoldings(eventsOf(history, "transfer"));
  const read = { history, samples: [], readings: { totals, unavailableBlocks: [] } };
  const timelines = ledgerTimelinesOf(read);
  const ledger = fullLedgerOf({ ...read, state, ledger: ledgerOf({ history, state }), timelines });
  const prices = logPricesFrom(timelines, state.virtualShares);
  const book = statementBookOf({ state, history, holdings, ledger, prices, openShortfalls: [] });
  for (const { address, residualAssets } of statementTotalsOf(book)) {
    if (residualAssets.kind === "unknown" || residualAssets.value !== 0n)
      throw new Error(`the statement of ${address} does not close`);
  }
  return book;
}

/** What every LP lost of all losses together, our way. */
export function lossesOfAll({ state, history }: LedgerWorld): ReadonlyMap<Address, bigint> {
  const holdings = replayHoldings(eventsOf(history, "transfer"));
  const split = splitLedgerOf({
    ledger: ledgerOf({ history, state }),
    holdings,
    virtualShares: state.virtualShares,
  });
  const book = exposureBookOf({
    state,
    history,
    holdings,
    split,
    unrealisedLpLossAssets: unknown("not-published"),
  });
  return new Map(
    allLpSummariesOf(book).map(({ address, totalLossAssets }) => {
      if (totalLossAssets.kind === "unknown") throw new Error("a loss of the bench is unknown");
      return [address, totalLossAssets.value];
    }),
  );
}

/** The same by the obvious program: at each loss, replay every transfer from the beginning and split by size. */
export function lossesOfAllNaively({ state, history }: LedgerWorld): ReadonlyMap<Address, bigint> {
  const lost = new Map<Address, bigint>();
  for (const loss of history.vault) {
    if (loss.kind !== "loss") continue;
    const balances = new Map<Address, bigint>();
    for (const event of history.vault) {
      if (event.kind !== "transfer") continue;
      const isBefore =
        event.blockNumber < loss.blockNumber ||
        (event.blockNumber === loss.blockNumber && event.logIndex < loss.logIndex);
      if (!isBefore) break;
      balances.set(event.from, (balances.get(event.from) ?? 0n) - event.shares);
      balances.set(event.to, (balances.get(event.to) ?? 0n) + event.shares);
    }
    const supply = loss.totalSupplyShares + state.virtualShares;
    const parts = [...balances]
      .filter(([, shares]) => shares > 0n)
      .map(([holder, shares]) => ({
        holder: holder as Address | "virtual",
        amount: (loss.lpLossAssets * shares) / supply,
        fraction: (loss.lpLossAssets * shares) % supply,
      }));
    parts.push({
      holder: "virtual",
      amount: (loss.lpLossAssets * state.virtualShares) / supply,
      fraction: (loss.lpLossAssets * state.virtualShares) % supply,
    });
    let left = loss.lpLossAssets - parts.reduce((sum, { amount }) => sum + amount, 0n);
    parts.sort((a, b) => {
      if (a.fraction !== b.fraction) return a.fraction > b.fraction ? -1 : 1;
      return a.holder < b.holder ? -1 : 1;
    });
    for (const part of parts) {
      const more = left > 0n ? 1n : 0n;
      left -= more;
      if (part.holder !== "virtual")
        lost.set(part.holder, (lost.get(part.holder) ?? 0n) + part.amount + more);
    }
  }
  return lost;
}
