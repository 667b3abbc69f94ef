import { readFile } from "node:fs/promises";
import { expect, type Locator } from "@playwright/test";
import { VaultPages } from "./vault-pages";

export const DISTRIBUTION_TABLE = "What each LP gets in both ways";
export const COMPARISON_TABLE = "Where the amount goes, in both ways";
export const PAST_TABLE = "Past recoveries";
export const RECEIVED_TABLE = "Who received the recovery";

/** A file that the page saved. */
export interface SavedFile {
  readonly path: string;
  readonly text: string;
}

/** What was lost and came back, and who would get what comes next. */
export class RecoveryPage extends VaultPages {
  async openRecoveryAction(query = ""): Promise<void> {
    await this.openAction(this.route(`/recovery${query}`));
    await expect(this.locateTable(PAST_TABLE)).toBeVisible({ timeout: 60_000 });
  }

  async reloadAction(): Promise<void> {
    await this.page.reload();
  }

  locateAmount(): Locator {
    return this.page.getByLabel("Amount to hand out");
  }

  async openReceiversAction(): Promise<void> {
    await this.page.getByText("Who received it").click();
    await expect(this.locateTable(RECEIVED_TABLE)).toBeVisible();
  }

  async showAction(choice: string): Promise<void> {
    await this.page.getByLabel("Show", { exact: true }).selectOption({ label: choice });
  }

  /** Builds the tree as soon as the vault's past was read, and says its root. */
  async buildTreeAction(): Promise<string> {
    const button = this.page.getByRole("button", { name: "Build the tree" });
    await expect(button).toBeEnabled({ timeout: 60_000 });
    await button.click();
    const root = this.page.getByLabel("Merkle root");
    await expect(root).toBeVisible();
    return root.innerText();
  }

  async askProofAction(address: string): Promise<void> {
    await this.page.getByLabel("Proof for an address").fill(address);
    await this.page.getByRole("button", { name: "Show the proof" }).click();
  }

  locateProof(): Locator {
    return this.page.getByRole("region", { name: "Proof" });
  }

  async saveAction(button: string): Promise<SavedFile> {
    const saved = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: button }).click();
    const path = await (await saved).path();
    return { path, text: await readFile(path, "utf8") };
  }

  async goToCheckAction(): Promise<void> {
    await this.page.getByRole("link", { name: "Check a proof" }).click();
    await expect(this.locateHeading("Check a proof")).toBeVisible();
  }

  async readFileAction(file: { readonly name: string; readonly text: string }): Promise<void> {
    await this.page.getByLabel("Choose a file").setInputFiles({
      name: file.name,
      mimeType: "application/json",
      buffer: Buffer.from(file.text),
    });
  }

  async takeFromFileAction(address: string): Promise<void> {
    await this.page.getByLabel("Whose claim").fill(address);
    await this.page.getByRole("button", { name: "Take it from the file" }).click();
  }

  locateField(label: "Root" | "Address" | "Amount in base units" | "Proof"): Locator {
    return this.page.getByLabel(label, { exact: true });
  }

  async checkAction(): Promise<void> {
    await this.page.getByRole("button", { name: "Check the proof" }).click();
  }

  async recomputeAction(): Promise<void> {
    await this.page.getByRole("button", { name: "Recompute from the chain" }).click();
  }
}
