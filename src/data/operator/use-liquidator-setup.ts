import { useQuery } from "@tanstack/react-query";
import { type ChainError, toChainError } from "@/chain/errors";
import { fetchLiquidator, type LiquidatorState } from "@/chain/reads/operator";
import type { Address, VaultState } from "@/domain/model";
import { liquidatorKey, type VaultRef } from "../keys";
import { useRuntime } from "../runtime";
import { useSession } from "../wallet/use-wallet";
import { blockToAsk } from "./block-to-ask";

export type { LiquidatorState } from "@/chain/reads/operator";

export interface LiquidatorSetupView {
  /** Who is asked about; undefined while nobody is connected. */
  readonly account: Address | undefined;
  readonly setup: LiquidatorState | undefined;
  readonly error: ChainError | undefined;
  readonly isFetching: boolean;
}

const ONE_MINUTE_MS = 60_000;

/** How far the connected account has come on its way to liquidating: executor, registration, allowance, balance. */
export function useLiquidatorSetup(ref: VaultRef, state: VaultState | undefined): LiquidatorSetupView {
  const runtime = useRuntime();
  const account = useSession()?.account;
  const factory = state?.flux?.factory;
  const asset = state?.asset.address;
  const query = useQuery<LiquidatorState, ChainError>({
    queryKey: liquidatorKey(ref, account),
    enabled: account !== undefined && factory !== undefined && asset !== undefined,
    refetchInterval: ONE_MINUTE_MS,
    queryFn: async ({ signal }) => {
      const { rpc, block } = await blockToAsk(runtime, { chainId: ref.chainId, signal });
      if (account === undefined || factory === undefined || asset === undefined) {
        throw new RangeError("There is nobody to ask about");
      }
      try {
        return await fetchLiquidator(rpc, { factory, account, asset, block, signal });
      } catch (error) {
        throw toChainError(error);
      }
    },
  });
  return { account, setup: query.data, error: query.error ?? undefined, isFetching: query.isFetching };
}
