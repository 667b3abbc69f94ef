import { useVirtualizer } from "@tanstack/react-virtual";
import type { ReactNode } from "react";

export type MeasureRow = (row: HTMLElement | null) => void;

export interface VirtualRowsProps {
  readonly count: number;
  /** The scrolled region; null until it is in the page. */
  readonly region: HTMLElement | null;
  readonly renderRow: (index: number, measure: MeasureRow) => ReactNode;
}

/** Rows drawn beyond each edge: enough for a quick flick, few enough to stay far under eighty. */
const OVERSCAN = 10;
const ESTIMATED_ROW_PX = 38;

/** The rows in sight, between two spacers as high as the ones that are not drawn. */
export function VirtualRows({ count, region, renderRow }: VirtualRowsProps) {
  // The warning is for the React Compiler, which this build does not use: nothing here is memoised behind our back.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => region,
    estimateSize: () => ESTIMATED_ROW_PX,
    overscan: OVERSCAN,
    // Before the first measurement one screenful is drawn.
    initialRect: { width: 0, height: 640 },
  });
  const items = virtualizer.getVirtualItems();
  return (
    <>
      <Spacer height={items[0]?.start ?? 0} />
      {items.map((item) => renderRow(item.index, virtualizer.measureElement))}
      <Spacer height={virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)} />
    </>
  );
}

function Spacer({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  return <tr aria-hidden="true" className="print:hidden" style={{ height }} />;
}
