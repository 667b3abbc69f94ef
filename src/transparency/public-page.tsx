import { lazy, type ReactNode, Suspense, useSyncExternalStore } from "react";
import { progressText, stampOf, vaultTitle } from "@/features/vault/model";
import { type PlimsollConfig, vaultConfigOf } from "@/report/config";
import { siteRootOf } from "@/shared/embed-document";
import { formatInteger } from "@/shared/format";
import { VERSION } from "@/shared/version";
import { CopyButton } from "@/ui/data/copy-button";
import { ProgressBar } from "@/ui/data/progress-bar";
import { BlockStamp } from "@/ui/figures/block-stamp";
import { AppShell } from "@/ui/layout/app-shell";
import { Page } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";
import { EarlyFigures } from "./early-figures";
import type { PublicReader, PublicReading } from "./public-reader";
import type { PublicRoute } from "./route";
import { useReadingTime } from "./use-reading-time";

// The first figures do not wait for the sections around them.
const PublicSections = lazy(async () => ({ default: (await import("./public-sections")).PublicSections }));

// Faults are rare: their words and frames come when there is one.
const ReadFault = lazy(async () => ({ default: (await import("./public-faults")).ReadFault }));
const StaleReading = lazy(async () => ({ default: (await import("./public-faults")).StaleReading }));
const UnlistedNotice = lazy(async () => ({ default: (await import("./public-faults")).UnlistedNotice }));

function Late({ children }: { readonly children: ReactNode }) {
  return <Suspense fallback={null}>{children}</Suspense>;
}

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
            href={`${siteRootOf(window.location.pathname)}#/t/${route.chainId}/${route.address}`}
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
    <Late>
      <UnlistedNotice />
    </Late>
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
          <Late>
            <ReadFault error={error} retry={reader.retry} isReading={isReading} />
          </Late>
        )}
      </>
    );
  }
  return (
    <>
      {unlisted}
      {error !== undefined && (
        <Late>
          <StaleReading reading={reading} retry={reader.retry} />
        </Late>
      )}
      <Suspense fallback={<EarlyFigures state={report.snapshot.state} />}>
        <PublicSections report={report} />
      </Suspense>
    </>
  );
}

function Stamp(props: {
  readonly reading: PublicReading;
  readonly route: PublicPageProps["route"];
  readonly blockTimeSeconds: number | undefined;
}) {
  const time = useReadingTime(props.reading);
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
  const { href, pathname } = window.location;
  // Whoever opens it has no frame around it, so it leads to the site itself and not to the document for frames.
  const site = new URL(siteRootOf(pathname), href);
  const link = `${site.href}#/t/${route.chainId}/${route.address}?block=${block}`;
  return (
    <span className="inline-flex items-center gap-1 text-xs text-ink-muted print:hidden">
      Link to these figures
      <CopyButton text={link} what={`link to block ${formatInteger(block)}`} />
    </span>
  );
}
