import { lazy, Suspense, useMemo, useState } from "react";
import type { RatioDenominator } from "@/domain/ratio-series";
import { headlineStats, lossStats, vaultStats } from "@/features/bad-debt/headline";
import { HeadlineView } from "@/features/bad-debt/headline-view";
import { VaultLoadLine } from "@/features/position-health/vault-load-line";
import type { VaultReport } from "@/report/vault-report";
import { countedManagers } from "@/shared/counted";
import { formatInteger } from "@/shared/format";
import { CopyButton } from "@/ui/data/copy-button";
import { type Column, DataTable } from "@/ui/data/data-table";
import { KeyValueList } from "@/ui/data/key-value-list";
import { EmptyState } from "@/ui/data/messages";
import { SkeletonLines } from "@/ui/data/skeleton";
import { PartialNotice } from "@/ui/figures/notices";
import { Grid, Section } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";
import { parameterLines, pendingChanges } from "./prevention";
import { type Verification, verificationsOf } from "./verify";

// What happened can wait for the figures: tables and charts come in a file of their own.
const History = lazy(async () => ({ default: (await import("./public-history")).PublicHistory }));

/** The public page's four questions: how bad is it, how did it happen, what prevents it, what is recovered. */
export function PublicSections({ report }: { readonly report: VaultReport }) {
  const [denominator, setDenominator] = useState<RatioDenominator>("assets-and-losses");
  return (
    <>
      <Missing report={report} />
      <Section title="1. How bad is it?">
        <HeadlineView label="Headline figures" stats={headlineStats(report)} />
        <HeadlineView label="The vault now" stats={vaultStats(report)} size="medium" />
        <Panel
          title="Load line"
          headingLevel={3}
          description="The vault's own marks of health, and its debt hanging at the health of each manager."
        >
          <VaultLoadLine report={report} />
        </Panel>
        <VerifyPanel report={report} />
      </Section>
      <Section title="2. How did it happen?">
        <Suspense fallback={<SkeletonLines lines={6} />}>
          <History report={report} denominator={denominator} onDenominator={setDenominator} />
        </Suspense>
      </Section>
      <Section title="3. What prevents it?">
        <Prevention report={report} />
      </Section>
      <Section title="4. What is recovered?" description="Measured on the chain. Promises are not counted.">
        <HeadlineView label="Loss and recovery" stats={lossStats(report)} size="medium" />
      </Section>
    </>
  );
}

function Missing({ report }: { readonly report: VaultReport }) {
  const { completeness, history } = report;
  return (
    <>
      {completeness.kind === "incomplete" && (
        <PartialNotice
          missing={`${countedManagers(completeness.unread.length)} could not be read`}
          consequence="Totals are unknown until all of them are read."
        />
      )}
      {!history.complete && (
        <PartialNotice
          missing={`The history is known only from block ${formatInteger(history.fromBlock)}`}
          consequence="Losses before it are not in any list, so no total of losses is shown."
        />
      )}
    </>
  );
}

function Prevention({ report }: { readonly report: VaultReport }) {
  const lines = parameterLines(report);
  const pending = pendingChanges(report);
  if (lines === undefined) {
    return <EmptyState title="Not published">This vault does not publish its parameters.</EmptyState>;
  }
  return (
    <Grid columns={2}>
      <Panel title="Parameters" headingLevel={3}>
        <KeyValueList items={lines} />
      </Panel>
      <Panel
        title="Changes that wait"
        headingLevel={3}
        description="From the timelock's own events. A change takes effect only when it is executed."
      >
        {pending.length === 0 ? (
          <EmptyState title="No change waits">
            {report.history.complete
              ? "The timelock holds no operation that is pending or ready."
              : "None was found in the part of the history that was read."}
          </EmptyState>
        ) : (
          <ul className="flex flex-col gap-1.5 text-[0.8125rem]">
            {pending.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        )}
      </Panel>
    </Grid>
  );
}

const VERIFY_COLUMNS: readonly Column<Verification>[] = [
  { id: "figure", header: "Figure", rowHeader: true, cell: (row) => row.figure },
  {
    id: "call",
    header: "Call",
    cell: (row) => (
      <span className="font-mono text-xs">
        {row.view} <span className="text-ink-muted">{row.data}</span>
      </span>
    ),
  },
  {
    id: "raw",
    header: "Raw answer",
    cell: (row) => <span className="font-mono text-xs break-all">{row.raw}</span>,
  },
  { id: "shown", header: "Shown as", align: "end", cell: (row) => row.shown },
  {
    id: "command",
    header: "Command",
    cell: (row) => <CopyButton text={row.command} what={`command for ${row.figure}`} labelled />,
  },
];

function VerifyPanel({ report }: { readonly report: VaultReport }) {
  const rows = useMemo(() => verificationsOf(report), [report]);
  return (
    <Panel
      title="Verify it yourself"
      headingLevel={3}
      description={`Ask any node for block ${formatInteger(report.snapshot.state.block.number)}: each command asks the contract the same question. Put an endpoint that you trust in the place of $RPC.`}
      flush
    >
      <DataTable
        caption="Calls behind the figures"
        columns={VERIFY_COLUMNS}
        rows={rows}
        rowKey={(row) => row.view}
        empty={<EmptyState title="Nothing to verify" />}
      />
    </Panel>
  );
}
