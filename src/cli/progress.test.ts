import { describe, expect, it } from "vitest";
import { createProgress } from "./progress";

function told(isTerminal: boolean): {
  readonly teller: ReturnType<typeof createProgress>;
  text: () => string;
} {
  let text = "";
  const write = (part: string): void => {
    text += part;
  };
  return { teller: createProgress({ write, isTerminal }), text: () => text };
}

const history = (doneBlocks: bigint) =>
  ({ stage: "history", doneBlocks, totalBlocks: 1_000n, logs: 12 }) as const;

describe("progress", () => {
  it("in a file is a line for each stage and every tenth of the way, not for every step", () => {
    const { teller, text } = told(false);
    teller.load({ stage: "state" });
    for (let done = 0n; done <= 1_000n; done += 10n) teller.load(history(done));
    const lines = text().trimEnd().split("\n");
    expect(lines).toHaveLength(1 + 11);
    expect(lines.at(0)).toBe("Reading the vault");
    expect(lines.at(-1)).toBe("Reading the history, 100 %, 12 events");
  });

  it("on a terminal rewrites one line a stage, and what is said stands on a line of its own", () => {
    const { teller, text } = told(true);
    for (const done of [0n, 500n, 1_000n]) teller.load(history(done));
    teller.ledger({ stage: "totals", doneBlocks: 1, totalBlocks: 4 });
    teller.say("WARNING: something");
    expect(text().split("\n")).toEqual([
      expect.stringMatching(/100 %, 12 events$/),
      expect.stringMatching(/Reading totals of the past, 25 %, 4 blocks$/),
      "WARNING: something",
      "",
    ]);
  });

  it("of nothing to read has no per cent", () => {
    const { teller, text } = told(false);
    teller.load({ stage: "history", doneBlocks: 0n, totalBlocks: 0n, logs: 0 });
    teller.ledger({ stage: "shortfalls", doneBlocks: 0, totalBlocks: 0 });
    expect(text()).not.toContain("%");
  });
});
