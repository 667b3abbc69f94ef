// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { known, unknown } from "@/domain/figure";
import { WAD } from "@/domain/math";
import { stubLayout } from "@/testing/layout";
import { depositAt, reportOf } from "@/testing/report-builders";
import { addressFrom, fluxOf, historyOf, managerOf, stateOf, USDC } from "@/testing/vault-builders";
import { LiquidityView } from "./liquidity-view";
import { leavingAddressOf, liquidityModelOf, utilisationMarkOf } from "./model";
import { WithdrawableLookup } from "./withdrawable-lookup";

const [LARGE, SMALL, POOL] = [addressFrom(1), addressFrom(2), addressFrom(3)];

/** 700, 200 and 100 of 1,000; 250 lie idle. */
function reportWith({ complete = true } = {}) {
  const state = stateOf({
    totalAssets: 1_000n * USDC,
    totalSupplyShares: 1_000n * USDC,
    flux: fluxOf({ idleAssets: 250n * USDC, totalPrincipalDebtAssets: 750n * USDC }),
  });
  const events = [...depositAt(1n, LARGE, 700n), ...depositAt(2n, SMALL, 200n), ...depositAt(3n, POOL, 100n)];
  return reportOf({
    state,
    history: { ...historyOf(events), complete },
    contractHolders: new Set([POOL]),
    managers: [
      managerOf({ manager: addressFrom(11), value: 700n, debt: 600n }),
      managerOf({ manager: addressFrom(12), value: 200n, debt: 150n }),
    ],
  });
}

beforeEach(stubLayout);
afterEach(cleanup);

describe("liquidity", () => {
  it("says how many LPs could leave in full, each alone, and what part of all balances could", () => {
    const { exit, utilisationWad } = liquidityModelOf(reportWith());
    expect(exit).toMatchObject({
      value: { holders: 3, couldLeaveAlone: 2, coveredWad: WAD / 4n, idleAssets: 250n * USDC },
    });
    expect(utilisationWad).toEqual(known((75n * WAD) / 100n));
  });

  it("measures in how few hands shares and debts are, contracts apart", () => {
    const { lps, contractPartWad, managers } = liquidityModelOf(reportWith());
    expect(lps).toMatchObject({ value: { largestWad: (7n * WAD) / 10n, herfindahlWad: (54n * WAD) / 100n } });
    expect(contractPartWad).toEqual(known(WAD / 10n));
    expect(managers).toMatchObject({ value: { holders: 2, largestWad: (8n * WAD) / 10n } });
  });

  it("lets nobody take out more than lies idle", () => {
    const report = reportWith();
    const { largest } = liquidityModelOf(report);
    expect(largest.map(({ holder, withdrawableAssets }) => [holder, withdrawableAssets])).toEqual([
      [LARGE, known(250n * USDC)],
      [SMALL, known(200n * USDC)],
      [POOL, known(100n * USDC)],
    ]);
    expect(leavingAddressOf(report, SMALL)).toMatchObject({
      value: { withdrawableAssets: known(200n * USDC) },
    });
    expect(leavingAddressOf(report, addressFrom(9))).toMatchObject({
      value: { withdrawableAssets: known(0n) },
    });
  });

  it("knows no balance from a history that is not whole", () => {
    const report = reportWith({ complete: false });
    const { exit, lps, contractPartWad, largest } = liquidityModelOf(report);
    expect([exit, lps, contractPartWad]).toEqual([1, 2, 3].map(() => unknown("history-partial")));
    expect(largest).toEqual([]);
    expect(leavingAddressOf(report, SMALL)).toEqual(unknown("history-partial"));
  });

  it.each([
    [90n, "free"],
    [91n, "risk"],
    [95n, "likely-to-fail"],
    [99n, "likely-to-fail"],
    [100n, "nothing-left"],
  ] as const)("puts a utilisation of %s %% at the mark %s", (value, mark) => {
    expect(utilisationMarkOf((value * WAD) / 100n)).toBe(mark);
  });

  it("reads the same in words as in the bar", () => {
    const report = reportWith();
    render(
      <LiquidityView
        report={report}
        model={liquidityModelOf(report)}
        hrefOf={(one) => `#/${one}`}
        lookup={null}
      />,
    );
    expect(screen.getByText(/^Utilisation 75\.00%, marks at 90, 95 and 100 %$/)).toBeDefined();
    expect(screen.getByText("Below the first mark")).toBeDefined();
    expect(screen.getByRole("figure", { name: "Usable notice" }).textContent).toContain("25.00%");
    expect(screen.getByRole("figure", { name: "Could leave in full" }).textContent).toContain("of 3 LPs");
    expect(screen.getByText("contract")).toBeDefined();
  });
});

describe("the question how much an address could take out", () => {
  const ask = vi.fn<(address: string) => void>();
  const lookup = (answer: ReturnType<typeof leavingAddressOf> | undefined) => (
    <WithdrawableLookup asked="" onAsk={ask} answer={answer} state={reportWith().snapshot.state} />
  );

  it("refuses what is no address in words, and asks for what is one", () => {
    render(lookup(undefined));
    const input = screen.getByLabelText("Address that wants to leave");
    const button = screen.getByRole("button", { name: "How much can it withdraw" });
    fireEvent.change(input, { target: { value: "0x12" } });
    fireEvent.click(button);
    expect(ask).not.toHaveBeenCalled();
    expect(input.getAttribute("aria-invalid")).toBe("true");
    fireEvent.change(input, { target: { value: LARGE } });
    fireEvent.click(button);
    expect(ask).toHaveBeenCalledExactlyOnceWith(LARGE);
  });

  it("answers with the balance beside it, and with the reason where it is unknown", () => {
    const { rerender } = render(lookup(leavingAddressOf(reportWith(), LARGE)));
    const figure = () => screen.getByRole("figure", { name: "Withdrawable now" }).textContent;
    expect(figure()).toContain("250.00");
    expect(figure()).toContain("of a balance of 700.00 USDC");
    rerender(lookup(unknown("history-partial")));
    expect(figure()).toContain("unknown");
  });
});
