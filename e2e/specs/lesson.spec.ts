import { isCutFrom } from "../fixtures/amounts";
import type { Scenario } from "../fixtures/devnet";
import { test as base, expect } from "../fixtures/test";
import { LEDGER_TABLE, LP_TABLE, VaultPages } from "../pages/vault-pages";

interface Stage {
  readonly scenario: Scenario;
  readonly lesson: VaultPages;
}

/** The vault that repeats the example of the documentation. Every number below comes from its replay. */
const test = base.extend<Stage>({
  scenario: async ({ devnet }, run) => run(devnet.scenario("lesson")),
  lesson: async ({ page, site, scenario, endpoint }, run) =>
    run(new VaultPages(page, { site, scenario, endpoint })),
});

const EVENT_TABLE = "Losses and recoveries of this LP";
const MINUS = /^\u2212/;

const blockText = (number: bigint): string => `block ${number.toLocaleString("en-GB")}`;

/** Who bore a part of a loss, with all parts together. */
function bearersOf({ expected }: Scenario) {
  const bearers = expected.holders.filter(({ lossAssets }) => lossAssets > 0n);
  if (bearers.length === 0) throw new Error("nobody bore a loss");
  return bearers;
}

test.describe("the example of the documentation", () => {
  test("stands in the ledger with its debt, its payment and what was left unpaid", async ({
    lesson,
    scenario,
  }) => {
    const { expected, decimals } = scenario;
    expect(expected.liquidations.length).toBeGreaterThan(0);
    await lesson.openOverviewAction();
    await lesson.expectFigure("Gross bad debt", { exact: expected.realised.badDebtAssets, decimals });
    await lesson.expectFigure("LP loss", { exact: expected.realised.lpLossAssets, decimals });
    const rows = await lesson.readTable(LEDGER_TABLE);
    expect(rows).toHaveLength(expected.liquidations.length);
    for (const loss of expected.liquidations) {
      const row = rows.find(
        (one) =>
          one["Manager or payer"]?.includes(loss.manager) && one.Time?.includes(blockText(loss.blockNumber)),
      );
      expect(row, `no row of block ${loss.blockNumber}`).toBeDefined();
      for (const [column, exact] of [
        ["True debt", loss.trueDebtAssets],
        ["Position value", loss.positionValueAssets],
        ["Payment", loss.paymentAssets],
        ["Bad debt / recovery", loss.badDebtAssets],
        ["LP loss", loss.lpLossAssets],
      ] as const) {
        const shown = (row?.[column] ?? "").replace("Bad debt", "");
        expect(isCutFrom(shown, { exact, decimals }), `${column} shows "${shown}" for ${exact}`).toBe(true);
      }
    }
  });

  test("is split among the LPs by their shares, and the parts make up the whole", async ({
    lesson,
    scenario,
  }) => {
    const { expected, decimals } = scenario;
    const bearers = bearersOf(scenario);
    const virtual = expected.liquidations.reduce((sum, one) => sum + one.virtualLossAssets, 0n);
    const borne = bearers.reduce((sum, one) => sum + one.lossAssets, 0n);
    expect(borne + virtual).toBe(expected.realised.lpLossAssets);
    await lesson.openLpsAction();
    const rows = await lesson.readTable(LP_TABLE);
    for (const { name, address, lossAssets } of bearers) {
      const shown = rows.find((row) => row.LP?.includes(address))?.[`Lost, ${scenario.symbol}`] ?? "";
      expect(
        isCutFrom(shown, { exact: lossAssets, decimals }),
        `${name} lost ${lossAssets}, shown "${shown}"`,
      ).toBe(true);
    }
    const lost = rows.filter((row) => /[1-9]/.test(row[`Lost, ${scenario.symbol}`] ?? ""));
    expect(lost.filter((row) => row.LP?.startsWith("0x"))).toHaveLength(bearers.length);
  });

  test("is found by every LP on the own page, event by event", async ({ lesson, scenario }) => {
    const { expected, decimals } = scenario;
    for (const { name, address, lossAssets } of bearersOf(scenario)) {
      await test.step(name, async () => {
        await lesson.openLpAction(address);
        await expect(lesson.locateHeading(new RegExp(address.slice(-6), "i"))).toBeVisible({
          timeout: 60_000,
        });
        await lesson.expectFigure("Lost so far", { exact: lossAssets, decimals });
        const rows = await lesson.readTable(EVENT_TABLE);
        for (const { blockNumber, lossShares } of expected.liquidations) {
          const own = lossShares.find((share) => share.holder === address)?.lossAssets ?? 0n;
          const row = rows.find((one) => one.Time?.includes(blockText(blockNumber)));
          const shown = (row?.[`Own part, ${scenario.symbol}`] ?? "").replace(MINUS, "");
          expect(isCutFrom(shown, { exact: own, decimals }), `shown "${shown}" for ${own}`).toBe(true);
        }
      });
    }
  });
});
