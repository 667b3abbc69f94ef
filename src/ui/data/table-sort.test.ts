import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextSort, type SortValue, sortRows } from "./table-sort";

const valueOf = (value: SortValue): SortValue => value;

describe("sorting rows", () => {
  it("puts unknown values last in both directions", () => {
    const rows = [3n, undefined, 1n, 2n];
    expect(sortRows({ rows, valueOf, direction: "ascending" })).toEqual([1n, 2n, 3n, undefined]);
    expect(sortRows({ rows, valueOf, direction: "descending" })).toEqual([3n, 2n, 1n, undefined]);
  });

  it("compares whole amounts that a floating number could not tell apart", () => {
    const rows = [2n ** 60n + 1n, 2n ** 60n, 2n ** 60n + 2n];
    expect(sortRows({ rows, valueOf, direction: "ascending" })).toEqual([
      2n ** 60n,
      2n ** 60n + 1n,
      2n ** 60n + 2n,
    ]);
  });

  it("keeps rows of equal value in their order and leaves its input alone", () => {
    const rows = [
      { id: "b", value: 1 },
      { id: "a", value: 1 },
    ] as const;
    expect(sortRows({ rows, valueOf: (row) => row.value, direction: "descending" })).toEqual(rows);
  });

  it("loses and repeats nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.bigInt(), { nil: undefined })), (rows) => {
        const sorted = sortRows({ rows, valueOf, direction: "ascending" });
        const known = sorted.filter((value) => value !== undefined);
        expect(sorted).toHaveLength(rows.length);
        expect(known).toEqual(
          rows.filter((value) => value !== undefined).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
        );
      }),
    );
  });

  it("shows the largest first on the first press and turns on the second", () => {
    const first = nextSort(undefined, "debt");
    expect(first.direction).toBe("descending");
    expect(nextSort(first, "debt").direction).toBe("ascending");
    expect(nextSort(nextSort(first, "debt"), "health").direction).toBe("descending");
  });
});
