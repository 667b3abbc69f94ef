import { fetchHead } from "@/chain/reads/head";
import type { Rpc } from "@/chain/rpc/rpc";
import type { BlockRef } from "@/domain/model";
import type { Runtime } from "../runtime";

/** The way to a chain and its newest block as this page knows it: what is read beside a report is read there too. */
export async function blockToAsk(
  runtime: Pick<Runtime, "rpcOf" | "headsOf">,
  { chainId, signal }: { readonly chainId: number; readonly signal: AbortSignal },
): Promise<{ readonly rpc: Rpc; readonly block: BlockRef }> {
  const rpc = runtime.rpcOf(chainId);
  if (rpc === undefined) throw new RangeError(`Chain ${chainId} is not in the configuration`);
  const head = runtime.headsOf(chainId)?.current().head;
  return { rpc, block: head ?? (await fetchHead(rpc, { signal })) };
}
