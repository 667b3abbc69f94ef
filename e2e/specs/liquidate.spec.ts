import { isCutFrom } from "../fixtures/amounts";
import { readUint } from "../fixtures/contracts";
import type { Scenario } from "../fixtures/devnet";
import { readLiquidation } from "../fixtures/events";
import { test as base, expect } from "../fixtures/test";
import { LiquidationsPage } from "../pages/liquidations-page";
import { TransactionDialog } from "../pages/transaction-dialog";
import { LEDGER_TABLE, VaultPages } from "../pages/vault-pages";

interface Stage {
  readonly scenario: Scenario;
  readonly liquidations: LiquidationsPage;
  readonly dialog: TransactionDialog;
}

const test = base.extend<Stage>({
  scenario: async ({ devnet }, run) => run(devnet.scenario("core")),
  liquidations: async ({ page, site, scenario, endpoint }, run) =>
    run(new LiquidationsPage(page, { site, scenario, endpoint })),
  dialog: async ({ page }, run) => run(new TransactionDialog(page)),
});

/** The manager whose closing costs the LPs most. */
function worstOf({ expected }: Scenario) {
  const [worst] = expected.managers.toSorted((a, b) =>
    a.badDebtIfClosedAssets < b.badDebtIfClosedAssets ? 1 : -1,
  );
  if (worst === undefined || worst.badDebtIfClosedAssets === 0n) throw new Error("nobody would cost the LPs");
  return worst;
}

test.describe("a first-time liquidator", () => {
  test("deploys, registers, approves and liquidates, and sees ledger, ratio and share price move by the right amounts", async ({
    page,
    site,
    endpoint,
    liquidations,
    dialog,
    scenario,
    devnet,
    wallet,
    chain,
  }) => {
    const { decimals, vault, expected } = scenario;
    const worst = worstOf(scenario);
    const dara = devnet.addressOf("Dara");
    await wallet.switchAccounts([dara]);

    await liquidations.openLiquidationsAction();
    await liquidations.chooseAction(worst.address);
    await liquidations.connectInStepAction(wallet.name);
    for (const step of ["Deploy executor", "Register executor", /^Approve /, "Simulate and review"]) {
      await liquidations.beginStepAction(step);
      await dialog.confirmAction(wallet);
    }
    await liquidations.expectClosed("you");

    const hash = wallet.transactions.at(-1)?.hash;
    if (hash === undefined) throw new Error("the wallet sent nothing");
    const event = await readLiquidation(chain, hash);
    expect(event.manager).toBe(worst.address);
    expect(event.liquidator).toBe(dara);
    // Interest has accrued for a few blocks since the scenario was worked out, and nothing else has changed.
    expect(event.badDebt).toBeGreaterThanOrEqual(worst.badDebtIfClosedAssets);
    expect(event.badDebt).toBeLessThan(worst.badDebtIfClosedAssets + 1_000_000n);

    const overview = new VaultPages(page, { site, scenario, endpoint });
    await overview.openOverviewAction();
    const badDebt = expected.realised.badDebtAssets + event.badDebt;
    const assets = await chain.totalAssetsOf(vault);
    const supply = await readUint(chain, {
      contract: "FluxVault",
      address: vault,
      functionName: "totalSupply",
    });
    const wad = 10n ** 18n;
    await overview.expectFigure("Gross bad debt", { exact: badDebt, decimals });
    await overview.expectFigure("Realised loss", {
      exact: (badDebt * wad) / (assets + badDebt),
      decimals: 16,
    });
    await overview.expectFigure("Share price", {
      exact: ((assets + 1n) * wad) / (supply + 1n),
      decimals: 18,
    });
    await overview.expectFigure("Unrealised shortfall", { exact: 0n, decimals });
    const [row] = (await overview.readTable(LEDGER_TABLE)).filter((one) =>
      Object.values(one).some((cell) => cell.includes(hash)),
    );
    if (row === undefined) throw new Error("the ledger has no row of this transaction");
    const shown = (column: string): string => row[column] ?? "";
    expect(isCutFrom(shown("True debt"), { exact: event.trueDebt, decimals })).toBe(true);
    expect(isCutFrom(shown("Payment"), { exact: event.payment, decimals })).toBe(true);
    expect(
      isCutFrom(shown("Bad debt / recovery").replace("Bad debt ", ""), { exact: event.badDebt, decimals }),
    ).toBe(true);
    expect(isCutFrom(shown("LP loss"), { exact: event.lpLoss, decimals })).toBe(true);
  });

  test("with an empty wallet sells the collateral and keeps what is left", async ({
    liquidations,
    dialog,
    scenario,
    devnet,
    wallet,
    chain,
  }) => {
    const { expected } = scenario;
    // The one whose position is worth more than it owes: its sale pays the debt.
    const [solvent] = expected.managers.filter((one) => one.canLiquidate && one.badDebtIfClosedAssets === 0n);
    if (solvent === undefined) throw new Error("nobody can be closed without a loss");
    const rhys = devnet.addressOf("Rhys");
    await wallet.switchAccounts([rhys]);
    await liquidations.openLiquidationsAction();
    await liquidations.chooseAction(solvent.address);
    await liquidations.connectInStepAction(wallet.name);
    for (const step of ["Deploy executor", "Register executor"]) {
      await liquidations.beginStepAction(step);
      await dialog.confirmAction(wallet);
    }
    await liquidations.payByAction("Sell collateral");
    await liquidations.beginStepAction("Simulate and review");
    await dialog.confirmAction(wallet);
    await liquidations.expectClosed("you");
    const hash = wallet.transactions.at(-1)?.hash;
    if (hash === undefined) throw new Error("the wallet sent nothing");
    expect(await readLiquidation(chain, hash)).toMatchObject({
      manager: solvent.address,
      liquidator: rhys,
      badDebt: 0n,
    });
    expect(wallet.transactions.some((one) => one.data.startsWith("0x095ea7b3"))).toBe(false);
  });
});

