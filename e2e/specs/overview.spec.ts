import { test } from "../fixtures/test";
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
  });
});
