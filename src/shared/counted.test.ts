import { describe, expect, it } from "vitest";
import { counted, countedManagers } from "./counted";

describe("counted", () => {
  it("takes a word as it is given, whatever its plural", () => {
    expect([1, 2].map((count) => counted(count, ["address", "addresses"]))).toEqual([
      "1 address",
      "2 addresses",
    ]);
  });

  it("has one thing in the singular and every other number of them in the plural", () => {
    expect([0, 1, 2, 1_204].map((count) => countedManagers(count))).toEqual([
      "0 managers",
      "1 manager",
      "2 managers",
      "1,204 managers",
    ]);
  });
});
