import { useQuery } from "@tanstack/react-query";
import { type ChainError, toChainError } from "@/chain/errors";
import { fetchTimelock, type TimelockState } from "@/chain/reads/operator";
import type { Address, BlockRef, Hex } from "@/domain/model";
import { timelockKey, type VaultRef } from "../keys";
import { useRuntime } from "../runtime";
import { useSession } from "../wallet/use-wallet";
import { blockToAsk } from "./block-to-ask";

export type { TimelockRoles, TimelockState } from "@/chain/reads/operator";

export interface TimelockView {
  /** Whose roles are asked for; undefined while nobody is connected. */
  readonly account: Address | undefined;
  readonly timelock: TimelockState | undefined;
  readonly error: ChainError | undefined;
  readonly isFetching: boolean;
  readonly retry: () => void;
}

interface TimelockRead {
  readonly timelock: Address;
  readonly account: Address | undefined;
  readonly state: TimelockState;
}

/** What was read for another account says nothing of this one's roles. */
function stateFor(read: TimelockRead | undefined, account: Address | undefined): TimelockState | undefined {
  if (read === undefined || read.account === account) return read?.state;
  return { ...read.state, roles: undefined };
}

/** The timelock's delay, the connected account's roles in it, and what it keeps for the operations asked about. */
export function useTimelock(
  ref: VaultRef,
  {
    timelock,
    ids,
    pinnedTo,
  }: {
    /** undefined: there is no timelock to ask. */
    readonly timelock: Address | undefined;
    readonly ids: readonly Hex[];
    /** The block of a page that shows the past; undefined: the newest one. */
    readonly pinnedTo: BlockRef | undefined;
  },
): TimelockView {
  const runtime = useRuntime();
  const account = useSession()?.account;
  const query = useQuery<TimelockRead, ChainError>({
    queryKey: [...timelockKey(ref, account), timelock ?? "none", pinnedTo?.hash ?? "head", ...ids],
    enabled: timelock !== undefined,
    structuralSharing: false,
    // A changed queue or account must not take away the form that somebody is filling in.
    placeholderData: (previous) => (previous?.timelock === timelock ? previous : undefined),
    queryFn: async ({ signal }) => {
      if (timelock === undefined) throw new RangeError("There is no timelock to ask");
      try {
        const { rpc, block: head } = await blockToAsk(runtime, { chainId: ref.chainId, signal });
        const block = pinnedTo ?? head;
        return {
          timelock,
          account,
          state: await fetchTimelock(rpc, { timelock, account, ids, block, signal }),
        };
      } catch (error) {
        throw toChainError(error);
      }
    },
  });
  return {
    account,
    timelock: stateFor(query.data, account),
    error: query.error ?? undefined,
    isFetching: query.isFetching,
    retry: () => void query.refetch(),
  };
}
