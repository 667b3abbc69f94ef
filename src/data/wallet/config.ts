import type { Chain } from "viem";
import { type Config, createConfig, createStorage, custom, noopStorage } from "wagmi";
import type { Rpc } from "@/chain/rpc/rpc";
import type { ChainConfig } from "@/report/config";

interface WagmiArgs {
  readonly chains: readonly ChainConfig[];
  readonly rpcOf: (chainId: number) => Rpc | undefined;
  /** undefined where the browser keeps nothing for this page: the wallet is then chosen again after a reload. */
  readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | undefined;
}

/**
 * wagmi, reduced to what it is needed for here: finding wallets by their own announcement (EIP-6963) and keeping the
 * connection. It never reaches the network by itself: its transport is our own client, which has retried already.
 */
export function makeWagmiConfig({ chains, rpcOf, storage }: WagmiArgs): Config {
  const [first, ...rest] = chains.map(toWagmiChain);
  if (first === undefined) throw new RangeError("The configuration names no chain");
  return createConfig({
    chains: [first, ...rest],
    connectors: [],
    multiInjectedProviderDiscovery: true,
    transports: Object.fromEntries(chains.map(({ id }) => [id, transportOf(rpcOf(id))])),
    batch: { multicall: false },
    // Reconnecting starts in an effect instead of during the first render, which React does not allow.
    ssr: true,
    storage: createStorage({ key: "plimsoll.wallet", storage: storage ?? noopStorage }),
  });
}

function transportOf(rpc: Rpc | undefined): ReturnType<typeof custom> {
  const request = async ({ method, params }: { method: string; params?: readonly unknown[] }) => {
    if (rpc === undefined) throw new RangeError("No endpoint is configured for this chain");
    return rpc.request(method, params ?? []);
  };
  return custom({ request }, { retryCount: 0 });
}

const NATIVE_DECIMALS = 18;

/** A chain of the configuration in viem's words: what a wallet is told when it does not know the chain. */
export function toWagmiChain(chain: ChainConfig): Chain {
  const symbol = chain.nativeSymbol ?? "ETH";
  return {
    id: chain.id,
    name: chain.name,
    nativeCurrency: { name: symbol, symbol, decimals: NATIVE_DECIMALS },
    rpcUrls: { default: { http: chain.rpcUrls } },
    ...(chain.explorerUrl === undefined
      ? {}
      : { blockExplorers: { default: { name: "Explorer", url: chain.explorerUrl } } }),
  };
}
