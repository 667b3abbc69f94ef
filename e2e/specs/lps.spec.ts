import { isCutFrom } from "../fixtures/amounts";
import { readUint } from "../fixtures/contracts";
import type { ScenarioName } from "../fixtures/devnet";
import { test as base, expect } from "../fixtures/test";
import { LP_TABLE, VaultPages } from "../pages/vault-pages";

const test = base.extend<{ vaultOf: (name: ScenarioName) => VaultPages }>({
  vaultOf: async ({ page, site, devnet, endpoint }, run) =>
    run((name) => new VaultPages(page, { site, scenario: devnet.scenario(name), endpoint })),
});

const EVENT_TABLE = "Losses and recoveries of this LP";

test.describe("an LP", () => {
  test("finds every holder's share of the losses in one table, to the last digit shown", async ({
    vaultOf,
    devnet,
  }) => {
    const { expected, decimals } = devnet.scenario("core");
    const lps = vaultOf("core");
    await lps.openLpsAction();
    const rows = await lps.readTable(LP_TABLE);
    for (const { name, address, lossAssets, shares } of expected.holders) {
      const row = rows.find((one) => one.LP?.includes(address));
      expect(row, `${name} has no row`).toBeDefined();
      expect(
        isCutFrom(row?.["Lost, USDC"] ?? "", { exact: lossAssets, decimals }),
        `${name} lost ${lossAssets}, shown ${row?.["Lost, USDC"]}`,
      ).toBe(true);
      expect(
        isCutFrom(row?.Shares ?? "", { exact: shares, decimals }),
        `${name} holds ${shares}, shown ${row?.Shares}`,
      ).toBe(true);
    }
    await expect(lps.locateNotice(/= LP loss, to the unit/)).toBeVisible();
  });

  test("reads the own loss by address, without a wallet", async ({ vaultOf, devnet }) => {
    const { expected, decimals } = devnet.scenario("core");
    const [most] = expected.holders.toSorted((a, b) => (a.lossAssets < b.lossAssets ? 1 : -1));
    if (most === undefined) throw new Error("nobody lost anything");
    const lps = vaultOf("core");
    await lps.openLpsAction();
    await lps.lookUpAction(most.address);
    await lps.expectFigure("Lost so far", { exact: most.lossAssets, decimals });
    const rows = await lps.readTable(EVENT_TABLE);
    const losses = expected.liquidations.flatMap((one) =>
      one.lossShares.filter((share) => share.holder === most.address && share.lossAssets > 0n),
    );
    const shown = rows.filter((row) => /loss/i.test(row.What ?? ""));
    expect(shown).toHaveLength(losses.length);
    for (const { lossAssets } of losses) {
      const isShown = shown.some((row) =>
        isCutFrom((row["Own part, USDC"] ?? "").replace(/^\u2212/, ""), { exact: lossAssets, decimals }),
      );
      expect(isShown, `no row shows a loss of ${lossAssets}`).toBe(true);
    }
  });

  test("is told plainly what is wrong with an address, and keeps what was typed", async ({ vaultOf }) => {
    const lps = vaultOf("core");
    await lps.openLpsAction();
    for (const typed of ["0x1234", "not an address", "0x".padEnd(42, "g")]) {
      await lps.lookUpAction(typed);
      await expect(lps.locateNotice(/address/i)).toBeVisible();
      await expect(lps.locateLookup()).toHaveValue(typed);
    }
  });

  test("connects a wallet and sees the own exposure, valued as the vault itself converts it", async ({
    vaultOf,
    devnet,
    wallet,
    chain,
  }) => {
    const { expected, decimals, vault } = devnet.scenario("core");
    const ada = devnet.addressOf("Ada");
    const holder = expected.holders.find((one) => one.address === ada);
    if (holder === undefined) throw new Error("Ada holds nothing");
    await wallet.switchAccounts([ada]);
    const lps = vaultOf("core");
    await lps.openLpsAction();
    await lps.connectAction(wallet.name);
    await lps.expectConnected(ada);
    const value = await readUint(chain, {
      contract: "FluxVault",
      address: vault,
      functionName: "convertToAssets",
      args: [holder.shares],
    });
    const mine = (label: string, exact: bigint): Promise<void> =>
      lps.expectFigureAt(lps.locateFigureIn("My exposure", label), { label, amount: { exact, decimals } });
    await mine("Value", value);
    await mine("Lost so far", holder.lossAssets);
    const { totals, unrealised } = expected;
    const wouldLose = (holder.shares * unrealised.lpLossAssets) / (totals.totalSupplyShares + 1n);
    await mine("Would lose now", wouldLose);
    expect(wallet.countOf("eth_sendTransaction")).toBe(0);
  });
});
