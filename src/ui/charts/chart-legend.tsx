import { TONE_SOFT } from "../tone";
import type { ChartAnnotation } from "./chart-marks";
import { type ChartSeries, colorOf, DASH_ARRAY } from "./series";

export type { ChartAnnotation } from "./chart-marks";

/** Line samples and names: the stroke's pattern tells as much as its colour. */
export function ChartLegend({ series }: { readonly series: readonly ChartSeries[] }) {
  return (
    <ul className="flex min-w-0 grow flex-wrap gap-x-4 gap-y-1 text-xs text-ink-muted">
      {series.map((one) => (
        <li key={one.id} className="flex items-center gap-1.5">
          <svg width="22" height="8" aria-hidden="true" className="shrink-0">
            <line
              x1="0"
              x2="22"
              y1="4"
              y2="4"
              stroke={colorOf(one)}
              strokeWidth="2"
              strokeDasharray={DASH_ARRAY[one.dash ?? "solid"]}
            />
          </svg>
          {one.label}
        </li>
      ))}
    </ul>
  );
}

/** What the numbered flags on the chart stand for, in order of time. */
export function AnnotationList(props: {
  readonly annotations: readonly ChartAnnotation[];
  readonly formatAt: (at: number) => string;
}) {
  if (props.annotations.length === 0) return null;
  return (
    <ol className="mt-2 grid grid-cols-[repeat(auto-fill,minmax(min(100%,17rem),1fr))] gap-x-4 gap-y-1 text-xs text-ink-muted">
      {props.annotations.map((annotation, index) => (
        <li key={`${annotation.at}-${annotation.label}`} className="flex min-w-0 items-baseline gap-1.5">
          <span
            className={`figures inline-grid h-4 min-w-4 shrink-0 place-items-center rounded-full px-1 text-[0.6875rem] font-semibold ${TONE_SOFT[annotation.tone ?? "neutral"]}`}
          >
            {index + 1}
          </span>
          <span className="min-w-0">
            <span className="figures text-ink-faint">{props.formatAt(annotation.at)}</span>{" "}
            {annotation.href === undefined ? (
              annotation.label
            ) : (
              <a
                href={annotation.href}
                className="underline decoration-line-strong underline-offset-2 hover:text-accent"
              >
                {annotation.label}
              </a>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
