import { useId } from "react";
import type { LoadLineFrame } from "./load-line-frame";
import { type LoadLineLayout, yOf } from "./load-line-layout";
import type { LoadLineMarkKind } from "./load-line-types";

interface SeaProps {
  readonly frame: LoadLineFrame;
  readonly layout: LoadLineLayout;
}

/** Water from the threshold down; hatched where LPs lose: from the bad-debt line down. */
export function Sea({ frame, layout }: SeaProps) {
  const id = useId();
  const { hullRight, seaRight, top, bottom } = frame;
  const yOfKind = (kind: LoadLineMarkKind): number | undefined =>
    layout.marks.find(({ marks }) => marks.some((mark) => mark.kind === kind))?.y;
  const waterY = yOfKind("threshold") ?? bottom;
  const lossY = Math.min(yOfKind("bad-debt") ?? bottom, yOfKind("insolvent") ?? bottom);
  const small = frame.mode === "small";
  const wave = { left: hullRight, right: seaRight, amplitude: small ? 1.2 : 2.2, length: small ? 22 : 44 };
  return (
    <g>
      <defs>
        <linearGradient id={`${id}-water`} x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor="var(--sea-1)" />
          <stop offset="0.55" stopColor="var(--sea-2)" />
          <stop offset="1" stopColor="var(--sea-3)" />
        </linearGradient>
        <linearGradient id={`${id}-air`} x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor="var(--sunken)" stopOpacity="0.25" />
          <stop offset="1" stopColor="var(--sunken)" />
        </linearGradient>
        <pattern
          id={`${id}-loss`}
          width="7"
          height="7"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line x1="0" x2="0" y1="0" y2="7" stroke="var(--loss)" strokeWidth="2" opacity="0.2" />
        </pattern>
      </defs>
      <rect
        x={hullRight}
        y={top}
        width={seaRight - hullRight}
        height={Math.max(0, waterY - top)}
        fill={`url(#${id}-air)`}
      />
      <path
        d={wavePath({ ...wave, y: waterY - wave.amplitude, shift: wave.length / 2, bottom })}
        fill="var(--sea-surface)"
        opacity="0.22"
      />
      <path d={wavePath({ ...wave, y: waterY, shift: 0, bottom })} fill={`url(#${id}-water)`} />
      <path
        d={wavePath({ ...wave, y: waterY, shift: 0 })}
        fill="none"
        stroke="var(--sea-surface)"
        strokeWidth={small ? 1.25 : 1.75}
      />
      <rect
        x={hullRight}
        y={lossY}
        width={seaRight - hullRight}
        height={Math.max(0, bottom - lossY)}
        fill={`url(#${id}-loss)`}
      />
      {layout.marks.map(({ y, marks }) => {
        if (marks.some(({ kind }) => kind === "threshold")) return null;
        const insolvent = marks.some(({ kind }) => kind === "insolvent");
        const opening = marks.every(({ kind }) => kind === "opening");
        return (
          <line
            key={y}
            x1={hullRight}
            x2={seaRight}
            y1={y}
            y2={y}
            stroke={opening ? "var(--line-strong)" : "var(--loss)"}
            strokeWidth={insolvent ? 1.75 : 1.25}
            strokeDasharray={insolvent ? undefined : opening ? "2 4" : "7 4"}
          />
        );
      })}
      {layout.marks.flatMap(({ marks }) =>
        marks.map((mark) =>
          mark.was === undefined ? null : (
            <line
              key={mark.kind}
              x1={frame.hullLeft}
              x2={seaRight}
              y1={yOf(layout.scale, mark.was.health)}
              y2={yOf(layout.scale, mark.was.health)}
              stroke="var(--ink-faint)"
              strokeWidth="1"
              strokeDasharray="1 3"
            />
          ),
        ),
      )}
    </g>
  );
}

/** A line of even waves around `y`; closed down to `bottom` where that is given. */
export function wavePath(input: {
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly amplitude: number;
  readonly length: number;
  readonly shift: number;
  readonly bottom?: number;
}): string {
  const { left, right, y, amplitude, length, bottom } = input;
  const start = left - input.shift;
  const crests = Math.ceil((right - start) / (length / 2));
  const half = length / 2;
  const first = `M${start} ${y}q${half / 2} ${-2 * amplitude} ${half} 0`;
  const waves = `${first}${`t${half} 0`.repeat(Math.max(0, crests - 1))}`;
  return bottom === undefined ? waves : `${waves}V${bottom}H${start}Z`;
}
