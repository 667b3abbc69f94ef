import { useRouteError } from "react-router";
import { VERSION } from "@/shared/version";
import { ErrorState } from "@/ui/data/messages";
import { AppShell } from "@/ui/layout/app-shell";
import { Page } from "@/ui/layout/page";

/** Shown when a page itself fails: nothing is hidden, and the way on is there. */
export function PageFault() {
  const error = useRouteError();
  return (
    <AppShell homeHref="#/" version={VERSION}>
      <Page title="This page failed">
        <ErrorState
          title="The page could not be shown"
          cause="A part of the page could not be loaded, or it met something that it was not written for. Nothing was signed or sent."
          whatToDo="Load it again. A newer version may have been published since this page was opened."
          detail={error instanceof Error ? `${error.name}: ${error.message}` : undefined}
          onRetry={() => window.location.reload()}
          retryLabel="Load again"
        />
      </Page>
    </AppShell>
  );
}
