import type { ConfigIssue } from "@/report/config";
import { VERSION } from "@/shared/version";
import { ErrorState } from "@/ui/data/messages";
import { AppShell } from "@/ui/layout/app-shell";
import { Page } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";

/** Shown instead of any page while the configuration cannot be used: every issue with its field and the fix. */
export function ConfigFault({ issues }: { readonly issues: readonly ConfigIssue[] }) {
  return (
    <AppShell homeHref="#/" version={VERSION}>
      <Page
        title="The configuration cannot be used"
        description="Plimsoll reads plimsoll.config.json beside this page. Nothing is read from any chain until the file is right."
      >
        <ErrorState
          title={
            issues.length === 1
              ? "One problem in plimsoll.config.json"
              : `${issues.length} problems in plimsoll.config.json`
          }
          cause="Correct what is named below in the file on the server, then try again."
          onRetry={() => window.location.reload()}
          retryLabel="Read the file again"
        />
        <Panel title="What is wrong">
          <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[auto_minmax(0,1fr)]">
            {issues.map((issue) => (
              <div key={`${issue.field}:${issue.message}`} className="contents">
                <dt className="font-mono text-[0.8125rem] break-all">{issue.field}</dt>
                <dd className="text-[0.8125rem] text-ink-muted">{issue.message}</dd>
              </div>
            ))}
          </dl>
        </Panel>
      </Page>
    </AppShell>
  );
}
