import { graveViolations } from "../fixtures/axe";
import type { Scenario } from "../fixtures/devnet";
import { atFallenPrices, type ClosingCosts, closingCostsOf } from "../fixtures/shocked-feeds";
import { test as base, expect } from "../fixtures/test";
import { AHEAD_TABLE, PositionsPage } from "../pages/positions-page";
import { SiteFrame } from "../pages/site-frame";

interface Stage {
  readonly scenario: Scenario;
  readonly positions: PositionsPage;
  readonly frame: SiteFrame;
  /** What the contracts say with every price but the base asset's fallen by hundredths of a per cent. */
  readonly fallen: (fallBps: bigint) => Promise<ClosingCosts>;
}

const COLLATERAL = ["WETH", "WBTC", "ARB"] as const;

const test = base.extend<Stage>({
  scenario: async ({ devnet }, run) => run(devnet.scenario("core")),
  positions: async ({ page, site, scenario, endpoint }, run) =>
    run(new PositionsPage(page, { site, scenario, endpoint })),
  frame: async ({ page }, run) => run(new SiteFrame(page)),
  fallen: async ({ chain, devnet, scenario }, run) => {
    const feeds = COLLATERAL.map((ticker) => devnet.feedOf(ticker));
    const known = new Map<bigint, ClosingCosts>();
    await run(async (fallBps) => {
      const found =
        known.get(fallBps) ??
        (await atFallenPrices(chain, { feeds, fallBps }, () => closingCostsOf(chain, scenario)));
      known.set(fallBps, found);
      return found;
    });
  },
});

const LOOKS = [
  { width: 1_440, colorScheme: "light", at: "everything" },
  { width: 1_440, colorScheme: "dark", at: "colours" },
  { width: 360, colorScheme: "dark", at: "places" },
] as const;

/** "12.34%" as 1,234; nothing for what is no fall. */
function bpsOf(text: string | undefined): bigint | undefined {
  const match = /^(\d+)\.(\d{2})%$/.exec(text ?? "");
  return match === null ? undefined : BigInt(`${match[1]}${match[2]}`);
}

test.describe("what is ahead of the positions", () => {
  test("is what the contracts answer a step of a hundredth of a per cent later, and not before", async ({
    positions,
    scenario,
    fallen,
  }) => {
    await positions.openAheadAction();
    const rows = await positions.readTable(AHEAD_TABLE);
    const now = await fallen(0n);
    let ahead = 0;
    for (const { address, principalAssets, interestAssets } of scenario.expected.managers) {
      if (principalAssets + interestAssets === 0n) continue;
      const row = rows.find((one) => one.Manager?.includes(address));
      const printed = bpsOf(row?.["Fall to liquidation"]);
      if (printed === undefined) {
        expect(row?.["Fall to liquidation"], address).toBe("already");
        expect(now.liquidatable).toContain(address);
        continue;
      }
      expect((await fallen(printed)).liquidatable, `${address} at ${printed}`).not.toContain(address);
      expect((await fallen(printed + 1n)).liquidatable, `${address} after ${printed}`).toContain(address);
      ahead += 1;
      const losing = bpsOf(row?.["Fall to bad debt"]);
      if (losing === undefined) continue;
      expect((await fallen(losing)).losing, `${address} at ${losing}`).not.toContain(address);
      expect((await fallen(losing + 1n)).losing, `${address} after ${losing}`).toContain(address);
    }
    expect(ahead).toBeGreaterThan(8);
    expect(now.liquidatable.length).toBeGreaterThan(2);
  });

  test("can be narrowed, passed on by its address, and saved with every column", async ({
    page,
    positions,
    fallen,
  }) => {
    await positions.openAheadAction();
    const within = new Set((await fallen(1_100n)).liquidatable);
    await positions.limitFallAction("11");
    await expect(positions.locateNotice(/managers shown/)).toBeVisible();
    const rows = await positions.readTable(AHEAD_TABLE);
    expect(
      new Set(rows.map(({ Manager = "" }) => /0x[0-9a-f]{40}/i.exec(Manager)?.[0].toLowerCase())),
    ).toEqual(within);
    await positions.chooseExposureAction("WBTC");
    await expect(page).toHaveURL(/set=ahead&within=11&asset=0x|set=ahead&asset=0x[0-9a-f]{40}&within=11/);
    const narrowed = await positions.readTable(AHEAD_TABLE);
    expect(narrowed.length).toBeGreaterThan(0);
    expect(narrowed.length).toBeLessThan(rows.length);
    expect(narrowed.every(({ Exposed = "" }) => Exposed.includes("WBTC"))).toBe(true);

    await page.reload();
    await expect(positions.locateTable(AHEAD_TABLE)).toBeVisible({ timeout: 60_000 });
    await positions.readRoundsAction();
    await expect(positions.locateTable(AHEAD_TABLE)).toContainText("Hit 24 h (model)", {
      timeout: 30_000,
    });
    const [header = [], ...lines] = await positions.downloadCsvAction();
    expect(lines).toHaveLength(narrowed.length);
    const column = (name: string): readonly (string | undefined)[] =>
      lines.map((line) => line[header.indexOf(name)]);
    expect(column("exposed_to")).toEqual(lines.map(() => "WBTC"));
    expect(column("exact")).toEqual(lines.map(() => "yes"));
    for (const value of [...column("fall_to_bad_debt"), ...column("chance_week_high_model")])
      expect(value).toMatch(/^(0\.\d+|already)/);
  });

  test("of one manager: a price tried on it, its past, and a page for everybody", async ({
    page,
    positions,
    frame,
    scenario,
    fallen,
    endpoint,
  }) => {
    test.setTimeout(180_000);
    await positions.openAheadAction();
    const rows = await positions.readTable(AHEAD_TABLE);
    const someone = scenario.expected.managers.find(({ address }) => {
      const row = rows.find((one) => one.Manager?.includes(address));
      return (bpsOf(row?.["Fall to liquidation"]) ?? 0n) > 500n;
    });
    if (someone === undefined) throw new Error("nobody is ahead");
    const { address } = someone;
    await positions.openManagerAction(address, "?fall=1");
    await expect(positions.locateOutcome()).toContainText(/Can be liquidated\s*now No\s*No/);
    expect((await fallen(100n)).liquidatable).not.toContain(address);
    await positions.typeFallAction("60");
    await expect(positions.locateOutcome()).toContainText(/Can be liquidated\s*now No\s*Yes/);
    await expect(page).toHaveURL(/fall=60/);
    expect((await fallen(6_000n)).losing).toContain(address);

    await positions.readPastAction();
    await expect(positions.locateHealthChart()).toBeVisible({ timeout: 60_000 });
    await expect(positions.locateNotice(/^At the ends of \d+ blocks/)).toBeVisible();

    await page.emulateMedia({ reducedMotion: "reduce" });
    for (const open of [
      async () => undefined,
      async () => {
        await positions.openAheadAction();
        await positions.readRoundsAction();
        await expect(positions.locateTable(AHEAD_TABLE)).toContainText("Hit 24 h (model)");
      },
    ]) {
      await page.setViewportSize({ width: 1_440, height: 900 });
      await open();
      await endpoint.quiet();
      for (const { width, colorScheme, at } of LOOKS) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        await frame.expectTheme(colorScheme);
        await expect.poll(() => positions.overflowOf(), `wider than ${width} px`).toBeLessThanOrEqual(0);
        expect(await graveViolations(page, { at }), `${colorScheme}, ${width} px wide`).toEqual([]);
      }
    }
  });
});
