import { isCutFrom } from "../fixtures/amounts";
import { scriptsContaining } from "../fixtures/built-files";
import { encodeCall } from "../fixtures/contracts";
import type { Scenario, ScenarioName } from "../fixtures/devnet";
import { test as base, expect, gate } from "../fixtures/test";
import { TransparencyPage } from "../pages/transparency-page";
import { LEDGER_TABLE } from "../pages/vault-pages";

interface Stage {
  readonly scenario: Scenario;
  readonly publicPage: TransparencyPage;
  readonly publicPageOf: (scenario: Scenario) => TransparencyPage;
  /** Ada takes shares out, so that the newest block no longer says what the scenario ends with. */
  readonly redeem: () => Promise<void>;
}

const test = base.extend<Stage>({
  scenario: async ({ devnet }, run) => run(devnet.scenario("core")),
  publicPageOf: async ({ page, site, endpoint }, run) =>
    run((scenario) => new TransparencyPage(page, { site, scenario, endpoint })),
  publicPage: async ({ publicPageOf, scenario }, run) => run(publicPageOf(scenario)),
  redeem: async ({ chain, devnet, scenario }, run) =>
    run(async () => {
      const lp = devnet.addressOf("Ada");
      const [holder] = scenario.expected.holders.filter((one) => one.address === lp);
      if (holder === undefined) throw new Error("Ada holds nothing");
      const shares = holder.shares / 1_000n;
      const data = encodeCall({ contract: "FluxVault", functionName: "redeem", args: [shares, lp, lp] });
      const receipt = await chain.sendAs(lp, { to: scenario.vault, data });
      if (!receipt.isSuccess) throw new Error("the vault refused the withdrawal");
    }),
});

const PERCENT = 16; // decimals of a per cent when 10^18 is 100 %
const WAD = 10n ** 18n;

/** Every figure of the page that the scenario's replay can say. */
function figuresOf({ expected, decimals }: Scenario) {
  const { totals, unrealised, realised } = expected;
  const money = (exact: bigint) => ({ exact, decimals });
  return {
    "Unrealised shortfall": money(unrealised.shortfallAssets),
    "Bad-debt ratio": {
      exact: (unrealised.shortfallAssets * WAD) / totals.totalAssets,
      decimals: PERCENT,
    },
    "Realised loss": {
      exact: (realised.badDebtAssets * WAD) / (totals.totalAssets + realised.badDebtAssets),
      decimals: PERCENT,
    },
    "Total assets": money(totals.totalAssets),
    "Gross bad debt": money(realised.badDebtAssets),
    "LP loss": money(realised.lpLossAssets),
    Recovered: money(realised.recoveredAssets),
    "Net LP loss": money(realised.lpLossAssets - realised.recoveredAssets),
  };
}

async function expectTruth(page: TransparencyPage, scenario: Scenario): Promise<void> {
  for (const [label, amount] of Object.entries(figuresOf(scenario))) await page.expectFigure(label, amount);
}

