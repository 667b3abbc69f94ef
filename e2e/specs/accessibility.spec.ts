import { graveViolations } from "../fixtures/axe";
import { expect, test } from "../fixtures/test";
import { AppPage } from "../pages/app-page";

const CHAIN_ID = 31_337;

test.describe("every page", () => {
  for (const scheme of ["light", "dark"] as const) {
    for (const width of [1_440, 360]) {
      test(`has no serious accessibility fault, ${scheme}, ${width} px wide`, async ({
        page,
        site,
        devnet,
        endpoint,
      }) => {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: 900 });
        const { vault, expected } = devnet.scenario("core");
        const manager = expected.managers.find((one) => one.canLiquidate)?.address ?? "";
        const app = new AppPage(page, site);
        const base = `/v/${CHAIN_ID}/${vault}`;
        const pages: readonly (readonly [route: string, title: string | RegExp])[] = [
          ["/", "Vaults"],
          [base, "Overview"],
          [`${base}/positions`, "Positions"],
          [`${base}/positions/${manager}`, /^Manager/],
          [`${base}/lps`, "LPs"],
          [`${base}/lps/${devnet.addressOf("Ada")}`, /^LP /],
          [`${base}/liquidations?manager=${manager}`, "Liquidations"],
          [`${base}/parameters`, "Parameters"],
          [`/t/${CHAIN_ID}/${vault}`, devnet.scenario("core").title],
          ["/nothing/here", "No such page"],
        ];
        for (const [route, title] of pages) {
          await test.step(route, async () => {
            await app.openAction(route);
            await expect(app.locateHeading(title)).toBeVisible({ timeout: 60_000 });
            await endpoint.quiet();
            expect(await graveViolations(page)).toEqual([]);
            expect(await app.overflowOf(), "nothing may be wider than the screen").toBeLessThanOrEqual(0);
          });
        }
      });
    }
  }
});
