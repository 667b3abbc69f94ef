import { describe, expect, it } from "vitest";
import { counted } from "./counted";

describe("counted", () => {
  it("has one thing in the singular and every other number of them in the plural", () => {
    expect([0, 1, 2, 1_204].map((count) => counted(count, "manager"))).toEqual([
      "0 managers",
      "1 manager",
      "2 managers",
      "1,204 managers",
    ]);
  });
});