test.describe("the public page", () => {
  test("shows its first figures without a byte of wallet, router or charts, and never loads the first two", async ({
    publicPage,
    scenario,
    endpoint,
    watch,
  }) => {
    const wallet = await scriptsContaining("eip6963:requestProvider");
    const router = await scriptsContaining("RouterProvider");
    const charts = await scriptsContaining("recharts-");
    const loaded = (names: readonly string[]): readonly string[] =>
      watch.requests.filter((url) => names.some((name) => url.includes(name)));

    // The history is held back: what is on the page now are the first figures, for as long as the test likes.
    const history = gate();
    const release = endpoint.add({
      when: { methods: ["eth_getLogs"] },
      fault: { kind: "hold", gate: history.closed },
    });
    await publicPage.openAction(publicPage.publicRoute());
    await expect(publicPage.locateFirstFigures()).toBeVisible();
    const { totals, realised } = scenario.expected;
    for (const [label, exact] of [
      ["Total assets", totals.totalAssets],
      ["Gross bad debt", realised.badDebtAssets],
    ] as const) {
      const text = await publicPage.locateFirstFigure(label).innerText();
      expect(isCutFrom(text, { exact, decimals: scenario.decimals }), `${label} shows ${text}`).toBe(true);
    }
    expect(loaded([...wallet, ...router, ...charts])).toEqual([]);

    history.open();
    release();
    await expectTruth(publicPage, scenario);
    await expect.poll(() => loaded(charts).length).toBeGreaterThan(0);
    expect(loaded([...wallet, ...router])).toEqual([]);
  });

  for (const name of ["core", "weth"] as const satisfies readonly ScenarioName[]) {
    test(`shows of the ${name} vault what its history implies`, async ({ publicPageOf, devnet }) => {
      const scenario = devnet.scenario(name);
      const { expected, decimals } = scenario;
      const publicPage = publicPageOf(scenario);
      await publicPage.openPublicAction();
      await expectTruth(publicPage, scenario);
      await publicPage.expectBlock(expected.blockNumber);
      if (expected.liquidations.length === 0) {
        await expect(publicPage.locateNotice(/No losses found since block/)).toBeVisible();
        return;
      }
      const rows = await publicPage.readTable(LEDGER_TABLE);
      for (const { manager, blockNumber, badDebtAssets } of expected.liquidations) {
        if (badDebtAssets === 0n) continue;
        const row = rows.find(
          (one) =>
            one["Manager or payer"]?.includes(manager) &&
            one.Time?.includes(`block ${blockNumber.toLocaleString("en-GB")}`),
        );
        const shown = (row?.["Bad debt / recovery"] ?? "").replace("Bad debt", "");
        expect(
          row !== undefined && isCutFrom(shown, { exact: badDebtAssets, decimals }),
          `the ledger shows "${shown}" for ${badDebtAssets} at block ${blockNumber}`,
        ).toBe(true);
      }
    });
  }

  test("gives every call behind its figures: asked again, the chain answers the same bytes", async ({
    publicPage,
    scenario,
    chain,
  }) => {
    await publicPage.openPublicAction();
    const calls = await publicPage.readCalls();
    expect(calls.length).toBeGreaterThan(0);
    const block = `0x${scenario.expected.blockNumber.toString(16)}`;
    for (const { figure, data, raw } of calls) {
      const answer = await chain.request("eth_call", [{ to: scenario.vault, data }, block]);
      expect(raw, figure).toBe(answer);
      const command = await publicPage.copyAction(publicPage.locateCopyCommand(figure));
      const [, body = ""] = /-d '([^']*)'/.exec(command) ?? [];
      const asked: unknown = JSON.parse(body);
      expect(asked).toMatchObject({ method: "eth_call", params: [{ to: scenario.vault, data }, block] });
    }
  });

  test("says that a vault is not listed by the site, and shows it all the same", async ({
    publicPage,
    scenario,
    site,
    devnet,
    endpoint,
  }) => {
    const banner = publicPage.locateNotice("Not listed by this site");
    await publicPage.openPublicAction();
    await expect(banner).toHaveCount(0);
    site.configure({ ...devnet.configFor([endpoint.url]), vaults: [] });
    await publicPage.reloadAction();
    await expect(banner).toBeVisible();
    await expectTruth(publicPage, scenario);
  });
});

test.describe("a link to the figures of one block", () => {
  test("is copied from the page and shows the same figures after the vault has moved on", async ({
    page,
    publicPage,
    scenario,
    site,
    chain,
    endpoint,
    redeem,
  }) => {
    const { decimals, vault, expected } = scenario;
    await publicPage.openPublicAction();
    const link = await publicPage.copyAction(publicPage.locateCopyLink());
    expect(link).toBe(site.at(publicPage.publicRoute(`?block=${expected.blockNumber}`)));

    await redeem();
    const after = await chain.totalAssetsOf(vault);
    expect(after).not.toBe(expected.totals.totalAssets);
    await publicPage.pollAction();
    await publicPage.expectFigure("Total assets", { exact: after, decimals });

    await page.goto(link);
    await publicPage.expectBlock(expected.blockNumber);
    await expectTruth(publicPage, scenario);
    await endpoint.quiet();
    endpoint.resetCounts();
    await publicPage.pollAction();
    // What is pinned cannot change, so nobody is asked again.
    expect(endpoint.counts().requests).toBe(0);
  });

  test("with something else than a block says what is wrong with it", async ({ publicPage }) => {
    for (const block of ["latest", "-1", "1.5", "0x10"]) {
      await publicPage.openAction(publicPage.publicRoute(`?block=${block}`));
      await expect(publicPage.locateNotice(`“${block}” is not a block`)).toBeVisible();
    }
  });
});

