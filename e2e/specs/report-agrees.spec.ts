import { isCutFrom } from "../fixtures/amounts";
import { knownUnits, type LpEntry, makeReport } from "../fixtures/report-command";
import { test as base, expect } from "../fixtures/test";
import { AccountsPage, IDENTITY_TABLE } from "../pages/accounts-page";

const test = base.extend<{ accounts: AccountsPage }>({
  accounts: async ({ page, site, devnet, endpoint }, run) =>
    run(new AccountsPage(page, { site, scenario: devnet.scenario("core"), endpoint })),
});

/** The rows of the addition, with the figure of report.json and the sign that each has there. */
const STEPS = [
  ["Deposited", "deposited", 1n],
  ["Withdrawn", "withdrawn", -1n],
  ["Received as shares", "transferredIn", 1n],
  ["Sent as shares", "transferredOut", -1n],
  ["Interest", "interest", 1n],
  ["Losses", "losses", -1n],
  ["Recoveries", "recoveries", 1n],
  ["Rounding", "rounding", 1n],
  ["Value at this block", "value", 1n],
  ["Residual", "residual", 1n],
] as const;

/** Whoever lost most, whoever left with nothing but the account, and whoever sent shares away. */
function threeOf(lps: readonly LpEntry[]): readonly LpEntry[] {
  const by = (rank: (lp: LpEntry) => bigint): readonly LpEntry[] =>
    lps.toSorted((a, b) => (rank(a) < rank(b) ? 1 : -1));
  const [most] = by((lp) => knownUnits(lp.losses));
  const [left] = by((lp) => (lp.shares === "0" ? knownUnits(lp.avoided) : -1n));
  const [sender] = by((lp) => knownUnits(lp.transferredOut));
  return [...new Set([most, left, sender])].filter((lp) => lp !== undefined);
}

test("what the pages show is what the command writes at the same block, to the last digit", async ({
  accounts,
  chain,
  devnet,
}, info) => {
  test.setTimeout(180_000);
  const { vault, decimals } = devnet.scenario("core");
  const { number, hash } = await chain.head();
  const report = await makeReport({
    folder: info.outputPath("report"),
    config: devnet.configFor([chain.url]),
    chainId: chain.chainId,
    vault,
    block: number,
  });
  expect(report.block.hash).toBe(hash);
  const { totals, shifted, lps } = report;

  await test.step("the headline of the overview", async () => {
    await accounts.openOverviewAction();
    await accounts.expectBlock(number);
    for (const [label, amount] of [
      ["Unrealised shortfall", totals.unrealisedShortfall],
      ["Gross bad debt", totals.badDebt],
    ] as const) {
      await accounts.expectFigure(label, { exact: knownUnits(amount), decimals });
    }
  });

  await test.step("the ledger's totals, and those who left and came", async () => {
    await accounts.openLedgerAction();
    for (const [label, amount] of [
      ["Gross bad debt", totals.badDebt],
      ["LP loss, all rows", totals.lpLoss],
      ["Recovered", totals.recovered],
      ["Net LP loss, all rows", totals.netLoss],
      ["Losses avoided by leaving", shifted.left.amount],
      ["Holes inherited on entry", shifted.came.amount],
    ] as const) {
      await accounts.expectFigure(label, { exact: knownUnits(amount), decimals });
    }
  });

  const chosen = threeOf(lps);
  expect(chosen).toHaveLength(3);
  for (const lp of chosen) {
    await test.step(`the account of ${lp.address}`, async () => {
      await accounts.openStatementAction(lp.address);
      const rows = await accounts.readTable(IDENTITY_TABLE);
      for (const [label, name, sign] of STEPS) {
        const text = rows.find((row) => row.What?.startsWith(label))?.USDC ?? "";
        const exact = sign * knownUnits(lp[name]);
        expect(isCutFrom(text, { exact, decimals }), `${label} shows "${text}" for ${exact}`).toBe(true);
      }
      const statement = await accounts.saveStatementAction();
      const figures = Object.fromEntries(
        Object.entries(lp).filter(([name]) => !["address", "label", "isContract"].includes(name)),
      );
      expect(statement).toMatchObject({
        schema: "plimsoll-statement/1",
        address: lp.address,
        totals: figures,
        identity: { residual: "0", closes: true },
      });
    });
  }
});
