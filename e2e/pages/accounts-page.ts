import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { VaultPages } from "./vault-pages";

export const IDENTITY_TABLE = "How the value came about";

/** The ledger's totals, and the accounts of single LPs. */
export class AccountsPage extends VaultPages {
  /** Opens the ledger and waits until its past is read. */
  async openLedgerAction(): Promise<void> {
    await this.openAction(this.route("/ledger"));
    await expect(this.locateFigure("Net LP loss, all rows")).toContainText(/\d/, { timeout: 60_000 });
  }

  /** Opens the page of an address and waits for its statement. */
  async openStatementAction(address: string): Promise<void> {
    await this.openLpAction(address);
    await expect(this.locateTable(IDENTITY_TABLE)).toBeVisible({ timeout: 60_000 });
  }

  async saveStatementAction(): Promise<unknown> {
    const saved = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: "Download the statement as JSON" }).click();
    return JSON.parse(await readFile(await (await saved).path(), "utf8"));
  }
}
