import { isCutFrom } from "../fixtures/amounts";
import { worstFallFromLogs } from "../fixtures/answer-logs";
import { graveViolations } from "../fixtures/axe";
import { readUint } from "../fixtures/contracts";
import type { Scenario } from "../fixtures/devnet";
import { readMarket } from "../fixtures/market";
import { test as base, expect } from "../fixtures/test";
import { AssetsPage, COLLATERAL_TABLE, PRICE_TABLE } from "../pages/assets-page";
import { SiteFrame } from "../pages/site-frame";

interface Stage {
  readonly scenario: Scenario;
  readonly assets: AssetsPage;
  readonly frame: SiteFrame;
}

const test = base.extend<Stage>({
  scenario: async ({ devnet }, run) => run(devnet.scenario("core")),
  assets: async ({ page, site, scenario, endpoint }, run) =>
    run(new AssetsPage(page, { site, scenario, endpoint })),
  frame: async ({ page }, run) => run(new SiteFrame(page)),
});

const WAD = 10n ** 18n;
const HOUR_SECONDS = 3_600n;

/** A decimal text in units of 10^-decimals. */
function unitsOf(text: string, decimals: number): bigint {
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(decimals, "0"));
}

test.describe("the assets", () => {
  test("show shares of the whole, exits that the pool confirms, and falls that the feed's logs confirm", async ({
    page,
    assets,
    scenario,
    devnet,
    chain,
    frame,
  }) => {
    const { decimals, expected } = scenario;
    await assets.openAssetsAction();

    const rows = await assets.readTable(COLLATERAL_TABLE);
    const owing = expected.managers.filter((one) => one.principalAssets + one.interestAssets > 0n);
    const value = owing.reduce((sum, one) => sum + one.valueAssets, 0n);
    await assets.expectFigure("Collateral of all positions", { exact: value, decimals });
    await assets.readPastAction();
    const file = await assets.readFileAction();
    expect(file.map(({ symbol }) => symbol)).toHaveLength(rows.length);
    const shares = file.reduce((sum, one) => sum + unitsOf(one.share_of_collateral ?? "", 18), 0n);
    expect(shares).toBeLessThanOrEqual(WAD);
    expect(WAD - shares).toBeLessThan(BigInt(file.length));

    const market = await readMarket(chain, { devnet, scenario, ticker: "WETH" });
    const weth = file.find(({ symbol }) => symbol === "WETH");
    for (const [percent, keptBps] of [
      ["1", 9_900n],
      ["2", 9_800n],
      ["5", 9_500n],
    ] as const) {
      const depth = unitsOf(weth?.[`exit_depth_${percent}_percent`] ?? "", 18);
      await assets.expectCell(COLLATERAL_TABLE, {
        row: "WETH",
        column: `Exit depth ${percent}%`,
        amount: { exact: depth, decimals: 18 },
      });
      expect(depth).toBeGreaterThan(0n);
      // The pool rounds its proceeds down by less than one unit.
      expect((await market.quote(depth)) + 1n).toBeGreaterThan(market.worth(depth, keptBps));
      const more = depth + depth / 10_000n;
      expect(await market.quote(more)).toBeLessThan(market.worth(more, keptBps));
    }

    const fall = await worstFallFromLogs(chain, { feed: devnet.feedOf("WETH"), seconds: HOUR_SECONDS });
    expect(fall.fallWad).toBeGreaterThan(0n);
    const hour = (await assets.readTable(PRICE_TABLE)).find(({ Asset }) => Asset?.startsWith("WETH"))?.[
      "Worst hour"
    ];
    expect(isCutFrom(hour ?? "", { exact: fall.fallWad, decimals: 16 }), `${hour} for ${fall.fallWad}`).toBe(
      true,
    );
    expect(hour).toContain(new Date(Number(fall.atSeconds) * 1_000).toISOString().slice(0, 10));

    await expect(assets.locateNotice(/a price that no market reaches/)).toBeVisible();
    const details = await assets.openDetailsAction("WETH");
    await expect(details).toContainText(devnet.feedOf("WETH"));
    await expect(details).toContainText(market.pool);
    await expect(page).toHaveURL(/asset=0x/);

    await page.emulateMedia({ reducedMotion: "reduce" });
    for (const { width, colorScheme, at } of [
      { width: 1_440, colorScheme: "light", at: "everything" },
      { width: 1_440, colorScheme: "dark", at: "colours" },
      { width: 360, colorScheme: "dark", at: "places" },
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await frame.expectTheme(colorScheme);
      await expect.poll(() => assets.overflowOf(), `wider than ${width} px`).toBeLessThanOrEqual(0);
      expect(await graveViolations(page, { at }), `${colorScheme}, ${width} px wide`).toEqual([]);
    }
  });

  test("withdrawable now is what the vault itself would pay out, for every kind of holder", async ({
    assets,
    scenario,
    chain,
  }) => {
    const { decimals, expected, vault } = scenario;
    const [largest, ...others] = expected.holders.toSorted((a, b) => (a.shares < b.shares ? 1 : -1));
    const left = others.find(({ shares }) => shares === 0n);
    if (largest === undefined) throw new Error("nobody holds shares");
    await assets.openLpsAction();
    for (const { address } of [largest, ...(left === undefined ? [] : [left])]) {
      await assets.askWithdrawableAction(address);
      const exact = await readUint(chain, {
        contract: "FluxVault",
        address: vault,
        functionName: "maxWithdraw",
        args: [address],
      });
      await assets.expectFigure("Withdrawable now", { exact, decimals });
    }
  });
});
