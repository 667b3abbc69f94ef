// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { exposureBookFor } from "@/data/exposure-book";
import type { StatementView } from "@/data/ledger-book/ledger-view";
import type { WatchResult } from "@/data/watch-list/watch-list";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { stubLayout } from "@/testing/layout";
import { lpStatement } from "@/testing/lp-statement";
import { LESSON, lessonReport } from "@/testing/report-builders";
import { addressFrom } from "@/testing/vault-builders";
import { AddressLookup } from "./address-lookup";
import { LpView } from "./lp-view";
import { WatchListView } from "./watch-list-view";

const [FIRST, SECOND] = LESSON.lps;

/** A statement that nobody has begun to compute. */
const NO_STATEMENT: StatementView = {
  data: undefined,
  block: undefined,
  isCurrent: false,
  cost: { totals: 0, shortfalls: 0 },
  progress: undefined,
  fault: undefined,
  isReading: false,
  isStopped: false,
  stop: () => undefined,
  resume: () => undefined,
};

function show(
  address: Address,
  report: VaultReport = lessonReport(),
  ledger: StatementView = NO_STATEMENT,
): void {
  render(
    <LpView
      report={report}
      book={exposureBookFor(report)}
      address={address}
      lpsHref="#/lps"
      txHrefOf={undefined}
      ledger={ledger}
      statement={({ movements }) => movements}
    />,
  );
}

beforeEach(stubLayout);
afterEach(cleanup);

describe("the page of one LP", () => {
  it("gives the headline and the loss with the shares of its log", () => {
    show(FIRST);
    expect(screen.getByRole("figure", { name: "Lost so far" }).textContent).toContain("3,000.00");
    expect(screen.getByRole("figure", { name: "Value" }).textContent).toContain("597,000.00");
    const table = screen.getByRole("table", { name: "Losses and recoveries of this LP" });
    const row = within(table).getByRole("row", { name: /block 50/ });
    expect(row.textContent).toContain("600,000.00");
    expect(row.textContent).toContain("60.0000%");
    expect(row.textContent).toContain("3,000.00");
    expect(screen.getByText("1 loss: 3,000 USDC; 0 recoveries: 0 USDC.")).toBeDefined();
  });

  it("adds losses that no event reports once the statement knows them, and says of which block it is", () => {
    const report = lessonReport();
    const { block } = report.snapshot.state;
    show(FIRST, report, { ...NO_STATEMENT, data: lpStatement({ address: FIRST }), block, isCurrent: true });
    const lost = screen.getByRole("figure", { name: "Lost so far" });
    expect(lost.textContent).toContain("3,007.00");
    expect(lost.textContent).toContain("in 1 loss and 1 unexplained fall");
    expect(lost.textContent).not.toContain(", at block");
    expect(screen.getByRole("figure", { name: "Net loss" }).textContent).toContain("3,005.00");
    expect(screen.getByRole("figure", { name: "Inherited on entry" }).textContent).toContain("unknown");
    cleanup();
    const before = { ...block, number: block.number - 1n, hash: `0x${"be".repeat(32)}` as const };
    show(FIRST, report, { ...NO_STATEMENT, data: lpStatement({ address: FIRST }), block: before });
    expect(screen.getByRole("figure", { name: "Lost so far" }).textContent).toContain(", at block");
  });

  it("says what it does not know yet, and shows the movements meanwhile", () => {
    show(FIRST);
    const figure = screen.getByRole("figure", { name: "Avoided by leaving" });
    expect(figure.textContent).toContain("The statement is not computed yet.");
    expect(screen.getByRole("table", { name: /Deposits, withdrawals and transfers/ })).toBeDefined();
  });

  it("says that an address never held shares, and leads back", () => {
    show(addressFrom(99));
    expect(screen.getByText("This address has never held shares of this vault")).toBeDefined();
    expect(screen.getByRole("link", { name: /All LPs/ }).getAttribute("href")).toBe("#/lps");
  });

  it("does not say never from a partial history", () => {
    const whole = lessonReport();
    const partial = lessonReport({ history: { ...whole.history, complete: false, fromBlock: 11n } });
    show(addressFrom(99), partial);
    expect(screen.getByText("No shares found at this address since block 11")).toBeDefined();
    cleanup();
    show(FIRST, partial);
    expect(screen.getByRole("figure", { name: "Lost so far" }).textContent).toContain("unknown");
    expect(screen.getByText("Balances are unknown")).toBeDefined();
  });
});

describe("the address field", () => {
  it("opens a good address, in lower case", () => {
    const onOpen = vi.fn<(address: Address) => void>();
    render(<AddressLookup onOpen={onOpen} />);
    fireEvent.change(screen.getByLabelText("Address"), {
      target: { value: ` ${FIRST.toUpperCase().replace("0X", "0x")}` },
    });
    fireEvent.click(screen.getByRole("button", { name: "Open" }));
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(FIRST);
  });

  it("keeps a bad one in the field and says what is wrong", () => {
    const onOpen = vi.fn<(address: Address) => void>();
    render(<AddressLookup onOpen={onOpen} />);
    const field = screen.getByLabelText<HTMLInputElement>("Address");
    fireEvent.change(field, { target: { value: "0x12" } });
    fireEvent.click(screen.getByRole("button", { name: "Open" }));
    expect(onOpen).not.toHaveBeenCalled();
    expect(field.value).toBe("0x12");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText("38 digits missing: an address has 40 digits after 0x.")).toBeDefined();
  });
});

describe("the watch-list", () => {
  function list(
    addresses: readonly Address[],
    onAdd: (text: string, label: string) => WatchResult = vi.fn<() => WatchResult>(),
  ) {
    const onRemove = vi.fn<(address: Address) => void>();
    render(
      <WatchListView
        book={exposureBookFor(lessonReport())}
        entries={addresses.map((address) => ({ address, label: undefined }))}
        isDurable
        onAdd={onAdd}
        onRemove={onRemove}
        hrefOf={(address) => `#/lps/${address}`}
      />,
    );
    return onRemove;
  }

  it("adds up what its addresses hold and lost", () => {
    list([FIRST, SECOND]);
    expect(screen.getByRole("figure", { name: "Lost so far" }).textContent).toContain("4,500.00");
    expect(screen.getByRole("figure", { name: "Value" }).textContent).toContain("895,500.00");
  });

  it("removes an address", () => {
    const onRemove = list([FIRST]);
    fireEvent.click(screen.getByRole("button", { name: `Remove ${FIRST} from the watch-list` }));
    expect(onRemove).toHaveBeenCalledExactlyOnceWith(FIRST);
  });

  it("says why an address was not added and keeps the text", () => {
    list([], () => ({ ok: false, issue: { kind: "already-watched", address: FIRST } }));
    const field = screen.getByLabelText<HTMLInputElement>("Address to watch");
    fireEvent.change(field, { target: { value: FIRST } });
    fireEvent.click(screen.getByRole("button", { name: "Add" }));
    expect(screen.getByText(/is on the list already/)).toBeDefined();
    expect(field.value).toBe(FIRST);
  });
});
