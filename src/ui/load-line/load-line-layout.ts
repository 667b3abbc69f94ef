import type { LoadLineDebt, LoadLineMark, LoadLineZone } from "./load-line-types";

export interface LoadLineScale {
  /** Health at the upper and lower end of the scale. */
  readonly high: number;
  readonly low: number;
  /** The same ends on the picture. */
  readonly topPx: number;
  readonly bottomPx: number;
}

/** A mark, or several that fall on the same line of the picture. */
export interface PlacedMark {
  readonly y: number;
  readonly marks: readonly LoadLineMark[];
}

/** One manager's part of a row, or the small ones together. */
export interface RowSegment {
  readonly id: string;
  readonly debts: readonly LoadLineDebt[];
  readonly fromShare: number;
  readonly toShare: number;
}

/** All debt of about one health. */
export interface DebtRow {
  readonly y: number;
  readonly height: number;
  readonly zone: LoadLineZone;
  /** Its length against the longest row, 0 to 1. */
  readonly share: number;
  readonly segments: readonly RowSegment[];
  readonly debts: readonly LoadLineDebt[];
}

export interface LoadLineLayout {
  readonly scale: LoadLineScale;
  readonly marks: readonly PlacedMark[];
  readonly rows: readonly DebtRow[];
  /** Debt above or below the ends of the scale, each in a strip of its own. */
  readonly above: DebtRow | undefined;
  readonly below: DebtRow | undefined;
  /** Debt of the longest row, in the unit of the input. */
  readonly longestDebt: number;
  /** Rows as they were before the change that is being looked at; empty when nothing moved. */
  readonly ghosts: readonly DebtRow[];
}

export interface LoadLineLayoutInput {
  readonly marks: readonly LoadLineMark[];
  readonly debts: readonly LoadLineDebt[];
  readonly topPx: number;
  readonly bottomPx: number;
  /** Height of a row where the room between two marks is not smaller. */
  readonly rowPx: number;
  /** Height of the strip for debt beyond an end of the scale. */
  readonly stripPx: number;
}

/** More parts of a row than this are not told apart by eye. */
const MAX_SEGMENTS = 8;
/** A part shorter than this share of the longest row is drawn with the others that small. */
const LEAST_SEGMENT_SHARE = 0.02;
const SAME_LINE_PX = 1;

/** Vertical position of a health on the picture; a little beyond the ends when the health is. */
export function yOf(scale: LoadLineScale, health: number): number {
  const share = (scale.high - health) / (scale.high - scale.low);
  return scale.topPx + share * (scale.bottomPx - scale.topPx);
}

/** The zone of a health: below a mark means strictly below, as the contract has it for the threshold. */
export function zoneOf(marks: readonly LoadLineMark[], health: number): LoadLineZone {
  const below = (kind: LoadLineMark["kind"]): boolean =>
    marks.some((mark) => mark.kind === kind && health < mark.health);
  if (below("insolvent")) return "insolvent";
  if (below("bad-debt")) return "losing";
  if (below("threshold")) return "liquidatable";
  return below("opening") ? "room" : "safe";
}

/**
 * Where everything stands. The scale is linear in health; it reaches beyond the marks as far as the debt does, but
 * never so far that the marks are squeezed together. Rows are cut at the marks, so a bar stands on the side of a
 * mark on which its health is, however near.
 */
