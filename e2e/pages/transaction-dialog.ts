import { expect, type Locator, type Page } from "@playwright/test";
import type { TestWallet } from "../fixtures/wallet";

/** The review of one transaction, from its simulation to its verified effect. */
export class TransactionDialog {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  locate(): Locator {
    return this.#page.getByRole("dialog").filter({ has: this.#page.getByRole("heading") });
  }

  locateSignButton(): Locator {
    return this.locate().getByRole("button", { name: "Sign in wallet" });
  }

  locateAlert(): Locator {
    return this.locate().getByRole("alert");
  }

  /** Waits until the simulation has passed and presses the button that opens the wallet. */
  async signAction(): Promise<void> {
    await expect(this.locateSignButton()).toBeEnabled({ timeout: 30_000 });
    await this.locateSignButton().click();
  }

  /** The call data that the review shows, to the last byte. */
  async readBytesAction(): Promise<string> {
    const bytes = this.locate().locator("details").filter({ hasText: "The exact bytes" });
    await bytes.locator("summary").click();
    // Two blocks of hexadecimal digits: the call data, and under it their hash.
    return (await bytes.locator("code").first().innerText()).trim();
  }

  /** Signs what is shown, checks that the wallet got exactly those bytes, and waits for the verified effect. */
  async confirmAction(wallet: TestWallet): Promise<void> {
    await expect(this.locateSignButton()).toBeEnabled({ timeout: 30_000 });
    const shown = await this.readBytesAction();
    await this.signAction();
    await this.expectConfirmed();
    expect(wallet.transactions.at(-1)?.data).toBe(shown);
    await this.doneAction();
  }

  async expectConfirmed(): Promise<void> {
    await expect(this.locate().getByRole("button", { name: "Done" })).toBeVisible({ timeout: 60_000 });
  }

  async doneAction(): Promise<void> {
    await this.locate().getByRole("button", { name: "Done" }).click();
    await expect(this.locate()).toHaveCount(0);
  }

  async pressAction(key: string): Promise<void> {
    await this.#page.keyboard.press(key);
  }

  async closeAction(): Promise<void> {
    await this.locate()
      .getByRole("button", { name: /^(Close|Cancel)$/ })
      .first()
      .click();
  }

  async reviewAgainAction(): Promise<void> {
    await this.locate().getByRole("button", { name: "Review again" }).click();
  }

  /** A notice in the dialog, failure or not. */
  async expectText(text: string | RegExp): Promise<void> {
    await expect(this.locate().getByText(text).first()).toBeVisible({ timeout: 30_000 });
  }
}
