import { readFile } from "node:fs/promises";
import { expect, type Locator } from "@playwright/test";
import { VaultPages } from "./vault-pages";

export const LEDGER_ROWS = /Loss ledger/;
export const PARTS_TABLE = /^Who (bore the loss|received the recovery)/;
export const LIFE_TABLE = /Every LP's whole life/;

/** Old blocks are read one batch after the other, on two busy cores. */
const PAST_MS = 90_000;

/** The whole ledger, a row of it, and what LPs bore. */
export class LedgerPage extends VaultPages {
  /** Opens the ledger and waits until the past of the vault was read. */
  async openLedgerAction(): Promise<void> {
    await this.openAction(this.route("/ledger"));
    await this.expectPastRead();
  }

  async expectPastRead(): Promise<void> {
    await expect(this.locateNotice(/Losses without an event were looked for in \d+ blocks/)).toBeVisible({
      timeout: PAST_MS,
    });
  }

  /** Follows the row of a block to its own page. */
  async followRowAction(block: bigint): Promise<void> {
    const text = `block ${block.toLocaleString("en-GB")}`;
    await this.locateTable(LEDGER_ROWS)
      .getByRole("rowheader")
      .filter({ hasText: text })
      .getByRole("link")
      .click();
    await expect(this.locateTable(PARTS_TABLE)).toBeVisible({ timeout: PAST_MS });
  }

  /** The value beside a name in a list of facts; the name may go on, and a hint may stand under it. */
  locateFact(name: string): Locator {
    return this.page
      .getByRole("term")
      .filter({ hasText: new RegExp(`^${name}`) })
      .first()
      .locator("..")
      .getByRole("definition");
  }

  async saveAction(button: string): Promise<string> {
    const saved = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: button }).click();
    return readFile(await (await saved).path(), "utf8");
  }

  async openLivesAction(): Promise<void> {
    await this.openAction(this.route("/lps?table=life"));
    await expect(this.locateTable(LIFE_TABLE)).toBeVisible({ timeout: PAST_MS });
  }

  /** Reads the unrealised side of the ratio chart and waits for it. */
  async readUnrealisedAction(): Promise<void> {
    await this.page.getByRole("button", { name: "Read the unrealised series" }).click();
    await expect(this.page.getByRole("button", { name: /^Read it again/ })).toBeVisible({ timeout: PAST_MS });
  }

  locateRatioPanel(): Locator {
    return this.page.getByRole("region", { name: "Bad-debt ratio over time" });
  }

  async chooseDenominatorAction(name: string): Promise<void> {
    await this.locateRatioPanel().getByText(name, { exact: true }).click();
  }

  /** Shows the ratio chart's figures as a table and reads them. */
  async readRatiosAction(): Promise<readonly Readonly<Record<string, string>>[]> {
    await this.locateRatioPanel()
      .getByRole("button", { name: /^Show as table/ })
      .click();
    return this.readTable(/ad-debt ratio over time/);
  }
}
