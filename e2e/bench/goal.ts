/** One limit of a goal, with what was found. */
export interface Check {
  readonly what: string;
  readonly measured: number;
  readonly limit: number;
  readonly unit: string;
  readonly met: boolean;
}

/** The result of one performance goal, named as in docs/quality.md. */
export interface GoalResult {
  readonly id: string;
  readonly goal: string;
  readonly checks: readonly Check[];
  /** Further figures without a limit, for the record. */
  readonly notes: Readonly<Record<string, number | string>>;
}

interface Bound {
  readonly what: string;
  readonly measured: number;
  readonly limit: number;
  readonly unit: string;
}

export const atMost = (bound: Bound): Check => ({ ...bound, met: bound.measured <= bound.limit });
export const atLeast = (bound: Bound): Check => ({ ...bound, met: bound.measured >= bound.limit });

export const isMet = (result: GoalResult): boolean => result.checks.every((check) => check.met);

function shown(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString("en-GB");
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** The result as lines for a terminal. */
export function toText(result: GoalResult): string {
  const lines = result.checks.map((check) => {
    const relation = `limit ${shown(check.limit)}`;
    const mark = check.met ? "met   " : "MISSED";
    return `  ${mark} ${check.what}: ${shown(check.measured)} ${check.unit} (${relation})`;
  });
  const notes = Object.entries(result.notes).map(
    ([name, value]) => `         ${name}: ${typeof value === "number" ? shown(value) : value}`,
  );
  return [`${result.id}  ${result.goal}`, ...lines, ...notes].join("\n");
}

/** The results as they are written to a file: `{ "P1": { goal, measured, met } }`. */
export function toJson(results: readonly GoalResult[]): string {
  const entries = results.map((result) => {
    const measured = Object.fromEntries([
      ...result.checks.map((check) => [check.what, check.measured] as const),
      ...Object.entries(result.notes),
    ]);
    return [result.id, { goal: result.goal, measured, met: isMet(result), checks: result.checks }] as const;
  });
  return `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`;
}
