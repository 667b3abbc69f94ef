import { encodeCall } from "../fixtures/contracts";
import type { Scenario } from "../fixtures/devnet";
import { test as base, expect } from "../fixtures/test";
import { VaultPages } from "../pages/vault-pages";

interface Stage {
  readonly scenario: Scenario;
  readonly overview: VaultPages;
}

const test = base.extend<Stage>({
  scenario: async ({ devnet }, run) => run(devnet.scenario("core")),
  overview: async ({ page, site, scenario, endpoint }, run) =>
    run(new VaultPages(page, { site, scenario, endpoint })),
});

const TOTALS = ["Unrealised shortfall", "Bad-debt ratio", "Debt that can be liquidated"];

const expectTruth = async ({ overview, scenario }: Stage): Promise<void> => {
  const { unrealised, totals } = scenario.expected;
  const { decimals } = scenario;
  await overview.expectFigure("Unrealised shortfall", { exact: unrealised.shortfallAssets, decimals });
  await overview.expectFigure("Total assets", { exact: totals.totalAssets, decimals });
};

test.describe("an endpoint that limits requests", () => {
  test("is waited for, named, and read to the end when it answers again", async ({
    overview,
    scenario,
    endpoint,
  }) => {
    const lift = endpoint.add({ fault: { kind: "status", status: 429, retryAfterSeconds: 1 } });
    await overview.openAction(overview.route());
    await expect(overview.locateNotice(/limiting requests/)).toBeVisible();
    await expect(overview.locateNotice(new URL(endpoint.url).host)).toBeVisible();
    lift();
    await expectTruth({ overview, scenario });
  });

  test("gets requests at the rate that it allows, and no lost event", async ({
    overview,
    scenario,
    endpoint,
  }) => {
    endpoint.add({ fault: { kind: "rate-limit", perSecond: 4, burst: 2, retryAfterSeconds: 1 } });
    await overview.openAction(overview.route());
    await expectTruth({ overview, scenario });
    const { byStatus, requests } = endpoint.counts();
    expect(byStatus[429] ?? 0).toBeGreaterThan(0);
    expect(byStatus[429] ?? 0).toBeLessThanOrEqual(Math.ceil(requests / 2));
  });
});

test.describe("an endpoint that fails", () => {
  for (const [title, fault] of [
    ["with 503", { kind: "status", status: 503 }],
    ["by dropping connections", { kind: "reset" }],
    ["with a page of HTML", { kind: "html" }],
    ["with half an answer", { kind: "truncate", fraction: 0.5 }],
  ] as const) {
    test(`${title} leaves the old numbers standing, marked, and is read again by itself`, async ({
      overview,
      scenario,
      endpoint,
      chain,
    }) => {
      await overview.openOverviewAction();
      await expectTruth({ overview, scenario });
      const lift = endpoint.add({ fault });
      await chain.mine();
      await overview.pollAction();
      await expect(overview.locateNotice(/endpoint|Stale/i)).toBeVisible();
      await expectTruth({ overview, scenario });
      await overview.expectBlock(scenario.expected.blockNumber);
      lift();
      // At most two polling intervals after the fault ends, without a reload.
      await overview.pollAction();
      await overview.pollAction();
      await overview.expectBlock(scenario.expected.blockNumber + 1n);
    });
  }

  test("from the start says what is wrong and which host, and recovers without a reload", async ({
    overview,
    scenario,
    endpoint,
  }) => {
    const comeBack = endpoint.goDown();
    await overview.openAction(overview.route());
    await expect(overview.locateNotice(new URL(endpoint.url).host)).toBeVisible();
    comeBack();
    await overview.pollAction();
    await expectTruth({ overview, scenario });
  });

  test("gives way to the next endpoint of the configuration", async ({
    overview,
    scenario,
    endpoint,
    site,
    devnet,
    chain,
    watch,
  }) => {
    watch.allowEndpoint(chain.url);
    site.configure(devnet.configFor([endpoint.url, chain.url]));
    endpoint.add({ fault: { kind: "status", status: 500 } });
    await overview.openAction(overview.route());
    await expectTruth({ overview, scenario });
  });

  test("for one manager of many leaves every total unknown, and says how many are missing", async ({
    overview,
    scenario,
    endpoint,
  }) => {
    const [missing] = scenario.expected.managers.filter((one) => one.canLiquidate);
    if (missing === undefined) throw new Error("the scenario has nobody to lose sight of");
    // The lens answers for all at once; a node that takes no override has to be asked manager by manager.
    endpoint.add({ fault: { kind: "reject-override" } });
    const debtOf = encodeCall({
      contract: "FluxVault",
      functionName: "managerDebt",
      args: [missing.address],
    });
    const lift = endpoint.add({
      when: { methods: ["eth_call"], matches: (call) => JSON.stringify(call.params).includes(debtOf) },
      fault: { kind: "rpc-error", error: { code: -32_000, message: "internal error" } },
    });
    await overview.openOverviewAction();
    await expect(overview.locateNotice(/1 of \d+ managers could not be read/)).toBeVisible();
    for (const label of TOTALS) await overview.expectFigureUnknown(label);
    await expect(overview.locateLoadLine()).toHaveAccessibleName(/a part of the debt/);
    lift();
    await overview.readAgainAction();
    await expectTruth({ overview, scenario });
  });
});

