import type { LoadLineFrame } from "./load-line-frame";
import { draughtMarks, type LoadLineLayout, yOf } from "./load-line-layout";

interface HullProps {
  readonly frame: LoadLineFrame;
  readonly layout: LoadLineLayout;
}

const NUMERAL = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/**
 * The ship's side: dark above the threshold, antifouling red below it, with draught numerals, the vault's marks as
 * painted bars and the threshold as the Plimsoll disc.
 */
export function Hull({ frame, layout }: HullProps) {
  const { hullLeft, hullRight, top, bottom, mode } = frame;
  const width = hullRight - hullLeft;
  const threshold = layout.marks.find(({ marks }) => marks.some(({ kind }) => kind === "threshold"));
  const waterY = threshold?.y ?? bottom;
  const small = mode === "small";
  const radius = small ? 8 : mode === "narrow" ? 10 : 15;
  const discX = hullRight - (small ? 15 : mode === "narrow" ? 18 : 32);
  const { numerals, ticks } = draughtMarks(layout.scale, small ? 1_000 : 30);
  return (
    <g>
      <rect x={hullLeft} y={top} width={width} height={Math.max(0, waterY - top)} fill="var(--hull-upper)" />
      <rect
        x={hullLeft}
        y={waterY}
        width={width}
        height={Math.max(0, bottom - waterY)}
        fill="var(--hull-lower)"
      />
      <g stroke="var(--hull-mark)" opacity="0.55">
        {ticks.map((health) => {
          const y = yOf(layout.scale, health);
          const long = numerals.includes(health);
          return (
            <line
              key={health}
              x1={hullLeft}
              x2={hullLeft + (small ? 4 : long ? 9 : 5)}
              y1={y}
              y2={y}
              strokeWidth="1"
            />
          );
        })}
      </g>
      {!small && (
        <g fill="var(--hull-mark)" fontSize="11" className="figures">
          {numerals.map((health) => (
            <text key={health} x={hullLeft + 12} y={yOf(layout.scale, health) + 4}>
              {NUMERAL.format(health)}
            </text>
          ))}
        </g>
      )}
      <g fill="var(--hull-mark)">
        {layout.marks.map(({ y, marks }) => {
          const isThreshold = marks.some(({ kind }) => kind === "threshold");
          const length = small ? 12 : mode === "narrow" ? 16 : 24;
          return isThreshold ? (
            <rect
              key={y}
              x={discX - radius * 1.5}
              y={y - 1.25}
              width={hullRight - discX + radius * 1.5}
              height="2.5"
            />
          ) : (
            <rect key={y} x={hullRight - length} y={y - 1} width={length} height="2" />
          );
        })}
      </g>
      {threshold !== undefined && (
        <circle
          cx={discX}
          cy={threshold.y}
          r={radius}
          fill="none"
          stroke="var(--hull-mark)"
          strokeWidth={small ? 1.75 : 2.5}
        />
      )}
    </g>
  );
}
