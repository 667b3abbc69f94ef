import type { Scenario } from "../fixtures/devnet";
import { test as base, expect } from "../fixtures/test";
import { LEDGER_TABLE, VaultPages } from "../pages/vault-pages";

const test = base.extend<{ scenario: Scenario; vault: VaultPages }>({
  scenario: async ({ devnet }, run) => run(devnet.scenario("core")),
  vault: async ({ page, site, scenario, endpoint }, run) =>
    run(new VaultPages(page, { site, scenario, endpoint })),
});

test.describe("a page of the past", () => {
  test("says so, and shows the vault as it stood then", async ({ vault, scenario, chain, devnet }) => {
    const { expected, decimals } = scenario;
    const then = expected.blockNumber;
    await chain.publishPrice({
      feed: devnet.feedOf("WETH"),
      publisher: devnet.addressOf("keeper"),
      percent: 50n,
    });
    await vault.openOverviewAction(`?block=${then}`);
    await expect(vault.locateNotice(`As it stood at block ${then}`)).toBeVisible();
    await vault.expectFigure("Unrealised shortfall", {
      exact: expected.unrealised.shortfallAssets,
      decimals,
    });
    await vault.openOverviewAction();
    const now = await vault.readFigure("Unrealised shortfall");
    const shown = 10n ** BigInt(decimals - now.fractionDigits);
    expect(now.digits).toBeGreaterThan(expected.unrealised.shortfallAssets / shown);
  });
});

test.describe("a vault", () => {
  test("that nobody listed is marked so, and can be read", async ({
    vault,
    site,
    devnet,
    endpoint,
    scenario,
  }) => {
    const { vaults: _listed, ...rest } = devnet.configFor([endpoint.url]);
    site.configure({ ...rest, vaults: [] });
    await vault.openOverviewAction();
    await expect(vault.locateNotice("Not listed by this site")).toBeVisible();
    await vault.expectFigure("Total assets", {
      exact: scenario.expected.totals.totalAssets,
      decimals: scenario.decimals,
    });
  });

  test("that is none is said to be none", async ({ vault }) => {
    await vault.openAction("/v/31337/0x00000000000000000000000000000000000000aa");
    await expect(vault.locateNotice(/no ERC-4626 vault at this address/)).toBeVisible({ timeout: 30_000 });
    await vault.openAction("/v/31337/0x12");
    await expect(vault.locateHeading("This is not a vault's address")).toBeVisible();
    await vault.openAction("/v/99/0x00000000000000000000000000000000000000aa");
    await expect(vault.locateHeading("Chain 99 is not configured")).toBeVisible();
  });

  test("without any loss says since which block it looked", async ({ page, site, devnet, endpoint }) => {
    const weth = new VaultPages(page, { site, scenario: devnet.scenario("weth"), endpoint });
    await weth.openOverviewAction();
    await weth.expectFigure("Gross bad debt", { exact: 0n, decimals: 18 });
    await expect(weth.locateNotice(/No losses found since block/)).toBeVisible();
    await expect(weth.locateTable(LEDGER_TABLE)).toHaveCount(0);
  });
});

test.describe("the configuration", () => {
  for (const [title, config, field] of [
    ["that is no JSON", "{ nope", "plimsoll.config.json"],
    [
      "with a wrong address",
      {
        version: 1,
        chains: [{ id: 1, name: "x", rpcUrls: ["https://a.invalid"] }],
        vaults: [{ chainId: 1, address: "0x12", startBlock: 0 }],
      },
      "vaults[0].address",
    ],
    [
      "without an endpoint",
      { version: 1, chains: [{ id: 1, name: "x", rpcUrls: [] }], vaults: [] },
      "chains[0].rpcUrls",
    ],
  ] as const) {
    test(`${title} is refused with the field and the fix, and no chain is asked`, async ({
      page,
      site,
      endpoint,
      vault,
    }) => {
      site.configure(config);
      await page.goto(site.url);
      await expect(vault.locateHeading("The configuration cannot be used")).toBeVisible();
      await expect(page.getByText(field, { exact: true }).first()).toBeVisible();
      expect(endpoint.counts().requests).toBe(0);
    });
  }
});
