import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { useRiskBook, useRounds } from "@/data/risk/use-risk-book";
import { useChainInfo } from "@/data/use-chain-info";
import { usePeerStates } from "@/data/vault/use-peer-states";
import type { StrategyState } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { formatAddress, formatInteger } from "@/shared/format";
import { sanitiseText } from "@/shared/text";
import { EmptyState, ErrorState } from "@/ui/data/messages";
import { ProgressBar } from "@/ui/data/progress-bar";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { Button } from "@/ui/forms/button";
import { Panel } from "@/ui/layout/panel";
import { FAULT_WORD } from "./messages";
import { boundRowsOf, derivedOf, gapFactOf, peerRowOf } from "./model";
import { GapFactView, PeersView, ProfilesView } from "./profiles-view";

/** The vault's parameters beside published profiles and beside other vaults. */
export function ProfilesPanel({ report }: { readonly report: VaultReport }) {
  const { state } = report.snapshot;
  const strategy = state.flux?.strategy;
  return (
    <>
      {strategy === undefined ? (
        <Panel title="Beside the published profiles">
          <EmptyState title="No parameters">This vault does not publish a strategy.</EmptyState>
        </Panel>
      ) : (
        <ProfilesView
          bounds={boundRowsOf(strategy)}
          derived={derivedOf(strategy)}
          gap={<GapFact report={report} strategy={strategy} />}
          stamp={`At block ${formatInteger(state.block.number)}.`}
        />
      )}
      <Peers report={report} />
    </>
  );
}

/** The gap against the feed's past, which costs requests and is asked for. */
function GapFact({ report, strategy }: { readonly report: VaultReport; readonly strategy: StrategyState }) {
  const [params, setParams] = useSearchParams();
  const isAsked = params.get("history") === "rounds";
  // Positions are taken apart only once the answer is wanted.
  const view = useRiskBook(report.config, isAsked ? report : undefined);
  const book = view.book?.kind === "known" ? view.book.value : undefined;
  const rounds = useRounds(report.config, isAsked ? book : undefined);
  const fact = useMemo(
    () =>
      book === undefined || rounds.rounds === undefined
        ? undefined
        : gapFactOf({
            book,
            strategy,
            roundsOf: ({ asset }) => rounds.rounds?.get(asset.address)?.rounds,
          }),
    [book, rounds.rounds, strategy],
  );
  if (!isAsked) {
    return (
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
        <Button
          size="small"
          onClick={() =>
            setParams(
              (before) => {
                const after = new URLSearchParams(before);
                after.set("history", "rounds");
                return after;
              },
              { replace: true, preventScrollReset: true },
            )
          }
        >
          Compare with the worst recorded hour
        </Button>
        <p className="min-w-0 grow basis-60 text-[0.8125rem] text-ink-muted">
          Takes the positions apart and reads the past of their feeds: half a year or 5,000 rounds each, a
          hundred to a request.
        </p>
      </div>
    );
  }
  const error = view.error ?? rounds.error;
  if (error !== undefined) {
    return (
      <ErrorState
        title="The feeds' past could not be read"
        cause={FAULT_WORD[error.code]}
        onRetry={() => (view.error === undefined ? rounds.retry() : view.refresh())}
        retrying={view.isFetching || rounds.isFetching}
      />
    );
  }
  const reason = view.book?.kind === "unknown" ? view.book.reason : undefined;
  if (reason !== undefined) return <NotKnown why={WHY_UNKNOWN[reason]} />;
  if (fact === undefined) return <ProgressBar label="Reading the feeds' past rounds" percent={undefined} />;
  if (fact.kind === "unknown")
    return <NotKnown why="No market feed moves the collateral, or its past is shorter than an hour." />;
  return <GapFactView fact={fact.value} />;
}

function NotKnown({ why }: { readonly why: string }) {
  return (
    <p className="text-[0.8125rem] text-stale">
      <span className="italic">Unknown.</span> {why}
    </p>
  );
}

function Peers({ report }: { readonly report: VaultReport }) {
  const { config, snapshot } = report;
  const { own: state, others } = usePeerStates(config, snapshot.state);
  const chain = useChainInfo(config.chainId);
  if (others.length === 0) return null;
  const nameOf = (label: string | undefined, name: string | undefined, address: string): string =>
    label ?? (name === undefined ? formatAddress(address) : sanitiseText(name));
  const rows = [
    peerRowOf({
      key: "this",
      name: nameOf(config.label, state.name, config.address),
      chainName: chain?.name ?? "",
      href: `#/v/${config.chainId}/${config.address}/parameters`,
      isThis: true,
      state,
      fault: undefined,
    }),
    ...others.map((peer) =>
      peerRowOf({
        key: `${peer.config.chainId}:${peer.config.address}`,
        name: nameOf(peer.config.label, peer.state?.name, peer.config.address),
        chainName: peer.chainName,
        href: `#/v/${peer.config.chainId}/${peer.config.address}/parameters`,
        isThis: false,
        state: peer.state,
        fault: peer.error === undefined ? undefined : FAULT_WORD[peer.error.code],
      }),
    ),
  ];
  return <PeersView rows={rows} />;
}
