import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { ChainError } from "@/data/chain-error";
import { useChainTime } from "@/data/head/use-head";
import { useAssetOracles } from "@/data/risk/use-asset-oracles";
import { type RiskBookView, useRiskBook, useRounds } from "@/data/risk/use-risk-book";
import type { Address } from "@/domain/model";
import type { RiskBook } from "@/domain/risk/model";
import type { VaultReport } from "@/report/vault-report";
import { counted } from "@/shared/counted";
import { formatInteger } from "@/shared/format";
import { EmptyState, ErrorState } from "@/ui/data/messages";
import { ProgressBar } from "@/ui/data/progress-bar";
import { KeptBlock } from "@/ui/figures/kept-block";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { Button } from "@/ui/forms/button";
import { Panel } from "@/ui/layout/panel";
import { AssetsView, IMPACTS, type Impact } from "./assets-view";
import { FAULT_WORD } from "./messages";
import { assetsModelOf } from "./model";

const DEFAULT_IMPACT: Impact = "2";

/** The assets of a vault's positions; choice of asset, impact and history stand in the address. */
export function AssetsPanel({ report }: { readonly report: VaultReport }) {
  const { chainId, address } = report.config;
  const view = useRiskBook({ chainId, address }, report);
  if (view.error !== undefined && view.book === undefined) {
    return (
      <ErrorState
        title="The positions could not be taken apart"
        cause={FAULT_WORD[view.error.code]}
        onRetry={() => view.refresh()}
        retrying={view.isFetching}
      />
    );
  }
  if (view.book === undefined) {
    return (
      <Panel>
        <ProgressBar label="Taking the positions apart" percent={undefined} />
      </Panel>
    );
  }
  if (view.book.kind === "unknown") {
    return (
      <Panel>
        <EmptyState title="No assets to show">{WHY_UNKNOWN[view.book.reason]}</EmptyState>
      </Panel>
    );
  }
  return <KnownAssets view={view} book={view.book.value} config={report.config} />;
}

interface KnownAssetsProps {
  readonly view: RiskBookView;
  readonly book: RiskBook;
  readonly config: VaultReport["config"];
}

function KnownAssets({ view, book, config }: KnownAssetsProps) {
  const [params, setParams] = useSearchParams();
  const { nowSeconds } = useChainTime(config.chainId);
  const isHistoryAsked = params.get("history") === "rounds";
  const oracles = useAssetOracles(config, { book, config });
  const rounds = useRounds(config, isHistoryAsked ? book : undefined);
  const model = useMemo(
    () => assetsModelOf({ book, oracles: oracles.oracles, rounds: rounds.rounds }),
    [book, oracles.oracles, rounds.rounds],
  );
  const put = useCallback(
    (name: string, value: string | undefined): void =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          if (value === undefined) after.delete(name);
          else after.set(name, value);
          return after;
        },
        { replace: true, preventScrollReset: true },
      ),
    [setParams],
  );
  const onChoose = useCallback((asset: Address | undefined) => put("asset", asset), [put]);
  const impact = IMPACTS.find(({ value }) => value === params.get("impact"))?.value ?? DEFAULT_IMPACT;
  const chosen = model.rows.find(({ holding }) => holding.asset.address === params.get("asset"));
  const { block } = book.state;
  const feeds = [...book.assets.values()].filter(({ source }) => source.kind === "market").length;
  return (
    <AssetsView
      book={book}
      model={model}
      // A page of a past block shows how old the prices were then.
      nowSeconds={params.has("block") ? block.timestampSeconds : nowSeconds}
      impact={impact}
      onImpact={(value) => put("impact", value === DEFAULT_IMPACT ? undefined : value)}
      chosen={chosen?.holding.asset.address}
      onChoose={onChoose}
      stamp={
        <KeptBlock
          number={formatInteger(block.number)}
          hash={block.hash}
          behind={view.blocksBehind > 0n ? behindText(view.blocksBehind) : undefined}
          isFetching={view.isFetching}
          onRefresh={() => view.refresh()}
        />
      }
      oracles={
        <Reading
          what="Reading oracles and feeds"
          title="The oracles could not be read"
          error={oracles.error}
          isFetching={oracles.isFetching}
          onRetry={oracles.retry}
        />
      }
      history={
        isHistoryAsked ? (
          <Reading
            what="Reading the feeds' past rounds"
            title="The feeds' past could not be read"
            error={rounds.error}
            isFetching={rounds.isFetching}
            onRetry={() => rounds.retry()}
          />
        ) : (
          <AskForHistory feeds={feeds} onAsk={() => put("history", "rounds")} />
        )
      }
    />
  );
}

function behindText(blocks: bigint): string {
  return `${formatInteger(blocks)} ${blocks === 1n ? "block" : "blocks"}`;
}

function Reading(props: {
  readonly what: string;
  readonly title: string;
  readonly error: ChainError | undefined;
  readonly isFetching: boolean;
  readonly onRetry: () => void;
}) {
  if (props.error !== undefined) {
    return (
      <div className="px-4 py-3">
        <ErrorState
          title={props.title}
          cause={FAULT_WORD[props.error.code]}
          onRetry={props.onRetry}
          retrying={props.isFetching}
        />
      </div>
    );
  }
  return props.isFetching ? (
    <div className="px-4 py-3">
      <ProgressBar label={props.what} percent={undefined} />
    </div>
  ) : null;
}

/** History costs requests, so it is asked for, with the price said. */
function AskForHistory({ feeds, onAsk }: { readonly feeds: number; readonly onAsk: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3 print:hidden">
      <Button size="small" onClick={onAsk}>
        Read the feeds' past
      </Button>
      <p className="min-w-0 grow basis-60 text-[0.8125rem] text-ink-muted">
        Volatility, worst hour and worst day, from the rounds of {counted(feeds, ["feed", "feeds"])}: half a
        year or 5,000 rounds each, a hundred to a request, so at most {formatInteger(feeds * 51)} requests.
      </p>
    </div>
  );
}
