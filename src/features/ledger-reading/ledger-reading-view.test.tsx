// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ChainError } from "@/chain/errors";
import type { LedgerView } from "@/data/ledger-book/ledger-view";
import { LedgerReadingView } from "./ledger-reading-view";

const view: LedgerView<string> = {
  data: undefined,
  block: undefined,
  isCurrent: false,
  cost: { totals: 3_000, shortfalls: 20 },
  progress: undefined,
  fault: undefined,
  isReading: false,
  isStopped: false,
  stop: () => undefined,
  resume: () => undefined,
};

function show(change: Partial<LedgerView<string>>, isClockRefused = false) {
  return render(
    <LedgerReadingView
      view={{ ...view, ...change }}
      missing="Losses without an event are"
      isClockRefused={isClockRefused}
      faultText={({ code }) => ({ cause: `Cause ${code}.`, whatToDo: "Do this.", detail: "detail" })}
    />,
  );
}

afterEach(cleanup);

describe("how the reading of the past stands", () => {
  it("shows how far it is, and can be stopped", () => {
    const stop = vi.fn<() => void>();
    show({ isReading: true, progress: { stage: "totals", doneBlocks: 50, totalBlocks: 200 }, stop });
    expect(screen.getByRole("progressbar").getAttribute("value")).toBe("25");
    expect(screen.getByText(/50 of 200 blocks/)).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Stop" }));
    expect(stop).toHaveBeenCalledTimes(1);
  });

  it("says what it costs before it begins what costs much", () => {
    const resume = vi.fn<() => void>();
    show({ isStopped: true, resume });
    expect(screen.getByText(/Total assets of 3,000 old blocks/)).toBeDefined();
    expect(screen.getByText(/Losses without an event are unknown until then/)).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Read it" }));
    expect(resume).toHaveBeenCalledTimes(1);
  });

  it("says what went wrong, what is unknown for that reason, and tries again", () => {
    const error = new ChainError("rpc-unavailable", { message: "No endpoint answers" });
    const resume = vi.fn<() => void>();
    show({ fault: { kind: "chain", error }, resume });
    expect(screen.getByRole("alert").textContent).toContain(
      "Cause rpc-unavailable. Losses without an event are unknown.",
    );
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(resume).toHaveBeenCalledTimes(1);
  });

  it("names the way that works where the browser cannot compute beside the page", () => {
    show({ fault: { kind: "worker", reason: "not-supported", message: "none" } });
    expect(screen.getByRole("alert").textContent).toContain("npm run report");
  });

  it("is silent while a few blocks are added to a ledger that stands", () => {
    const { container } = show({
      data: "ledger",
      isReading: true,
      progress: { stage: "totals", doneBlocks: 1, totalBlocks: 2 },
    });
    expect(container.textContent).toBe("");
  });

  it("says that falls inside blocks cannot be seen without the clock of a past block", () => {
    show({ data: "ledger" }, true);
    expect(screen.getByText("Falls inside a block could not be looked for")).toBeDefined();
  });
});
