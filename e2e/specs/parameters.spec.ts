import { readUint } from "../fixtures/contracts";
import type { Scenario } from "../fixtures/devnet";
import { readEvents } from "../fixtures/events";
import { test as base, expect } from "../fixtures/test";
import { ParametersPage } from "../pages/parameters-page";
import { TransactionDialog } from "../pages/transaction-dialog";

interface Stage {
  readonly scenario: Scenario & { readonly timelock: `0x${string}` };
  readonly parameters: ParametersPage;
  readonly dialog: TransactionDialog;
}

const test = base.extend<Stage>({
  scenario: async ({ devnet }, run) => {
    const { timelock, ...core } = devnet.scenario("core");
    if (timelock === undefined) throw new Error("the core vault has no timelock");
    await run({ ...core, timelock });
  },
  parameters: async ({ page, site, scenario, endpoint }, run) =>
    run(new ParametersPage(page, { site, scenario, endpoint })),
  dialog: async ({ page }, run) => run(new TransactionDialog(page)),
});

const DELAY_SECONDS = 48 * 3_600;
const PERCENT = 16;

const rateOf = (chain: Parameters<typeof readUint>[0], strategy: `0x${string}`): Promise<bigint> =>
  readUint(chain, { contract: "MutableFixedRateStrategy", address: strategy, functionName: "interestRate" });

test.describe("the operator", () => {
  test("schedules a new rate, waits out the delay and executes it", async ({
    page,
    parameters,
    dialog,
    scenario,
    devnet,
    wallet,
    chain,
  }) => {
    const before = await rateOf(chain, scenario.strategy);
    await parameters.openParametersAction();
    await parameters.expectFigure("Interest rate", { exact: before, decimals: PERCENT });
    await parameters.connectAction(wallet.name);
    await parameters.proposeAction({ parameter: "Interest rate", percent: "9.5" });
    await parameters.reviewAction();
    await dialog.confirmAction(wallet);

    const hash = wallet.transactions.at(-1)?.hash;
    if (hash === undefined) throw new Error("nothing was scheduled");
    const [scheduled] = (await readEvents(chain, { hash, contract: "TimelockController" })).filter(
      ({ eventName }) => eventName === "CallScheduled",
    );
    const id = String(scheduled?.args.id);
    expect(scheduled?.args).toMatchObject({ delay: BigInt(DELAY_SECONDS) });
    await expect(parameters.locateOperation(id)).toContainText("Pending");
    await expect(parameters.locateOperation(id)).toContainText("9.5%");
    await expect(parameters.locateExecuteButton(id)).toBeDisabled();
    expect(await rateOf(chain, scenario.strategy)).toBe(before);

    await devnet.advance(DELAY_SECONDS);
    await page.clock.setSystemTime(Number((await chain.head()).timestampSeconds + 5n) * 1_000);
    await parameters.pollAction();
    await expect(parameters.locateOperation(id)).toContainText("Ready");
    await parameters.executeAction(id);
    await dialog.confirmAction(wallet);

    expect(await rateOf(chain, scenario.strategy)).toBe(95n * 10n ** 15n);
    await parameters.expectFigure("Interest rate", { exact: 95n * 10n ** 15n, decimals: PERCENT });
    await expect(parameters.locateOperation(id)).toHaveCount(0);
    const rows = await parameters.readTable("Executed and cancelled operations");
    expect(rows.find((row) => Object.values(row).join(" ").includes(id))?.State).toBe("Executed");
  });

  test("cancels what waits", async ({ parameters, dialog, scenario, wallet, chain }) => {
    const pending = scenario.expected.parameterChanges.find((one) => one.state === "pending");
    if (pending === undefined) throw new Error("nothing is pending");
    await parameters.openParametersAction();
    await parameters.connectAction(wallet.name);
    await expect(parameters.locateOperation(pending.operationId)).toContainText("Pending");
    await parameters.cancelAction(pending.operationId);
    await dialog.confirmAction(wallet);
    const timestamp = await readUint(chain, {
      contract: "TimelockController",
      address: scenario.timelock,
      functionName: "getTimestamp",
      args: [pending.operationId],
    });
    expect(timestamp).toBe(0n);
    await expect(parameters.locateOperation(pending.operationId)).toHaveCount(0);
    const rows = await parameters.readTable("Executed and cancelled operations");
    expect(rows.find((row) => Object.values(row).join(" ").includes(pending.operationId))?.State).toBe(
      "Cancelled",
    );
  });

  test("sees, before signing, exactly the managers that a higher bond ratio would make liquidatable", async ({
    page,
    parameters,
    scenario,
    wallet,
  }) => {
    const { parameters: now, managers } = scenario.expected;
    const raised = now.liquidationThresholdWad + 5n * 10n ** 16n;
    const hit = managers.filter(
      ({ healthWad }) => healthWad !== null && healthWad >= now.liquidationThresholdWad && healthWad < raised,
    );
    expect(hit.length).toBeGreaterThan(0);
    await parameters.openParametersAction();
    await parameters.connectAction(wallet.name);
    const percent = ((now.minBondRatioWad + 5n * 10n ** 16n) / 10n ** 16n).toString();
    await parameters.proposeAction({ parameter: "Minimum bond ratio", percent });
    await expect(parameters.locateNotice("Refused by default")).toBeVisible();
    await expect(parameters.locateReviewButton()).toBeDisabled();
    const listed = await parameters.locateNewlyLiquidatable().allInnerTexts();
    const addresses = listed.flatMap((text) => text.match(/0x[0-9a-f]{40}/g) ?? []);
    expect(new Set(addresses)).toEqual(new Set(hit.map((one) => one.address)));
    await parameters.overrideAction();
    await expect(parameters.locateReviewButton()).toBeEnabled();
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  test("is told what a value may be, and loses nothing that was typed", async ({ parameters, wallet }) => {
    await parameters.openParametersAction();
    await parameters.connectAction(wallet.name);
    for (const [typed, problem] of [
      ["abc", /number|digits/i],
      ["-1", /number|negative|digits/i],
      ["500", /at most|between|to/i],
    ] as const) {
      await parameters.proposeAction({ parameter: "Minimum bond ratio", percent: typed });
      await expect(parameters.locateValueField()).toHaveAccessibleDescription(problem);
      await expect(parameters.locateValueField()).toHaveValue(typed);
      await expect(parameters.locateReviewButton()).toBeDisabled();
    }
  });
});

test.describe("somebody without a role", () => {
  test("sees why nothing can be signed instead of a failed transaction", async ({
    parameters,
    scenario,
    devnet,
    wallet,
  }) => {
    const pending = scenario.expected.parameterChanges.find((one) => one.state === "pending");
    if (pending === undefined) throw new Error("nothing is pending");
    await wallet.switchAccounts([devnet.addressOf("stranger")]);
    await parameters.openParametersAction();
    await parameters.connectAction(wallet.name);
    await expect(parameters.locateCancelButton(pending.operationId)).toBeDisabled();
    await expect(parameters.locateNotice(/does not hold the timelock's canceller role/)).toBeVisible();
    await parameters.proposeAction({ parameter: "Interest rate", percent: "9" });
    await expect(parameters.locateReviewButton()).toBeDisabled();
    expect(wallet.countOf("eth_sendTransaction")).toBe(0);
  });
});
