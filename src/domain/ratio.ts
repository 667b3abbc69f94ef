import { known, unknown } from "./figure";
import { mulDivDown, WAD } from "./math";
import type { Figure, UnknownReason } from "./model";

/** `part / whole`, rounded down, 10^18 = 100 %; unknown for `reason` when the whole is zero. */
export function ratioWadDown(input: {
  readonly part: bigint;
  readonly whole: bigint;
  readonly reason: UnknownReason;
}): Figure {
  if (input.whole <= 0n) return unknown(input.reason);
  return known(mulDivDown({ a: input.part, b: WAD, denominator: input.whole }));
}
