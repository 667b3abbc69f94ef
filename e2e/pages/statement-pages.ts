import { readFile } from "node:fs/promises";
import { expect, type Locator } from "@playwright/test";
import { VaultPages } from "./vault-pages";

export const LINES_TABLE = "Lines of the statement";
export const IDENTITY_TABLE = "How the value came about";

/** The whole history and old state at every block of it, on two busy cores. */
const STATEMENT_MS = 60_000;

/** A signed file as it is written. */
export interface SignedFile {
  readonly document: {
    readonly address: string;
    readonly block: { readonly number: number; readonly hash: string };
    readonly totals: Readonly<Record<string, string>>;
    readonly lines: readonly Readonly<Record<string, unknown>>[];
  };
  readonly typedData: {
    readonly domain: Readonly<Record<string, unknown>>;
    readonly message: Readonly<Record<string, string>>;
  };
  readonly signature: { readonly bytes: string; readonly block: { readonly number: string } };
}

/** The personal statement, its signing, and the page that checks one. */
export class StatementPages extends VaultPages {
  /** Opens the page of an address and waits until its statement is computed. */
  async openStatementAction(address: string, block?: bigint): Promise<void> {
    const query = block === undefined ? "" : `?block=${block}`;
    await this.openAction(this.route(`/lps/${address}${query}`));
    await expect(this.locateTable(LINES_TABLE)).toBeVisible({ timeout: STATEMENT_MS });
  }

  async showLinesAction(kind: string): Promise<void> {
    await this.page.getByRole("group", { name: "Kind of line" }).getByText(kind, { exact: true }).click();
  }

  async openReviewAction(): Promise<void> {
    await this.page.getByRole("button", { name: "Sign with a wallet" }).click();
  }

  locateDialog(): Locator {
    return this.page.getByRole("dialog", { name: /statement/ });
  }

  locateSign(): Locator {
    return this.locateDialog().getByRole("button", { name: "Sign in wallet" });
  }

  async switchWalletAction(): Promise<void> {
    await this.locateDialog()
      .getByRole("button", { name: /^Switch the wallet to / })
      .click();
  }

  async reviewForNewAccountAction(): Promise<void> {
    await this.locateDialog()
      .getByRole("button", { name: /review for it$/ })
      .click();
  }

  async closeDialogAction(): Promise<void> {
    await this.locateDialog().getByRole("button", { name: "Close" }).last().click();
    await expect(this.page.getByRole("dialog")).toHaveCount(0);
  }

  /** Prepares the data for a signer that does not sign through this page, and gives them as they are downloaded. */
  async prepareElsewhereAction(signer: string): Promise<string> {
    await this.page.getByRole("button", { name: "Sign with a Safe or another tool" }).click();
    await this.page.getByLabel("Address of the signer").fill(signer);
    await this.page.getByRole("button", { name: "Prepare" }).click();
    return this.downloadAction("Download the data to sign");
  }

  async attachAction(signature: string): Promise<void> {
    await this.locateDialog().getByLabel("Signature").fill(signature);
    await this.locateDialog().getByRole("button", { name: "Check the signature" }).click();
  }

  async downloadSignedAction(): Promise<SignedFile> {
    return JSON.parse(await this.downloadAction("Download the signed statement")) as SignedFile;
  }

  /** Presses a button that saves a file, and reads the file. */
  async downloadAction(name: string): Promise<string> {
    const button = this.page.getByRole("button", { name });
    await expect(button).toBeVisible();
    const [download] = await Promise.all([this.page.waitForEvent("download"), button.click()]);
    return readFile(await download.path(), "utf8");
  }

  /** As in another browser, which kept nothing of what was read before. */
  async forgetAction(): Promise<void> {
    await this.page.goto("about:blank");
    const session = await this.page.context().newCDPSession(this.page);
    const { origin } = new URL(this.site.url);
    await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
    await session.detach();
  }

  async openCheckAction(): Promise<void> {
    await this.openAction("/check");
    await expect(this.locateHeading("Check a statement")).toBeVisible();
  }

  async checkAction(file: unknown): Promise<void> {
    const text = typeof file === "string" ? file : JSON.stringify(file);
    const buffer = Buffer.from(text);
    await this.page
      .getByLabel("Statement file")
      .setInputFiles({ name: "statement.json", mimeType: "application/json", buffer });
  }

  /** One of the findings by its heading. */
  locateFinding(title: string): Locator {
    return this.page.getByRole("region", { name: new RegExp(`^${title}`) });
  }

  /** Waits for the recomputation; the others are quicker. */
  async expectFigures(verdict: string): Promise<void> {
    await expect(this.page.getByRole("heading", { name: `Figures, computed again ${verdict}` })).toBeVisible({
      timeout: STATEMENT_MS,
    });
  }

  async expectVerdict(title: string, verdict: string): Promise<void> {
    await expect(this.page.getByRole("heading", { name: `${title} ${verdict}`, exact: true })).toBeVisible();
  }

  /** Lines of the statement on paper, where every one has its two rows. */
  async countPrintedLines(): Promise<number> {
    return this.page
      .getByRole("table", { name: /^Lines;/ })
      .locator("tbody")
      .count();
  }

  /** Pictures in the page's content; the pages of statements have none. */
  locatePictures(): Locator {
    return this.page.getByRole("main").locator("img");
  }

  /** The statement as it is laid out for paper. */
  locatePrint(): Locator {
    return this.page.getByRole("article", { name: "Statement for print" });
  }
}
