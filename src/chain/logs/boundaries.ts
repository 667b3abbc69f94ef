import type { Hex } from "@/domain/model";
import { toQuantity } from "../quantity";
import { parseBlock } from "../reads/head";
import type { Rpc } from "../rpc/rpc";

/** A block that some logs were read up to. */
export interface Mark {
  readonly number: bigint;
  readonly hash: Hex;
}

const MARKS_A_BATCH = 40;

/** All marks when few, else the first, the last and some between: one chain's newest mark vouches for the older ones. */
function sampleOf(marks: readonly Mark[]): readonly Mark[] {
  if (marks.length <= MARKS_A_BATCH) return marks;
  const step = (marks.length - 1) / (MARKS_A_BATCH - 1);
  return Array.from({ length: MARKS_A_BATCH }, (_, index) => marks[Math.round(index * step)]).filter(
    (mark) => mark !== undefined,
  );
}

/** The marks that are not, or no longer, part of the chain. One request; none without marks. */
export async function checkBoundaries(
  rpc: Rpc,
  { marks, signal }: { readonly marks: readonly Mark[]; readonly signal: AbortSignal | undefined },
): Promise<readonly Mark[]> {
  const sample = sampleOf(marks);
  if (sample.length === 0) return [];
  const answers = await rpc.batch(
    sample.map(({ number }) => ({ method: "eth_getBlockByNumber", params: [toQuantity(number), false] })),
    { signal },
  );
  return sample.filter(({ hash }, index) => {
    const answer = answers[index];
    if (answer === undefined) return true;
    if (!answer.ok) throw answer.error;
    return parseBlock(answer.value)?.hash !== hash;
  });
}
