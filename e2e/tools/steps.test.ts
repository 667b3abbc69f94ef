import { describe, expect, it } from "vitest";
import { readPlaywrightReport, readVitestReport, summaryOf } from "./steps";

const step = { name: "types", isOk: true, seconds: 1.25, counts: undefined };

describe("the summary of a run", () => {
  it("closes with one plain line that adds up the tests of all steps", () => {
    const counts = { passed: 3, failed: 0, skipped: 0 };
    const text = summaryOf([step, { ...step, name: "unit", counts }, { ...step, name: "browser", counts }]);
    expect(text.split("\n").at(-1)).toBe("6 passed, 0 failed");
    expect(text).toContain("ok   unit");
  });

  it("counts a step that failed without a failed test as one failure", () => {
    expect(summaryOf([{ ...step, isOk: false }])).toMatch(/FAIL types[\s\S]*\n0 passed, 1 failed$/);
  });

  it("does not count a failed test twice", () => {
    const counts = { passed: 3, failed: 2, skipped: 0 };
    expect(summaryOf([{ ...step, isOk: false, counts }])).toMatch(/\n3 passed, 2 failed$/);
  });

  it("names skipped tests", () => {
    const counts = { passed: 3, failed: 0, skipped: 1 };
    expect(summaryOf([{ ...step, isOk: false, counts }])).toMatch(/1 skipped[\s\S]*3 passed, 1 failed$/);
  });
});

describe("test reports", () => {
  it("count a file that could not be loaded as a failure", () => {
    const json = {
      testResults: [
        { status: "failed", assertionResults: [{}] },
        { status: "failed", assertionResults: [] },
        { status: "passed", assertionResults: [{}] },
      ],
      numPassedTests: 4,
      numFailedTests: 1,
      numPendingTests: 0,
      numTodoTests: 0,
    };
    expect(readVitestReport(json)).toEqual({ passed: 4, failed: 2, skipped: 0 });
  });

  it("count a browser test that passed only at a second try as a failure", () => {
    const json = { stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 0 } };
    expect(readPlaywrightReport(json)).toEqual({ passed: 5, failed: 3, skipped: 0 });
  });

  it("are refused when they do not say what they should", () => {
    expect(() => readVitestReport({})).toThrow(/numPassedTests/);
    expect(() => readPlaywrightReport({ stats: null })).toThrow(/expected/);
  });
});
