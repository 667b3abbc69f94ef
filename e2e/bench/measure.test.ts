import { describe, expect, it } from "vitest";
import { atLeast, atMost, toJson } from "./goal";
import { growthExponent, interleaved, median } from "./measure";

describe("measuring", () => {
  it("takes the middle of an odd and of an even number of values", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 7])).toBe(6);
  });

  it("tells linear from quadratic growth", () => {
    const sizes = [1_000, 2_000, 5_000, 10_000];
    expect(growthExponent(sizes.map((size) => ({ size, cost: 3 * size })))).toBeCloseTo(1, 10);
    expect(growthExponent(sizes.map((size) => ({ size, cost: size * size })))).toBeCloseTo(2, 10);
  });

  it("runs both sides in turns and warms up once", async () => {
    const order: string[] = [];
    await interleaved({ rounds: 2, ours: () => order.push("a"), baseline: () => order.push("b") });
    expect(order.join("")).toBe("ababab");
  });

  it("writes goals by name, met only when every limit is", () => {
    const check = { what: "requests", measured: 3, unit: "", limit: 3 };
    const json: unknown = JSON.parse(
      toJson([
        { id: "P1", goal: "few", checks: [atMost(check), atLeast(check)], notes: {} },
        { id: "P2", goal: "fewer", checks: [atMost(check), atMost({ ...check, limit: 2 })], notes: { n: 1 } },
      ]),
    );
    expect(json).toMatchObject({
      P1: { goal: "few", measured: { requests: 3 }, met: true },
      P2: { measured: { requests: 3, n: 1 }, met: false },
    });
  });
});
