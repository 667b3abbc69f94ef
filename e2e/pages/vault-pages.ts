import { expect, type Locator, type Page } from "@playwright/test";
import type { Scenario } from "../fixtures/devnet";
import type { Site } from "../fixtures/site";
import { AppPage } from "./app-page";

const CHAIN_ID = 31_337;

/** The pages of one vault. */
export class VaultPages extends AppPage {
  readonly #scenario: Scenario;

  constructor(page: Page, at: { readonly site: Site; readonly scenario: Scenario }) {
    super(page, at.site);
    this.#scenario = at.scenario;
  }

  route(suffix = ""): string {
    return `/v/${CHAIN_ID}/${this.#scenario.vault}${suffix}`;
  }

  async openOverviewAction(): Promise<void> {
    await this.openAction(this.route());
    await expect(this.locateFigure("Unrealised shortfall")).toBeVisible();
  }

  async openLpsAction(): Promise<void> {
    await this.openAction(this.route("/lps"));
    await expect(this.locateLpTable()).toBeVisible();
  }

  async openLpAction(address: string): Promise<void> {
    await this.openAction(this.route(`/lps/${address}`));
  }

  locateLpTable(): Locator {
    return this.locateTable(LP_TABLE);
  }
}

export const LP_TABLE = /LPs/;
export const LEDGER_TABLE = /Loss ledger/;
