import type { ReactNode } from "react";
import { useChainTime } from "@/data/head/use-head";
import { parseAddress } from "@/data/parse-address";
import { useRuntime } from "@/data/runtime";
import { useRpcStatus } from "@/data/use-rpc-status";
import { useVaultReport, type VaultReportView } from "@/data/vault/use-vault-report";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { countedManagers } from "@/shared/counted";
import { formatDuration, formatInteger } from "@/shared/format";
import { VERSION } from "@/shared/version";
import { Callout, ErrorState } from "@/ui/data/messages";
import { ProgressBar } from "@/ui/data/progress-bar";
import { PartialNotice, StaleNotice } from "@/ui/figures/notices";
import { Button } from "@/ui/forms/button";
import { AppShell } from "@/ui/layout/app-shell";
import { NavStrip } from "@/ui/layout/nav-strip";
import { Page } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";
import { faultText } from "./fault-text";
import { LiveStamp } from "./live-stamp";
import { clockGapText, progressText, vaultNav, vaultTitle } from "./model";

/** What every page of a vault is given: its report, and the stamp that belongs beside its title. */
export interface VaultPageContext {
  readonly report: VaultReport;
  readonly stamp: ReactNode;
}

export interface VaultFrameProps {
  readonly chainId: number;
  readonly addressText: string;
  readonly block: bigint | undefined;
  /** Where the reader is, for the strip of pages. */
  readonly path: string;
  readonly wallet: ReactNode;
  readonly children: (context: VaultPageContext) => ReactNode;
}

/** Bar, pages, notices and loading states around every page of one vault. */
export function VaultFrame(props: VaultFrameProps) {
  const { config } = useRuntime();
  const parsed = parseAddress(props.addressText);
  if (!parsed.ok) {
    return (
      <AddressIssue title="This is not a vault's address" issue={parsed.message} wallet={props.wallet} />
    );
  }
  if (!config.chains.some((chain) => chain.id === props.chainId)) {
    const known = config.chains.map((chain) => `${chain.id} (${chain.name})`).join(", ");
    return (
      <AddressIssue
        title={`Chain ${props.chainId} is not configured`}
        issue={`This site reads: ${known}. Add the chain to plimsoll.config.json to read it here.`}
        wallet={props.wallet}
      />
    );
  }
  return <KnownVault {...props} address={parsed.address} />;
}

/** An address that leads nowhere: what is wrong with it, and the way back. */
export function AddressIssue(props: {
  readonly title: string;
  readonly issue: string;
  readonly wallet: ReactNode;
}) {
  return (
    <AppShell homeHref="#/" version={VERSION} wallet={props.wallet}>
      <Page title={props.title}>
        <Callout
          tone="caution"
          title="The address of this page cannot be used"
          action={
            <a className="text-accent underline underline-offset-2" href="#/">
              All vaults
            </a>
          }
        >
          {props.issue}
        </Callout>
      </Page>
    </AppShell>
  );
}

function KnownVault(props: VaultFrameProps & { readonly address: Address }) {
  const { chainId, address, block, path, wallet, children } = props;
  const ref = { chainId, address };
  const view = useVaultReport(ref, { block });
  const chain = useRuntime().config.chains.find((one) => one.id === chainId);
  const title = vaultTitle(view.config, view.state);
  return (
    <AppShell
      homeHref="#/"
      version={VERSION}
      wallet={wallet}
      title={
        <span className="flex min-w-0 items-baseline gap-2">
          <bdi className="truncate font-medium text-ink">{title}</bdi>
          <span className="shrink-0 text-ink-muted">{chain?.name}</span>
        </span>
      }
      nav={<NavStrip label="Vault pages" items={vaultNav(ref, { path, block })} />}
      notices={<Notices view={view} chainId={chainId} />}
      footer={
        <>
          <span>Read straight from the chain; nothing is sent to anybody but the endpoint.</span>
          <a className="text-accent underline underline-offset-2 print:hidden" href="#/check">
            Check a statement
          </a>
        </>
      }
    >
      {view.report === undefined ? (
        <Loading view={view} title={title} />
      ) : (
        children({
          report: view.report,
          stamp: <LiveStamp report={view.report} isPinned={block !== undefined} />,
        })
      )}
    </AppShell>
  );
}

function Loading({ view, title }: { readonly view: VaultReportView; readonly title: string }) {
  const { error, progress } = view;
  if (error !== undefined && !view.isFetching) {
    const { cause, whatToDo, detail } = faultText(error);
    return (
      <Page title={title}>
        <ErrorState
          title="The vault could not be read"
          cause={cause}
          whatToDo={whatToDo}
          detail={detail}
          onRetry={view.retry}
        />
      </Page>
    );
  }
  if (view.isStopped) {
    return (
      <Page title={title}>
        <Callout
          tone="neutral"
          title="Reading was stopped"
          action={<Button onClick={view.resume}>Resume</Button>}
        >
          What was read is kept. No figure is shown from a part of the history.
        </Callout>
      </Page>
    );
  }
  const { label, percent, detail } = progressText(progress);
  return (
    <Page title={title}>
      <Panel>
        <ProgressBar
          label={label}
          percent={percent}
          detail={detail}
          action={
            <Button variant="secondary" size="small" onClick={view.stop}>
              Stop
            </Button>
          }
        />
      </Panel>
    </Page>
  );
}

