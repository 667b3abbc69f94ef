import type { Address, BlockRef } from "@/domain/model";
import { ChainError } from "../errors";
import { LENS_VIEWS } from "../flux/lens-views";
import { readThroughLens } from "../lens/call";
import type { FieldReader } from "../lens/fields";
import type { Rpc } from "../rpc/rpc";
import type { ManagerComposition, PositionHolding, WrapperHolding } from "./composition-parts";
import { readCompositionByViews } from "./composition-views";
import { climb } from "./ladder";
import { viewReader } from "./view-reader";

export interface CompositionRequest {
  readonly vault: Address;
  readonly managers: readonly Address[];
  readonly block: BlockRef;
  readonly signal?: AbortSignal | undefined;
}

/** The lens lists no more than this of anything; a larger count is not the lens's. */
const MAX_LIST = 64;

function countOf(fields: FieldReader): number | undefined {
  const count = fields.small();
  if (count === undefined || count <= MAX_LIST) return count;
  throw new ChainError("bad-answer", { message: "The lens's answer holds an impossible count" });
}

function readPositions(fields: FieldReader): readonly PositionHolding[] | undefined {
  const count = countOf(fields);
  if (count === undefined) return undefined;
  return Array.from({ length: count }, (): PositionHolding => {
    const positionId = fields.word() ?? "0x";
    const balance = fields.uint();
    const valueUsdWad = fields.uint();
    return { positionId, balance, valueUsdWad };
  });
}

function readWrappers(fields: FieldReader): readonly WrapperHolding[] | undefined {
  const count = countOf(fields);
  if (count === undefined) return undefined;
  return Array.from({ length: count }, (): WrapperHolding => {
    const wrapper = fields.address() ?? "0x";
    const underlying = fields.address();
    return { wrapper, underlying, positions: readPositions(fields) };
  });
}

function readLensCompositions(
  fields: FieldReader,
  managers: readonly Address[],
): readonly ManagerComposition[] | undefined {
  if (fields.small() !== managers.length) return undefined;
  const read = managers.map((manager): ManagerComposition => {
    const bondValueUsdWad = fields.uint();
    const workingCapitalValueUsdWad = fields.uint();
    return { manager, bondValueUsdWad, workingCapitalValueUsdWad, wrappers: readWrappers(fields) };
  });
  return fields.atEnd() ? read : undefined;
}

/**
 * What the managers' positions are made of at one block, in the order asked. A manager that could not be read is left
 * out. Through the lens, or by plain views where the endpoint does not take it.
 */
export async function fetchComposition(
  rpc: Rpc,
  request: CompositionRequest,
): Promise<readonly ManagerComposition[]> {
  const { vault, block, signal } = request;
  const managers = [...new Set(request.managers.map((manager) => manager.toLowerCase() as Address))];
  if (managers.length === 0) return [];
  const { value } = await climb(rpc, {
    block,
    signal,
    read: async (rung) => {
      if (rung !== "lens") {
        const read = await viewReader(rpc, { rung, block, signal });
        return await readCompositionByViews(read, { vault, managers });
      }
      const view = LENS_VIEWS.composition;
      const chunks = await readThroughLens(rpc, {
        view,
        vault,
        list: managers,
        block,
        signal,
        read: readLensCompositions,
      });
      return chunks.flatMap((chunk) => chunk.value ?? []);
    },
  });
  return value;
}