test("a manager who cannot be liquidated gets the reason and no steps, whatever the address says", async ({
  page,
  liquidations,
  scenario,
}) => {
  const healthy = scenario.expected.managers.find((one) => !one.canLiquidate && one.principalAssets > 0n);
  if (healthy === undefined) throw new Error("nobody is healthy");
  await liquidations.openManagerAction(healthy.address);
  await expect(page.getByText(/^It cannot be liquidated at block/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("Fall of its other assets to T")).toBeVisible();
  await expect(liquidations.locateSteps()).toHaveCount(0);
  await expect(page.getByRole("term").filter({ hasText: /gain|Payment asked/ })).toHaveCount(0);
});

test.describe("a liquidation that somebody else wins", () => {
  test("is refused at the click with the contract's own reason, and nothing is asked of the wallet", async ({
    liquidations,
    dialog,
    scenario,
    devnet,
    wallet,
    chain,
  }) => {
    const worst = worstOf(scenario);
    await wallet.switchAccounts([devnet.addressOf("Castor")]);
    await liquidations.openLiquidationsAction();
    await liquidations.chooseAction(worst.address);
    await liquidations.connectInStepAction(wallet.name);
    await liquidations.beginStepAction("Simulate and review");
    await expect(dialog.locateSignButton()).toBeEnabled({ timeout: 30_000 });
    const asked = wallet.countOf("eth_sendTransaction");

    await chain.publishPrice({
      feed: devnet.feedOf("WETH"),
      publisher: devnet.addressOf("keeper"),
      percent: 300n,
    });
    await dialog.signAction();
    await dialog.expectText(/PositionNotLiquidatable/);
    expect(wallet.countOf("eth_sendTransaction")).toBe(asked);
  });

  test("and was signed already is named as refused, with the reason decoded", async ({
    liquidations,
    dialog,
    scenario,
    devnet,
    wallet,
    chain,
  }) => {
    const worst = worstOf(scenario);
    await wallet.switchAccounts([devnet.addressOf("Castor")]);
    await liquidations.openLiquidationsAction();
    await liquidations.chooseAction(worst.address);
    await liquidations.connectInStepAction(wallet.name);
    await liquidations.beginStepAction("Simulate and review");
    const release = wallet.hold("eth_sendTransaction");
    await dialog.signAction();
    await expect.poll(() => wallet.transactions.length).toBe(1);
    await chain.publishPrice({
      feed: devnet.feedOf("WETH"),
      publisher: devnet.addressOf("keeper"),
      percent: 300n,
    });
    release();
    await dialog.expectText(/Included, and refused by the contract/);
    await dialog.expectText(/PositionNotLiquidatable/);
  });
});
