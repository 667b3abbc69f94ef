import { isCutFrom } from "../fixtures/amounts";
import { graveViolations } from "../fixtures/axe";
import { deployContract, encodeCall, readUint } from "../fixtures/contracts";
import type { Scenario } from "../fixtures/devnet";
import { test as base, expect } from "../fixtures/test";
import { SiteFrame } from "../pages/site-frame";
import { IDENTITY_TABLE, LINES_TABLE, type SignedFile, StatementPages } from "../pages/statement-pages";

const test = base.extend<{
  scenario: Scenario;
  statement: StatementPages;
  expectAccessible: () => Promise<void>;
}>({
  scenario: async ({ devnet }, run) => run(devnet.scenario("core")),
  statement: async ({ page, site, scenario, endpoint }, run) =>
    run(new StatementPages(page, { site, scenario, endpoint })),
  expectAccessible: async ({ page, statement, endpoint }, run) =>
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
        await expect.poll(() => statement.overflowOf(), `wider than ${width} px`).toBeLessThanOrEqual(0);
        expect(await graveViolations(page, { at }), `${colorScheme}, ${width} px wide`).toEqual([]);
      }
      await page.setViewportSize({ width: 1_440, height: 900 });
    }),
});

const SIGN = "eth_signTypedData_v4";

/** What the wallet was asked to sign last. */
function askedOf(request: { readonly params: readonly unknown[] } | undefined): SignedFile["typedData"] {
  return JSON.parse(String(request?.params[1])) as SignedFile["typedData"];
}

test("an LP signs its statement, and whoever gets the file finds every figure on the chain again", async ({
  statement,
  scenario,
  devnet,
  wallet,
  chain,
  page,
  expectAccessible,
}, info) => {
  test.setTimeout(150_000);
  const { expected, decimals, vault } = scenario;
  const ada = devnet.addressOf("Ada");
  const stranger = devnet.addressOf("stranger");
  const holder = expected.holders.find((one) => one.address === ada);
  if (holder === undefined) throw new Error("Ada holds nothing");
  await wallet.switchAccounts([ada]);

  const lines = await test.step("the lines add up to what the vault itself says", async () => {
    await statement.openStatementAction(ada);
    await statement.expectFigure("Lost so far", { exact: holder.lossAssets, decimals });
    const rows = await statement.readTable(IDENTITY_TABLE);
    const amount = (what: string): string =>
      rows.find((row) => row.What?.startsWith(what))?.USDC ?? "no such row";
    const value = await readUint(chain, {
      contract: "FluxVault",
      address: vault,
      functionName: "convertToAssets",
      args: [holder.shares],
    });
    expect(isCutFrom(amount("Value at this block"), { exact: value, decimals })).toBe(true);
    expect(amount("Adds up to")).toBe(amount("Value at this block"));
    expect(isCutFrom(amount("Losses"), { exact: -holder.lossAssets, decimals })).toBe(true);
    expect(amount("Residual")).toBe("0.000000");
    await expect(statement.locateNotice("closes to the unit")).toBeVisible();
    const all = await statement.readTable(LINES_TABLE);
    await statement.showLinesAction("Losses");
    const own = expected.liquidations.filter((one) =>
      one.lossShares.some((share) => share.holder === ada && share.lossAssets > 0n),
    );
    await expect(statement.locateTable(LINES_TABLE).getByRole("row")).toHaveCount(own.length + 1);
    await statement.showLinesAction("All");
    expect(all.length).toBeGreaterThan(own.length);
    await expectAccessible();
    return all.length;
  });

  await test.step("on paper it stands alone, every line in full", async () => {
    await page.emulateMedia({ media: "print" });
    const paper = statement.locatePrint();
    await expect(paper).toContainText(ada);
    await expect(paper).toContainText(vault.toLowerCase());
    await expect(paper).toContainText((await chain.head()).hash);
    expect(await statement.countPrintedLines()).toBe(lines);
    await page.setViewportSize({ width: 794, height: 1_123 });
    await info.attach("statement on paper", {
      body: await page.screenshot({ fullPage: true }),
      contentType: "image/png",
    });
    await page.setViewportSize({ width: 1_440, height: 900 });
    await page.emulateMedia({ media: "screen" });
  });

  const file =
    await test.step("the wallet is asked for what was shown, and a refusal is no harm", async () => {
      await statement.connectAction(wallet.name);
      await statement.expectConnected(ada);
      await statement.openReviewAction();
      await expect(statement.locateDialog()).toContainText("the LP itself");
      await expect(statement.locateDialog()).toContainText((await chain.head()).hash);
      wallet.once(SIGN, "reject");
      await statement.locateSign().click();
      await expect(statement.locateNotice("Not signed")).toBeVisible();
      await wallet.switchChain(1);
      await statement.switchWalletAction();
      await wallet.switchAccounts([stranger]);
      await statement.reviewForNewAccountAction();
      await expect(statement.locateNotice("This address cannot sign the statement")).toBeVisible();
      await statement.closeDialogAction();
      await wallet.switchAccounts([ada]);
      await statement.openReviewAction();
      await statement.locateSign().click();
      await expect(statement.locateNotice("Signed, and the chain accepts the signature")).toBeVisible();
      const signed = await statement.downloadSignedAction();
      await statement.closeDialogAction();
      const asked = askedOf(wallet.requests.findLast(({ method }) => method === SIGN));
      expect(asked).toEqual(signed.typedData);
      expect(asked.domain).toMatchObject({ chainId: chain.chainId, verifyingContract: vault.toLowerCase() });
      expect(asked.message).toMatchObject({
        lp: ada,
        signer: ada,
        lossesAssets: holder.lossAssets.toString(),
        shares: holder.shares.toString(),
      });
      return signed;
    });

  await test.step("the file is sound: document, signer and every figure", async () => {
    await statement.openCheckAction();
    await statement.checkAction(file);
    await statement.expectVerdict("Document and signature", "belong together");
    await statement.expectVerdict("Who signed", "signed by this address");
    await expect(statement.locateFinding("Who signed")).toContainText("an account with a key");
    await statement.expectFigures("agrees");
    await expect(statement.locateFinding("Who signed")).toContainText("the LP itself");
    await expectAccessible();
  });

  await test.step("a changed figure is named, twice", async () => {
    const { document } = file;
    const losses = (BigInt(document.totals.losses ?? "0") + 1n).toString();
    await statement.checkAction({
      ...file,
      document: { ...document, totals: { ...document.totals, losses } },
    });
    await statement.expectVerdict("Document and signature", "do not belong together");
    await expect(statement.locateFinding("Document and signature")).toContainText("message.lossesAssets");
    await statement.expectFigures("differs");
    await expect(statement.locateFinding("Figures")).toContainText("totals.losses");
    await expect(statement.locateFinding("Figures")).toContainText("1 field of");
    await expect(statement.locateNotice("What was signed is not this document")).toBeVisible();
  });

  await test.step("a foreign signer is named, under its own name as under the LP's", async () => {
    const sign = (typedData: unknown): Promise<string> =>
      chain.request<string>(SIGN, [stranger, JSON.stringify(typedData)]);
    const bytes = await sign(file.typedData);
    await statement.checkAction({ ...file, signature: { ...file.signature, bytes } });
    await statement.expectVerdict("Who signed", "not signed by this address");
    await expect(statement.locateFinding("Who signed")).toContainText(stranger);
    const message = { ...file.typedData.message, signer: stranger };
    const typedData = { ...file.typedData, message };
    const own = await sign(typedData);
    await statement.checkAction({ ...file, typedData, signature: { ...file.signature, bytes: own } });
    await statement.expectVerdict("Who signed", "signed by this address");
    await expect(statement.locateFinding("Who signed")).toContainText(
      "neither the LP nor anybody whom the vault names",
    );
  });

  await test.step("what is no statement says which field is wrong, and nothing of it runs", async () => {
    const hostile = "<img src=x onerror=alert(1)>";
    await statement.checkAction({ ...file, [hostile]: 1, document: { ...file.document, vault: hostile } });
    await expect(statement.locateNotice("The file cannot be read as a statement")).toBeVisible();
    await expect(statement.locateNotice("document.vault")).toBeVisible();
    await expect(statement.locatePictures()).toHaveCount(0);
    await statement.checkAction("block,amount");
    await expect(statement.locateNotice(/This is not JSON/)).toBeVisible();
  });
});

