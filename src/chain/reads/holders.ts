import type { Address, BlockRef } from "@/domain/model";
import { isHexBytes, uintAt } from "../bytes";
import { LENS_VIEWS } from "../flux/lens-views";
import { encodeView, VAULT_VIEWS } from "../flux/views";
import { readThroughLens } from "../lens/call";
import type { Rpc, RpcCall } from "../rpc/rpc";
import { ethCall, pinTo, viewResultOf } from "./call";
import { climb } from "./ladder";

/** One holder of shares. */
export interface HolderState {
  readonly address: Address;
  /** Undefined where the vault did not say, or no vault was named. */
  readonly shares: bigint | undefined;
  /** Whether there is code at the address: a pool or a vault, in whose shares others have a part. */
  readonly isContract: boolean;
}

export interface HoldersRequest {
  /** Without it only the code is looked at. */
  readonly vault?: Address | undefined;
  readonly holders: readonly Address[];
  readonly block: BlockRef;
  readonly signal?: AbortSignal | undefined;
}

/** A vault nobody has, for a lens call that only looks at code. */
const NO_VAULT: Address = "0x0000000000000000000000000000000000000001";

async function readByLens(rpc: Rpc, request: HoldersRequest): Promise<readonly HolderState[]> {
  const { vault = NO_VAULT, holders: list, block, signal } = request;
  const chunks = await readThroughLens(rpc, {
    view: LENS_VIEWS.shares,
    vault,
    list,
    block,
    signal,
    read: (fields, asked): readonly HolderState[] | undefined => {
      if (fields.small() !== asked.length) return undefined;
      const read = asked.map((address): HolderState => {
        const shares = fields.uint();
        const codeSize = fields.uint();
        const isContract = codeSize !== undefined && codeSize > 0n;
        return { address, shares: request.vault === undefined ? undefined : shares, isContract };
      });
      return fields.atEnd() ? read : undefined;
    },
  });
  return chunks.flatMap(({ value }) => value ?? []);
}

const CALLS_A_BATCH = 100;

async function readByCalls(rpc: Rpc, request: HoldersRequest): Promise<readonly HolderState[]> {
  const { vault, holders, block, signal } = request;
  const read: HolderState[] = [];
  const callsEach = vault === undefined ? 1 : 2;
  for (let from = 0; from < holders.length; from += CALLS_A_BATCH / callsEach) {
    const some = holders.slice(from, from + CALLS_A_BATCH / callsEach);
    const calls = some.flatMap((holder): RpcCall[] => {
      const code: RpcCall = { method: "eth_getCode", params: [holder, pinTo(block)] };
      if (vault === undefined) return [code];
      return [code, ethCall({ to: vault, data: encodeView(VAULT_VIEWS.balanceOf, [holder]) }, block)];
    });
    const answers = await rpc.batch(calls, { signal });
    for (const [index, address] of some.entries()) {
      const code = answers[index * callsEach];
      const balance = vault === undefined ? undefined : answers[index * callsEach + 1];
      if (code?.ok === false) throw code.error;
      const value = balance === undefined ? undefined : viewResultOf(balance);
      read.push({
        address,
        shares: value === undefined ? undefined : uintAt(value, 0),
        isContract: isHexBytes(code?.value) && code.value !== "0x",
      });
    }
  }
  return read;
}

/**
 * Shares and kind of many holders at one block, in the order asked. Holders that could not be read are left out: one
 * request for 1,250 of them, or batches of plain reads where the endpoint does not take the lens.
 */
export async function fetchHolders(rpc: Rpc, request: HoldersRequest): Promise<readonly HolderState[]> {
  const holders = [...new Set(request.holders.map((holder) => holder.toLowerCase() as Address))];
  const asked = { ...request, holders };
  if (holders.length === 0) return [];
  const { value } = await climb(rpc, {
    block: request.block,
    signal: request.signal,
    read: (rung) => (rung === "lens" ? readByLens(rpc, asked) : readByCalls(rpc, asked)),
  });
  return value;
}
