import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useMemo } from "react";

/** Rows drawn beyond each edge: enough for a quick flick, few enough to stay far under eighty. */
const OVERSCAN = 10;
const ESTIMATED_ROW_PX = 38;

export interface RowWindow {
  readonly indexes: readonly number[];
  /** Height of the rows before and after the drawn ones, in pixels. */
  readonly before: number;
  readonly after: number;
  readonly measure: (row: HTMLElement | null) => void;
}

/** Which rows to draw. Switched off, it is all of them. */
export function useRowWindow(input: {
  readonly count: number;
  readonly enabled: boolean;
  readonly regionRef: RefObject<HTMLElement | null>;
}): RowWindow {
  const { count, enabled, regionRef } = input;
  // The warning is for the React Compiler, which this build does not use: nothing here is memoised behind our back.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: enabled ? count : 0,
    getScrollElement: () => regionRef.current,
    estimateSize: () => ESTIMATED_ROW_PX,
    overscan: OVERSCAN,
    // Before the first measurement (and where nothing is laid out, as in a unit test) one screenful is drawn.
    initialRect: { width: 0, height: 640 },
  });
  const all = useMemo(() => Array.from({ length: count }, (_, index) => index), [count]);
  if (!enabled) return { indexes: all, before: 0, after: 0, measure: () => undefined };
  const items = virtualizer.getVirtualItems();
  return {
    indexes: items.map((item) => item.index),
    before: items[0]?.start ?? 0,
    after: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
    measure: virtualizer.measureElement,
  };
}