export function layoutLoadLine(input: LoadLineLayoutInput): LoadLineLayout {
  const { marks, debts } = input;
  const ends = scaleEnds(marks, debts);
  const isAbove = (debt: LoadLineDebt): boolean => debt.health >= ends.high;
  const isBelow = (debt: LoadLineDebt): boolean => debt.health < ends.low;
  const hasAbove = debts.some(isAbove);
  const hasBelow = debts.some(isBelow);
  const scale: LoadLineScale = {
    ...ends,
    topPx: input.topPx + (hasAbove ? input.stripPx : 0),
    bottomPx: input.bottomPx - (hasBelow ? input.stripPx : 0),
  };
  const bands = bandsOf({ marks, scale, rowPx: input.rowPx });
  const grouped = groupByBand({ bands, debts, marks, scale });
  const above = debts.filter(isAbove);
  const below = debts.filter(isBelow);
  const longestDebt = Math.max(0, ...[...grouped.values(), above, below].map(sumOf));
  const row = (band: Band, own: readonly LoadLineDebt[]): DebtRow =>
    rowOf({ band, debts: own, longestDebt, marks });
  const strip = (y: number): Band => ({ top: y, bottom: y + input.stripPx, high: 0, low: 0 });
  return {
    scale,
    marks: placeMarks(marks, scale),
    rows: [...grouped].map(([band, own]) => row(band, own)),
    above: hasAbove ? row(strip(input.topPx), above) : undefined,
    below: hasBelow ? row(strip(scale.bottomPx), below) : undefined,
    longestDebt,
    ghosts: ghostsOf({ bands, debts, marks, scale, longestDebt, now: grouped }),
  };
}

function sumOf(debts: readonly LoadLineDebt[]): number {
  return debts.reduce((total, { debt }) => total + debt, 0);
}

function scaleEnds(
  marks: readonly LoadLineMark[],
  debts: readonly LoadLineDebt[],
): { readonly high: number; readonly low: number } {
  const markHealths = marks.flatMap((mark) =>
    mark.was === undefined ? [mark.health] : [mark.health, mark.was.health],
  );
  const highest = Math.max(1, ...markHealths);
  const lowest = Math.min(1, ...markHealths);
  const span = Math.max(highest - lowest, 0.02);
  const limit = { high: highest + 1.6 * span, low: lowest - span };
  const near = debts
    .flatMap(({ health, wasHealth }) => (wasHealth === undefined ? [health] : [health, wasHealth]))
    .filter((health) => health < limit.high && health >= limit.low);
  return {
    high: Math.min(limit.high, Math.max(highest + 0.5 * span, ...near.map((health) => health + 0.06 * span))),
    low: Math.max(limit.low, Math.min(lowest - 0.35 * span, ...near.map((health) => health - 0.06 * span))),
  };
}

interface Band {
  readonly top: number;
  readonly bottom: number;
  readonly high: number;
  readonly low: number;
}

/** The rows that debt may stand in: the room between two neighbouring marks, cut evenly. */
function bandsOf(input: {
  readonly marks: readonly LoadLineMark[];
  readonly scale: LoadLineScale;
  readonly rowPx: number;
}): readonly Band[] {
  const { scale } = input;
  const inner = input.marks
    .map(({ health }) => health)
    .filter((health) => health < scale.high && health > scale.low);
  const edges = [scale.high, ...new Set(inner), scale.low].sort((a, b) => b - a);
  return edges.slice(0, -1).flatMap((high, index) => {
    const low = edges[index + 1] ?? scale.low;
    const top = yOf(scale, high);
    const bottom = yOf(scale, low);
    const count = Math.max(1, Math.round((bottom - top) / input.rowPx));
    return Array.from({ length: count }, (_, at) => ({
      top: top + ((bottom - top) * at) / count,
      bottom: top + ((bottom - top) * (at + 1)) / count,
      high: high - ((high - low) * at) / count,
      low: at === count - 1 ? low : high - ((high - low) * (at + 1)) / count,
    }));
  });
}

function groupByBand(input: {
  readonly bands: readonly Band[];
  readonly debts: readonly LoadLineDebt[];
  readonly marks: readonly LoadLineMark[];
  readonly scale: LoadLineScale;
}): ReadonlyMap<Band, readonly LoadLineDebt[]> {
  const groups = new Map<Band, LoadLineDebt[]>();
  for (const debt of input.debts) {
    const band = input.bands.find(({ low, high }) => debt.health >= low && debt.health < high);
    if (band === undefined) continue;
    const group = groups.get(band);
    if (group === undefined) groups.set(band, [debt]);
    else group.push(debt);
  }
  return groups;
}

