import { known, unknown } from "@/domain/figure";
import { eventsOf } from "@/domain/history";
import { replayHoldings } from "@/domain/holdings";
import { ledgerOf } from "@/domain/ledger";
import type { FullLedger } from "@/domain/ledger-model";
import type { SharePrice, VaultHistory, VaultState } from "@/domain/model";
import { type StatementBook, type StatementInput, statementBookOf } from "@/domain/statement-book";
import type { Simulator } from "./ledger-simulator";
import { historyOf, stateOf } from "./vault-builders";

const UNKNOWN = unknown("history-partial");
const NO_TOTALS: FullLedger["totals"] = {
  grossBadDebtAssets: UNKNOWN,
  recordedLpLossAssets: UNKNOWN,
  unexplainedLossAssets: UNKNOWN,
  lpLossAssets: UNKNOWN,
  recoveredAssets: UNKNOWN,
  netLossAssets: UNKNOWN,
};

/** The vault as a report has it. */
export function settingOf(vault: Simulator): Pick<StatementInput, "state" | "history" | "holdings"> {
  const state = stateOf({
    block: vault.now,
    totalAssets: vault.assets,
    totalSupplyShares: vault.supply,
    virtualShares: vault.virtual,
  });
  const history = historyOf(vault.events, { toBlock: vault.now.number });
  return { state, history, holdings: replayHoldings(eventsOf(history, "transfer")) };
}

/** The ledger as it stands when everything could be read, made from what the simulator knows. */
function ledgerWith(
  vault: Simulator,
  { history, state }: { history: VaultHistory; state: VaultState },
): FullLedger {
  const events = ledgerOf({ history, state });
  const priceOf = (assets: bigint, supply: bigint): SharePrice => ({
    assets: assets + (vault.virtual > 0n ? 1n : 0n),
    shares: supply + vault.virtual,
  });
  const losses = events.losses.map((row) => {
    const derived = vault.derivedLosses.get(`${row.blockNumber}:${row.logIndex}`);
    if (derived === undefined) return row;
    const { before, lost, supply } = derived;
    return {
      ...row,
      lpLossAssets: known(lost),
      totalAssetsBefore: known(before),
      totalSupplyShares: known(supply),
      priceBefore: known(priceOf(before, supply)),
      priceAfter: known(priceOf(before - lost, supply)),
    };
  });
  return {
    events: { ...events, losses },
    falls: vault.falls,
    totals: NO_TOTALS,
    fallsSearched: known({ blocks: vault.ends.length }),
  };
}

/** The statements of a simulated vault, by prices that are known at every log. */
export function bookOf(vault: Simulator, change: Partial<StatementInput> = {}): StatementBook {
  const setting = settingOf(vault);
  return statementBookOf({
    ...setting,
    ledger: ledgerWith(vault, setting),
    prices: vault.prices,
    openShortfalls: vault.open,
    ...change,
  });
}
