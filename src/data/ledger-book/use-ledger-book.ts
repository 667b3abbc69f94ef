import { type QueryKey, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { Address, Figure } from "@/domain/model";
import type { ShiftTotals } from "@/domain/shift-totals";
import type { VaultReport } from "@/report/vault-report";
import { ledgerAnswerKey } from "../keys";
import { useRuntime } from "../runtime";
import type {
  ClaimsView,
  LedgerBookView,
  LedgerRowId,
  LedgerRowSharesView,
  LedgerScope,
  LedgerView,
  LpTotalsView,
  StatementView,
} from "./ledger-view";
import { areShortfallsCheap, isCostly, type LedgerSession, ledgerCostOf, type ScopeState } from "./session";
import { ledgerSessionOf } from "./sessions";
import type { LedgerAnswers, LedgerQuestion } from "./worker/messages";

interface Scoped {
  readonly session: LedgerSession;
  readonly scope: LedgerScope;
  readonly state: ScopeState;
  /** Everything of a view but its data. */
  readonly status: Omit<LedgerView<never>, "data" | "block" | "isCurrent">;
}

interface Wanted {
  readonly scope: LedgerScope;
  readonly withShortfalls: boolean;
  /** Nothing is read for a caller that does not want it now. */
  readonly isWanted: boolean;
}

function useScope(report: VaultReport, { scope, withShortfalls, isWanted }: Wanted): Scoped {
  const runtime = useRuntime();
  const { chainId, address } = report.config;
  const session = useMemo(() => ledgerSessionOf(runtime, { chainId, address }), [runtime, chainId, address]);
  const state = useSyncExternalStore(session.subscribe, () => session.state(scope));
  useEffect(() => session.follow(report), [session, report]);
  useEffect(
    () => (isWanted ? session.want(scope, { withShortfalls }) : undefined),
    [session, scope, withShortfalls, isWanted],
  );
  const { history, holdings } = report;
  const cost = useMemo(
    () => ledgerCostOf({ history, holdings }, { scope, withShortfalls }),
    [history, holdings, scope, withShortfalls],
  );
  const status = useMemo(
    () => ({
      cost,
      progress: state.progress,
      fault: state.fault,
      isReading: state.isReading,
      isStopped: state.decision === undefined ? isCostly(cost) : state.decision === "stop",
      stop: () => session.stop(scope),
      resume: () => session.resume(scope),
    }),
    [cost, session, scope, state],
  );
  return { session, scope, state, status };
}

/**
 * The full ledger of a report: old totals are read when the first caller asks, only what new blocks add afterwards,
 * and nothing while nobody asks or the page is hidden. What costs much begins only when the reader says so.
 *
 * `for` reads what one address's statement needs, no more. `withShortfalls` also reads the shortfall that was open
 * whenever somebody came or left: for everybody that costs much more, for one address little.
 */
export function useLedgerBook(
  report: VaultReport,
  options: { readonly for?: Address | undefined; readonly withShortfalls?: boolean } = {},
): LedgerBookView {
  const scope = options.for ?? "everybody";
  const withShortfalls = options.withShortfalls ?? options.for !== undefined;
  const { state, status } = useScope(report, { scope, withShortfalls, isWanted: true });
  const { computed } = state;
  return {
    ...status,
    data: computed?.book,
    block: computed?.block,
    isCurrent: computed?.block.hash === report.snapshot.state.block.hash,
  };
}

/**
 * What those who left avoided and those who came inherited, as sums. Where that takes many snapshots of old blocks it
 * is read only after `ask` was called; until then `needsAsking` holds.
 */
export function useShiftTotals(report: VaultReport): LedgerView<Figure<ShiftTotals>> & {
  readonly needsAsking: boolean;
  readonly ask: () => void;
} {
  const [isAsked, setAsked] = useState(false);
  const { history, holdings } = report;
  const cost = useMemo(
    () => ledgerCostOf({ history, holdings }, { scope: "everybody", withShortfalls: true }),
    [history, holdings],
  );
  const isWanted = isAsked || areShortfallsCheap(cost);
  const view = useLedgerBook(report, { withShortfalls: isWanted });
  const shifts = view.data?.shifts;
  return {
    ...view,
    cost,
    data: shifts,
    needsAsking: !isWanted && shifts === undefined,
    ask: () => {
      setAsked(true);
      view.resume();
    },
  };
}

/** A question to a ledger, asked again whenever the ledger was computed anew. */
function useAnswer<Kind extends LedgerQuestion["kind"]>(
  report: VaultReport,
  { session, scope, state, status }: Scoped,
  question: Extract<LedgerQuestion, { readonly kind: Kind }> | undefined,
): LedgerView<LedgerAnswers[Kind]> {
  const { computed } = state;
  const query = useQuery({
    queryKey: ledgerAnswerKey(report.config, { question, version: computed?.version ?? 0 }),
    enabled: computed !== undefined && question !== undefined,
    structuralSharing: false,
    gcTime: ANSWER_KEPT_MS,
    queryFn: async () => {
      if (question === undefined || computed === undefined) throw new RangeError("There is nothing to ask");
      return { block: computed.block, value: await session.ask<Kind>(scope, question) };
    },
    // The last answer to the same question stays until the newer one is there.
    placeholderData: (before, query) => (isSameQuestion(query?.queryKey, question) ? before : undefined),
  });
  const answer = query.data;
  return {
    ...status,
    isReading: status.isReading || query.isFetching,
    data: answer?.value,
    block: answer?.block,
    isCurrent: answer?.block.hash === report.snapshot.state.block.hash,
  };
}

const ANSWER_KEPT_MS = 5_000;

function isSameQuestion(key: QueryKey | undefined, question: LedgerQuestion | undefined): boolean {
  if (key === undefined || question === undefined) return false;
  const version = key.at(-1);
  return version !== undefined && key.at(-2) === question;
}

/** One address's statement: from everybody's ledger where that is read already, otherwise read for it alone. */
export function useStatement(report: VaultReport, address: Address): StatementView {
  const runtime = useRuntime();
  const session = ledgerSessionOf(runtime, report.config);
  const isThereAlready = useSyncExternalStore(session.subscribe, () => {
    const { computed } = session.state("everybody");
    return computed?.withShortfalls === true;
  });
  const scope: LedgerScope = isThereAlready ? "everybody" : address;
  const scoped = useScope(report, { scope, withShortfalls: true, isWanted: true });
  const question = useMemo(() => ({ kind: "statement" as const, address }), [address]);
  return useAnswer<"statement">(report, scoped, question);
}

const LP_TOTALS = { kind: "lp-totals" } as const;

/** Everybody's sums. Needs the whole ledger. */
export function useLpTotals(
  report: VaultReport,
  options: { readonly withShortfalls?: boolean } = {},
): LpTotalsView {
  const withShortfalls = options.withShortfalls ?? false;
  const scoped = useScope(report, { scope: "everybody", withShortfalls, isWanted: true });
  return useAnswer<"lp-totals">(report, scoped, LP_TOTALS);
}

/** Who bore how much of one row of the whole ledger; without a row nothing is read or asked. */
export function useLedgerRowShares(report: VaultReport, row: LedgerRowId | undefined): LedgerRowSharesView {
  const scoped = useScope(report, {
    scope: "everybody",
    withShortfalls: false,
    isWanted: row !== undefined,
  });
  const { kind, blockNumber, logIndex } = row ?? {};
  const question = useMemo(
    () =>
      kind === undefined || blockNumber === undefined || logIndex === undefined
        ? undefined
        : { kind: "row-shares" as const, row: { kind, blockNumber, logIndex } },
    [kind, blockNumber, logIndex],
  );
  return useAnswer<"row-shares">(report, scoped, question);
}

/** What everybody would get of an amount handed out by what was lost; without an amount nothing is read or asked. */
export function useClaims(report: VaultReport, amountAssets: bigint | undefined): ClaimsView {
  const scoped = useScope(report, {
    scope: "everybody",
    withShortfalls: false,
    isWanted: amountAssets !== undefined,
  });
  const question = useMemo(
    () => (amountAssets === undefined ? undefined : { kind: "claims" as const, amountAssets }),
    [amountAssets],
  );
  return useAnswer<"claims">(report, scoped, question);
}
