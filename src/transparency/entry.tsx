import { useEffect, useState } from "react";
import { createRpc } from "@/chain/rpc/client";
import { type PlimsollConfig, vaultConfigOf } from "@/report/config";
import { isEmbedDocument } from "@/shared/embed-document";
import { VERSION } from "@/shared/version";
import { AppShell } from "@/ui/layout/app-shell";
import { Page } from "@/ui/layout/page";
import { DEFAULT_SITE_NAME, SiteName } from "@/ui/layout/site-name";
import { PublicPage } from "./public-page";
import { createPublicReader, type PublicReader } from "./public-reader";
import { type PublicRoute, parsePublicRoute } from "./route";

type VaultRoute = Extract<PublicRoute, { readonly kind: "vault" }>;

const DEFAULT_BLOCK_TIME_SECONDS = 12;

/** The public page: a vault's figures for everybody, without wallet, router or query cache. */
export function Entry({ config }: { readonly config: PlimsollConfig }) {
  return (
    <SiteName value={config.title ?? DEFAULT_SITE_NAME}>
      <PublicSite config={config} />
    </SiteName>
  );
}

function PublicSite({ config }: { readonly config: PlimsollConfig }) {
  const [hash, setHash] = useState(window.location.hash);
  useEffect(() => {
    const follow = (): void => setHash(window.location.hash);
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  const parsed = parsePublicRoute(hash);
  // Another site's frame holds the bare page only, even where the address forgot to ask for it.
  const isFramed = isEmbedDocument(window.location.pathname);
  const route = parsed.kind === "vault" && isFramed ? { ...parsed, isEmbedded: true } : parsed;
  if (route.kind === "issue") return <Issue issue={route.issue} />;
  const chain = config.chains.find((one) => one.id === route.chainId);
  if (chain === undefined) {
    return <Issue issue={`Chain ${route.chainId} is not configured on this site.`} />;
  }
  return <Reading key={hash} config={config} route={route} />;
}

function Issue({ issue }: { readonly issue: string }) {
  const page = (
    <Page title="This page cannot be shown">
      <p role="alert">{issue}</p>
    </Page>
  );
  if (isEmbedDocument(window.location.pathname)) {
    return <main className="min-h-dvh bg-canvas p-4 text-ink">{page}</main>;
  }
  return (
    <AppShell homeHref="#/" version={VERSION}>
      {page}
    </AppShell>
  );
}

function Reading({ config, route }: { readonly config: PlimsollConfig; readonly route: VaultRoute }) {
  const [reader] = useState(() => readerOf({ config, route }));
  return <PublicPage config={config} route={route} reader={reader} />;
}

function readerOf({
  config,
  route,
}: {
  readonly config: PlimsollConfig;
  readonly route: VaultRoute;
}): PublicReader {
  const chain = config.chains.find((one) => one.id === route.chainId);
  return createPublicReader({
    rpc: createRpc({ chainId: route.chainId, endpoints: chain?.rpcUrls ?? [] }),
    vault: vaultConfigOf(config, route),
    block: route.block,
    blockTimeSeconds: chain?.blockTimeSeconds ?? DEFAULT_BLOCK_TIME_SECONDS,
    document,
    nowMs: () => performance.now(),
  });
}
