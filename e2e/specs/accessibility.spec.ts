import { graveViolations } from "../fixtures/axe";
import type { Scenario } from "../fixtures/devnet";
import { test as base, expect } from "../fixtures/test";
import { Keyboard } from "../pages/keyboard";
import { CANDIDATES, LiquidationsPage } from "../pages/liquidations-page";
import { ParametersPage } from "../pages/parameters-page";
import { SiteFrame } from "../pages/site-frame";
import { TransactionDialog } from "../pages/transaction-dialog";
import { TransparencyPage } from "../pages/transparency-page";
import { LEDGER_TABLE, LP_TABLE, VaultPages } from "../pages/vault-pages";

interface Stage {
  readonly scenario: Scenario;
  /** A manager who can be liquidated, at a loss. */
  readonly manager: string;
  readonly frame: SiteFrame;
  readonly vault: VaultPages;
  readonly liquidations: LiquidationsPage;
  readonly parameters: ParametersPage;
  readonly publicPage: TransparencyPage;
  readonly dialog: TransactionDialog;
  readonly keyboard: Keyboard;
  /** Looks at the open page in both themes and at both widths. */
  readonly expectAccessible: () => Promise<void>;
}

/** Everything once, then what another theme changes, and what a small phone's width does. */
const LOOKS = [
  { width: 1_440, colorScheme: "light", at: "everything" },
  { width: 1_440, colorScheme: "dark", at: "colours" },
  { width: 360, colorScheme: "dark", at: "places" },
] as const;
/** The name alone: tables about some of the managers say more. */
const MANAGER_TABLE = /^Managers$/;
const FIRST_READ_MS = 60_000;

const test = base.extend<Stage>({
  scenario: async ({ devnet }, run) => run(devnet.scenario("core")),
  manager: async ({ scenario }, run) => {
    const [one] = scenario.expected.managers.filter(
      ({ badDebtIfClosedAssets }) => badDebtIfClosedAssets > 0n,
    );
    if (one === undefined) throw new Error("nobody would cost the LPs");
    await run(one.address);
  },
  frame: async ({ page }, run) => run(new SiteFrame(page)),
  vault: async ({ page, site, scenario, endpoint }, run) =>
    run(new VaultPages(page, { site, scenario, endpoint })),
  liquidations: async ({ page, site, scenario, endpoint }, run) =>
    run(new LiquidationsPage(page, { site, scenario, endpoint })),
  parameters: async ({ page, site, scenario, endpoint }, run) =>
    run(new ParametersPage(page, { site, scenario, endpoint })),
  publicPage: async ({ page, site, scenario, endpoint }, run) =>
    run(new TransparencyPage(page, { site, scenario, endpoint })),
  dialog: async ({ page }, run) => run(new TransactionDialog(page)),
  keyboard: async ({ page }, run) => run(new Keyboard(page)),
  expectAccessible: async ({ page, frame, vault, endpoint }, run) =>
    run(async () => {
      await page.emulateMedia({ reducedMotion: "reduce" });
      await endpoint.quiet();
      for (const { width, colorScheme, at } of LOOKS) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        await frame.expectTheme(colorScheme);
        await expect.poll(() => vault.overflowOf(), `wider than ${width} px`).toBeLessThanOrEqual(0);
        expect(await graveViolations(page, { at }), `${colorScheme}, ${width} px wide`).toEqual([]);
      }
    }),
});