test.describe("an endpoint on another chain", () => {
  test("from the start is not used, and both chains are named", async ({ overview, endpoint }) => {
    endpoint.add({ fault: { kind: "chain-id", chainId: 5 } });
    await overview.openAction(overview.route());
    await expect(overview.locateNotice(/Expected chain 31337, got 5/)).toBeVisible();
    await expect(overview.locateFigure("Unrealised shortfall")).toHaveCount(0);
  });

  test("that changes in the middle is dropped, and what was read before stays, marked", async ({
    overview,
    scenario,
    endpoint,
  }) => {
    await overview.openOverviewAction();
    endpoint.add({ fault: { kind: "chain-id", chainId: 5 } });
    for (let polls = 0; polls < 4; polls += 1) await overview.pollAction();
    await expect(overview.locateNotice(/another chain/)).toBeVisible();
    await expectTruth({ overview, scenario });
  });
});

test.describe("an endpoint that stands still", () => {
  test("is shown as stale, with the age of its last block", async ({
    overview,
    scenario,
    endpoint,
    chain,
  }) => {
    await overview.openOverviewAction();
    endpoint.add({ fault: { kind: "freeze", atBlock: scenario.expected.blockNumber } });
    for (let blocks = 0; blocks < 3; blocks += 1) await chain.mine();
    await overview.passTimeAction(15 * 60);
    await expect(overview.locateStamp()).toContainText(/stale/);
    await expect(overview.locateStamp()).toContainText(/15 min/);
    await overview.expectBlock(scenario.expected.blockNumber);
  });
});

test.describe("a reorganisation", () => {
  test("takes back what was read of the replaced blocks", async ({ overview, scenario, chain, devnet }) => {
    const { decimals, vault, expected } = scenario;
    await overview.openOverviewAction();
    const lp = devnet.addressOf("Ada");
    const burn = encodeCall({ contract: "FluxVault", functionName: "redeem", args: [1_000_000n, lp, lp] });
    const receipt = await chain.sendAs(lp, { to: vault, data: burn });
    expect(receipt.isSuccess).toBe(true);
    await overview.pollAction();
    const after = await chain.totalAssetsOf(vault);
    expect(after).not.toBe(expected.totals.totalAssets);
    await overview.expectFigure("Total assets", { exact: after, decimals });
    const { number } = await chain.head();
    await chain.reorg(Number(number - expected.blockNumber));
    await chain.mine();
    await overview.pollAction();
    await overview.pollAction();
    const now = await chain.totalAssetsOf(vault);
    await overview.expectFigure("Total assets", { exact: now, decimals });
  });
});

test.describe("a node that takes no state override", () => {
  for (const kind of ["strip-override", "reject-override"] as const) {
    test(`(${kind}) is read by the next way, with the same numbers`, async ({
      overview,
      scenario,
      endpoint,
    }) => {
      endpoint.add({ fault: { kind } });
      await overview.openAction(overview.route());
      await expectTruth({ overview, scenario });
      await expect(overview.locateStamp()).toContainText("read by batched views");
    });
  }

  test("is not what stands behind an untouched endpoint", async ({ overview, scenario }) => {
    await overview.openOverviewAction();
    await expectTruth({ overview, scenario });
    await expect(overview.locateStamp()).toContainText("read by lens");
  });
});
