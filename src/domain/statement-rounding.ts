import { known, sumFigures } from "./figure";
import type { LpStatement, StatementKind, StatementLine } from "./ledger-model";
import { mulDivUp } from "./math";
import type { Figure } from "./model";

/**
 * The most, up or down, that integer rounding can do at a line, base-asset units; unknown without a price.
 *
 * A transfer, a loss, a fall or a recovery rounds two values and one amount, each by less than a unit, and the whole
 * number between them is at most one. A deposit or withdrawal also rounds shares: by less than one share, at the price
 * before it, so by that price rounded up, and one more for the values. More than this is not rounding: the vault
 * charges on entry or exit, or the replay is wrong.
 */
export function roundingLimitOf({ kind, priceBefore }: Pick<StatementLine, "kind" | "priceBefore">): Figure {
  if (kind !== "deposit" && kind !== "withdrawal") return known(1n);
  if (priceBefore.kind === "unknown") return priceBefore;
  const { assets, shares } = priceBefore.value;
  // Nothing converts where there are no shares: the first deposit gets what the vault gives, and all of its assets.
  if (shares === 0n) return known(1n);
  return known(mulDivUp({ a: 1n, b: assets, denominator: shares }) + 1n);
}

/** What rounding did at the lines of one kind. */
export interface RoundingOfKind {
  readonly kind: StatementKind;
  readonly lines: number;
  readonly roundingAssets: Figure;
  /** Lines whose difference is more than rounding can be. */
  readonly beyondLimit: number;
}

function isBeyondLimit(line: StatementLine): boolean {
  const limit = roundingLimitOf(line);
  const { roundingAssets: rounding } = line;
  if (limit.kind === "unknown" || rounding.kind === "unknown") return false;
  return rounding.value > limit.value || -rounding.value > limit.value;
}

/** The rounding of a statement by kind of line, in the order in which the kinds first appear. */
export function roundingByKindOf(statement: Pick<LpStatement, "lines">): readonly RoundingOfKind[] {
  const kinds = [...new Set(statement.lines.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const lines = statement.lines.filter((line) => line.kind === kind);
    return {
      kind,
      lines: lines.length,
      roundingAssets: sumFigures(lines.map(({ roundingAssets }) => roundingAssets)),
      beyondLimit: lines.filter(isBeyondLimit).length,
    };
  });
}
