// @vitest-environment node
import { describe, expect, it } from "vitest";
import { reportOf } from "@/testing/report-builders";
import { addressFrom, historyOf, logAt, percent, stateOf } from "@/testing/vault-builders";
import { changesCsv } from "./change-history";

describe("changesCsv", () => {
  const { chainId, address } = stateOf();
  const report = reportOf({
    history: historyOf([], {
      parameters: [
        { ...logAt(20n, 3), kind: "asset-allowed", asset: addressFrom(5), allowed: false },
        {
          ...logAt(10n, 1),
          kind: "parameter",
          key: "minBondRatio",
          oldValue: percent(20),
          newValue: percent(17.5),
        },
      ],
    }),
  });

  it("gives every change on a line of its own, oldest first, its place before it and its unit in the header", () => {
    const { header, rows } = changesCsv(report);
    const cells = rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]])));
    expect(cells).toMatchObject([
      {
        chain_id: chainId.toString(),
        vault: address,
        block: "10",
        log_index: "1",
        parameter: "minBondRatio",
        old_percent: "20",
        new_percent: "17.5",
        asset: "",
      },
      { block: "20", parameter: "allowed asset", asset: addressFrom(5), is_allowed: "no", old_percent: "" },
    ]);
  });
});
