import { isCutFrom } from "../fixtures/amounts";
import { expect, test } from "../fixtures/test";
import { VaultPages } from "../pages/vault-pages";

const POSITIONS_TABLE = /^Managers$/;

test.describe("the positions", () => {
  test("show every manager's health, debt, quote and loss as the strategy answers them", async ({
    page,
    site,
    devnet,
    endpoint,
  }) => {
    const scenario = devnet.scenario("core");
    const { decimals, expected } = scenario;
    const positions = new VaultPages(page, { site, scenario, endpoint });
    await positions.openAction(positions.route("/positions"));
    await expect(positions.locateTable(POSITIONS_TABLE)).toBeVisible({ timeout: 60_000 });
    const rows = await positions.readTable(POSITIONS_TABLE);
    const owing = expected.managers.filter((one) => one.principalAssets + one.interestAssets > 0n);
    expect(owing.length).toBeGreaterThanOrEqual(14);
    for (const manager of owing) {
      const row = rows.find((one) => one.Manager?.includes(manager.address));
      if (row === undefined) throw new Error(`${manager.name} has no row`);
      const expectCell = (column: string, at: { exact: bigint; decimals: number }): void => {
        const text = row[column] ?? "";
        expect(isCutFrom(text, at), `${manager.name}: ${column} shows "${text}" for ${at.exact}`).toBe(true);
      };
      expectCell("Health", { exact: manager.healthWad ?? 0n, decimals: 18 });
      expectCell("True debt, USDC", { exact: manager.principalAssets + manager.interestAssets, decimals });
      expectCell("Value, USDC", { exact: manager.valueAssets, decimals });
      expectCell("Bond, USDC", { exact: manager.bondAssets, decimals });
      expectCell("Bad debt, USDC", { exact: manager.badDebtIfClosedAssets, decimals });
      expectCell("LP loss, USDC", { exact: manager.lpLossIfClosedAssets, decimals });
      if (manager.canLiquidate) expectCell("Payment, USDC", { exact: manager.minPaymentAssets, decimals });
    }
  });
});
