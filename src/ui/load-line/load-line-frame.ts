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
  /** Longest a bar may be. */
  readonly barPx: number;
  /** Column of the managers' labels; in all but the widest picture it holds the marks' labels too. */
  readonly labelLeft: number;
  readonly labelRight: number;
  readonly rowPx: number;
  readonly stripPx: number;
}

const MARK_COLUMN = 176;
const SCALE_BAR = 30;

/** Heights are fixed by mode, so that the picture takes its place before it is drawn. */
export const LOAD_LINE_HEIGHT = { small: 128, narrow: 420, medium: 440, wide: 460 } as const;

export function frameOf(width: number, size: "full" | "small"): LoadLineFrame {
  if (size === "small") {
    const labels = 78;
    return {
      mode: "small",
      width,
      height: LOAD_LINE_HEIGHT.small,
      top: 0,
      bottom: LOAD_LINE_HEIGHT.small,
      hullLeft: 0,
      hullRight: 34,
      barPx: Math.max(20, width - 34 - labels - 8),
      labelLeft: width - labels,
      labelRight: width - 8,
      rowPx: 7,
      stripPx: 10,
    };
  }
  const mode = width >= 760 ? "wide" : width >= 480 ? "medium" : "narrow";
  const height = LOAD_LINE_HEIGHT[mode];
  const labels = { narrow: 124, medium: 206, wide: 296 }[mode];
  const hullLeft = mode === "wide" ? MARK_COLUMN : 0;
  const hullRight = hullLeft + (mode === "narrow" ? 66 : 88);
  const labelLeft = width - labels;
  return {
    mode,
    width,
    height,
    top: 6,
    bottom: height - SCALE_BAR,
    hullLeft,
    hullRight,
    barPx: Math.max(24, labelLeft - hullRight - 30),
    labelLeft,
    labelRight: width - 12,
    rowPx: 12,
    stripPx: 22,
  };
}