function rowOf(input: {
  readonly band: Band;
  readonly debts: readonly LoadLineDebt[];
  readonly longestDebt: number;
  readonly marks: readonly LoadLineMark[];
}): DebtRow {
  const { band, debts, longestDebt } = input;
  const share = (debt: number): number => (longestDebt > 0 ? debt / longestDebt : 0);
  const bySize = [...debts].sort((a, b) => b.debt - a.debt);
  const shown = bySize.slice(0, MAX_SEGMENTS).filter(({ debt }) => share(debt) >= LEAST_SEGMENT_SHARE);
  const rest = bySize.slice(shown.length);
  const groups = [...shown.map((debt) => [debt]), ...(rest.length > 0 ? [rest] : [])];
  let at = 0;
  const segments = groups.map((group) => {
    const from = at;
    at += share(sumOf(group));
    return { id: group.map(({ id }) => id).join("+"), debts: group, fromShare: from, toShare: at };
  });
  const worst = Math.min(...debts.map(({ health }) => health));
  return {
    y: (band.top + band.bottom) / 2,
    height: band.bottom - band.top,
    zone: zoneOf(input.marks, worst),
    share: at,
    segments,
    debts: bySize,
  };
}

function ghostsOf(input: {
  readonly bands: readonly Band[];
  readonly debts: readonly LoadLineDebt[];
  readonly marks: readonly LoadLineMark[];
  readonly scale: LoadLineScale;
  readonly longestDebt: number;
  readonly now: ReadonlyMap<Band, readonly LoadLineDebt[]>;
}): readonly DebtRow[] {
  if (input.debts.every(({ wasHealth }) => wasHealth === undefined)) return [];
  const before = input.debts.map((debt) => ({ ...debt, health: debt.wasHealth ?? debt.health }));
  return [...groupByBand({ ...input, debts: before })]
    .filter(([band, debts]) => sumOf(debts) !== sumOf(input.now.get(band) ?? []))
    .map(([band, debts]) => rowOf({ band, debts, longestDebt: input.longestDebt, marks: input.marks }));
}

/** Marks from top to bottom; those that would be drawn on one line become one. */
function placeMarks(marks: readonly LoadLineMark[], scale: LoadLineScale): readonly PlacedMark[] {
  const placed: { y: number; marks: LoadLineMark[] }[] = [];
  for (const mark of [...marks].sort((a, b) => b.health - a.health)) {
    const y = yOf(scale, mark.health);
    const above = placed.at(-1);
    if (above !== undefined && y - above.y < SAME_LINE_PX) above.marks.push(mark);
    else placed.push({ y, marks: [mark] });
  }
  return placed;
}

/** Healths at which the hull carries a numeral and, finer, a tick. */
export function draughtMarks(
  scale: LoadLineScale,
  leastPx: number,
): {
  readonly numerals: readonly number[];
  readonly ticks: readonly number[];
} {
  const pxPerHealth = (scale.bottomPx - scale.topPx) / (scale.high - scale.low);
  const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5].find((one) => one * pxPerHealth >= leastPx) ?? 10;
  return { numerals: multiplesWithin(scale, step), ticks: multiplesWithin(scale, step / 5) };
}

function multiplesWithin(scale: LoadLineScale, step: number): readonly number[] {
  const first = Math.ceil(scale.low / step - 1e-9);
  const last = Math.floor(scale.high / step + 1e-9);
  return Array.from(
    { length: Math.max(0, last - first + 1) },
    (_, index) => Math.round((first + index) * step * 1e6) / 1e6,
  );
}

/** The roundest debt (1, 2 or 5 times a power of ten) that is at most the given one: the length of the scale bar. */
export function roundDebt(atMost: number): number {
  if (!(atMost > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(atMost));
  return power * ([5, 2, 1].find((factor) => factor * power <= atMost) ?? 1);
}
