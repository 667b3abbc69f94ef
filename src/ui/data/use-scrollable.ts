import { useEffect, useState } from "react";

/** Whether a region hides a part of its content sideways, kept up to date as either changes size. */
export function useScrollable(region: HTMLElement | null): boolean {
  const [scrollable, setScrollable] = useState(false);
  useEffect(() => {
    if (region === null) return undefined;
    const measure = (): void => setScrollable(region.scrollWidth > region.clientWidth + 1);
    const observer = new ResizeObserver(measure);
    observer.observe(region);
    for (const child of region.children) observer.observe(child);
    return () => observer.disconnect();
  }, [region]);
  return scrollable;
}
