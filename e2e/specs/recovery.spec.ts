import { isCutFrom } from "../fixtures/amounts";
import { graveViolations } from "../fixtures/axe";
import { expectedClaims, merkleRootOf, sumOfClaims } from "../fixtures/claims";
import type { Scenario } from "../fixtures/devnet";
import { test as base, expect } from "../fixtures/test";
import { COMPARISON_TABLE, DISTRIBUTION_TABLE, RECEIVED_TABLE, RecoveryPage } from "../pages/recovery-page";
import { SiteFrame } from "../pages/site-frame";

const test = base.extend<{
  scenario: Scenario;
  recovery: RecoveryPage;
  expectAccessible: () => Promise<void>;
}>({
  scenario: async ({ devnet }, run) => run(devnet.scenario("core")),
  recovery: async ({ page, site, scenario, endpoint }, run) =>
    run(new RecoveryPage(page, { site, scenario, endpoint })),
  expectAccessible: async ({ page, recovery, endpoint }, run) =>
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
        await expect.poll(() => recovery.overflowOf(), `wider than ${width} px`).toBeLessThanOrEqual(0);
        expect(await graveViolations(page, { at }), `${colorScheme}, ${width} px wide`).toEqual([]);
      }
      await page.setViewportSize({ width: 1_440, height: 900 });
    }),
});

/** 12,345.678901 USDC: every digit is used, so that the split has units left over. */
const AMOUNT = { text: "12345.678901", assets: 12_345_678_901n };

