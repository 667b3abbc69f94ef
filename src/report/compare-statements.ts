import type { StatementJson } from "./statement-schema";

/** One field in which a statement and its recomputation do not say the same. */
export interface StatementDifference {
  /** `totals.losses`, or `lines (block 50, log 3, loss): amount`. */
  readonly field: string;
  readonly kind: /** Both say something, and not the same. */
    | "differs"
    /** The file leaves it unknown, the chain tells. */
    | "unknown-in-file"
    /** The file says it, and it could not be read here. */
    | "unknown-here";
  /** undefined: unknown, or not there. */
  readonly inFile: string | undefined;
  readonly here: string | undefined;
}

/** A statement against its recomputation. */
export interface StatementComparison {
  /** How many fields were compared. */
  readonly compared: number;
  readonly differences: readonly StatementDifference[];
}

/** A document's values by their place: undefined where one is unknown, which is null beside a reason. */
type Leaves = ReadonlyMap<string, string | undefined>;

/** Where null says that there is no such thing; everywhere else it says that a figure is unknown. */
const MAY_BE_NONE: ReadonlySet<string> = new Set(["logIndex", "transaction", "counterparty"]);

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

/** A share price is one value of two parts, so that an unknown one and a known one stand at the same place. */
function priceText({ assets, shares, ...rest }: Fields): string | undefined {
  const isPrice = typeof assets === "string" && typeof shares === "string" && Object.keys(rest).length === 0;
  return isPrice ? `${assets} for ${shares}` : undefined;
}

function plainText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function leavesIn(fields: Fields, prefix = ""): readonly (readonly [string, string | undefined])[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    // A reason stands beside a null that says the same; how it is worded is nobody's figure.
    if (key.endsWith("Unknown")) return [];
    const place = `${prefix}${key}`;
    if (!isFields(value)) {
      if (value !== null) return [[place, plainText(value)] as const];
      return [[place, MAY_BE_NONE.has(key) ? "none" : undefined] as const];
    }
    const price = priceText(value);
    return price === undefined ? leavesIn(value, `${place}.`) : [[place, price] as const];
  });
}

/** A line by where it stands on the chain, so that one missing line does not shift all that follow. */
function lineName({ block, logIndex, kind }: StatementJson["lines"][number]): string {
  const place = logIndex === null ? `block ${block}` : `block ${block}, log ${logIndex}`;
  return `lines (${place}, ${kind})`;
}

function leavesOf({ lines, ...rest }: StatementJson): Leaves {
  return new Map([
    ...leavesIn(rest),
    ["lines", lines.length.toString()] as const,
    ...lines.flatMap((line) => leavesIn(line, `${lineName(line)}: `)),
  ]);
}

/** Where a scan began says nothing about a figure as long as both began before the vault did. */
const BEGINNING = "history.fromBlock";
const WHOLE = "history.complete";

/**
 * Compares a statement with one that was computed anew, field by field, exactly. What one side does not know is kept
 * apart from what contradicts.
 */
export function compareStatements({
  file,
  here,
}: {
  readonly file: StatementJson;
  readonly here: StatementJson;
}): StatementComparison {
  const inFile = leavesOf(file);
  const inHere = leavesOf(here);
  const areWhole = file.history.complete && here.history.complete;
  const fields = new Set([...inFile.keys(), ...inHere.keys()]);
  if (areWhole) fields.delete(BEGINNING);
  if (file.history.complete !== here.history.complete) {
    fields.delete(BEGINNING);
    fields.delete(WHOLE);
  }
  const differences: StatementDifference[] = [];
  for (const field of fields) {
    const one = inFile.get(field);
    const other = inHere.get(field);
    if (one === other) continue;
    differences.push({ field, kind: kindOf({ field, inFile, inHere }), inFile: one, here: other });
  }
  return { compared: fields.size, differences };
}

function kindOf(at: {
  readonly field: string;
  readonly inFile: Leaves;
  readonly inHere: Leaves;
}): StatementDifference["kind"] {
  const { field, inFile, inHere } = at;
  // A field that one side does not have at all (a line more, a line less) is a contradiction, not a gap.
  if (!inFile.has(field) || !inHere.has(field)) return "differs";
  if (inFile.get(field) === undefined) return "unknown-in-file";
  return inHere.get(field) === undefined ? "unknown-here" : "differs";
}
