import { useSyncExternalStore } from "react";
import { flushSync } from "react-dom";

let isPrinting = false;

/**
 * Told before the page is laid out for paper, and drawn at once: the browser does not wait. The media query also
 * follows a preview that stays open.
 */
function subscribe(listener: () => void): () => void {
  const paper = window.matchMedia("print");
  const set = (next: boolean): void => {
    if (next === isPrinting) return;
    isPrinting = next;
    flushSync(listener);
  };
  const begin = (): void => set(true);
  const end = (): void => set(false);
  const change = (event: MediaQueryListEvent): void => set(event.matches);
  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  paper.addEventListener("change", change);
  return () => {
    window.removeEventListener("beforeprint", begin);
    window.removeEventListener("afterprint", end);
    paper.removeEventListener("change", change);
  };
}

/** Whether the page is being printed: for content that is too long to stand on the screen all the time. */
export function usePrinting(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isPrinting,
    () => false,
  );
}
