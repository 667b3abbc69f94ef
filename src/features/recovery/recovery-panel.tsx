import { useCallback, useDeferredValue, useMemo } from "react";
import { useSearchParams } from "react-router";
import { type ClaimsView, useClaims } from "@/data/claims/use-claims";
import { useClaimsExport } from "@/data/claims/use-claims-export";
import { exposureBookFor } from "@/data/exposure-book";
import { useChainInfo } from "@/data/use-chain-info";
import { useWatchList } from "@/data/watch-list/use-watch-list";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { toCsv } from "@/shared/csv";
import { sortFromText, sortText } from "@/ui/data/sort-text";
import { DEFAULT_LINE_SORT, type LineChoice } from "./components/calculator";
import { ClaimsPanelView } from "./components/claims-view";
import { PastRecoveries } from "./components/past-recoveries";
import { distributionFilterOf, distributionLinesOf } from "./distribution";
import { claimsCsv } from "./export";
import { lostStatsOf } from "./lost";
import { chosenRecoveryOf, pastRecoveriesOf } from "./past";
import { CalculatorView, LostView } from "./recovery-view";
import { distributedAmountOf, proposedAmountText } from "./texts";

export interface RecoveryPanelProps {
  readonly report: VaultReport;
  readonly hrefOf: (address: Address) => string;
  readonly checkHref: string;
}

/** Parameters of the address: what is as usual stays out of it. */
type Changes = Readonly<Record<string, string | undefined>>;

/** What was lost and came back, and who would get what comes next; the choices stand in the address. */
export function RecoveryPanel({ report, hrefOf, checkHref }: RecoveryPanelProps) {
  const [params, setParams] = useSearchParams();
  const put = useCallback(
    (changes: Changes): void => {
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value === undefined) after.delete(name);
            else after.set(name, value);
          }
          return after;
        },
        { replace: true, preventScrollReset: true },
      );
    },
    [setParams],
  );
  const { chainId } = report.config;
  const { entries } = useWatchList(chainId);
  const labels = useMemo(
    () =>
      new Map(
        entries.flatMap(({ address, label }) => (label === undefined ? [] : [[address, label] as const])),
      ),
    [entries],
  );
  const explorer = useChainInfo(chainId)?.explorerUrl;
  const txHrefOf = useMemo(
    () => (explorer === undefined ? undefined : (hash: string) => `${explorer}/tx/${hash}`),
    [explorer],
  );
  const { state } = report.snapshot;
  const { totals, losses, recoveries } = report.ledger;
  const stats = useMemo(
    () =>
      lostStatsOf(
        {
          grossBadDebtAssets: totals.grossBadDebtAssets,
          lpLossAssets: totals.lpLossAssets,
          recoveredAssets: totals.recoveredAssets,
          netLossAssets: totals.netLpLossAssets,
          fallsAssets: undefined,
          losses: losses.length,
          falls: 0,
          recoveries: recoveries.length,
        },
        state,
      ),
    [totals, losses, recoveries, state],
  );
  const past = useMemo(
    () => pastRecoveriesOf({ split: exposureBookFor(report).input.split, holdings: report.holdings }),
    [report],
  );
  return (
    <>
      <LostView stats={stats} />
      <PastRecoveries
        state={state}
        past={past}
        chosen={chosenRecoveryOf(past, params.get("recovery"))}
        onChoose={(id) => put({ recovery: id })}
        labels={labels}
        hrefOf={hrefOf}
        txHrefOf={txHrefOf}
        fromBlock={report.history.fromBlock}
        isComplete={report.history.complete}
      />
      <Calculator report={report} labels={labels} hrefOf={hrefOf} checkHref={checkHref} put={put} />
    </>
  );
}

interface CalculatorProps extends RecoveryPanelProps {
  readonly labels: ReadonlyMap<Address, string>;
  readonly put: (changes: Changes) => void;
}

function Calculator({ report, labels, hrefOf, checkHref, put }: CalculatorProps) {
  const [params] = useSearchParams();
  const { state } = report.snapshot;
  const { decimals } = state.asset;
  const { lpLossAssets, netLpLossAssets: netLossAssets } = report.ledger.totals;
  const proposed = proposedAmountText({ lpLossAssets, netLossAssets }, decimals);
  const text = params.get("amount") ?? proposed;
  const parsed = useMemo(() => distributedAmountOf(text, decimals), [text, decimals]);
  const amountAssets = useDeferredValue(parsed.ok ? parsed.value : undefined);
  const view = useClaims(report, amountAssets ?? 0n);
  const choice: LineChoice = {
    filter: distributionFilterOf(params.get("show")),
    search: params.get("q") ?? "",
    sort: sortFromText(params.get("sort"), DEFAULT_LINE_SORT),
  };
  const onChoiceChange = ({ filter, search, sort }: LineChoice): void => {
    const order = sortText(sort);
    put({
      show: filter === "all" ? undefined : filter,
      q: search === "" ? undefined : search,
      sort: order === sortText(DEFAULT_LINE_SORT) ? undefined : order,
    });
  };
  return (
    <CalculatorView
      state={state}
      amount={{
        text,
        error: parsed.ok || (text === "" && proposed === "") ? undefined : parsed.message,
        onChange: (typed) => put({ amount: typed }),
        onNet: proposed === "" ? undefined : () => put({ amount: undefined }),
      }}
      claims={amountAssets === undefined ? undefined : view.claims}
      isHistoryWhole={report.history.complete}
      choice={choice}
      onChoiceChange={onChoiceChange}
      labels={labels}
      hrefOf={hrefOf}
      note={null}
      files={<Files report={report} view={view} checkHref={checkHref} />}
    />
  );
}

interface FilesProps {
  readonly report: VaultReport;
  readonly view: ClaimsView;
  readonly checkHref: string;
}

function Files({ report, view, checkHref }: FilesProps) {
  const { made, isBuilding, hasFailed, build } = useClaimsExport();
  const { state } = report.snapshot;
  const { claims, basis, block } = view;
  const value = claims.kind === "known" ? claims.value : undefined;
  return (
    <ClaimsPanelView
      made={made}
      isOutdated={
        made !== undefined && (made.amountAssets !== value?.amountAssets || made.block.hash !== block.hash)
      }
      isBuilding={isBuilding}
      hasFailed={hasFailed}
      onBuild={() => {
        if (value === undefined) return;
        build({
          chainId: state.chainId,
          vault: state.address,
          block,
          asset: state.asset,
          claims: value,
          basis,
          fromBlock: report.history.fromBlock,
        });
      }}
      obstacle={value === undefined ? "There are no claims to build it of." : undefined}
      fallsSearched={basis.fallsSearched}
      csv={() => (value === undefined ? "" : toCsv(claimsCsv(distributionLinesOf(value))))}
      checkHref={checkHref}
    />
  );
}
