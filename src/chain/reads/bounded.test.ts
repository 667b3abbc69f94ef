import { describe, expect, it } from "vitest";
import { forEachBounded } from "./bounded";

/** Promises that the test settles by hand. */
function gates() {
  const begun: number[] = [];
  const settle = new Map<number, { readonly resolve: () => void; readonly reject: (why: Error) => void }>();
  const work = (item: number): Promise<void> => {
    begun.push(item);
    return new Promise((resolve, reject) => {
      settle.set(item, { resolve, reject });
    });
  };
  return { begun, settle, work };
}

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 0);
  });

describe("forEachBounded", () => {
  it("begins in order and never more than allowed at once", async () => {
    const { begun, settle, work } = gates();
    const all = forEachBounded([1, 2, 3, 4], { inFlight: 2, work });
    await turn();
    expect(begun).toEqual([1, 2]);
    settle.get(2)?.resolve();
    await turn();
    expect(begun).toEqual([1, 2, 3]);
    for (const item of [1, 3]) settle.get(item)?.resolve();
    await turn();
    settle.get(4)?.resolve();
    await all;
    expect(begun).toEqual([1, 2, 3, 4]);
  });

  it("lets what is under way end, begins nothing more, and then throws the first failure", async () => {
    const { begun, settle, work } = gates();
    const all = forEachBounded([1, 2, 3], { inFlight: 2, work });
    const outcome = all.then(
      () => "done",
      (error: unknown) => error,
    );
    await turn();
    settle.get(1)?.reject(new RangeError("first"));
    await turn();
    expect(begun).toEqual([1, 2]);
    settle.get(2)?.resolve();
    expect(await outcome).toBeInstanceOf(RangeError);
    expect(begun).toEqual([1, 2]);
  });

  it("has nothing to do with nothing", async () => {
    const all = forEachBounded([], { inFlight: 3, work: () => Promise.reject(new RangeError("never")) });
    await expect(all).resolves.toBeUndefined();
  });
});
