import { readFile } from "node:fs/promises";
import { expect, type Locator } from "@playwright/test";
import { VaultPages } from "./vault-pages";

export const AHEAD_TABLE = /^Managers, what is ahead$/;

/** Everything is read before the first figure, and then every position is taken apart. */
const FIRST_READ_MS = 60_000;

/** The positions with what is ahead of them, and one of them. */
export class PositionsPage extends VaultPages {
  async openAheadAction(query = ""): Promise<void> {
    await this.openAction(this.route(`/positions?set=ahead${query}`));
    await expect(this.locateTable(AHEAD_TABLE)).toBeVisible({ timeout: FIRST_READ_MS });
  }

  async openManagerAction(manager: string, query = ""): Promise<void> {
    await this.openAction(this.route(`/positions/${manager}${query}`));
    await expect(this.locateOutcome()).toBeVisible({ timeout: FIRST_READ_MS });
  }

  async limitFallAction(percent: string): Promise<void> {
    await this.page.getByLabel("Liquidatable within a fall of").fill(percent);
  }

  async chooseExposureAction(asset: string): Promise<void> {
    await this.page.getByLabel("Exposed to").selectOption({ label: asset });
  }

  async readRoundsAction(): Promise<void> {
    await this.page.getByRole("button", { name: "Read them" }).click();
  }

  /** What the slider's prices do to the position. */
  locateOutcome(): Locator {
    return this.page.getByRole("region", { name: "The position at these prices" });
  }

  async typeFallAction(percent: string): Promise<void> {
    await this.page.getByLabel("Falls by, as a number").fill(percent);
  }

  async readPastAction(): Promise<void> {
    await this.page.getByRole("button", { name: "Read its past" }).click();
  }

  locateHealthChart(): Locator {
    return this.page.getByRole("figure", { name: "Health of this manager over time" });
  }

  /** The lines of the file that the button gives. */
  async downloadCsvAction(): Promise<readonly (readonly string[])[]> {
    const saved = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: "Download the shown managers as CSV" }).click();
    const text = await readFile(await (await saved).path(), "utf8");
    return text
      .trim()
      .split("\r\n")
      .map((line) => line.split(","));
  }
}
