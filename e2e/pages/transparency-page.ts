import { expect, type Locator } from "@playwright/test";
import { VaultPages } from "./vault-pages";

const VERIFY_TABLE = "Calls behind the figures";
/** The whole history is read before the figures, on two busy cores. */
const FIRST_READ_MS = 60_000;

/** One row of the table with which a reader checks the page. */
export interface ShownCall {
  readonly figure: string;
  readonly data: `0x${string}`;
  readonly raw: string;
  readonly shown: string;
}

/** The public page of a vault, alone or in another site's frame. */
export class TransparencyPage extends VaultPages {
  /** With a query such as `?block=7`. */
  publicRoute(query = ""): string {
    return `${this.route().replace("/v/", "/t/")}${query}`;
  }

  /** Where other sites find the page that they may frame. */
  get embedUrl(): string {
    return `${this.site.url}embed/index.html#${this.publicRoute("?embed=1")}`;
  }

  async openPublicAction(query = ""): Promise<void> {
    await this.openAction(this.publicRoute(query));
    await expect(this.locateFigure("Unrealised shortfall")).toBeVisible({ timeout: FIRST_READ_MS });
  }

  async reloadAction(): Promise<void> {
    await this.page.reload();
    await expect(this.locateFigure("Unrealised shortfall")).toBeVisible({ timeout: FIRST_READ_MS });
  }

  /** The vault's own figures, shown while its history is still being read. */
  locateFirstFigures(): Locator {
    return this.page.getByLabel("First figures");
  }

  locateFirstFigure(label: string): Locator {
    return this.locateFirstFigures().locator("div").filter({ hasText: label }).locator("dd").first();
  }

  locateCopyLink(): Locator {
    return this.page.getByRole("button", { name: /^Copy link to block/ });
  }

  /** Presses a copy button and says what lies on the clipboard then. */
  async copyAction(button: Locator): Promise<string> {
    await this.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await button.click();
    await expect(button.getByText(/ copied$/)).toBeAttached();
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  locateCopyCommand(figure: string): Locator {
    return this.page.getByRole("button", { name: `Copy command for ${figure}`, exact: true });
  }

  async readCalls(): Promise<readonly ShownCall[]> {
    const rows = await this.readTable(VERIFY_TABLE);
    return rows.map((row) => ({
      figure: row.Figure ?? "",
      data: `0x${(row.Call ?? "").split(" 0x")[1] ?? ""}`,
      raw: row["Raw answer"] ?? "",
      shown: row["Shown as"] ?? "",
    }));
  }

  /** A figure of the page inside the first frame of the open page. */
  locateFramedFigure(label: string): Locator {
    return this.locateFrame().getByRole("figure", { name: label, exact: true });
  }

  locateFramedLink(): Locator {
    return this.locateFrame().getByRole("link", { name: "Open the whole page in a new tab" });
  }

  locateFrame() {
    return this.page.frameLocator("iframe").first();
  }

  /** Shows an address in the only frame of the open page, from a fresh document on. */
  async frameAction(url: string): Promise<void> {
    const frame = this.page.locator("iframe");
    await frame.evaluate((element) => element.setAttribute("src", "about:blank"));
    await expect.poll(() => this.framedAddresses()).toEqual(["about:blank"]);
    await frame.evaluate((element, src) => element.setAttribute("src", src), url);
  }

  /** Lets time pass, two seconds at a time, until something is there: for a page that waits and tries again. */
  async passTimeUntilAction(target: Locator): Promise<void> {
    await expect(async () => {
      await this.passTimeAction(2);
      expect(await target.isVisible()).toBe(true);
    }).toPass({ timeout: FIRST_READ_MS });
  }

  /** Addresses of the documents in frames; a refused one is the browser's own error page. */
  framedAddresses(): readonly string[] {
    return this.page
      .frames()
      .slice(1)
      .map((frame) => frame.url());
  }
}
