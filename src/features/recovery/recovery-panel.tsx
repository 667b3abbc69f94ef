import { type ReactNode, useCallback, useDeferredValue, useMemo } from "react";
import { useSearchParams } from "react-router";
import { isSameClaims } from "@/data/claims/claims-export";
import { type ClaimsExportView, useClaimsExport } from "@/data/claims/use-claims-export";
import { type Distribution, useDistribution } from "@/data/claims/use-distribution";
import { exposureBookFor } from "@/data/exposure-book";
import { useChainInfo } from "@/data/use-chain-info";
import { useWatchList } from "@/data/watch-list/use-watch-list";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { sortFromText, sortText } from "@/ui/data/sort-text";
import { DEFAULT_LINE_SORT, type LineChoice } from "./components/calculator";
import { ClaimsPanelView } from "./components/claims-view";
import { PastRecoveries } from "./components/past-recoveries";
import { distributionFilterOf } from "./distribution";
import { lostStatsOf, lostTotalsOf } from "./lost";
import { chosenRecoveryOf, pastRecoveriesOf } from "./past";
import { CalculatorView, LostView } from "./recovery-view";
import { buildObstacleText, distributedAmountOf, proposedAmountText } from "./texts";

export interface RecoveryPanelProps {
  readonly report: VaultReport;
  /** How the reading of the vault's past stands. */
  readonly reading: ReactNode;
  readonly hrefOf: (address: Address) => string;
  readonly checkHref: string;
}

/** Parameters of the address: what is as usual stays out of it. */
type Changes = Readonly<Record<string, string | undefined>>;

/** What was lost and came back, and who would get what comes next; the choices stand in the address. */
export function RecoveryPanel({ report, reading, hrefOf, checkHref }: RecoveryPanelProps) {
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
  const { state } = report.snapshot;
  const { decimals } = state.asset;
  // Proposed by the events alone: it must not change under the reader when the whole ledger arrives.
  const { lpLossAssets, netLpLossAssets } = report.ledger.totals;
  const proposed = proposedAmountText({ lpLossAssets, netLossAssets: netLpLossAssets }, decimals);
  const text = params.get("amount") ?? proposed;
  const parsed = useMemo(() => distributedAmountOf(text, decimals), [text, decimals]);
  const amountAssets = useDeferredValue(parsed.ok ? parsed.value : undefined);
  const view = useDistribution(report, amountAssets);
  const stats = useMemo(
    () => lostStatsOf(lostTotalsOf(report, view.ledger), state),
    [report, view.ledger, state],
  );
  const names = useNames(report);
  // Kept here, so that a tree outlives a moment in which the field holds no amount.
  const exported = useClaimsExport();
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
    <>
      {reading}
      <LostView stats={stats} />
      <Past report={report} names={names} hrefOf={hrefOf} chosen={params.get("recovery")} put={put} />
      <CalculatorView
        state={state}
        amount={{
          text,
          error: parsed.ok || (text === "" && proposed === "") ? undefined : parsed.message,
          onChange: (typed) => put({ amount: typed }),
          onNet: proposed === "" ? undefined : () => put({ amount: undefined }),
        }}
        distribution={view.distribution}
        isPending={view.isPending}
        isHistoryWhole={report.history.complete}
        choice={choice}
        onChoiceChange={onChoiceChange}
        labels={names.labels}
        hrefOf={hrefOf}
        files={
          view.distribution !== undefined && (
            <Files
              report={report}
              distribution={view.distribution}
              checkHref={checkHref}
              exported={exported}
              isPending={view.isPending}
            />
          )
        }
      />
    </>
  );
}

interface Names {
  /** The reader's own words for addresses. */
  readonly labels: ReadonlyMap<Address, string>;
  readonly txHrefOf: ((hash: string) => string) | undefined;
}

function useNames({ config: { chainId } }: VaultReport): Names {
  const { entries } = useWatchList(chainId);
  const explorer = useChainInfo(chainId)?.explorerUrl;
  return useMemo(
    () => ({
      labels: new Map(
        entries.flatMap(({ address, label }) => (label === undefined ? [] : [[address, label] as const])),
      ),
      txHrefOf: explorer === undefined ? undefined : (hash: string) => `${explorer}/tx/${hash}`,
    }),
    [entries, explorer],
  );
}

function Past(props: {
  readonly report: VaultReport;
  readonly names: Names;
  readonly hrefOf: (address: Address) => string;
  readonly chosen: string | null;
  readonly put: (changes: Changes) => void;
}) {
  const { report, put } = props;
  const past = useMemo(
    () => pastRecoveriesOf({ split: exposureBookFor(report).input.split, holdings: report.holdings }),
    [report],
  );
  return (
    <PastRecoveries
      state={report.snapshot.state}
      past={past}
      chosen={chosenRecoveryOf(past, props.chosen)}
      onChoose={(id) => put({ recovery: id })}
      labels={props.names.labels}
      hrefOf={props.hrefOf}
      txHrefOf={props.names.txHrefOf}
      fromBlock={report.history.fromBlock}
      isComplete={report.history.complete}
    />
  );
}

interface FilesProps {
  readonly report: VaultReport;
  readonly distribution: Distribution;
  readonly checkHref: string;
  readonly exported: ClaimsExportView;
  readonly isPending: boolean;
}

function Files({ report, distribution, checkHref, exported, isPending }: FilesProps) {
  const { made, isBuilding, hasFailed, build } = exported;
  const { state } = report.snapshot;
  const { claims, basis, block } = distribution;
  const value = claims.kind === "known" ? claims.value : undefined;
  // A later block with the same claims has the same root: the files stay as good as they were.
  const isOutdated = useMemo(
    () => made !== undefined && (value === undefined || !isSameClaims(made, value)),
    [made, value],
  );
  return (
    <ClaimsPanelView
      made={made}
      isOutdated={isOutdated}
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
      obstacle={buildObstacleText({ hasClaims: value !== undefined, isPending })}
      basis={basis}
      checkHref={checkHref}
    />
  );
}
