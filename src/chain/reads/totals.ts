import type { Address, BlockRef, TotalsSample } from "@/domain/model";
import { uintAt } from "../bytes";
import { encodeView, VAULT_VIEWS } from "../flux/views";
import type { Rpc, RpcAnswer } from "../rpc/rpc";
import { ethCall, viewResultOf } from "./call";
import { chunksOf, fetchHeaders } from "./headers";

export interface TotalsRequest {
  readonly vault: Address;
  readonly blocks: readonly bigint[];
  readonly signal?: AbortSignal | undefined;
}

export interface TotalsRead {
  /** Ascending. */
  readonly samples: readonly TotalsSample[];
  /** Blocks whose state or header the endpoint does not keep. */
  readonly unavailable: readonly bigint[];
}

const VIEWS = [
  VAULT_VIEWS.totalAssets,
  VAULT_VIEWS.totalSupply,
  VAULT_VIEWS.idleAssets,
  VAULT_VIEWS.totalBadDebt,
  VAULT_VIEWS.totalPrincipalDebt,
] as const;
const BLOCKS_A_BATCH = 20;
/** After this many old blocks in a row that the endpoint does not keep, older ones are not asked any more. */
const GIVE_UP_AFTER = 5;

function uintOf(answer: RpcAnswer | undefined): bigint | undefined {
  const value = answer === undefined ? undefined : viewResultOf(answer);
  return value === undefined ? undefined : uintAt(value, 0);
}

/** Undefined when the endpoint keeps no state of the block, or the vault did not answer there. */
function sampleOf(block: BlockRef, answers: readonly RpcAnswer[]): TotalsSample | undefined {
  // At a block that the endpoint just gave us the header of, any refusal but a revert means: no such state kept.
  if (answers.some((answer) => !answer.ok && answer.error.code !== "reverted")) return undefined;
  const [assets, supply, idle, badDebt, principal] = answers;
  const totalAssets = uintOf(assets);
  const totalSupplyShares = uintOf(supply);
  if (totalAssets === undefined || totalSupplyShares === undefined) return undefined;
  return {
    block,
    totalAssets,
    totalSupplyShares,
    idleAssets: uintOf(idle),
    totalBadDebtAssets: uintOf(badDebt),
    totalPrincipalDebtAssets: uintOf(principal),
  };
}

/**
 * Total assets, supply and debts at the end of past blocks, each pinned by its block's hash. Needs an endpoint that
 * keeps old state; blocks it does not keep are listed in `unavailable`, never interpolated.
 *
 * Reads from the newest to the oldest, and stops where the endpoint's memory evidently ends.
 */
export async function fetchTotals(rpc: Rpc, request: TotalsRequest): Promise<TotalsRead> {
  const { vault, blocks, signal } = request;
  const headers = await fetchHeaders(rpc, request);
  const newestFirst = headers.toSorted((left, right) => (left.number > right.number ? -1 : 1));
  const samples: TotalsSample[] = [];
  let missing = 0;
  for (const some of chunksOf(newestFirst, BLOCKS_A_BATCH)) {
    if (missing >= GIVE_UP_AFTER) break;
    const calls = some.flatMap((block) =>
      VIEWS.map((view) => ethCall({ to: vault, data: encodeView(view) }, block)),
    );
    const answers = await rpc.batch(calls, { signal });
    for (const [index, block] of some.entries()) {
      const sample = sampleOf(block, answers.slice(index * VIEWS.length, (index + 1) * VIEWS.length));
      if (sample === undefined) missing += 1;
      else {
        missing = 0;
        samples.push(sample);
      }
    }
  }
  samples.reverse();
  const known = new Set(samples.map(({ block }) => block.number));
  return { samples, unavailable: blocks.filter((block) => !known.has(block)) };
}
