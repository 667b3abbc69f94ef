import { isCutFrom } from "../fixtures/amounts";
import { graveViolations } from "../fixtures/axe";
import type { Scenario } from "../fixtures/devnet";
import { atFallenPrices, closingCostsOf } from "../fixtures/shocked-feeds";
import { test as base, expect } from "../fixtures/test";
import { SiteFrame } from "../pages/site-frame";
import { StressPage } from "../pages/stress-page";

interface Stage {
  readonly scenario: Scenario;
  readonly stress: StressPage;
  readonly frame: SiteFrame;
}

const test = base.extend<Stage>({
  scenario: async ({ devnet }, run) => run(devnet.scenario("core")),
  stress: async ({ page, site, scenario, endpoint }, run) =>
    run(new StressPage(page, { site, scenario, endpoint })),
  frame: async ({ page }, run) => run(new SiteFrame(page)),
});

const COLLATERAL = ["WETH", "WBTC", "ARB"] as const;

test.describe("the stress page", () => {
  test("prints of a shock what the contracts answer at those prices", async ({
    page,
    stress,
    scenario,
    devnet,
    chain,
  }) => {
    const { decimals, expected } = scenario;
    const costsOf = (tickers: readonly string[], fallBps: bigint) =>
      atFallenPrices(chain, { feeds: tickers.map((one) => devnet.feedOf(one)), fallBps }, () =>
        closingCostsOf(chain, scenario),
      );
    const expectOutcome = async (costs: Awaited<ReturnType<typeof costsOf>>): Promise<void> => {
      await stress.expectFigure("LP loss", { exact: costs.lpLossAssets, decimals });
      await stress.expectFigure("Bad debt L", { exact: costs.badDebtAssets, decimals });
      await stress.expectFigure("Liquidations at risk", { exact: costs.liquidatableDebtAssets, decimals });
      await stress.expectFigure("Managers that fall", {
        exact: BigInt(costs.liquidatable.length),
        decimals: 0,
      });
      expect(new Set(await stress.readFallen())).toEqual(new Set(costs.liquidatable));
    };
    await stress.openStressAction();
    await expect(stress.locateNotice("As the contracts would answer at these prices.")).toBeVisible();

    await stress.pressPresetAction("−50%");
    const half = await costsOf(COLLATERAL, 5_000n);
    expect(half.losing.length).toBeGreaterThan(3);
    await expectOutcome(half);
    await expect(page).toHaveURL(/fall=50/);

    await stress.typeFallAction("17.35");
    await expectOutcome(await costsOf(COLLATERAL, 1_735n));

    await stress.chooseAction("One asset");
    await stress.chooseAssetAction("WBTC");
    await expectOutcome(await costsOf(["WBTC"], 1_735n));

    await stress.chooseAction("Several");
    await stress.tickAssetAction("ARB");
    const two = await costsOf(["WBTC", "ARB"], 1_735n);
    await expectOutcome(two);

    const [holder] = expected.holders.toSorted((a, b) => (a.shares < b.shares ? 1 : -1));
    if (holder === undefined) throw new Error("nobody holds shares");
    await stress.askForAction(holder.address);
    const { totalSupplyShares } = expected.totals;
    // Six digits of virtual shares weigh less than the last digit shown.
    const part = (holder.shares * two.lpLossAssets) / totalSupplyShares;
    await expect
      .poll(async () => {
        const shown = (await stress.locateFigure("You would lose").innerText()).replace("You would lose", "");
        return isCutFrom(shown, { exact: part, decimals }) || shown;
      })
      .toBe(true);

    // What was chosen stands in the address: somebody else sees the same.
    await expect(page).toHaveURL(/who=0x/);
    await page.reload();
    await expectOutcome(two);
    await expect(stress.locateAddressField()).toHaveValue(holder.address);
  });

  test("names what no market moves, what has no exchange, and the past as history", async ({
    page,
    stress,
    frame,
    endpoint,
  }) => {
    await stress.openStressAction();
    await expect(stress.locateNotice("eUSD: fixed oracle price")).toBeVisible();
    await stress.expectFigureUnknown("Market-marked shortfall");
    await expect(stress.locateFigure("Market-marked shortfall")).toContainText(
      "no exchange is configured for eUSD",
    );
    const rows = await stress.readTable(/^History on today/);
    expect(rows.map((row) => row.Over)).toEqual(["1 hour", "24 hours"]);
    for (const row of rows) expect(Number(row.Samples)).toBeGreaterThan(100);
    expect(await page.getByText(/forecast/i).count()).toBe(0);
    await stress.pressPresetAction(/^Worst recorded day/);
    await expect(stress.locateFigure("LP loss")).not.toHaveText(/LP loss0\.00/);

    await page.emulateMedia({ reducedMotion: "reduce" });
    await endpoint.quiet();
    for (const { width, colorScheme, at } of [
      { width: 1_440, colorScheme: "light", at: "everything" },
      { width: 1_440, colorScheme: "dark", at: "colours" },
      { width: 360, colorScheme: "dark", at: "places" },
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await frame.expectTheme(colorScheme);
      await expect.poll(() => stress.overflowOf(), `wider than ${width} px`).toBeLessThanOrEqual(0);
      expect(await graveViolations(page, { at }), `${colorScheme}, ${width} px wide`).toEqual([]);
    }
  });
});

test("the corridor tells the documentation's example, a real loss, and both payment rules", async ({
  page,
  stress,
  scenario,
}) => {
  await stress.openCorridorAction();
  await expect(stress.locateCorridorLine("Bad debt then")).toContainText("5,000.00 USDC");
  await expect(stress.locateCorridorLine(/^Bad debtat/)).toContainText("5,950.00 USDC");
  await expect(stress.locateStop()).toContainText("Insolvent");
  await stress.dragValueAction("100.5");
  await expect(stress.locateStop()).toContainText("dead zone");
  await expect(stress.locateStop()).toContainText("Liquidatable");
  await stress.chooseRuleAction("b");
  await expect(stress.locateStop()).toContainText("Below the bad-debt line");
  await expect(stress.locateCorridor()).toContainText(
    "A larger liquidation buffer means later liquidation and a thinner LP cushion.",
  );
  const [newest] = scenario.expected.liquidations
    .filter(({ badDebtAssets }) => badDebtAssets > 0n)
    .toReversed();
  if (newest === undefined) throw new Error("nothing was lost");
  await stress.chooseCaseAction(1);
  await expect
    .poll(async () => {
      const shown = await stress.locateCorridorLine("Bad debt then").locator("dd").innerText();
      return isCutFrom(shown, { exact: newest.badDebtAssets, decimals: scenario.decimals }) || shown;
    })
    .toBe(true);
  await page.setViewportSize({ width: 360, height: 800 });
  await expect.poll(() => stress.overflowOf()).toBeLessThanOrEqual(0);
});
