import { readFile } from "node:fs/promises";
import { expect, type Locator } from "@playwright/test";
import { VaultPages } from "./vault-pages";

export const COLLATERAL_TABLE = "Collateral by asset";
export const PRICE_TABLE = "Prices and feeds";
const FIRST_READ_MS = 60_000;

/** What secures a vault's debts, and how one could leave it. */
export class AssetsPage extends VaultPages {
  async openAssetsAction(): Promise<void> {
    await this.openAction(this.route("/assets"));
    await expect(this.locateTable(COLLATERAL_TABLE)).toBeVisible({ timeout: FIRST_READ_MS });
  }

  /** Reads the rounds of the feeds and waits for them. */
  async readPastAction(): Promise<void> {
    await this.page.getByRole("button", { name: "Read the feeds' past" }).click();
    await expect(this.locateTable(PRICE_TABLE).getByText("not read yet")).toHaveCount(0);
  }

  async openDetailsAction(symbol: string): Promise<Locator> {
    await this.locateTable(COLLATERAL_TABLE)
      .getByRole("button", { name: `Details of ${symbol}`, exact: true })
      .click();
    const details = this.page.getByRole("region", { name: `Details of ${symbol}` });
    await expect(details).toBeVisible();
    return details;
  }

  /** The file of all assets, by column, a record for each asset. */
  async readFileAction(): Promise<readonly Readonly<Record<string, string>>[]> {
    const saved = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: "Download the assets as CSV" }).click();
    const [header = "", ...lines] = (await readFile(await (await saved).path(), "utf8")).trim().split("\r\n");
    const names = header.split(",");
    return lines.map((line) => {
      const cells = line.split(",");
      return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""]));
    });
  }

  /** Asks on the LPs page how much an address could take out. */
  async askWithdrawableAction(address: string): Promise<void> {
    await this.page.getByLabel("Address that wants to leave").fill(address);
    await this.page.getByRole("button", { name: "How much can it withdraw" }).click();
    await expect(this.page).toHaveURL(new RegExp(`leave=${address}`, "i"));
  }
}