test("what is handed out goes to whom the replay says, in both ways, and the claims can be proven", async ({
  recovery,
  scenario,
  devnet,
  expectAccessible,
}) => {
  test.setTimeout(120_000);
  const { expected, decimals } = scenario;
  const claims = expectedClaims(expected, AMOUNT.assets);
  const late = claims.filter(({ lossAssets }) => lossAssets === 0n);
  const left = claims.filter(({ sharesNow }) => sharesNow === 0n);
  expect(late.length > 0 && left.length > 0, "the scenario has both").toBe(true);

  await test.step("lost, recovered and net, and where the past recovery went", async () => {
    await recovery.openRecoveryAction(`?amount=${AMOUNT.text}`);
    const { badDebtAssets, lpLossAssets, recoveredAssets } = expected.realised;
    await recovery.expectFigure("Gross bad debt", { exact: badDebtAssets, decimals });
    await recovery.expectFigure("LPs lost", { exact: lpLossAssets, decimals });
    await recovery.expectFigure("Recovered", { exact: recoveredAssets, decimals });
    await recovery.expectFigure("Net", { exact: lpLossAssets - recoveredAssets, decimals });
    await recovery.openReceiversAction();
    const received = await recovery.readTable(RECEIVED_TABLE);
    const [paid] = expected.recoveries;
    const shown = received.map((row) => BigInt((row["Received, USDC"] ?? "").replaceAll(/\D/g, "")));
    // Every line is cut off at the cent, so the lines miss less than a cent each.
    const cents = (paid?.assets ?? 0n) / 10n ** BigInt(decimals - 2);
    const sum = shown.reduce((total, one) => total + one, 0n);
    expect(cents - sum >= 0n && cents - sum < BigInt(received.length)).toBe(true);
  });

  await test.step("address by address, to the last digit shown", async () => {
    const rows = await recovery.readTable(DISTRIBUTION_TABLE);
    expect(rows.filter((row) => row.LP?.startsWith("0x"))).toHaveLength(claims.length);
    for (const { address, lossAssets, sharesNow, claimAssets, paidInAssets } of claims) {
      const row = rows.find((one) => one.LP?.includes(address));
      const shows = (column: string, exact: bigint): void =>
        expect(isCutFrom(row?.[column] ?? "", { exact, decimals }), `${address}, ${column}: ${exact}`).toBe(
          true,
        );
      shows("Lost, USDC", lossAssets);
      shows("Shares now", sharesNow);
      shows("If paid in, USDC", paidInAssets);
      shows("By claims, USDC", claimAssets);
      shows("By claims less paid in, USDC", claimAssets - paidInAssets);
    }
    await recovery.showAction("Came after the losses");
    await expect(recovery.locateNotice(`${late.length} of ${claims.length + 1} lines shown`)).toBeVisible();
    await recovery.showAction("Everybody");
  });

  await test.step("the sums of both ways", async () => {
    const cell = (row: string, column: string, exact: bigint): Promise<void> =>
      recovery.expectCell(COMPARISON_TABLE, { row, column, amount: { exact, decimals } });
    await cell("came after the losses", "Paid into the vault", sumOfClaims(late, "paidInAssets"));
    await cell("came after the losses", "By claims", 0n);
    await cell("lost and left", "Paid into the vault", 0n);
    await cell("lost and left", "By claims", sumOfClaims(left, "claimAssets"));
    await cell("Together", "Paid into the vault", AMOUNT.assets);
    await cell("Together", "By claims", AMOUNT.assets);
    for (const [column, part] of [
      ["Paid into the vault", "paidInAssets"],
      ["By claims", "claimAssets"],
    ] as const) {
      const exact = BigInt(claims.filter((claim) => claim[part] > 0n).length);
      const row = "Addresses that get something";
      await recovery.expectCell(COMPARISON_TABLE, { row, column, amount: { exact, decimals: 0 } });
    }
  });

  await test.step("an amount that cannot be is refused in words", async () => {
    for (const [typed, said] of [
      ["0", "greater than zero"],
      ["1.1234567", "At most 6 digits"],
      ["much", "number"],
    ] as const) {
      await recovery.locateAmount().fill(typed);
      await expect(recovery.locateNotice(new RegExp(said))).toBeVisible();
      await expect(recovery.locateTable(DISTRIBUTION_TABLE)).toHaveCount(0);
    }
    await recovery.locateAmount().fill(AMOUNT.text);
  });

  const root = merkleRootOf(claims);
  const ada = devnet.addressOf("Ada");
  const own = claims.find(({ address }) => address === ada);
  if (own === undefined) throw new Error("Ada has no claim");

  const file =
    await test.step("the tree has the root of a second derivation, and the file its claims", async () => {
      expect(await recovery.buildTreeAction()).toBe(root);
      await recovery.askProofAction(late[0]?.address ?? "");
      await expect(recovery.locateNotice(/bore no loss/)).toBeVisible();
      await recovery.askProofAction(ada);
      await expect(recovery.locateProof()).toContainText(ada);
      await expectAccessible();
      const saved = await recovery.saveAction("Download the claims with their tree as JSON");
      const written = JSON.parse(saved.text);
      expect(written).toMatchObject({
        schema: "plimsoll-claims/1",
        vault: scenario.vault.toLowerCase(),
        amount: AMOUNT.assets.toString(),
        losses: { fallsSearched: true, falls: 0 },
        root,
      });
      expect(written.leaves).toEqual(
        claims
          .filter(({ lossAssets }) => lossAssets > 0n)
          .sort((a, b) => (a.address < b.address ? -1 : 1))
          .map(({ address, lossAssets, claimAssets }) => ({
            address,
            weight: lossAssets.toString(),
            amount: claimAssets.toString(),
          })),
      );
      return saved;
    });
  const single = await recovery.saveAction("Download this claim with its proof as JSON");

  await test.step("the file is sound, its proof right, a changed one not", async () => {
    await recovery.goToCheckAction();
    await recovery.checkAction();
    await expect(recovery.locateNotice(/Enter the root/)).toBeVisible();
    await expect(recovery.locateNotice(/Enter an address/)).toBeVisible();
    await recovery.readFileAction({ name: "broken.json", text: file.text.replace(`"${root}"`, `"0x12"`) });
    await expect(recovery.locateNotice(/^root: This is not a hash/)).toBeVisible();
    await recovery.readFileAction({ name: "claims.json", text: file.text });
    await expect(recovery.locateNotice("claims.json is sound in itself")).toBeVisible();
    await recovery.takeFromFileAction(ada);
    await expect(recovery.locateField("Amount in base units")).toHaveValue(own.claimAssets.toString());
    await recovery.checkAction();
    await expect(recovery.locateNotice("The proof is right")).toBeVisible();
    await recovery.locateField("Amount in base units").fill((own.claimAssets + 1n).toString());
    await recovery.checkAction();
    await expect(recovery.locateNotice("The proof does not lead to this root")).toBeVisible();
    await recovery.readFileAction({ name: "claim.json", text: single.text });
    await expect(recovery.locateField("Address")).toHaveValue(ada);
    await recovery.checkAction();
    await expect(recovery.locateNotice("The proof is right")).toBeVisible();
  });

  await test.step("the chain gives the same root", async () => {
    await recovery.recomputeAction();
    await expect(recovery.locateNotice("The chain gives the same root")).toBeVisible({ timeout: 60_000 });
    await expectAccessible();
  });
});

test("without old state the claims stand on the recorded losses; from a partial history there are none", async ({
  recovery,
  scenario,
  devnet,
  endpoint,
  site,
}) => {
  const { expected } = scenario;
  endpoint.add({ fault: { kind: "archive", belowBlock: expected.blockNumber } });
  await recovery.openRecoveryAction(`?amount=${AMOUNT.text}`);
  await expect(recovery.locateNotice("By the recorded losses alone")).toBeVisible({ timeout: 60_000 });
  expect(await recovery.buildTreeAction()).toBe(merkleRootOf(expectedClaims(expected, AMOUNT.assets)));
  await expect(recovery.locateNotice(/none without an event looked for/)).toBeVisible();

  const [firstLoss] = expected.liquidations.filter(({ lpLossAssets }) => lpLossAssets > 0n);
  if (firstLoss === undefined) throw new Error("nothing was lost");
  site.configure(devnet.configFrom(firstLoss.blockNumber + 1n, [endpoint.url]));
  await recovery.reloadAction();
  await expect(recovery.locateNotice("Claims cannot be made from a partial history")).toBeVisible({
    timeout: 60_000,
  });
  await expect(recovery.locateTable(DISTRIBUTION_TABLE)).toHaveCount(0);
  await recovery.expectFigureUnknown("LPs lost");
});
