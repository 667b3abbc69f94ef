/** Of a computation in steps: how it ended. */
export type SlicedEnd<Result> =
  | { readonly kind: "finished"; readonly result: Result }
  | { readonly kind: "cancelled" };

export interface Slices<Progress> {
  readonly isCancelled: () => boolean;
  /** Called once a slice. */
  readonly onProgress: (progress: Progress) => void;
}

/** Long enough that the pauses cost little, short enough that a stop is heard long before a tenth of a second. */
const SLICE_MS = 30;

/** Lets the thread hear what was said to it meanwhile. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

/** Runs steps for a slice of time, listens, and goes on: it can be stopped within one slice and one step. */
export async function inSlices<Progress, Result>(
  steps: Generator<Progress, Result, void>,
  { isCancelled, onProgress }: Slices<Progress>,
): Promise<SlicedEnd<Result>> {
  for (;;) {
    if (isCancelled()) return { kind: "cancelled" };
    const endMs = performance.now() + SLICE_MS;
    let step = steps.next();
    while (step.done !== true && performance.now() < endMs) step = steps.next();
    if (step.done === true) return { kind: "finished", result: step.value };
    onProgress(step.value);
    await nextTurn();
  }
}
