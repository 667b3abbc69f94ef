// @vitest-environment node
import { describe, expect, it } from "vitest";
import { reportOf } from "@/testing/report-builders";
import { stateOf } from "@/testing/vault-builders";
import { vaultStats } from "./headline";

function virtualSharesOf(change: Parameters<typeof stateOf>[0]): string | undefined {
  const price = vaultStats(reportOf({ state: stateOf(change) })).find(({ label }) => label === "Share price");
  return price?.formula.inputs.find(({ label }) => label === "Virtual shares")?.value;
}

describe("the formula of the share price", () => {
  it("gives the virtual shares that it adds, in units and in shares", () => {
    expect(virtualSharesOf({})).toBe("0.000001 shares (1 unit)");
    expect(virtualSharesOf({ shareDecimals: 18, virtualShares: 10n ** 12n })).toBe(
      "0.000001 shares (1,000,000,000,000 units)",
    );
  });
});