test("a contract signs as an LP, and without old state the figures are not claimed to be right", async ({
  statement,
  scenario,
  devnet,
  chain,
  endpoint,
}) => {
  test.setTimeout(120_000);
  const { vault } = scenario;
  const ada = devnet.addressOf("Ada");
  const safe = await deployContract(chain, { contract: "SignerContract", args: [ada], from: ada });
  const transfer = encodeCall({ contract: "FluxVault", functionName: "transfer", args: [safe, 1_000_000n] });
  await chain.sendAs(ada, { to: vault, data: transfer });
  await statement.openStatementAction(safe);
  const typedData = await statement.prepareElsewhereAction(safe);
  await statement.attachAction("0x1234");
  await expect(statement.locateNotice("The contract does not accept this signature")).toBeVisible();
  await statement.attachAction(await chain.request<string>(SIGN, [ada, typedData]));
  await expect(statement.locateNotice("Signed, and the chain accepts the signature")).toBeVisible();
  const file = await statement.downloadSignedAction();

  const signedAt = await chain.head();
  await chain.sendAs(ada, {
    to: safe,
    data: encodeCall({
      contract: "SignerContract",
      functionName: "transferOwnership",
      args: [devnet.addressOf("stranger")],
    }),
  });
  await statement.forgetAction();
  endpoint.add({ fault: { kind: "archive", belowBlock: signedAt.number } });
  await statement.openCheckAction();
  await statement.checkAction(file);
  await statement.expectVerdict("Who signed", "signed by this address");
  const signer = statement.locateFinding("Who signed");
  await expect(signer).toContainText(`Accepted by the contract at block ${signedAt.number}`);
  await expect(signer).toContainText("Not accepted by the contract at block");
  await statement.expectFigures("cannot be recomputed in full");
  await expect(statement.locateFinding("Figures")).toContainText("not readable here");
});
