// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ClaimsBasis } from "@/data/claims/claims-export";
import { recordedClaimsOf } from "@/data/claims/recorded-claims";
import type { VaultReport } from "@/report/vault-report";
import { stubLayout } from "@/testing/layout";
import { afterLessonReport } from "@/testing/recovery-builders";
import { reportOf } from "@/testing/report-builders";
import { USDC } from "@/testing/vault-builders";
import { DEFAULT_LINE_SORT } from "./components/calculator";
import { CalculatorView } from "./recovery-view";

const SEARCHED: ClaimsBasis = { recorded: 1, falls: 0, fallsSearched: true };
const RECORDED: ClaimsBasis = { ...SEARCHED, fallsSearched: false };

function Page(props: {
  readonly report: VaultReport;
  readonly basis: ClaimsBasis;
  readonly isPending?: boolean;
}) {
  const { report, basis } = props;
  const { state } = report.snapshot;
  return (
    <CalculatorView
      state={state}
      amount={{ text: "1000", error: undefined, onChange: () => undefined, onNet: undefined }}
      distribution={{
        claims: recordedClaimsOf(report, { amountAssets: 1_000n * USDC }),
        basis,
        block: state.block,
      }}
      isPending={props.isPending ?? false}
      isHistoryWhole={report.history.complete}
      choice={{ filter: "all", search: "", sort: DEFAULT_LINE_SORT }}
      onChoiceChange={() => undefined}
      labels={new Map()}
      hrefOf={(address) => `#/lps/${address}`}
      files={<p>files</p>}
    />
  );
}

const rowOf = (name: string) => screen.getByRole("row", { name: new RegExp(name) }).textContent;

beforeEach(stubLayout);
afterEach(cleanup);

describe("an amount that is handed out", () => {
  it("is shown in both ways, the groups adding up to it", () => {
    render(<Page report={afterLessonReport()} basis={SEARCHED} />);
    expect(rowOf("lost and are still here")).toContain("900.00");
    expect(rowOf("lost and left")).toMatch(/0\.00.*0 addresses.*100\.00.*1 address/);
    expect(rowOf("came after the losses")).toMatch(/100\.00.*1 address.*0\.00.*0 addresses/);
    expect(rowOf("Together")).toMatch(/1,000\.00.*1,000\.00/);
    expect(screen.getByText("files")).toBeDefined();
    expect(screen.queryByText(/recorded losses alone/)).toBeNull();
  });

  it("says what is exact where falls were not looked for, but not while they still are", () => {
    const view = render(<Page report={afterLessonReport()} basis={RECORDED} isPending />);
    expect(screen.queryByText(/recorded losses alone/)).toBeNull();
    view.rerender(<Page report={afterLessonReport()} basis={RECORDED} />);
    expect(screen.getByText("By the recorded losses alone")).toBeDefined();
    expect(screen.getByText(/exact for every recorded loss/)).toBeDefined();
  });

  it("has no claims from a partial history, and no files", () => {
    render(<Page report={afterLessonReport({ isComplete: false })} basis={RECORDED} />);
    expect(screen.getByText("Claims cannot be made from a partial history")).toBeDefined();
    expect(screen.queryByRole("table")).toBeNull();
    expect(screen.queryByText("files")).toBeNull();
  });

  it("has nobody to go to by claims where nothing was lost, and is not sure before falls were looked for", () => {
    const view = render(<Page report={reportOf()} basis={{ ...SEARCHED, recorded: 0 }} />);
    expect(screen.getByText("Nobody has a claim")).toBeDefined();
    expect(screen.queryByRole("table")).toBeNull();
    view.rerender(<Page report={reportOf()} basis={{ ...RECORDED, recorded: 0 }} />);
    expect(screen.getByText("No loss is recorded")).toBeDefined();
  });
});
