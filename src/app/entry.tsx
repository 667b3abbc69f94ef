import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { RouterProvider } from "react-router";
import { createRuntime, type Runtime, RuntimeProvider } from "@/data/runtime";
import type { PlimsollConfig } from "@/report/config";
import { openChunkStore } from "@/report/store";
import { DEFAULT_SITE_NAME, SiteName } from "@/ui/layout/site-name";
import { createAppRouter } from "./router";

const router = createAppRouter();

/** Not needed for the first figure: the review and the toasts of transactions follow the page. */
const TransactionHost = lazy(async () => ({
  default: (await import("@/features/transaction/transaction-host")).TransactionHost,
}));

/** The app: one runtime for as long as the page lives, and the pages by their addresses. */
export function Entry({ config }: { readonly config: PlimsollConfig }): ReactNode {
  const [runtime, setRuntime] = useState<Runtime>();
  useEffect(() => {
    let isCurrent = true;
    void openChunkStore().then((chunks) => {
      if (isCurrent) setRuntime(createRuntime({ config, chunks }));
    });
    return () => {
      isCurrent = false;
    };
  }, [config]);
  if (runtime === undefined) return null;
  return (
    <SiteName value={config.title ?? DEFAULT_SITE_NAME}>
      <RuntimeProvider runtime={runtime}>
        <RouterProvider router={router} />
        <Suspense fallback={null}>
          <TransactionHost />
        </Suspense>
      </RuntimeProvider>
    </SiteName>
  );
}
