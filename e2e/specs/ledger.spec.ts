import { isCutFrom } from "../fixtures/amounts";
import { graveViolations } from "../fixtures/axe";
import { readUint } from "../fixtures/contracts";
import type { Scenario } from "../fixtures/devnet";
import { test as base, expect } from "../fixtures/test";
import { LEDGER_ROWS, LedgerPage, LIFE_TABLE, PARTS_TABLE } from "../pages/ledger-page";
import { SiteFrame } from "../pages/site-frame";

const test = base.extend<{
  scenario: Scenario;
  ledger: LedgerPage;
  expectAccessible: () => Promise<void>;
}>({
  scenario: async ({ devnet }, run) => run(devnet.scenario("core")),
  ledger: async ({ page, site, scenario, endpoint }, run) =>
    run(new LedgerPage(page, { site, scenario, endpoint })),
  expectAccessible: async ({ page, ledger, endpoint }, run) =>
    run(async () => {
      const frame = new SiteFrame(page);
      await page.emulateMedia({ reducedMotion: "reduce" });
      await endpoint.quiet();
      for (const [width, colorScheme, at] of [
        [1_440, "light", "everything"],
        [1_440, "dark", "colours"],
        [360, "dark", "places"],
      ] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        await frame.expectTheme(colorScheme);
        await expect.poll(() => ledger.overflowOf(), `wider than ${width} px`).toBeLessThanOrEqual(0);
        expect(await graveViolations(page, { at }), `${colorScheme}, ${width} px wide`).toEqual([]);
      }
      await page.setViewportSize({ width: 1_440, height: 900 });
    }),
});

const units = (text: string): bigint => BigInt(text.replaceAll(/[^\d]/g, ""));

test("every loss is stated as the replay has it, and each LP's part of it to the unit", async ({
  ledger,
  scenario,
  expectAccessible,
}) => {
  test.setTimeout(150_000);
  const { expected, decimals } = scenario;
  const { badDebtAssets, lpLossAssets, recoveredAssets } = expected.realised;
  const losses = expected.liquidations.filter((one) => one.badDebtAssets > 0n);

  await test.step("gross, recovered and net, with losses that have no event looked for", async () => {
    await ledger.openLedgerAction();
    await ledger.expectFigure("Gross bad debt", { exact: badDebtAssets, decimals });
    await ledger.expectFigure("LP loss, all rows", { exact: lpLossAssets, decimals });
    await ledger.expectFigure("Recovered", { exact: recoveredAssets, decimals });
    await ledger.expectFigure("Net LP loss, all rows", { exact: lpLossAssets - recoveredAssets, decimals });
  });

  await test.step("row by row, the share price inside the transaction with it", async () => {
    const rows = await ledger.readTable(LEDGER_ROWS);
    expect(rows).toHaveLength(losses.length + expected.recoveries.length);
    for (const loss of losses) {
      const row = rows.find((one) => one.Time?.includes(`block ${loss.blockNumber.toLocaleString("en-GB")}`));
      const price = (totalAssets: bigint): bigint =>
        ((totalAssets + 1n) * 10n ** 18n) / (loss.totalSupplyShares + 1n);
      const [before = "", after = ""] = (row?.["Share price, USDC"] ?? "").split("→");
      for (const [shown, exact, digits] of [
        [row?.["True debt"], loss.trueDebtAssets, decimals],
        [row?.["Position value"], loss.positionValueAssets, decimals],
        [row?.Payment, loss.paymentAssets, decimals],
        [row?.["Bad debt / recovery"]?.replace("Bad debt", ""), loss.badDebtAssets, decimals],
        [row?.["LP loss"], loss.lpLossAssets, decimals],
        [before, price(loss.totalAssetsBefore), 18],
        [after, price(loss.totalAssetsAfter), 18],
      ] as const) {
        expect(isCutFrom(shown ?? "", { exact, decimals: digits }), `"${shown}" for ${exact}`).toBe(true);
      }
      const isFee = loss.badDebtAssets > loss.lpLossAssets;
      expect(row?.Reconciliation).toContain(isFee ? "fees" : "Agrees");
    }
    await expectAccessible();
  });

  const [loss] = losses;
  if (loss === undefined) throw new Error("the scenario has no loss");
  await test.step("a row opens to everybody's part", async () => {
    await ledger.followRowAction(loss.blockNumber);
    await expect(ledger.locateFact("Total assets before")).toContainText(
      `${(loss.totalAssetsBefore / 10n ** BigInt(decimals)).toLocaleString("en-GB")}.`,
    );
    const parts = await ledger.readTable(PARTS_TABLE);
    for (const { holder, lossAssets } of loss.lossShares) {
      const part = parts.find((one) => one.LP?.includes(holder));
      expect(units(part?.["Lost, USDC"] ?? "0"), holder).toBe(lossAssets);
    }
    const virtual = parts.find((one) => one.LP === "Virtual shares");
    expect(units(virtual?.["Lost, USDC"] ?? "")).toBe(loss.virtualLossAssets);
    const sum = parts.reduce((all, one) => all + units(one["Lost, USDC"] ?? "0"), 0n);
    expect(sum).toBe(loss.lpLossAssets);
    await expect(ledger.locateNotice(/= the LP loss, to the unit/)).toBeVisible();
    const csv = await ledger.saveAction("Download the parts of this row as CSV");
    expect(csv.trim().split("\r\n")).toHaveLength(parts.length + 1);
    await expectAccessible();
  });

  await test.step("everybody's life adds up to the unit", async () => {
    await ledger.openLivesAction();
    await expect(ledger.locateNotice(/identity closes to the unit for all \d+ LPs/)).toBeVisible();
    const lives = await ledger.readTable(LIFE_TABLE);
    for (const { address, lossAssets } of expected.holders) {
      const life = lives.find((one) => one.LP?.includes(address));
      expect(isCutFrom(life?.Lost ?? "", { exact: lossAssets, decimals }), address).toBe(true);
      expect(life?.Residual).toBe("0 u");
    }
    await expectAccessible();
  });
});

