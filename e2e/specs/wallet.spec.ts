import type { Scenario } from "../fixtures/devnet";
import { test as base, expect } from "../fixtures/test";
import { ParametersPage } from "../pages/parameters-page";
import { TransactionDialog } from "../pages/transaction-dialog";

interface Stage {
  readonly scenario: Scenario;
  readonly parameters: ParametersPage;
  readonly dialog: TransactionDialog;
}

const test = base.extend<Stage>({
  scenario: async ({ devnet }, run) => run(devnet.scenario("core")),
  parameters: async ({ page, site, scenario, endpoint }, run) =>
    run(new ParametersPage(page, { site, scenario, endpoint })),
  dialog: async ({ page }, run) => run(new TransactionDialog(page)),
});

const PROPOSAL = { parameter: "Interest rate", percent: "11" } as const;

/** Opens the page, connects and fills in a proposal: the state before any prompt. */
async function prepare({
  parameters,
  wallet,
}: {
  parameters: ParametersPage;
  wallet: { name: string };
}): Promise<void> {
  await parameters.openParametersAction();
  await parameters.connectAction(wallet.name);
  await parameters.proposeAction(PROPOSAL);
  await parameters.reviewAction();
}

test.describe("a wallet", () => {
  test("that is not there is said to be missing, and everything can be read all the same", async ({
    parameters,
    page,
  }) => {
    await parameters.openParametersAction();
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(parameters.locateNotice("No wallet announced itself")).toBeVisible();
  });

  test("whose owner declines to connect is left in peace", async ({ parameters, wallet }) => {
    wallet.once("eth_requestAccounts", "reject");
    wallet.once("wallet_requestPermissions", "reject");
    await parameters.openParametersAction();
    await parameters.connectAction(wallet.name);
    await expect(parameters.locateNotice("You declined in the wallet. Nothing was shared")).toBeVisible();
  });

  test("that already asks is pointed at", async ({ parameters, wallet }) => {
    wallet.once("eth_requestAccounts", "pending");
    wallet.once("wallet_requestPermissions", "pending");
    await parameters.openParametersAction();
    await parameters.connectAction(wallet.name);
    await expect(parameters.locateNotice("Your wallet is already asking")).toBeVisible();
  });
});