test.describe("no serious accessibility fault, in either theme, wide or narrow, and no sideways scroll:", () => {
  test("the vaults", async ({ vault, expectAccessible }) => {
    await vault.openAction("/");
    await expect(vault.locateFigure("Unrealised shortfall").first()).toBeVisible({ timeout: FIRST_READ_MS });
    await expectAccessible();
  });

  test("the overview", async ({ vault, expectAccessible }) => {
    await vault.openOverviewAction();
    await expect(vault.locateTable(LEDGER_TABLE)).toBeVisible();
    await expectAccessible();
  });

  test("the positions", async ({ vault, expectAccessible }) => {
    await vault.openAction(vault.route("/positions"));
    await expect(vault.locateTable(MANAGER_TABLE)).toBeVisible({ timeout: FIRST_READ_MS });
    await expectAccessible();
  });

  test("a manager", async ({ vault, manager, expectAccessible }) => {
    await vault.openAction(vault.route(`/positions/${manager}`));
    await expect(vault.locateTable("Composition of the position")).toBeVisible({ timeout: FIRST_READ_MS });
    await expect(vault.locateTable("History of this manager")).toBeVisible();
    await expectAccessible();
  });

  test("the LPs", async ({ vault, expectAccessible }) => {
    await vault.openLpsAction();
    await expect(vault.locateTable(LP_TABLE)).toBeVisible();
    await expectAccessible();
  });

  test("an LP", async ({ vault, devnet, expectAccessible }) => {
    await vault.openLpAction(devnet.addressOf("Ada"));
    await expect(vault.locateTable("Losses and recoveries of this LP")).toBeVisible({
      timeout: FIRST_READ_MS,
    });
    await expectAccessible();
  });

  test("the liquidations, with a manager chosen", async ({ liquidations, manager, expectAccessible }) => {
    await liquidations.openLiquidationsAction();
    await liquidations.chooseAction(manager);
    await expectAccessible();
  });

  test("the review of a transaction", async ({
    liquidations,
    dialog,
    manager,
    wallet,
    devnet,
    expectAccessible,
  }) => {
    await wallet.switchAccounts([devnet.addressOf("Castor")]);
    await liquidations.openLiquidationsAction();
    await liquidations.chooseAction(manager);
    await liquidations.connectInStepAction(wallet.name);
    await liquidations.beginStepAction("Simulate and review");
    await expect(dialog.locateSignButton()).toBeEnabled({ timeout: FIRST_READ_MS });
    await expectAccessible();
  });

  test("the parameters, with a proposal that is refused by default", async ({
    parameters,
    wallet,
    scenario,
    expectAccessible,
  }) => {
    await parameters.openParametersAction();
    await parameters.connectAction(wallet.name);
    const percent = (scenario.expected.parameters.minBondRatioWad / 10n ** 16n + 5n).toString();
    await parameters.proposeAction({ parameter: "Minimum bond ratio", percent });
    await expect(parameters.locateNotice("Refused by default")).toBeVisible();
    await expectAccessible();
  });

  test("the parameters, with a value that cannot be", async ({ parameters, wallet, expectAccessible }) => {
    await parameters.openParametersAction();
    await parameters.connectAction(wallet.name);
    await parameters.proposeAction({ parameter: "Interest rate", percent: "abc" });
    await expect(parameters.locateValueField()).toHaveAttribute("aria-invalid", "true");
    await expectAccessible();
  });

  test("the public page", async ({ publicPage, expectAccessible }) => {
    await publicPage.openPublicAction();
    await expect(publicPage.locateTable(LEDGER_TABLE)).toBeVisible();
    await expectAccessible();
  });

  test("old figures of an endpoint that is down", async ({ vault, endpoint, chain, expectAccessible }) => {
    await vault.openOverviewAction();
    endpoint.add({ fault: { kind: "status", status: 503 } });
    await chain.mine();
    await vault.pollAction();
    await expect(vault.locateNotice(/endpoint|Stale/i)).toBeVisible();
    await expectAccessible();
  });

  test("the choice of a wallet", async ({ vault, frame, wallet, expectAccessible }) => {
    await vault.openAction("/nothing/here");
    await frame.locateConnectButton().click();
    await expect(frame.locateWalletChoice(wallet.name)).toBeVisible();
    await expectAccessible();
  });

  test("a formula", async ({ vault, frame, expectAccessible }) => {
    await vault.openOverviewAction();
    await frame.locateFormulaButton("Bad-debt ratio").click();
    await expect(frame.locateFormula("Bad-debt ratio")).toBeVisible();
    await expectAccessible();
  });

  test("a configuration that cannot be used", async ({ vault, site, expectAccessible }) => {
    site.configure("{");
    await vault.openAction("/");
    await expect(vault.locateHeading("The configuration cannot be used")).toBeVisible();
    await expectAccessible();
  });

  test("an address without a page", async ({ vault, expectAccessible }) => {
    await vault.openAction("/nothing/here");
    await expect(vault.locateHeading("No such page")).toBeVisible();
    await expectAccessible();
  });
});

