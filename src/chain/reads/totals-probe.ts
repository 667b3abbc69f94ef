import type { Address, BlockRef, Hex } from "@/domain/model";
import { addressWord, byteLengthOf, isHexBytes, uintAt, wordAt } from "../bytes";
import { TOTALS_PROBE_CREATION_BYTECODE } from "../lens/totals-probe.generated";
import { toQuantity } from "../quantity";
import type { RpcAnswer, RpcCall } from "../rpc/rpc";
import { pinTo } from "./call";

/*
 * A vault's totals in one call that says under which clock it ran. The code travels with the call (an `eth_call`
 * without a recipient runs it as a constructor), so no contract has to stand on the chain and no state is overridden.
 */

/** The block whose number and time a call is to see, where these are not those of the state it runs on. */
export type Clock = Pick<BlockRef, "number" | "timestampSeconds">;

/** Fourth parameter of `eth_call`: the clock of another block. */
export function clockOverride({ number, timestampSeconds }: Clock): Readonly<Record<string, Hex>> {
  return { number: toQuantity(number), time: toQuantity(timestampSeconds) };
}

/** The probe of a vault on the state at the end of `state`, under that block's clock or another. */
export function probeCall({
  vault,
  state,
  clock,
}: {
  readonly vault: Address;
  readonly state: Pick<BlockRef, "hash">;
  readonly clock?: Clock | undefined;
}): RpcCall {
  const data = `${TOTALS_PROBE_CREATION_BYTECODE}${addressWord(vault)}`;
  const params: unknown[] = [{ data }, pinTo(state)];
  if (clock !== undefined) params.push({}, clockOverride(clock));
  return { method: "eth_call", params };
}

/** What a probe saw. Amounts are undefined where the vault did not answer. */
export interface Probed {
  readonly clock: Clock;
  /** What the chain itself names as the parent of the block the call ran in. */
  readonly parentHash: Hex | undefined;
  readonly hasCode: boolean;
  readonly totalAssets: bigint | undefined;
  readonly totalSupplyShares: bigint | undefined;
}

const ANSWER_BYTES = 256;
const NO_HASH = /^0x0{64}$/;

/** Opens a probe's answer; undefined where the call was refused or anything else answered. */
export function probedOf(answer: RpcAnswer | undefined): Probed | undefined {
  if (answer?.ok !== true || !isHexBytes(answer.value)) return undefined;
  const words = answer.value;
  if (byteLengthOf(words) !== ANSWER_BYTES) return undefined;
  const [timestampSeconds, number] = [uintAt(words, 0), uintAt(words, 1)];
  const parentHash = wordAt(words, 2);
  const codeBytes = uintAt(words, 3);
  if (timestampSeconds === undefined || number === undefined || codeBytes === undefined) return undefined;
  return {
    clock: { number, timestampSeconds },
    parentHash: parentHash === undefined || NO_HASH.test(parentHash) ? undefined : parentHash,
    hasCode: codeBytes > 0n,
    totalAssets: uintAt(words, 4) === 1n ? uintAt(words, 5) : undefined,
    totalSupplyShares: uintAt(words, 6) === 1n ? uintAt(words, 7) : undefined,
  };
}