test.describe("a signature", () => {
  test("that is declined loses nothing, and can be asked for again", async ({
    parameters,
    dialog,
    wallet,
    chain,
    devnet,
  }) => {
    const nonce = await chain.nonceOf(devnet.addressOf("operator"));
    wallet.once("eth_sendTransaction", "reject");
    await prepare({ parameters, wallet });
    await dialog.signAction();
    await dialog.expectText("You declined in the wallet");
    expect(await chain.nonceOf(devnet.addressOf("operator"))).toBe(nonce);
    await dialog.reviewAgainAction();
    await dialog.confirmAction(wallet);
    expect(await chain.nonceOf(devnet.addressOf("operator"))).toBe(nonce + 1n);
  });

  test("that is declined leaves the form as it was", async ({ parameters, dialog, wallet }) => {
    wallet.always("eth_sendTransaction", "reject");
    await prepare({ parameters, wallet });
    await dialog.signAction();
    await dialog.expectText("You declined in the wallet");
    await dialog.closeAction();
    await expect(parameters.locateValueField()).toHaveValue(PROPOSAL.percent);
  });

  test("that waits in the wallet already is not asked for twice", async ({ parameters, dialog, wallet }) => {
    wallet.once("eth_sendTransaction", "pending");
    await prepare({ parameters, wallet });
    await dialog.signAction();
    await dialog.expectText("Your wallet is already asking");
    expect(wallet.countOf("eth_sendTransaction")).toBe(1);
  });

  test("is asked for once, however often the button is pressed", async ({
    parameters,
    dialog,
    wallet,
    chain,
    devnet,
  }) => {
    const nonce = await chain.nonceOf(devnet.addressOf("operator"));
    await prepare({ parameters, wallet });
    const release = wallet.hold("eth_sendTransaction");
    await expect(dialog.locateSignButton()).toBeEnabled({ timeout: 30_000 });
    await dialog.locateSignButton().dblclick();
    await wallet.asked("eth_sendTransaction");
    await dialog.pressAction("Enter");
    await dialog.pressAction("Enter");
    release();
    await dialog.expectConfirmed();
    expect(wallet.countOf("eth_sendTransaction")).toBe(1);
    expect(await chain.nonceOf(devnet.addressOf("operator"))).toBe(nonce + 1n);
  });

  test("is asked for in one tab at a time", async ({
    parameters,
    dialog,
    wallet,
    context,
    site,
    scenario,
    endpoint,
  }) => {
    await prepare({ parameters, wallet });
    const release = wallet.hold("eth_sendTransaction");
    await dialog.signAction();
    await wallet.asked("eth_sendTransaction");
    const second = await context.newPage();
    const other = new ParametersPage(second, { site, scenario, endpoint });
    const otherDialog = new TransactionDialog(second);
    await other.openParametersAction();
    await other.proposeAction({ parameter: "Interest rate", percent: "12" });
    await other.reviewAction();
    await otherDialog.signAction();
    await otherDialog.expectText("Another request of this site is open");
    expect(wallet.countOf("eth_sendTransaction")).toBe(1);
    release();
    await dialog.expectConfirmed();
  });

  test("that is under way survives a reload and is sent once", async ({
    page,
    parameters,
    dialog,
    wallet,
    chain,
    devnet,
  }) => {
    const nonce = await chain.nonceOf(devnet.addressOf("operator"));
    await prepare({ parameters, wallet });
    await chain.automine(false);
    await dialog.signAction();
    await dialog.expectText(/You can close this; it goes on, also after a reload/);
    const hash = wallet.transactions.at(-1)?.hash;
    await page.reload();
    await expect(parameters.locateNotice(hash?.slice(0, 8) ?? "no hash")).toBeVisible({ timeout: 60_000 });
    await chain.mine();
    await chain.automine(true);
    await parameters.pollAction();
    await expect(parameters.locateToast()).toContainText(/confirmed|done|verified|included/i, {
      timeout: 60_000,
    });
    expect(wallet.countOf("eth_sendTransaction")).toBe(1);
    expect(await chain.nonceOf(devnet.addressOf("operator"))).toBe(nonce + 1n);
  });
});

test.describe("a wallet on another chain", () => {
  test("is offered the way back, and nothing is signed meanwhile", async ({ parameters, wallet }) => {
    await wallet.switchChain(1);
    await parameters.openParametersAction();
    await parameters.connectAction(wallet.name);
    await expect(parameters.locateNotice("Other chain")).toBeVisible();
    await parameters.proposeAction(PROPOSAL);
    await expect(parameters.locateReviewButton()).toBeDisabled();
    await expect(parameters.locateNotice("Switch the wallet to this vault's chain first.")).toBeVisible();
    await parameters.openWalletAction();
    await expect(parameters.locateNotice("Your wallet is on another chain than this page")).toBeVisible();
    await parameters.switchChainAction();
    await parameters.pressEscapeAction();
    await expect(parameters.locateReviewButton()).toBeEnabled({ timeout: 30_000 });
    expect(wallet.chainId).toBe(31_337);
  });

  test("between review and click voids the review; nothing is sent", async ({
    parameters,
    dialog,
    wallet,
  }) => {
    await prepare({ parameters, wallet });
    await expect(dialog.locateSignButton()).toBeEnabled({ timeout: 30_000 });
    await wallet.switchChain(1);
    await dialog.expectText("Your wallet is on another chain");
    await expect(dialog.locateSignButton()).toHaveCount(0);
    expect(wallet.countOf("eth_sendTransaction")).toBe(0);
    await wallet.switchChain(31_337);
    await dialog.expectText("The wallet's chain changed, so this was prepared again.");
    await dialog.confirmAction(wallet);
  });
});

test.describe("another account", () => {
  test("between review and click voids the review and is judged anew", async ({
    parameters,
    dialog,
    wallet,
    devnet,
  }) => {
    await prepare({ parameters, wallet });
    await expect(dialog.locateSignButton()).toBeEnabled({ timeout: 30_000 });
    await wallet.switchAccounts([devnet.addressOf("stranger")]);
    // The chain was asked for the stranger's role, and said no.
    await dialog.expectText(/Only an account with the timelock's proposer role/);
    await expect(dialog.locateSignButton()).toHaveCount(0);
    expect(wallet.countOf("eth_sendTransaction")).toBe(0);
  });
});