/** Everything that a reader must know before reading on. */
function Notices({ view, chainId }: { readonly view: VaultReportView; readonly chainId: number }) {
  const rpc = useRpcStatus(chainId);
  const time = useChainTime(chainId);
  const gap = clockGapText(time);
  const { report, error, config, pinnedBlock } = view;
  const notices: ReactNode[] = [];
  if (!config.listed) {
    notices.push(
      <Callout key="listed" tone="caution" title="Not listed by this site">
        This vault was opened by its address. Whoever runs this site has not vouched for it; to sign anything
        here its last six digits must be typed first.
      </Callout>,
    );
  }
  if (pinnedBlock !== undefined) {
    notices.push(
      <Callout
        key="pinned"
        tone="accent"
        title={`As it stood at block ${formatInteger(pinnedBlock)}`}
        action={
          <a className="text-accent underline underline-offset-2" href={`#/v/${chainId}/${config.address}`}>
            Show it as it stands now
          </a>
        }
      />,
    );
  }
  if (report !== undefined && error !== undefined) {
    const { cause, whatToDo } = faultText(error);
    notices.push(
      <StaleNotice
        key="stale"
        age={ageText(report, time.nowSeconds)}
        reason={`${cause} ${whatToDo} What is shown was read at block ${formatInteger(report.snapshot.state.block.number)}.`}
        action={
          <Button variant="secondary" size="small" onClick={view.retry} busy={view.isFetching}>
            Try again
          </Button>
        }
      />,
    );
  } else if (rpc !== undefined && rpc.state !== "ok") {
    notices.push(
      <OnScreen key="rpc">
        <EndpointNotice state={rpc.state} host={rpc.endpointHost} />
      </OnScreen>,
    );
  }
  if (report !== undefined) notices.push(...reportNotices(view, report));
  if (gap !== undefined) {
    notices.push(
      <OnScreen key="clock">
        <Callout tone="neutral" title="Two clocks">
          {gap}
        </Callout>
      </OnScreen>,
    );
  }
  if (notices.length === 0) return null;
  return (
    <section aria-label="Notices" className="mx-auto flex w-full max-w-page flex-col gap-2 px-3 pt-3 sm:px-5">
      {notices}
    </section>
  );
}

/** A notice about reading rather than about what was read: paper does without it. */
function OnScreen({ children }: { readonly children: ReactNode }) {
  return <div className="print:hidden">{children}</div>;
}

function reportNotices(view: VaultReportView, report: VaultReport): readonly ReactNode[] {
  const notices: ReactNode[] = [];
  const { completeness, history } = report;
  if (completeness.kind === "incomplete") {
    const all = report.snapshot.managers.length + completeness.unread.length;
    const unread = completeness.unread.length;
    notices.push(
      <PartialNotice
        key="partial"
        missing={
          unread > 0
            ? `${formatInteger(unread)} of ${countedManagers(all)} could not be read`
            : "The managers that were found do not add up to the vault's debt"
        }
        consequence="Totals are unknown until all of them are read."
        action={
          <Button variant="secondary" size="small" onClick={view.retry} busy={view.isFetching}>
            Read again
          </Button>
        }
      />,
    );
  }
  if (!history.complete) {
    notices.push(
      <PartialNotice
        key="history"
        missing={`The history is known only from block ${formatInteger(history.fromBlock)}`}
        consequence="Losses before it are not in any list, so no total of losses is shown."
      />,
    );
  }
  if (completeness.kind === "not-published") {
    notices.push(
      <Callout key="flux" tone="neutral" title="Not a Flux vault">
        This vault answers as ERC-4626 only. What it does not publish is marked so.
      </Callout>,
    );
  }
  if (!view.isHistoryKept) {
    notices.push(
      <OnScreen key="kept">
        <Callout tone="neutral" title="History is not kept">
          This browser does not let the page store anything, so the history is read again at each visit.
        </Callout>
      </OnScreen>,
    );
  }
  return notices;
}

const ENDPOINT_WORD = {
  retrying: "is not answering; trying again",
  "rate-limited": "is limiting requests; waiting",
  down: "does not answer",
  "wrong-chain": "answers for another chain and is not used",
} as const;

function EndpointNotice(props: { readonly state: keyof typeof ENDPOINT_WORD; readonly host: string }) {
  return (
    <Callout tone="caution" title={`The endpoint ${ENDPOINT_WORD[props.state]}`}>
      Endpoint: {props.host}.
    </Callout>
  );
}

function ageText(report: VaultReport, nowSeconds: bigint): string {
  const seconds = nowSeconds - report.snapshot.state.block.timestampSeconds;
  return formatDuration(seconds < 0n ? 0n : seconds);
}
