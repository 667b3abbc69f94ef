export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const GAP = 6;
const MARGIN = 8;

/**
 * Where a popover stands, in pixels of the viewport: under its button, above it where there is no room below,
 * and never over the viewport's edge.
 */
export function placePopover(input: {
  readonly anchor: Box;
  readonly popover: { readonly width: number; readonly height: number };
  readonly viewport: { readonly width: number; readonly height: number };
}): { readonly left: number; readonly top: number } {
  const { anchor, popover, viewport } = input;
  const below = anchor.top + anchor.height + GAP;
  const above = anchor.top - GAP - popover.height;
  const fitsBelow = below + popover.height + MARGIN <= viewport.height;
  const top = fitsBelow || above < MARGIN ? below : above;
  const lastTop = Math.max(MARGIN, viewport.height - popover.height - MARGIN);
  const lastLeft = Math.max(MARGIN, viewport.width - popover.width - MARGIN);
  return { left: Math.min(Math.max(anchor.left, MARGIN), lastLeft), top: Math.min(top, lastTop) };
}
