import { expect, test } from "../fixtures/test";
import { VaultPages } from "../pages/vault-pages";

const PERCENT = 16; // decimals of a per cent when 10^18 is 100 %

test.describe("the overview of a vault", () => {
  test("shows the four headline numbers that the history implies", async ({
    page,
    site,
    devnet,
    endpoint,
  }) => {
    const scenario = devnet.scenario("core");
    const { totals, unrealised, realised } = scenario.expected;
    const overview = new VaultPages(page, { site, scenario, endpoint });
    await overview.openOverviewAction();
    await overview.expectFigure("Unrealised shortfall", {
      exact: unrealised.shortfallAssets,
      decimals: scenario.decimals,
    });
    const wad = 10n ** 18n;
    await overview.expectFigure("Bad-debt ratio", {
      exact: (unrealised.shortfallAssets * wad) / totals.totalAssets,
      decimals: PERCENT,
    });
    await overview.expectFigure("Realised loss", {
      exact: (realised.badDebtAssets * wad) / (totals.totalAssets + realised.badDebtAssets),
      decimals: PERCENT,
    });
    const open = scenario.expected.managers.filter(({ canLiquidate }) => canLiquidate).length;
    const [worst] = await overview.readTable(/^Alerts at block/);
    expect(worst).toMatchObject({
      Figure: `${open} managers`,
      Block: scenario.expected.blockNumber.toLocaleString("en-GB"),
    });
  });

  test("prints on an upright page, with its tables whole and without anything to press", async ({
    page,
    site,
    devnet,
    endpoint,
  }) => {
    const scenario = devnet.scenario("core");
    const vault = new VaultPages(page, { site, scenario, endpoint });
    await page.setViewportSize({ width: 794, height: 1_123 });
    for (const suffix of ["", "/positions", "/liquidations"]) {
      await page.emulateMedia({ media: "screen" });
      await vault.openAction(vault.route(suffix));
      await expect(page.getByRole("table").first()).toBeVisible({ timeout: 60_000 });
      await page.emulateMedia({ media: "print" });
      await expect.poll(() => vault.overflowOf(), suffix).toBeLessThanOrEqual(0);
      await expect(page.locator("button:visible:not(thead button)")).toHaveCount(0);
      await expect(page.locator("input:visible, select:visible")).toHaveCount(0);
    }
  });

  test("costs at most two requests a block, and none while nobody looks", async ({
    page,
    site,
    devnet,
    endpoint,
    chain,
  }) => {
    const scenario = devnet.scenario("core");
    const overview = new VaultPages(page, { site, scenario, endpoint });
    await overview.openOverviewAction();
    await overview.pollAction();
    for (let blocks = 1n; blocks <= 3n; blocks += 1n) {
      await chain.mine();
      endpoint.resetCounts();
      await overview.pollAction();
      await overview.expectBlock(scenario.expected.blockNumber + blocks);
      expect(endpoint.counts().requests).toBeLessThanOrEqual(2);
    }
    await overview.hideAction(true);
    await chain.mine();
    endpoint.resetCounts();
    await overview.pollAction();
    await overview.pollAction();
    expect(endpoint.counts().requests).toBe(0);
    await overview.hideAction(false);
    await overview.expectBlock(scenario.expected.blockNumber + 4n);
  });
});
