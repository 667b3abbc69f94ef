import { vi } from "vitest";

/** jsdom lays nothing out: gives views the observer that they ask for, which then never reports anything. */
export function stubLayout(): void {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe(): void {}
      unobserve(): void {}
      disconnect(): void {}
    },
  );
}
