import { expect, type Locator } from "@playwright/test";
import { VaultPages } from "./vault-pages";

/** What is in force, the proposal, and the timelock's queue. */
export class ParametersPage extends VaultPages {
  async openParametersAction(): Promise<void> {
    await this.openAction(this.route("/parameters"));
    await expect(this.page.getByRole("heading", { name: "Queue" })).toBeVisible({ timeout: 60_000 });
  }

  async proposeAction(change: {
    readonly parameter: "Minimum bond ratio" | "Interest rate";
    readonly percent: string;
  }): Promise<void> {
    await this.page.getByRole("group", { name: "Parameter" }).getByText(change.parameter).click();
    await this.locateValueField().fill(change.percent);
  }

  /** The radio button of a parameter in the proposal. */
  locateChoice(parameter: string): Locator {
    return this.page.getByRole("group", { name: "Parameter" }).getByRole("radio", { name: parameter });
  }

  locateValueField(): Locator {
    return this.page.locator("input[name='value']");
  }

  locateReviewButton(): Locator {
    return this.page.getByRole("button", { name: "Simulate and review" });
  }

  /** The managers that the proposal would make liquidatable. */
  locateNewlyLiquidatable(): Locator {
    return this.page
      .getByRole("region", { name: "Propose a change" })
      .getByRole("table", { name: "Would become liquidatable" })
      .getByRole("row");
  }

  async overrideAction(): Promise<void> {
    await this.page
      .getByLabel(/Type “override”/)
      .first()
      .fill("override");
  }

  async reviewAction(): Promise<void> {
    await expect(this.locateReviewButton()).toBeEnabled({ timeout: 30_000 });
    await this.locateReviewButton().click();
  }

  locateOperation(id: string): Locator {
    return this.page.getByRole("article", { name: `Operation ${id}` });
  }

  locateExecuteButton(id: string): Locator {
    return this.page.getByRole("button", { name: `Execute operation ${id}` });
  }

  locateCancelButton(id: string): Locator {
    return this.page.getByRole("button", { name: `Cancel operation ${id}` });
  }

  async executeAction(id: string): Promise<void> {
    await expect(this.locateExecuteButton(id)).toBeEnabled({ timeout: 30_000 });
    await this.locateExecuteButton(id).click();
  }

  async cancelAction(id: string): Promise<void> {
    await expect(this.locateCancelButton(id)).toBeEnabled({ timeout: 30_000 });
    await this.locateCancelButton(id).click();
  }
}
