import type { QueryClient } from "@tanstack/react-query";
import { QueryClientProvider } from "@tanstack/react-query";
import { createContext, createElement, type ReactNode, useContext } from "react";
import { type Config, WagmiProvider } from "wagmi";
import type { ChunkStore } from "@/chain/logs/store";
import { createRpc } from "@/chain/rpc/client";
import { type RpcEnvironment, systemEnvironment } from "@/chain/rpc/environment";
import type { Rpc } from "@/chain/rpc/rpc";
import type { PlimsollConfig } from "@/report/config";
import { createHeadSource, documentVisibility, type HeadSource, type Visibility } from "./head/head-source";
import { isLiveKeyOf } from "./keys";
import { createQueryClient } from "./query-client";
import { createTransactionCentre, type TransactionCentre } from "./transaction/centre";
import { chainPortOf } from "./transaction/chain-port";
import { browserLocks } from "./transaction/locks";
import { openPendingStore } from "./transaction/pending-store";
import type { FlowPorts, LockPort, WalletPort } from "./transaction/ports";
import { createProgressStore, type ProgressStore } from "./vault/progress-store";
import { makeWagmiConfig } from "./wallet/config";
import { walletPortOf } from "./wallet/wallet-port";
import { createWatchList, type WatchListStore } from "./watch-list/watch-list";

/** Everything that lives as long as the page, made once from the configuration. */
export interface Runtime {
  readonly config: PlimsollConfig;
  readonly environment: RpcEnvironment;
  readonly visibility: Visibility;
  readonly queryClient: QueryClient;
  readonly wagmi: Config;
  /** The connected wallet, for whatever is signed. */
  readonly wallet: WalletPort;
  /** Held while a wallet is asked: one prompt at a time in all tabs. */
  readonly locks: LockPort;
  readonly chunks: ChunkStore;
  readonly progress: ProgressStore;
  readonly watchList: WatchListStore;
  readonly transactions: TransactionCentre;
  /** undefined for a chain that the configuration does not name. */
  readonly rpcOf: (chainId: number) => Rpc | undefined;
  readonly headsOf: (chainId: number) => HeadSource | undefined;
}

/** For chains that do not say how often they make a block. */
const DEFAULT_BLOCK_TIME_SECONDS = 12;

interface RuntimeArgs {
  readonly config: PlimsollConfig;
  readonly chunks: ChunkStore;
  readonly environment?: RpcEnvironment | undefined;
}

/** Builds the runtime of a page. Browser only; nothing is requested before somebody asks
 * for something, unless a transaction of an earlier page is still under way. */
export function createRuntime({ config, chunks, environment = systemEnvironment() }: RuntimeArgs): Runtime {
  const queryClient = createQueryClient();
  const visibility = documentVisibility(document);
  const rpcs = new Map(
    config.chains.map(({ id, rpcUrls }) => [id, createRpc({ chainId: id, endpoints: rpcUrls, environment })]),
  );
  const heads = new Map(
    config.chains.map(({ id, blockTimeSeconds = DEFAULT_BLOCK_TIME_SECONDS }) => [
      id,
      headSourceOf({ rpc: rpcs.get(id), blockTimeSeconds, environment, visibility, queryClient }),
    ]),
  );
  const storage = browserStorage();
  const wagmi = makeWagmiConfig({ chains: config.chains, rpcOf: (id) => rpcs.get(id), storage });
  const store = openPendingStore(() => window.localStorage);
  const wallet = walletPortOf(wagmi);
  const locks = browserLocks("locks" in navigator ? navigator.locks : undefined);

  function portsOf(chainId: number): FlowPorts | undefined {
    const rpc = rpcs.get(chainId);
    const source = heads.get(chainId);
    if (rpc === undefined || source === undefined) return undefined;
    const invalidate: FlowPorts["invalidate"] = (keys) => {
      // The page must not re-read the block before the transaction's own.
      void source
        .refresh()
        .then(() => Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey }))));
    };
    return { chain: chainPortOf(rpc), wallet, heads: source, locks, store, invalidate };
  }

  const transactions = createTransactionCentre({ portsOf, store, newId: () => crypto.randomUUID() });
  // What an earlier page left under way is followed from the start, whatever page is open.
  transactions.resume();

  return {
    config,
    environment,
    visibility,
    queryClient,
    wagmi,
    wallet,
    locks,
    chunks,
    progress: createProgressStore(),
    watchList: createWatchList({ storage, events: window }),
    transactions,
    rpcOf: (chainId) => rpcs.get(chainId),
    headsOf: (chainId) => heads.get(chainId),
  };
}

function headSourceOf(args: {
  readonly rpc: Rpc | undefined;
  readonly blockTimeSeconds: number;
  readonly environment: RpcEnvironment;
  readonly visibility: Visibility;
  readonly queryClient: QueryClient;
}): HeadSource {
  const { rpc, queryClient, ...rest } = args;
  if (rpc === undefined) throw new RangeError("A chain without an endpoint");
  const isStale = isLiveKeyOf(rpc.chainId);
  return createHeadSource({
    ...rest,
    rpc,
    onHead: () => {
      // Reading a report can take longer than a block: a new head must not begin it again.
      void queryClient.invalidateQueries(
        { predicate: (query) => isStale(query.queryKey) },
        { cancelRefetch: false },
      );
    },
  });
}

/** The browser's storage, or undefined where it may not be touched. */
function browserStorage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

const RuntimeContext = createContext<Runtime | undefined>(undefined);

/** Gives the page its runtime, query cache and wallet. */
export function RuntimeProvider(props: {
  readonly runtime: Runtime;
  readonly children: ReactNode;
}): ReactNode {
  const { runtime, children } = props;
  const inner = createElement(QueryClientProvider, { client: runtime.queryClient }, children);
  return createElement(
    RuntimeContext,
    { value: runtime },
    createElement(WagmiProvider, { config: runtime.wagmi, reconnectOnMount: true }, inner),
  );
}

/** The page's runtime. @throws RangeError outside its provider. */
export function useRuntime(): Runtime {
  const runtime = useContext(RuntimeContext);
  if (runtime === undefined) throw new RangeError("There is no RuntimeProvider above this component");
  return runtime;
}