test.describe("with the keyboard alone", () => {
  test("a reader goes from page to page and looks up an address", async ({
    vault,
    frame,
    keyboard,
    devnet,
  }) => {
    await vault.openOverviewAction();
    await keyboard.tabToAction(frame.locatePageLink("LPs"));
    await keyboard.pressAction("Enter");
    await expect(vault.locateTable(LP_TABLE)).toBeVisible();
    await keyboard.tabToAction(vault.locateLookup());
    const ada = devnet.addressOf("Ada");
    await keyboard.typeAction(ada);
    await keyboard.pressAction("Enter");
    await expect(vault.locateHeading(new RegExp(ada.slice(-6), "i"))).toBeVisible();
  });

  test("a reader skips the bar, opens a formula, closes it and is back where it was", async ({
    vault,
    frame,
    keyboard,
  }) => {
    await vault.openOverviewAction();
    await keyboard.pressAction("Tab");
    await expect(frame.locateSkipLink()).toBeFocused();
    await keyboard.pressAction("Enter");
    await expect(frame.locateContent()).toBeFocused();
    const button = frame.locateFormulaButton("Bad-debt ratio");
    await keyboard.tabToAction(button);
    await keyboard.pressAction("Enter");
    await expect(frame.locateFormula("Bad-debt ratio")).toBeVisible();
    await keyboard.pressAction("Escape");
    await expect(frame.locateFormula("Bad-debt ratio")).toBeHidden();
    await expect(button).toBeFocused();
  });

  test("a liquidator connects, chooses a manager, reviews and signs", async ({
    liquidations,
    frame,
    dialog,
    keyboard,
    manager,
    wallet,
    devnet,
  }) => {
    await wallet.switchAccounts([devnet.addressOf("Castor")]);
    await liquidations.openLiquidationsAction();
    await keyboard.tabToAction(frame.locateConnectButton());
    await keyboard.pressAction("Enter");
    await keyboard.tabToAction(frame.locateWalletChoice(wallet.name));
    await keyboard.pressAction("Enter");
    await liquidations.expectConnected(devnet.addressOf("Castor"));
    await liquidations.pressEscapeAction();
    await expect(liquidations.locateTable(CANDIDATES)).toBeVisible();
    await keyboard.tabToAction(liquidations.locateChooseButton(manager));
    await keyboard.pressAction("Enter");
    const review = liquidations.locateStepButton("Simulate and review");
    await expect(review).toBeEnabled({ timeout: FIRST_READ_MS });
    await keyboard.tabToAction(review);
    await keyboard.pressAction("Enter");
    await expect(dialog.locateSignButton()).toBeEnabled({ timeout: FIRST_READ_MS });
    await keyboard.pressAction("Escape");
    await expect(dialog.locate()).toHaveCount(0);
    expect(wallet.countOf("eth_sendTransaction")).toBe(0);
    await expect(review).toBeFocused();
    await keyboard.pressAction("Enter");
    await expect(dialog.locateSignButton()).toBeEnabled({ timeout: FIRST_READ_MS });
    await keyboard.tabToAction(dialog.locateSignButton());
    await keyboard.pressAction("Enter");
    await dialog.expectConfirmed();
    expect(wallet.countOf("eth_sendTransaction")).toBe(1);
  });

  test("an operator chooses a parameter, types a value and reviews the change", async ({
    parameters,
    dialog,
    keyboard,
    wallet,
  }) => {
    await parameters.openParametersAction();
    await parameters.connectAction(wallet.name);
    await keyboard.tabToAction(parameters.locateChoice("Minimum bond ratio"));
    await keyboard.pressAction("ArrowRight");
    await expect(parameters.locateChoice("Interest rate")).toBeChecked();
    await keyboard.tabToAction(parameters.locateValueField());
    await keyboard.typeAction("9.5");
    await expect(parameters.locateReviewButton()).toBeEnabled({ timeout: FIRST_READ_MS });
    await keyboard.tabToAction(parameters.locateReviewButton());
    await keyboard.pressAction("Enter");
    await expect(dialog.locateSignButton()).toBeEnabled({ timeout: FIRST_READ_MS });
  });

  test("somebody on the public page copies the link to its figures and changes the colours", async ({
    publicPage,
    frame,
    keyboard,
    context,
  }) => {
    await context.grantPermissions(["clipboard-write"]);
    await publicPage.openPublicAction();
    await keyboard.tabToAction(frame.locateThemeButton());
    await keyboard.pressAction("Enter");
    await frame.expectTheme("light");
    await keyboard.pressAction("Enter");
    await frame.expectTheme("dark");
    await keyboard.tabToAction(publicPage.locateCopyLink());
    await keyboard.pressAction("Enter");
    await expect(publicPage.locateCopyLink().getByText(/ copied$/)).toBeAttached();
  });
});