test.describe("the page in another site's frame", () => {
  test("shows the same figures and opens the whole page in a tab of its own", async ({
    page,
    context,
    publicPage,
    scenario,
    site,
    servePage,
  }) => {
    const host = await servePage({
      "index.html": hostPage(
        `<iframe title="Bad debt" sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox" width="1000" height="800" src="${publicPage.embedUrl}"></iframe>`,
      ),
    });
    await page.goto(host.url);
    for (const [label, amount] of Object.entries(figuresOf(scenario))) {
      await publicPage.expectFigureAt(publicPage.locateFramedFigure(label), { label, amount });
    }
    const [opened] = await Promise.all([context.waitForEvent("page"), publicPage.locateFramedLink().click()]);
    await expect(opened).toHaveURL(site.at(publicPage.publicRoute()));
    await expect(opened.getByRole("figure", { name: "Total assets" })).toBeVisible({ timeout: 60_000 });
  });

  test("stands in the one document of the site that may be framed", async ({
    page,
    publicPage,
    site,
    servePage,
    watch,
  }) => {
    watch.expectConsole(/frame-ancestors|X-Frame-Options/i);
    const refused = ["", "index.html", "404.html"];
    const host = await servePage({
      "index.html": hostPage(
        [publicPage.embedUrl, ...refused.map((path) => `${site.url}${path}`)]
          .map((url) => `<iframe title="${url}" src="${url}"></iframe>`)
          .join(""),
      ),
    });
    await page.goto(host.url);
    await expect(publicPage.locateFramedFigure("Total assets")).toBeVisible({ timeout: 60_000 });
    await expect
      .poll(() => publicPage.framedAddresses().filter((url) => url.startsWith(site.url)))
      .toEqual([publicPage.embedUrl]);
    expect(publicPage.framedAddresses()).toHaveLength(refused.length + 1);
  });

  test("never holds a page on which something could be signed, whatever the frame's address asks for", async ({
    page,
    publicPage,
    scenario,
    servePage,
    wallet,
    watch,
  }) => {
    const inFrame = (route: string): string => publicPage.embedUrl.replace(/#.*$/, `#${route}`);
    const host = await servePage({
      "index.html": hostPage(`<iframe title="Bad debt" width="1000" height="800"></iframe>`),
    });
    await page.goto(host.url);
    for (const route of ["/", publicPage.route(), publicPage.route("/liquidations"), "/nothing"]) {
      await publicPage.frameAction(inFrame(route));
      await expect(publicPage.locateFrame().getByText("This page cannot be shown")).toBeVisible();
      await expect(publicPage.locateFrame().getByRole("button")).toHaveCount(0);
    }
    // An address that forgot to ask for the bare page gets it all the same.
    await publicPage.frameAction(inFrame(publicPage.publicRoute()));
    const total = { exact: scenario.expected.totals.totalAssets, decimals: scenario.decimals };
    await publicPage.expectFigureAt(publicPage.locateFramedFigure("Total assets"), {
      label: "Total assets",
      amount: total,
    });
    await expect(publicPage.locateFramedLink()).toHaveAttribute("href", `../#${publicPage.publicRoute()}`);
    await expect(publicPage.locateFrame().getByRole("link")).toHaveCount(1);
    const code = await scriptsContaining("eip6963:requestProvider");
    expect(watch.requests.filter((url) => code.some((name) => url.includes(name)))).toEqual([]);
    expect(wallet.requests).toEqual([]);
  });
});

test.describe("the public page when its endpoint is down", () => {
  test("keeps what it read, says how old it is, and goes on by itself", async ({
    publicPage,
    scenario,
    endpoint,
    chain,
  }) => {
    const { blockNumber } = scenario.expected;
    await publicPage.openPublicAction();
    const comeBack = endpoint.goDown();
    await chain.mine();
    await publicPage.passTimeUntilAction(publicPage.locateNotice(/^Stale: .* old\.$/));
    await expect(
      publicPage.locateNotice(
        new RegExp(`What is shown was read at block ${blockNumber.toLocaleString("en-GB")}`),
      ),
    ).toBeVisible();
    await expectTruth(publicPage, scenario);
    comeBack();
    await publicPage.pollAction();
    await publicPage.pollAction();
    await publicPage.expectBlock(blockNumber + 1n);
    await expect(publicPage.locateNotice(/^Stale: /)).toHaveCount(0);
  });

  test("from the start names the host, shows no figure, and reads when it is back", async ({
    publicPage,
    scenario,
    endpoint,
  }) => {
    const comeBack = endpoint.goDown();
    await publicPage.openAction(publicPage.publicRoute());
    await publicPage.passTimeUntilAction(publicPage.locateNotice("The vault could not be read"));
    await expect(publicPage.locateNotice(new URL(endpoint.url).host)).toBeVisible();
    await expect(publicPage.locateFirstFigures()).toHaveCount(0);
    comeBack();
    await publicPage.pollAction();
    await expectTruth(publicPage, scenario);
  });
});

/** Somebody else's page with frames in it. */
function hostPage(frames: string): string {
  return `<!doctype html><html lang="en"><head><title>Somebody else</title><link rel="icon" href="data:,"></head><body>${frames}</body></html>`;
}
