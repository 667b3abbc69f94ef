import { expect, type Locator } from "@playwright/test";
import { VaultPages } from "./vault-pages";

const FIRST_READ_MS = 60_000;

/** Shocks of a vault's prices, and the corridor on the parameters page. */
export class StressPage extends VaultPages {
  async openStressAction(query = ""): Promise<void> {
    await this.openAction(this.route(`/stress${query}`));
    await expect(this.locateFigure("Break-even shock")).toBeVisible({ timeout: FIRST_READ_MS });
  }

  async openCorridorAction(): Promise<void> {
    await this.openAction(this.route("/parameters"));
    await expect(this.locateCorridor()).toBeVisible({ timeout: FIRST_READ_MS });
  }

  async pressPresetAction(name: string | RegExp): Promise<void> {
    await this.page.getByRole("group", { name: "Preset falls" }).getByRole("button", { name }).click();
  }

  async typeFallAction(percent: string): Promise<void> {
    await this.page.getByLabel("Fall, as a number").fill(percent);
  }

  async chooseAction(what: "All collateral" | "One asset" | "Several"): Promise<void> {
    await this.page.getByRole("group", { name: "What falls" }).getByText(what, { exact: true }).click();
  }

  async chooseAssetAction(symbol: string): Promise<void> {
    await this.page.getByLabel("Asset", { exact: true }).selectOption({ label: symbol });
  }

  async tickAssetAction(symbol: string): Promise<void> {
    await this.page.getByRole("checkbox", { name: symbol }).check();
  }

  async askForAction(holder: string): Promise<void> {
    await this.page.getByLabel("Your address").fill(holder);
  }

  locateAddressField(): Locator {
    return this.page.getByLabel("Your address");
  }

  /** The figures of the chosen fall. */
  locateOutcome(): Locator {
    return this.page.getByRole("region", { name: /^If .* fell by/ });
  }

  /** Managers in the table, in its order, that the page calls fallen. */
  async readFallen(): Promise<readonly string[]> {
    const rows = await this.readTable("Order of falling");
    return rows.flatMap(({ Manager: text = "" }) =>
      text.includes("fallen") ? (text.match(/0x[0-9a-f]{40}/g) ?? []) : [],
    );
  }

  locateCorridor(): Locator {
    return this.page.getByRole("region", { name: "The corridor: how a loss comes about" });
  }

  /** A line of the corridor's arithmetic, by its name. */
  locateCorridorLine(name: string | RegExp): Locator {
    return this.locateCorridor()
      .locator("dl > div")
      .filter({ has: this.page.locator("dt", { hasText: name }) });
  }

  /** The stop at which the position of the corridor stands. */
  locateStop(): Locator {
    return this.locateCorridor().getByRole("list", { name: "Five stops" }).locator("[aria-current=step]");
  }

  async chooseRuleAction(rule: "a" | "b"): Promise<void> {
    await this.locateCorridor()
      .getByRole("group", { name: "Payment rule" })
      .getByText(`Rule (${rule})`)
      .click();
  }

  async dragValueAction(percentOfDebt: string): Promise<void> {
    await this.page
      .getByLabel("Value of the position, per cent of its debt, as a number")
      .fill(percentOfDebt);
  }

  async chooseCaseAction(place: number): Promise<void> {
    await this.locateCorridor().getByLabel("Case").selectOption({ index: place });
  }
}
