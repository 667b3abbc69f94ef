import { expect, type Locator } from "@playwright/test";
import { VaultPages } from "./vault-pages";

export const CANDIDATES = /Managers that can be liquidated/;

/** Who can be liquidated, and the way to do it. */
export class LiquidationsPage extends VaultPages {
  async openLiquidationsAction(): Promise<void> {
    await this.openAction(this.route("/liquidations"));
    await expect(this.locateTable(CANDIDATES)).toBeVisible({ timeout: 60_000 });
  }

  /** Opens the page with a manager in its address, whether it can be liquidated or not. */
  async openManagerAction(manager: string): Promise<void> {
    await this.openAction(this.route(`/liquidations?manager=${manager}`));
  }

  async chooseAction(manager: string): Promise<void> {
    await this.locateChooseButton(manager).click();
    await expect(this.locateSteps()).toBeVisible();
  }

  locateChooseButton(manager: string): Locator {
    return this.page.getByRole("button", { name: `Liquidate ${manager}` });
  }

  locateSteps(): Locator {
    return this.page.getByRole("list", { name: "Steps to the liquidation" });
  }

  locateStepButton(name: string | RegExp): Locator {
    return this.locateSteps().getByRole("button", { name });
  }

  /** Connects through the step of the way itself. */
  async connectInStepAction(walletName: string): Promise<void> {
    await this.locateStepButton(`Connect ${walletName}`).click();
  }

  async beginStepAction(name: string | RegExp): Promise<void> {
    await expect(this.locateStepButton(name)).toBeEnabled({ timeout: 30_000 });
    await this.locateStepButton(name).click();
  }

  async payByAction(mode: "Pay from wallet" | "Sell collateral"): Promise<void> {
    await this.page.getByRole("group", { name: "How to pay" }).getByText(mode).click();
  }

  locateField(label: string): Locator {
    return this.page.getByLabel(label, { exact: false }).first();
  }

  async expectClosed(by: "you" | "somebody else"): Promise<void> {
    const title = by === "you" ? /You closed this position/ : /Already closed by somebody else/;
    await expect(this.page.getByText(title)).toBeVisible({ timeout: 60_000 });
  }
}
