import { QueryClient } from "@tanstack/react-query";
import { hashQueryKey } from "./keys";

const TEN_MINUTES_MS = 600_000;

/**
 * The cache of everything read. Nothing grows stale by time: a new head says so. Nothing is retried here: the client
 * of each chain retries with pauses that respect the endpoint. And nothing waits for the browser to feel online: a
 * node on this machine answers without a network.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        queryKeyHashFn: hashQueryKey,
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: TEN_MINUTES_MS,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
