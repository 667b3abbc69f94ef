import { useEffect, useState } from "react";
import type { ChunkStore } from "@/chain/logs/store";
import { createRpc } from "@/chain/rpc/client";
import { type PlimsollConfig, vaultConfigOf } from "@/report/config";
import { openChunkStore } from "@/report/store";
import { VERSION } from "@/shared/version";
import { Callout } from "@/ui/data/messages";
import { AppShell } from "@/ui/layout/app-shell";
import { Page } from "@/ui/layout/page";
import { PublicPage } from "./public-page";
import { createPublicReader, type PublicReader } from "./public-reader";
import { type PublicRoute, parsePublicRoute } from "./route";

type VaultRoute = Extract<PublicRoute, { readonly kind: "vault" }>;

const DEFAULT_BLOCK_TIME_SECONDS = 12;

/** The public page: a vault's figures for everybody, without wallet, router or query cache. */
export function Entry({ config }: { readonly config: PlimsollConfig }) {
  const [hash, setHash] = useState(window.location.hash);
  useEffect(() => {
    const follow = (): void => setHash(window.location.hash);
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  const route = parsePublicRoute(hash);
  if (route.kind === "issue") return <Issue issue={route.issue} />;
  const chain = config.chains.find((one) => one.id === route.chainId);
  if (chain === undefined) {
    return <Issue issue={`Chain ${route.chainId} is not configured on this site.`} />;
  }
  return <Reading key={hash} config={config} route={route} />;
}

function Issue({ issue }: { readonly issue: string }) {
  return (
    <AppShell homeHref="#/" version={VERSION}>
      <Page title="This page cannot be shown">
        <Callout tone="caution" title="The address of this page cannot be used">
          {issue}
        </Callout>
      </Page>
    </AppShell>
  );
}

function Reading({ config, route }: { readonly config: PlimsollConfig; readonly route: VaultRoute }) {
  const [reader, setReader] = useState<PublicReader>();
  useEffect(() => {
    let isCurrent = true;
    void openChunkStore().then((store) => {
      if (isCurrent) setReader(readerOf({ config, route, store }));
    });
    return () => {
      isCurrent = false;
    };
  }, [config, route]);
  if (reader === undefined) return null;
  return <PublicPage config={config} route={route} reader={reader} />;
}

function readerOf(args: {
  readonly config: PlimsollConfig;
  readonly route: VaultRoute;
  readonly store: ChunkStore;
}): PublicReader {
  const { config, route, store } = args;
  const chain = config.chains.find((one) => one.id === route.chainId);
  return createPublicReader({
    rpc: createRpc({ chainId: route.chainId, endpoints: chain?.rpcUrls ?? [] }),
    store,
    vault: vaultConfigOf(config, route),
    block: route.block,
    blockTimeSeconds: chain?.blockTimeSeconds ?? DEFAULT_BLOCK_TIME_SECONDS,
    document,
    nowMs: () => performance.now(),
  });
}