test("a fall that no event explains is found in the next block, and split like any loss", async ({
  ledger,
  scenario,
  chain,
}) => {
  test.setTimeout(120_000);
  const { expected, decimals, vault } = scenario;
  const taken = 1_234_567_891n;
  await ledger.openLedgerAction();

  const idle = await readUint(chain, { contract: "FluxVault", address: vault, functionName: "idleAssets" });
  // What is set goes into the newest block, which the page must not have read before.
  await chain.mine();
  await chain.setNumber(vault, { from: idle, to: idle - taken });
  const drained = (await chain.head()).number;
  await chain.mine();
  await ledger.pollAction();
  await expect(ledger.locateRow(LEDGER_ROWS, "Unexplained fall")).toContainText("No event");
  const cell = await ledger.locateCell(LEDGER_ROWS, { row: "Unexplained fall", column: "LP loss" });
  await expect(cell).toContainText("1,234.57");
  await ledger.expectFigure("LP loss, all rows", { exact: expected.realised.lpLossAssets + taken, decimals });
  await ledger.expectFigure("Gross bad debt", { exact: expected.realised.badDebtAssets, decimals });

  await ledger.followRowAction(drained);
  await expect(ledger.locateFact("LP loss")).toContainText("1,234.567891 USDC");
  await expect(ledger.locateNotice(/1,234\.567891 USDC = the LP loss, to the unit/)).toBeVisible();
  const parts = await ledger.readTable(PARTS_TABLE);
  const supply = expected.totals.totalSupplyShares + 1n;
  for (const { address, shares } of expected.holders.filter((one) => one.shares > 0n)) {
    const part = units(parts.find((one) => one.LP?.includes(address))?.["Lost, USDC"] ?? "0");
    const down = (shares * taken) / supply;
    expect(part === down || part === down + 1n, `${address}: ${part} for ${down}`).toBe(true);
  }
});

test("the unrealised side is read when asked for, over any denominator; without old state it is unknown", async ({
  ledger,
  scenario,
  endpoint,
}) => {
  test.setTimeout(120_000);
  const { expected, decimals } = scenario;
  await ledger.openOverviewAction();
  await endpoint.quiet();
  await ledger.readUnrealisedAction();
  const fact = ledger.locateFact("Unrealised shortfall, oracle-marked");
  expect(isCutFrom(await fact.innerText(), { exact: expected.unrealised.shortfallAssets, decimals })).toBe(
    true,
  );
  const put = expected.managers.reduce((sum, one) => sum + one.bondAssets + one.workingCapitalAssets, 0n);
  await ledger.chooseDenominatorAction("TVL");
  const [newest] = await ledger.readRatiosAction();
  const realised = Object.entries(newest ?? {}).find(([name]) => name.startsWith("Realised, of total value"));
  const percent = 16;
  const wad = 10n ** 18n;
  const tvl = expected.totals.totalAssets + put;
  const ratioOf = (part: bigint): bigint => (part * wad) / tvl;
  expect(
    isCutFrom(realised?.[1] ?? "", { exact: ratioOf(expected.realised.badDebtAssets), decimals: percent }),
  ).toBe(true);
  expect(
    isCutFrom(newest?.["Unrealised, oracle-marked"] ?? "", {
      exact: ratioOf(expected.unrealised.shortfallAssets),
      decimals: percent,
    }),
  ).toBe(true);

  endpoint.add({ fault: { kind: "archive", belowBlock: expected.blockNumber } });
  await ledger.openAction("/");
  await ledger.openAction(ledger.route("/ledger"));
  await expect(ledger.locateNotice(/endpoint does not keep all the state/)).toBeVisible({ timeout: 60_000 });
  await ledger.expectFigureUnknown("LP loss, all rows");
  await ledger.expectFigure("Gross bad debt", { exact: expected.realised.badDebtAssets, decimals });
});
