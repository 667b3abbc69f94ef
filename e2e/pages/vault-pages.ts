import { expect, type Locator, type Page } from "@playwright/test";
import type { Scenario } from "../fixtures/devnet";
import type { Site } from "../fixtures/site";
import type { ChaosProxy } from "../proxy/chaos-proxy";
import { AppPage } from "./app-page";

const CHAIN_ID = 31_337;
const BLOCK_TIME_SECONDS = 12;
/** The whole history is read before the first figure, on two busy cores. */
const FIRST_READ_MS = 60_000;

/** The pages of one vault. */
export class VaultPages extends AppPage {
  readonly #scenario: Scenario;
  readonly #endpoint: ChaosProxy;

  constructor(
    page: Page,
    at: { readonly site: Site; readonly scenario: Scenario; readonly endpoint: ChaosProxy },
  ) {
    super(page, at.site);
    this.#scenario = at.scenario;
    this.#endpoint = at.endpoint;
  }

  route(suffix = ""): string {
    return `/v/${CHAIN_ID}/${this.#scenario.vault}${suffix}`;
  }

  async openOverviewAction(query = ""): Promise<void> {
    await this.openAction(this.route(query));
    await expect(this.locateFigure("Unrealised shortfall")).toBeVisible({ timeout: FIRST_READ_MS });
  }

  async openLpsAction(): Promise<void> {
    await this.openAction(this.route("/lps"));
    await expect(this.locateLpTable()).toBeVisible({ timeout: FIRST_READ_MS });
  }

  async openLpAction(address: string): Promise<void> {
    await this.openAction(this.route(`/lps/${address}`));
  }

  /** The block that the page was read at, its age and the way it was read. */
  locateStamp(): Locator {
    return this.page
      .getByText(/^block [\d,]+/)
      .first()
      .locator("..");
  }

  /** Lets one block time pass, after which an open page looks for a new block, and waits for what it reads. */
  async pollAction(): Promise<void> {
    // The clock must not run over a request that is still under way: it would look like a lost one.
    await this.#endpoint.quiet();
    await this.passTimeAction(BLOCK_TIME_SECONDS + 0.5);
    await this.#endpoint.quiet();
  }

  /** The picture of the vault's health; its name is its summary in words. */
  locateLoadLine(): Locator {
    return this.page
      .getByRole("figure", { name: /^Load line/ })
      .getByRole("group")
      .first();
  }

  async readAgainAction(): Promise<void> {
    await this.page.getByRole("button", { name: "Read again" }).click();
  }

  async expectBlock(number: bigint): Promise<void> {
    await expect(this.locateStamp()).toContainText(`block ${number.toLocaleString("en-GB")}`);
  }

  /** Types an address into the lookup of the LPs page. */
  async lookUpAction(address: string): Promise<void> {
    await this.locateLookup().fill(address);
    await this.page.getByRole("button", { name: "Open" }).click();
  }

  locateLookup(): Locator {
    return this.page.getByLabel("Address", { exact: true });
  }

  async connectAction(walletName: string): Promise<void> {
    await this.page.getByRole("button", { name: "Connect", exact: true }).click();
    await this.page.getByRole("list", { name: "Wallets found" }).getByText(walletName).click();
  }

  /** Opens the dialog about the connected wallet. */
  async openWalletAction(): Promise<void> {
    await this.page.getByRole("button", { name: /^Your wallet, / }).click();
  }

  async pressEscapeAction(): Promise<void> {
    await this.page.keyboard.press("Escape");
    await expect(this.page.getByRole("dialog")).toHaveCount(0);
  }

  /** Presses the button of the notice that offers the page's own chain. */
  async switchChainAction(): Promise<void> {
    await this.page
      .getByRole("button", { name: /^Switch to / })
      .first()
      .click();
  }

  /** Messages about transactions whose review is closed. */
  locateToast(): Locator {
    return this.page.getByRole("region", { name: "Transactions" });
  }

  async expectConnected(account: string): Promise<void> {
    await expect(this.page.getByRole("button", { name: /^Your wallet, / })).toContainText(account.slice(-6));
  }

  /** A group of figures by its name, for figures whose labels occur twice on a page. */
  locateFigureIn(group: string, label: string): Locator {
    return this.page.getByRole("region", { name: group }).getByRole("figure", { name: label, exact: true });
  }

  locateLpTable(): Locator {
    return this.locateTable(LP_TABLE);
  }
}

export const LP_TABLE = /LPs and their part/;
export const LEDGER_TABLE = /Loss ledger/;
