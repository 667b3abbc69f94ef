import { useSyncExternalStore } from "react";
import type { RpcStatus } from "@/chain/rpc/rpc";
import { useRuntime } from "./runtime";

/** How the endpoints of a chain are doing; undefined for a chain that the configuration does not name. */
export function useRpcStatus(chainId: number): RpcStatus | undefined {
  const rpc = useRuntime().rpcOf(chainId);
  return useSyncExternalStore(
    (listener) => rpc?.subscribe(listener) ?? (() => undefined),
    () => rpc?.status(),
    () => undefined,
  );
}
