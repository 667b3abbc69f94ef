import { chainFigure, mapFigure } from "../figure";
import { compareBigint, WAD } from "../math";
import type { Address, Figure } from "../model";
import { allLines, type FallInterval, factorOf, oracleSplit } from "./lines";
import type { RiskBook } from "./model";

/** The falls at which a position can be liquidated, and those at which that leaves bad debt; undefined: at none. */
export interface FallMarks {
  readonly manager: Address;
  readonly liquidatable: FallInterval | undefined;
  readonly losing: FallInterval | undefined;
}

/**
 * From which fall of the given assets together on each manager could be liquidated, and from which on that would leave bad debt; in
 * the order in which they fall, those that never do last. Falls are rounded to 10^-18; values as for the curves.
 */
export function fallMarksOf(book: RiskBook, assets: readonly Address[]): Figure<readonly FallMarks[]> {
  return chainFigure(factorOf(book, assets), (factor) =>
    mapFigure(allLines(factor, oracleSplit), (lines) =>
      lines
        .filter(({ debtAssets }) => debtAssets > 0n)
        .map(({ manager, liquidatable, losing }) => ({ manager, liquidatable, losing }))
        .sort(compareMarks),
    ),
  );
}

const NEVER = WAD + 1n;

function compareMarks(a: FallMarks, b: FallMarks): number {
  const first = compareBigint(a.liquidatable?.fromWad ?? NEVER, b.liquidatable?.fromWad ?? NEVER);
  return first || compareBigint(a.losing?.fromWad ?? NEVER, b.losing?.fromWad ?? NEVER);
}

/** The smallest fall with L > 0. */
export type BreakEven =
  | { readonly kind: "already" }
  /** Not even a fall of 100 % costs the LPs anything. */
  | { readonly kind: "never" }
  | { readonly kind: "at"; readonly fallWad: bigint; readonly manager: Address };

/** The break-even shock of the given assets together and the manager that breaks first; "already" where bad debt stands open today. */
export function breakEvenOf(book: RiskBook, assets: readonly Address[]): Figure<BreakEven> {
  return mapFigure(fallMarksOf(book, assets), (marks) => {
    let first: { readonly fallWad: bigint; readonly manager: Address } | undefined;
    for (const { manager, losing } of marks) {
      if (losing === undefined) continue;
      if (losing.fromWad === 0n) return { kind: "already" };
      if (first === undefined || losing.fromWad < first.fallWad) first = { fallWad: losing.fromWad, manager };
    }
    return first === undefined ? { kind: "never" } : { kind: "at", ...first };
  });
}
