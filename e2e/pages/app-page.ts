import { expect, type Locator, type Page } from "@playwright/test";
import { isCutFrom, readNumber, type ShownNumber } from "../fixtures/amounts";
import type { Site } from "../fixtures/site";

export interface ExactAmount {
  /** In units of 10^-decimals. */
  readonly exact: bigint;
  readonly decimals: number;
}

/** What every page of the site has: its frame, figures, tables and notices. */
export class AppPage {
  protected readonly page: Page;
  protected readonly site: Site;

  constructor(page: Page, site: Site) {
    this.page = page;
    this.site = site;
  }

  async openAction(route: string): Promise<void> {
    await this.page.goto(this.site.at(route));
  }

  locateHeading(name: string | RegExp): Locator {
    return this.page.getByRole("heading", { name, level: 1 });
  }

  locateFigure(label: string): Locator {
    return this.page.getByRole("figure", { name: label, exact: true });
  }

  locateTable(caption: string | RegExp): Locator {
    return this.page.getByRole("table", { name: caption });
  }

  /** The row that says this text, full addresses included. */
  locateRow(caption: string | RegExp, text: string): Locator {
    return this.locateTable(caption).getByRole("row").filter({ hasText: text });
  }

  /** The cell of a row under a column's header. */
  async locateCell(
    caption: string | RegExp,
    at: { readonly row: string; readonly column: string | RegExp },
  ): Promise<Locator> {
    const headers = this.locateTable(caption).getByRole("columnheader");
    await expect(headers.first()).toBeVisible();
    const names = await headers.allInnerTexts();
    const index = names.findIndex((name) =>
      typeof at.column === "string" ? name.trim() === at.column : at.column.test(name),
    );
    if (index === -1) throw new Error(`no column ${String(at.column)} among ${names.join(" | ")}`);
    return this.locateRow(caption, at.row).locator("th, td").nth(index);
  }

  /** All rows of a table as the page shows them, by column header. Whole addresses stand in their cells. */
  async readTable(caption: string | RegExp): Promise<readonly Readonly<Record<string, string>>[]> {
    const table = this.locateTable(caption);
    await expect(table).toBeVisible();
    const texts = await table
      .getByRole("row")
      .evaluateAll((rows) =>
        rows.map((row) =>
          Array.from(row.querySelectorAll("th, td"), (cell) =>
            cell instanceof HTMLElement ? cell.innerText.trim() : "",
          ),
        ),
      );
    const [headers = [], ...rows] = texts;
    return rows.map((cells) => Object.fromEntries(headers.map((name, index) => [name, cells[index] ?? ""])));
  }

  /** A notice over the page or an issue in it. */
  locateNotice(text: string | RegExp): Locator {
    return this.page.getByText(text).first();
  }

  /** The number that a figure shows, for comparisons other than with an exact value. */
  async readFigure(label: string): Promise<ShownNumber> {
    return readNumber((await this.locateFigure(label).innerText()).replace(label, ""));
  }

  async expectFigure(label: string, amount: ExactAmount): Promise<void> {
    await this.expectFigureAt(this.locateFigure(label), { label, amount });
  }

  async expectFigureAt(
    figure: Locator,
    at: { readonly label: string; readonly amount: ExactAmount },
  ): Promise<void> {
    await expectCut(at.label, at.amount, async () =>
      (await figure.innerText({ timeout: 1_000 })).replace(at.label, "").trim(),
    );
  }

  async expectFigureUnknown(label: string): Promise<void> {
    await expect(this.locateFigure(label)).toContainText("unknown");
  }

  async expectCell(
    caption: string | RegExp,
    at: { readonly row: string; readonly column: string | RegExp; readonly amount: ExactAmount },
  ): Promise<void> {
    const cell = await this.locateCell(caption, at);
    await expectCut(`${at.row} / ${String(at.column)}`, at.amount, () => cell.innerText({ timeout: 1_000 }));
  }

  /** By how many pixels the page is wider than the window; 0 or less when it fits. */
  overflowOf(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  }

  /** Puts the tab in the background, as far as the page can tell, or back in front. */
  async hideAction(isHidden: boolean): Promise<void> {
    await this.page.evaluate((hidden) => {
      Object.defineProperty(document, "visibilityState", {
        configurable: true,
        get: () => (hidden ? "hidden" : "visible"),
      });
      document.dispatchEvent(new Event("visibilitychange"));
    }, isHidden);
  }

  /** Lets the page's clock run on as if the time had passed, timers included. */
  async passTimeAction(seconds: number): Promise<void> {
    await this.page.clock.runFor(seconds * 1_000);
  }
}

/** Waits until a shown text is the exact amount cut at its last digit, and nothing else was done to it. */
async function expectCut(what: string, amount: ExactAmount, read: () => Promise<string>): Promise<void> {
  await expect(async () => {
    const text = await read();
    const message = `${what} shows "${text}" for ${amount.exact} units of 10^-${amount.decimals}`;
    expect(isCutFrom(text, amount), message).toBe(true);
  }).toPass({ timeout: 40_000 });
}
