import { describe, expect, it } from "vitest";
import { statementDocument } from "@/testing/statement-document";
import { compareStatements, type StatementDifference } from "./compare-statements";
import type { StatementJson } from "./statement-schema";

const here = statementDocument();

function differencesOf(file: StatementJson, own: StatementJson = here): readonly StatementDifference[] {
  return compareStatements({ file, here: own }).differences;
}

describe("a statement against its recomputation", () => {
  it("agrees with itself in every field", () => {
    const { compared, differences } = compareStatements({ file: statementDocument(), here });
    expect(differences).toEqual([]);
    // 14 of the head, 15 totals, 5 of the identity, the count of lines, and the three lines.
    expect(compared).toBeGreaterThan(60);
  });

  it("names a changed total and a changed line by where they stand, with both values", () => {
    const [deposit, loss, ...rest] = here.lines;
    if (deposit === undefined || loss === undefined) throw new Error("the document has two lines");
    const file = statementDocument({
      totals: { ...here.totals, losses: "9000000000" },
      lines: [deposit, { ...loss, amount: "9000000000" }, ...rest],
    });
    expect(differencesOf(file)).toEqual([
      { field: "totals.losses", kind: "differs", inFile: "9000000000", here: "3000000000" },
      {
        field: "lines (block 50, log 3, loss): amount",
        kind: "differs",
        inFile: "9000000000",
        here: "3000000000",
      },
    ]);
  });

  it("finds a line that was left out without blaming the lines after it", () => {
    const [deposit, , recovery] = here.lines;
    if (deposit === undefined || recovery === undefined) throw new Error("the document has three lines");
    const differences = differencesOf(statementDocument({ lines: [deposit, recovery] }));
    expect(differences.every(({ kind }) => kind === "differs")).toBe(true);
    expect(differences.map(({ field }) => field)).toContain("lines");
    expect(differences.every(({ field }) => field === "lines" || field.includes("block 50"))).toBe(true);
  });

  it("keeps what one side does not know apart from what contradicts", () => {
    const unknown = statementDocument({
      totals: { ...here.totals, avoided: null, avoidedUnknown: "archive-unavailable" },
    });
    expect(differencesOf(unknown)).toEqual([
      { field: "totals.avoided", kind: "unknown-in-file", inFile: undefined, here: "0" },
    ]);
    expect(differencesOf(here, unknown)).toEqual([
      { field: "totals.avoided", kind: "unknown-here", inFile: "0", here: undefined },
    ]);
  });

  it("does not take an addition that cannot be made for one that does not close", () => {
    const { identity } = here;
    const unknown = statementDocument({
      identity: { ...identity, residual: null, residualUnknown: "archive-unavailable", closes: null },
    });
    expect(differencesOf(here, unknown).map(({ field, kind }) => [field, kind])).toEqual([
      ["identity.residual", "unknown-here"],
      ["identity.closes", "unknown-here"],
    ]);
    const open = statementDocument({ identity: { ...identity, closes: false } });
    expect(differencesOf(open).map(({ kind }) => kind)).toEqual(["differs"]);
  });

  it("takes an unknown price for unknown, and a changed one for changed", () => {
    const [deposit, ...rest] = here.lines;
    if (deposit === undefined) throw new Error("the document has lines");
    const price = { sharePriceBefore: null, sharePriceBeforeUnknown: "archive-unavailable" } as const;
    const unread = statementDocument({ lines: [{ ...deposit, ...price }, ...rest] });
    expect(differencesOf(here, unread).map(({ kind }) => kind)).toEqual(["unknown-here"]);
    const changed = { ...deposit, sharePriceBefore: { assets: "2", shares: "1" } };
    expect(differencesOf(statementDocument({ lines: [changed, ...rest] }))).toMatchObject([
      { kind: "differs", inFile: "2 for 1", here: "1 for 1" },
    ]);
  });

  it("does not take a missing counterparty for an unknown one", () => {
    const [deposit, loss, ...rest] = here.lines;
    if (deposit === undefined || loss === undefined) throw new Error("the document has two lines");
    const file = statementDocument({ lines: [deposit, { ...loss, counterparty: null }, ...rest] });
    expect(differencesOf(file)).toMatchObject([{ kind: "differs", inFile: "none" }]);
  });

  it("does not mind where a scan began, as long as both are whole", () => {
    const earlier = { ...here.history, fromBlock: 0 };
    expect(differencesOf(statementDocument({ history: earlier }))).toEqual([]);
    const partial = statementDocument({ history: { ...earlier, complete: false } });
    expect(differencesOf(partial)).toEqual([]);
    const late = { ...here.history, fromBlock: 7, complete: false };
    expect(differencesOf(partial, statementDocument({ history: late })).map(({ field }) => field)).toEqual([
      "history.fromBlock",
    ]);
  });

  it("finds another chain, vault or block", () => {
    const file = statementDocument({
      chainId: 1,
      block: { ...here.block, hash: `0x${"ff".repeat(32)}` },
    });
    expect(differencesOf(file).map(({ field }) => field)).toEqual(["chainId", "block.hash"]);
  });
});
