import { chainFigure, known, sumFigures, unknown } from "@/domain/figure";
import type { LpStatement, StatementKind, StatementLine } from "@/domain/ledger-model";
import type { Figure } from "@/domain/model";

/** One step of the addition that ends at an LP's value. Base-asset units, already with the sign it is added with. */
export interface IdentityStep {
  readonly id:
    | "deposited"
    | "withdrawn"
    | "transferred-in"
    | "transferred-out"
    | "interest"
    | "losses"
    | "recoveries"
    | "rounding";
  readonly amount: Figure;
}

/** The addition and what it comes to. */
export interface Identity {
  readonly steps: readonly IdentityStep[];
  /** The sum of the steps. */
  readonly sum: Figure;
  /** What the vault itself converts the shares to. */
  readonly value: Figure;
  /** Value less sum: zero, or the replay is wrong. */
  readonly residual: Figure;
}

function negative(figure: Figure): Figure {
  return chainFigure(figure, (value) => known(-value));
}

/**
 * Deposited − withdrawn + transferred in − out + interest − losses + recoveries + rounding = value, as the statement
 * has it. `isWhole` is false for a history that does not begin with the vault: what was paid in and out before is then
 * missing, so neither is a total.
 */
export function identityOf(statement: LpStatement, { isWhole }: { readonly isWhole: boolean }): Identity {
  const counted = (value: bigint): Figure => (isWhole ? known(value) : unknown("history-partial"));
  const steps: readonly IdentityStep[] = [
    { id: "deposited", amount: counted(statement.depositedAssets) },
    { id: "withdrawn", amount: counted(-statement.withdrawnAssets) },
    { id: "transferred-in", amount: statement.transferredInAssets },
    { id: "transferred-out", amount: negative(statement.transferredOutAssets) },
    { id: "interest", amount: statement.interestAssets },
    { id: "losses", amount: negative(statement.lossesAssets) },
    { id: "recoveries", amount: statement.recoveriesAssets },
    { id: "rounding", amount: statement.roundingAssets },
  ];
  return {
    steps,
    sum: sumFigures(steps.map(({ amount }) => amount)),
    value: statement.valueAssets,
    residual: statement.residualAssets,
  };
}

/** What a reader may want to see alone. */
export type LineFilter = "all" | "paid" | "transfers" | "losses" | "recoveries";

const FILTER_OF: Readonly<Record<StatementKind, Exclude<LineFilter, "all">>> = {
  deposit: "paid",
  withdrawal: "paid",
  "transfer-in": "transfers",
  "transfer-out": "transfers",
  loss: "losses",
  fall: "losses",
  recovery: "recoveries",
};

/** The lines of a kind, in the order of the chain. */
export function linesOf(lines: readonly StatementLine[], filter: LineFilter): readonly StatementLine[] {
  return filter === "all" ? lines : lines.filter(({ kind }) => FILTER_OF[kind] === filter);
}

/** Held after a line: not known where the history is partial, since what was held before it is not. */
export function heldAfterOf(line: StatementLine, { isWhole }: { readonly isWhole: boolean }): Figure {
  return isWhole ? known(line.sharesAfter) : unknown("history-partial");
}

/** The sign with which a line's amount enters the addition. */
export function isAdded(kind: StatementKind): boolean {
  return kind === "deposit" || kind === "transfer-in" || kind === "recovery";
}
