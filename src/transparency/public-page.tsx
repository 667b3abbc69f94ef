import { type ReactNode, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { type ChainTime, chainTimeOf } from "@/domain/chain-clock";
import { faultText, progressText, stampOf, vaultTitle } from "@/features/vault/model";
import { type PlimsollConfig, vaultConfigOf } from "@/report/config";
import { formatDuration, formatInteger } from "@/shared/format";
import { VERSION } from "@/shared/version";
import { CopyButton } from "@/ui/data/copy-button";
import { Callout, ErrorState } from "@/ui/data/messages";
import { ProgressBar } from "@/ui/data/progress-bar";
import { BlockStamp } from "@/ui/figures/block-stamp";
import { StaleNotice } from "@/ui/figures/notices";
import { Button } from "@/ui/forms/button";
import { AppShell } from "@/ui/layout/app-shell";
import { Page } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";
import { EarlyFigures } from "./early-figures";
import type { PublicReader, PublicReading } from "./public-reader";
import { PublicSections } from "./public-sections";
import type { PublicRoute } from "./route";

const TICK_MS = 1_000;

export interface PublicPageProps {
  readonly config: PlimsollConfig;
  readonly route: Extract<PublicRoute, { readonly kind: "vault" }>;
  readonly reader: PublicReader;
}

/** One vault, for everybody: what it owes, what was lost, how to check it. */
export function PublicPage({ config, route, reader }: PublicPageProps) {
  const reading = useSyncExternalStore(reader.subscribe, reader.current, reader.current);
  const vault = vaultConfigOf(config, route);
  const chain = config.chains.find((one) => one.id === route.chainId);
  const title = vaultTitle(vault, reading.state);
  const page = (
    <Page
      title={title}
      eyebrow={`Transparency · ${chain?.name ?? `chain ${route.chainId}`}`}
      description="The vault's bad debt, read straight from the chain by this page. No wallet is needed and none is asked for."
      stamp={<Stamp reading={reading} route={route} blockTimeSeconds={chain?.blockTimeSeconds} />}
      actions={<PinnedLink reading={reading} route={route} />}
    >
      <Body reading={reading} reader={reader} isListed={vault.listed} />
    </Page>
  );
  if (route.isEmbedded) {
    return (
      <main className="min-h-dvh bg-canvas p-4 text-ink">
        {page}
        <p className="mt-4 text-xs text-ink-muted">
          <a
            className="underline underline-offset-2"
            href={`../#/t/${route.chainId}/${route.address}`}
            target="_blank"
            rel="noopener noreferrer"
          >
            Open the whole page in a new tab
          </a>{" "}
          · Plimsoll {VERSION}
        </p>
      </main>
    );
  }
  return (
    <AppShell
      homeHref="#/"
      version={VERSION}
      title={<bdi className="truncate">{title}</bdi>}
      footer={
        <a className="underline underline-offset-2" href={`#/v/${route.chainId}/${route.address}`}>
          Open this vault in the dashboard
        </a>
      }
    >
      {page}
    </AppShell>
  );
}

function Body(props: {
  readonly reading: PublicReading;
  readonly reader: PublicReader;
  readonly isListed: boolean;
}): ReactNode {
  const { reading, reader, isListed } = props;
  const { report, state, error, isReading } = reading;
  const unlisted = !isListed && (
    <Callout tone="caution" title="Not listed by this site">
      This vault was opened by its address. Whoever runs this site has not vouched for it.
    </Callout>
  );
  if (report === undefined) {
    return (
      <>
        {unlisted}
        {state !== undefined && <EarlyFigures state={state} />}
        {error === undefined || isReading ? (
          <Panel>
            <ProgressBar {...progressText(reading.progress)} />
          </Panel>
        ) : (
          <ErrorState
            title="The vault could not be read"
            {...faultText(error)}
            onRetry={reader.retry}
            retrying={isReading}
          />
        )}
      </>
    );
  }
  return (
    <>
      {unlisted}
      {error !== undefined && <Stale reading={reading} retry={reader.retry} />}
      <PublicSections report={report} />
    </>
  );
}

function Stale({ reading, retry }: { readonly reading: PublicReading; readonly retry: () => void }) {
  const time = useTime(reading);
  const { error, state, isReading } = reading;
  if (error === undefined || state === undefined) return null;
  const { cause, whatToDo } = faultText(error);
  const age = time.nowSeconds - state.block.timestampSeconds;
  return (
    <StaleNotice
      age={formatDuration(age < 0n ? 0n : age)}
      reason={`${cause} ${whatToDo} What is shown was read at block ${formatInteger(state.block.number)}.`}
      action={
        <Button variant="secondary" size="small" busy={isReading} onClick={retry}>
          Try again
        </Button>
      }
    />
  );
}

/** The time of the chain, once a second while somebody looks. */
function useTime(reading: PublicReading): ChainTime {
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const { head, seenAtMs } = reading;
  return useMemo(
    () => chainTimeOf({ head: { head, seenAtMs }, wallMs: Date.now(), nowMs, notBeforeSeconds: 0n }),
    [head, seenAtMs, nowMs],
  );
}

function Stamp(props: {
  readonly reading: PublicReading;
  readonly route: PublicPageProps["route"];
  readonly blockTimeSeconds: number | undefined;
}) {
  const time = useTime(props.reading);
  const { report, state } = props.reading;
  if (state === undefined) return null;
  const stamp = stampOf({
    block: state.block,
    rung: report?.snapshot.rung ?? "lens",
    time,
    blockTimeSeconds: props.blockTimeSeconds,
    isPinned: props.route.block !== undefined,
  });
  return <BlockStamp {...stamp} />;
}

/** A link to these very figures: it names their block, so they are the same for whoever opens it. */
function PinnedLink({
  reading,
  route,
}: Pick<PublicPageProps, "route"> & { readonly reading: PublicReading }) {
  const block = reading.report?.snapshot.state.block.number;
  if (block === undefined) return null;
  const { origin, pathname } = window.location;
  const link = `${origin}${pathname}#/t/${route.chainId}/${route.address}?block=${block}`;
  return (
    <span className="inline-flex items-center gap-1 text-xs text-ink-muted print:hidden">
      Link to these figures
      <CopyButton text={link} what={`link to block ${formatInteger(block)}`} />
    </span>
  );
}
