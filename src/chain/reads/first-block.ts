import type { Address } from "@/domain/model";
import { isHexBytes } from "../bytes";
import { toQuantity } from "../quantity";
import type { Rpc, RpcCall } from "../rpc/rpc";

/** Questions a request: seven requests for the longest chains. */
const POINTS = 15n;

interface FirstBlockRequest {
  readonly address: Address;
  /** A block at which the contract is known to stand. */
  readonly head: bigint;
  /** Where it was found before: asked first. */
  readonly guess?: bigint | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Blocks strictly between two others, at most `POINTS`, evenly spread. */
function between(low: bigint, high: bigint): readonly bigint[] {
  const gap = high - low - 1n;
  const count = gap < POINTS ? gap : POINTS;
  return Array.from({ length: Number.parseInt(count.toString(), 10) }, (_, index) => {
    const step = BigInt(index) + 1n;
    return low + (step * (high - low)) / (count + 1n);
  });
}

/**
 * The block in which a contract was made: the first one at whose end there is code at the address. Undefined where the
 * endpoint does not keep state that old. A handful of requests, however long the chain; one where a `guess` is right.
 */
export async function fetchFirstBlock(
  rpc: Rpc,
  { address, head, guess, signal }: FirstBlockRequest,
): Promise<bigint | undefined> {
  let low = -1n;
  let high = head;
  const isGuessed = guess !== undefined && guess > 0n && guess <= head;
  let points: readonly bigint[] = isGuessed ? [guess - 1n, guess] : between(low, high);
  while (high - low > 1n) {
    const calls = points.map((block): RpcCall => {
      return { method: "eth_getCode", params: [address, toQuantity(block)] };
    });
    const answers = await rpc.batch(calls, { signal });
    let found: bigint | undefined;
    let last = low;
    for (const [index, point] of points.entries()) {
      const answer = answers[index];
      if (answer?.ok !== true || !isHexBytes(answer.value)) return undefined;
      if (answer.value !== "0x") {
        found = point;
        break;
      }
      last = point;
    }
    low = last;
    high = found ?? high;
    points = between(low, high);
  }
  return high;
}
