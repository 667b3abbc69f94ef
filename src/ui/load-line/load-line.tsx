import { useId, useMemo } from "react";
import { EmptyState } from "../data/messages";
import { Skeleton } from "../data/skeleton";
import { useElementWidth } from "../use-element-width";
import { DebtBars } from "./debt-bars";
import { Hull } from "./hull";
import { frameOf, LOAD_LINE_HEIGHT, type LoadLineFrame } from "./load-line-frame";
import { LoadLineLabels, ScaleBar, SmallLabels } from "./load-line-labels";
import { type LoadLineLayout, layoutLoadLine, roundDebt } from "./load-line-layout";
import { LoadLineTable } from "./load-line-table";
import type { LoadLineDebt, LoadLineMark } from "./load-line-types";
import { Sea } from "./sea";

export interface LoadLineProps {
  /** "Load line of the USDC vault". */
  readonly title: string;
  /** The picture in one or two sentences, for whoever cannot see it: how much debt, how many managers below which mark. */
  readonly summary: string;
  readonly marks: readonly LoadLineMark[];
  readonly debts: readonly LoadLineDebt[];
  /** Text of a round amount of debt, for the scale bar. */
  readonly formatDebt: (debt: number) => string;
  /** "2 managers are not drawn: their value could not be read". */
  readonly notDrawn?: string;
  readonly size?: "full" | "small";
  readonly loading?: boolean;
}

/** Wider than this the eye loses the way from a bar to its label. */
const WIDEST_PX = 1_400;

/**
 * The vault as a ship: a scale of health with the vault's own marks painted on the hull, water up to the
 * liquidation threshold, and the debt hanging at its health. What is under water can be liquidated; what is in the
 * hatched depth costs the LPs.
 */
export function LoadLine(props: LoadLineProps) {
  const { size = "full", loading = false } = props;
  const { ref, width } = useElementWidth<HTMLDivElement>();
  const frame = frameOf(Math.min(Math.max(width, 160), WIDEST_PX), size);
  return (
    <figure aria-label={props.title} className="min-w-0">
      <div
        ref={ref}
        className="relative"
        style={{
          minHeight: width === 0 ? LOAD_LINE_HEIGHT[size === "small" ? "small" : "medium"] : frame.height,
        }}
      >
        {loading ? (
          <output className="absolute inset-0">
            <span className="sr-only">Loading: {props.title}</span>
            <Skeleton className="size-full" />
          </output>
        ) : (
          width > 0 && <Picture {...props} frame={frame} />
        )}
      </div>
      {!loading && size === "full" && (
        <>
          {props.notDrawn !== undefined && <p className="text-xs text-stale">{props.notDrawn}</p>}
          <LoadLineTable title={props.title} debts={props.debts} marks={props.marks} />
        </>
      )}
    </figure>
  );
}

interface PictureProps extends LoadLineProps {
  readonly frame: LoadLineFrame;
}

function Picture({ frame, marks, debts, title, summary, formatDebt }: PictureProps) {
  const id = useId();
  const layout = useMemo(
    () =>
      layoutLoadLine({
        marks,
        debts,
        topPx: frame.top,
        bottomPx: frame.bottom,
        rowPx: frame.rowPx,
        stripPx: frame.stripPx,
      }),
    [marks, debts, frame.top, frame.bottom, frame.rowPx, frame.stripPx],
  );
  const small = frame.mode === "small";
  const naming = small
    ? { role: "img", "aria-label": `${title}. ${summary}` }
    : { role: "group", "aria-labelledby": `${id}-summary` };
  return (
    <>
      <svg
        {...naming}
        viewBox={`0 0 ${frame.width} ${frame.height}`}
        width={frame.width}
        height={frame.height}
        className="block h-auto max-w-full select-none"
      >
        <clipPath id={`${id}-plate`}>
          <rect
            x={frame.hullLeft}
            y={frame.top}
            width={frame.seaRight - frame.hullLeft}
            height={frame.bottom - frame.top}
            rx={small ? 6 : 10}
          />
        </clipPath>
        <g clipPath={`url(#${id}-plate)`} aria-hidden="true">
          <Sea frame={frame} layout={layout} />
          <Hull frame={frame} layout={layout} />
          <DebtBars frame={frame} layout={layout} />
          <Break y={layout.above === undefined ? undefined : layout.scale.topPx} frame={frame} />
          <Break y={layout.below === undefined ? undefined : layout.scale.bottomPx} frame={frame} />
        </g>
        {small ? (
          <SmallLabels frame={frame} layout={layout} />
        ) : (
          <LoadLineLabels frame={frame} layout={layout} />
        )}
        {!small && <Scale frame={frame} layout={layout} formatDebt={formatDebt} />}
      </svg>
      {!small && (
        <p id={`${id}-summary`} className="sr-only">
          {summary}
        </p>
      )}
      {!small && debts.length === 0 && (
        <div className="absolute inset-x-0 top-6 grid place-items-center">
          <EmptyState title="No debt hangs on this vault" />
        </div>
      )}
    </>
  );
}

/** The scale is broken here: what is beyond stands in a strip of its own. */
function Break({ y, frame }: { readonly y: number | undefined; readonly frame: LoadLineFrame }) {
  if (y === undefined) return null;
  return (
    <rect
      x={frame.hullLeft}
      y={y - 1.5}
      width={frame.seaRight - frame.hullLeft}
      height="3"
      fill="var(--surface)"
    />
  );
}

function Scale(props: {
  readonly frame: LoadLineFrame;
  readonly layout: LoadLineLayout;
  readonly formatDebt: (debt: number) => string;
}) {
  const { frame, layout } = props;
  const compared =
    layout.ghosts.length > 0 || layout.marks.some(({ marks }) => marks.some(({ was }) => was !== undefined));
  const debt = roundDebt(layout.longestDebt * Math.min(1, 160 / frame.barPx));
  if (debt === 0) return null;
  return (
    <ScaleBar
      frame={frame}
      compared={compared}
      px={(debt / layout.longestDebt) * frame.barPx}
      text={props.formatDebt(debt)}
    />
  );
}
