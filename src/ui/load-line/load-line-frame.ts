/** Where the columns of the picture stand, for the width there is. All in pixels. */
export interface LoadLineFrame {
  readonly mode: "small" | "narrow" | "medium" | "wide";
  readonly width: number;
  readonly height: number;
  /** Upper and lower end of hull, air and water. */
  readonly top: number;
  readonly bottom: number;
  readonly hullLeft: number;
  readonly hullRight: number;
  /** Right end of air and water; labels stand beyond it, where no line crosses them. */
  readonly seaRight: number;
  /** Longest a bar may be. */
  readonly barPx: number;
  /** Column of the managers' labels; in all but the widest picture it holds the marks' labels too. */
  readonly labelLeft: number;
  readonly labelRight: number;
  readonly rowPx: number;
  readonly stripPx: number;
}

const MARK_COLUMN = 190;
const SCALE_BAR = 30;
/** Room between water and labels, where leader lines bend. */
const LEADER = 26;

/** Heights are fixed by mode, so that the picture takes its place before it is drawn. */
export const LOAD_LINE_HEIGHT = { small: 128, narrow: 420, medium: 440, wide: 460 } as const;

export function frameOf(width: number, size: "full" | "small"): LoadLineFrame {
  if (size === "small") {
    const labels = 62;
    return {
      mode: "small",
      width,
      height: LOAD_LINE_HEIGHT.small,
      top: 0,
      bottom: LOAD_LINE_HEIGHT.small,
      hullLeft: 0,
      hullRight: 34,
      seaRight: width - labels,
      barPx: Math.max(20, width - 34 - labels - 10),
      labelLeft: width - labels + 8,
      labelRight: width,
      rowPx: 7,
      stripPx: 10,
    };
  }
  const mode = width >= 760 ? "wide" : width >= 480 ? "medium" : "narrow";
  const height = LOAD_LINE_HEIGHT[mode];
  const labels = { narrow: 122, medium: 196, wide: 288 }[mode];
  const hullLeft = mode === "wide" ? MARK_COLUMN : 0;
  const hullRight = hullLeft + (mode === "narrow" ? 72 : 100);
  const seaRight = width - labels - LEADER;
  const labelLeft = width - labels;
  return {
    mode,
    width,
    height,
    top: 6,
    bottom: height - SCALE_BAR,
    hullLeft,
    hullRight,
    seaRight,
    barPx: Math.max(24, seaRight - hullRight - 10),
    labelLeft,
    labelRight: width - 1,
    rowPx: 12,
    stripPx: 22,
  };
}
