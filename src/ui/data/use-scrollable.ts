import { type RefObject, useEffect, useRef, useState } from "react";

/** Whether a region hides a part of its content sideways, kept up to date as either changes size. */
export function useScrollable(skip: boolean): {
  readonly regionRef: RefObject<HTMLElement | null>;
  readonly scrollable: boolean;
} {
  const regionRef = useRef<HTMLElement>(null);
  const [scrollable, setScrollable] = useState(false);
  useEffect(() => {
    const region = regionRef.current;
    if (skip || region === null) return undefined;
    const measure = (): void => setScrollable(region.scrollWidth > region.clientWidth + 1);
    const observer = new ResizeObserver(measure);
    observer.observe(region);
    for (const child of region.children) observer.observe(child);
    return () => observer.disconnect();
  }, [skip]);
  return { regionRef, scrollable };
}
