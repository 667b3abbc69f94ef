import { describe, expect, it } from "vitest";
import { formulaAsText } from "./formula";

describe("a copied formula", () => {
  it("holds the formula, every input, the result, the block and the command", () => {
    const text = formulaAsText("Bad-debt ratio", {
      expression: "U ÷ A",
      inputs: [
        { label: "U", value: "5,000 USDC" },
        { label: "A", value: "1,000,000 USDC" },
      ],
      result: "0.5 %",
      block: "block 12 (0xab)",
      command: "plimsoll report --block 12",
    });
    expect(text).toBe(
      [
        "Bad-debt ratio",
        "U ÷ A",
        "  U = 5,000 USDC",
        "  A = 1,000,000 USDC",
        "= 0.5 %",
        "at block 12 (0xab)",
        "plimsoll report --block 12",
      ].join("\n"),
    );
  });
});
