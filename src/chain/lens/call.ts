import type { Address, BlockRef, Hex } from "@/domain/model";
import { isHexBytes } from "../bytes";
import { ChainError } from "../errors";
import { encodeAddressAndList } from "../flux/lens-views";
import type { View } from "../flux/views";
import { pinTo } from "../reads/call";
import type { Rpc } from "../rpc/rpc";
import { openLensAnswer } from "./decode";
import type { FieldReader } from "./fields";
import { VAULT_LENS_RUNTIME_BYTECODE } from "./vault-lens.generated";

/** Where the lens is made to stand for the time of one call: an address without code, never sent anything. */
export const LENS_ADDRESS: Address = "0x0000000000000000706c696d736f6c6c2d6c656e";

/**
 * Managers a call: 150 kB of request, and some 48,000 gas each with the strategy's own evaluation. A node that grants
 * less gas than all of them need answers for as many as it can; the rest are asked again in smaller calls.
 */
export const LENS_CHUNK = 1250;

/** Chunks in flight at once. */
const CHUNKS_IN_FLIGHT = 4;
/** A chunk that fails is asked in halves this often before its addresses are given up. */
const MAX_HALVINGS = 2;

interface LensCall {
  readonly view: View;
  readonly vault: Address;
  readonly block: BlockRef;
  readonly signal: AbortSignal | undefined;
}

/** One lens call; the fields after the header. Throws `bad-answer` where our code did not run. */
async function callLens(
  rpc: Rpc,
  { view, vault, block, signal, list }: LensCall & { readonly list: readonly Address[] },
): Promise<FieldReader> {
  const call = { to: LENS_ADDRESS, data: encodeAddressAndList(view, { address: vault, list }) };
  const overrides: Record<Hex, { code: Hex }> = { [LENS_ADDRESS]: { code: VAULT_LENS_RUNTIME_BYTECODE } };
  const answer = await rpc.request("eth_call", [call, pinTo(block), overrides], { signal });
  const { endpointHost } = rpc.status();
  const opened = isHexBytes(answer) ? openLensAnswer(answer) : undefined;
  if (opened === undefined) {
    throw new ChainError("bad-answer", { message: `${endpointHost} ignores state overrides`, endpointHost });
  }
  const { header, fields } = opened;
  if (header.chainId !== BigInt(rpc.chainId) || header.timestampSeconds !== block.timestampSeconds) {
    throw new ChainError("bad-answer", {
      message: `${endpointHost} ran the lens on another chain or at another time than the block's`,
      endpointHost,
    });
  }
  return fields;
}

/** A part of the list together with what was read for it; undefined where it stayed unread. */
export interface LensChunk<T> {
  readonly list: readonly Address[];
  readonly value: T | undefined;
}

interface LensRead<T> extends LensCall {
  readonly list: readonly Address[];
  /** Addresses a call; `LENS_CHUNK` where not given. */
  readonly chunk?: number | undefined;
  /** Reads the fields of one answer; undefined when they do not fit the list that was asked. */
  readonly read: (fields: FieldReader, list: readonly Address[]) => T | undefined;
}

async function readChunk<T>(
  rpc: Rpc,
  request: LensRead<T>,
  halvings: number,
): Promise<readonly LensChunk<T>[]> {
  const { list } = request;
  try {
    const value = request.read(await callLens(rpc, request), list);
    if (value === undefined)
      throw new ChainError("bad-answer", { message: "The lens answered another question" });
    return [{ list, value }];
  } catch (error) {
    if (!(error instanceof ChainError) || error.code === "aborted" || error.code === "wrong-chain")
      throw error;
    if (halvings >= MAX_HALVINGS || list.length < 2) return [{ list, value: undefined }];
    const middle = Math.ceil(list.length / 2);
    const halves = [list.slice(0, middle), list.slice(middle)];
    const read: LensChunk<T>[] = [];
    for (const half of halves) read.push(...(await readChunk(rpc, { ...request, list: half }, halvings + 1)));
    return read;
  }
}

/**
 * Reads any number of addresses through the lens, in chunks pinned to one block hash. The first chunk goes alone: it
 * shows whether the endpoint takes the lens at all, and throws when not. A later chunk that keeps failing, also in
 * halves, is returned as unread.
 */
export async function readThroughLens<T>(rpc: Rpc, request: LensRead<T>): Promise<readonly LensChunk<T>[]> {
  const chunks: (readonly Address[])[] = [];
  const size = request.chunk ?? LENS_CHUNK;
  for (let from = 0; from === 0 || from < request.list.length; from += size) {
    chunks.push(request.list.slice(from, from + size));
  }
  const [first = [], ...rest] = chunks;
  const value = request.read(await callLens(rpc, { ...request, list: first }), first);
  if (value === undefined)
    throw new ChainError("bad-answer", { message: "The lens answered another question" });
  const read: LensChunk<T>[] = [{ list: first, value }];
  for (let from = 0; from < rest.length; from += CHUNKS_IN_FLIGHT) {
    const some = rest.slice(from, from + CHUNKS_IN_FLIGHT);
    const results = await Promise.all(some.map((list) => readChunk(rpc, { ...request, list }, 0)));
    read.push(...results.flat());
  }
  return read;
}
