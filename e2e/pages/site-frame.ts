import { expect, type Locator, type Page } from "@playwright/test";

/** What stands around every page: the bar, the strip of pages, and what opens over them. */
export class SiteFrame {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  locateSkipLink(): Locator {
    return this.#page.getByRole("link", { name: "Skip to content" });
  }

  locateContent(): Locator {
    return this.#page.getByRole("main");
  }

  /** A link in the strip of a vault's pages. */
  locatePageLink(name: string): Locator {
    return this.#page.getByRole("navigation", { name: "Vault pages" }).getByRole("link", { name });
  }

  locateConnectButton(): Locator {
    return this.#page.getByRole("banner").getByRole("button", { name: "Connect", exact: true });
  }

  locateWalletChoice(walletName: string): Locator {
    return this.#page
      .getByRole("list", { name: "Wallets found" })
      .getByRole("button", { name: walletName, exact: true });
  }

  locateFormulaButton(label: string): Locator {
    return this.#page.getByRole("button", { name: `Formula of ${label}`, exact: true });
  }

  locateFormula(label: string): Locator {
    return this.#page.getByRole("dialog", { name: `Formula of ${label}`, exact: true });
  }

  locateThemeButton(): Locator {
    return this.#page.getByRole("button", { name: /^Colours: / });
  }

  async expectTheme(theme: "light" | "dark"): Promise<void> {
    await expect(this.#page.locator("html")).toHaveClass(theme);
  }
}
