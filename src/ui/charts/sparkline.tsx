export interface SparklineProps {
  /** In order; undefined is a gap. */
  readonly values: readonly (number | undefined)[];
  /** What the line shows and how it went, in a sentence: it stands for the picture. */
  readonly label: string;
  readonly height?: number;
}

const WIDTH = 120;

/** A line without axes, as wide as there is room. Plain SVG: it costs no chart code. */
export function Sparkline({ values, label, height = 28 }: SparklineProps) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${height}`}
      preserveAspectRatio="none"
      className="block w-full"
      style={{ height }}
    >
      <path
        d={sparklinePath({ values, width: WIDTH, height })}
        fill="none"
        stroke="var(--chart-1)"
        strokeWidth="1.5"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

/** The path of the line; every gap starts a new stroke. A flat line runs in the middle. */
export function sparklinePath(input: {
  readonly values: readonly (number | undefined)[];
  readonly width: number;
  readonly height: number;
}): string {
  const known = input.values.filter((value) => value !== undefined);
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  const inset = 2;
  const stride = input.values.length > 1 ? input.width / (input.values.length - 1) : 0;
  let pen: "M" | "L" = "M";
  return input.values
    .map((value, index) => {
      if (value === undefined) {
        pen = "M";
        return "";
      }
      const share = span > 0 ? (value - low) / span : 0.5;
      const y = inset + (1 - share) * (input.height - 2 * inset);
      const step = `${pen}${Math.round(index * stride * 100) / 100} ${Math.round(y * 100) / 100}`;
      pen = "L";
      return step;
    })
    .join("");
}
