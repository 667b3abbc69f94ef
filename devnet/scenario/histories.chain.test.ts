import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SCENARIO_NAMES } from "./history/scenarios";
import { artifactOf, callData, type Hex } from "./play/node-client";
import { type PlayedChain, playedChain, START_SECONDS as START } from "./played-chain";
import { units } from "./replay/fixed-point";
import { differencesFromChain } from "./verify";

const DAY = 86_400n;

interface RawLog {
  readonly blockNumber: Hex;
  readonly logIndex: Hex;
  readonly topics: readonly Hex[];
}

let chain: PlayedChain;
let anvil: PlayedChain["anvil"];
let played: PlayedChain["played"];
let lastBlock: bigint;
const of: PlayedChain["of"] = (name) => chain.of(name);
const deployed: PlayedChain["deployed"] = (name) => chain.deployed(name);

beforeAll(async () => {
  chain = await playedChain(SCENARIO_NAMES);
  ({ anvil, played, lastBlock } = chain);
});

afterAll(async () => {
  await anvil?.stop();
});

const logsOf = (address: Hex, topic?: Hex) =>
  anvil.request<readonly RawLog[]>("eth_getLogs", [
    { address, fromBlock: "0x0", toBlock: "latest", ...(topic === undefined ? {} : { topics: [topic] }) },
  ]);

const TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
const ZERO_TOPIC = `0x${"0".repeat(64)}`;

describe("chain and replay", () => {
  it.each(SCENARIO_NAMES)("agree to the unit at the end of %s", async (name) => {
    const lines = await differencesFromChain({
      sender: played.sender,
      vault: deployed(name),
      expected: of(name),
    });
    expect(lines).toEqual([]);
  });

  it("agree to the unit in every totals view, all along the history", async () => {
    const first = lastBlock - BigInt(played.replay.blocks.length) + 1n;
    const views = [
      ["totalAssets", "totalAssets"],
      ["totalSupply", "totalSupplyShares"],
      ["idleAssets", "idleAssets"],
      ["totalPrincipalDebt", "totalPrincipalAssets"],
      ["totalAccruedInterest", "totalInterestAssets"],
      ["totalBadDebt", "totalBadDebtAssets"],
      ["collectedFees", "collectedFeesAssets"],
    ] as const;
    for (const [index, block] of played.replay.blocks.entries()) {
      if (index % 7 !== 0) continue;
      const tag = `0x${(first + BigInt(index)).toString(16)}`;
      const wanted = SCENARIO_NAMES.flatMap((name) =>
        views.map(([, field]) => `${name} ${field} ${block.totals.get(name)?.[field]}`),
      );
      const answers = await played.sender.batch(
        SCENARIO_NAMES.flatMap((name) =>
          views.map(([view]) => [
            "eth_call",
            [{ to: deployed(name).vault, data: callData("FluxVault", view, []) }, tag],
          ]),
        ),
      );
      const found = SCENARIO_NAMES.flatMap((name, at) =>
        views.map(
          ([, field], offset) => `${name} ${field} ${BigInt(answers[at * views.length + offset] as Hex)}`,
        ),
      );
      expect(found).toEqual(wanted);
    }
  });

  it("are told apart when a single unit differs", async () => {
    const core = of("core");
    const tampered = { ...core, totals: { ...core.totals, totalAssets: core.totals.totalAssets + 1n } };
    const lines = await differencesFromChain({
      sender: played.sender,
      vault: deployed("core"),
      expected: tampered,
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("totalAssets");
  });
});

describe("the history of core", () => {
  it("lasts at least 120 days in fewer than 1,200 blocks", async () => {
    const stamp = async (tag: Hex | "latest"): Promise<bigint> =>
      BigInt(
        (await anvil.request<{ readonly timestamp: Hex }>("eth_getBlockByNumber", [tag, false])).timestamp,
      );
    const created: Hex = `0x${deployed("core").startBlock.toString(16)}`;
    expect((await stamp("latest")) - (await stamp(created))).toBeGreaterThanOrEqual(120n * DAY);
    expect(lastBlock).toBeLessThan(1_200n);
  });

  it("changes the vault's state on at least 60 days", async () => {
    const blocks = new Set((await logsOf(deployed("core").vault)).map((log) => log.blockNumber));
    const first = lastBlock - BigInt(played.replay.blocks.length) + 1n;
    const days = new Set<bigint>();
    for (const number of blocks) {
      const at = played.replay.blocks[Number(BigInt(number) - first)]?.atSeconds;
      if (at !== undefined) days.add((at - START) / DAY);
    }
    expect(days.size).toBeGreaterThanOrEqual(60);
  });

  it("has hourly rounds around the crash, and several feeds in one block", async () => {
    const pushed = played.replay.blocks.filter(({ steps }) => steps.some(({ step }) => step.do === "price"));
    const crash = pushed.filter(({ atSeconds }) => {
      const day = Number(atSeconds - START) / Number(DAY);
      return day >= 44.7 && day <= 46.7;
    });
    expect(crash.length).toBeGreaterThanOrEqual(48);
    const perBlock = pushed.map(({ steps }) => steps.filter(({ step }) => step.do === "price").length);
    expect(perBlock.filter((count) => count >= 3).length).toBeGreaterThan(100);
    const answers = await logsOf(played.deployment.feeds.WETH);
    expect(answers.length).toBeGreaterThan(300);
  });

  it("has at least 24 LPs who come, go, and pass shares on between the losses", async () => {
    const transfers = await logsOf(deployed("core").vault, TRANSFER);
    const holders = new Set(
      transfers.flatMap((log) => (log.topics[2] === ZERO_TOPIC ? [] : [log.topics[2] ?? ""])),
    );
    expect(holders.size).toBeGreaterThanOrEqual(24);
    const core = of("core");
    expect(core.holders.filter(({ shares }) => shares === 0n).length).toBeGreaterThanOrEqual(4);
    expect(core.holders.filter(({ shares }) => shares > 0n).length).toBeGreaterThanOrEqual(15);
    const losses = core.liquidations.filter(({ badDebtAssets }) => badDebtAssets > 0n);
    const passedOn = transfers.filter((log) => log.topics[1] !== ZERO_TOPIC && log.topics[2] !== ZERO_TOPIC);
    for (const [index, loss] of losses.entries()) {
      const next = losses[index + 1];
      if (next === undefined) continue;
      const between = passedOn.filter(
        (log) => BigInt(log.blockNumber) > loss.blockNumber && BigInt(log.blockNumber) < next.blockNumber,
      );
      expect(between.length).toBeGreaterThanOrEqual(1);
    }
  });

  it("leaves shares in the hands of a contract", async () => {
    const holder = of("core").holders.find(({ isContract }) => isContract);
    expect(holder?.shares).toBeGreaterThan(0n);
    expect(await anvil.request("eth_getCode", [holder?.address, "latest"])).not.toBe("0x");
  });

  it("leaves at least 14 managers across every health band", () => {
    const bands = of("core")
      .managers.filter(({ principalAssets, bondAssets }) => principalAssets > 0n || bondAssets > 0n)
      .map(({ band }) => band);
    expect(bands.length).toBeGreaterThanOrEqual(14);
    for (const band of ["safe", "caution", "warning", "danger", "liquidatable", "no-debt"]) {
      expect(bands).toContain(band);
    }
  });

  it("leaves managers to liquidate: profitable, in the dead zone, and insolvent", () => {
    const open = of("core").managers.filter(({ canLiquidate }) => canLiquidate);
    const debtOf = (row: (typeof open)[number]) => row.principalAssets + row.interestAssets;
    const gain = (row: (typeof open)[number]) => row.valueAssets - row.minPaymentAssets;
    const margin = (row: (typeof open)[number]) => (row.valueAssets * 1n) / 100n;
    const profitable = open.filter((row) => row.valueAssets > debtOf(row) && gain(row) > margin(row));
    const deadZone = open.filter(
      (row) => row.valueAssets >= debtOf(row) && row.valueAssets * 99n < debtOf(row) * 100n,
    );
    const insolvent = open.filter((row) => row.valueAssets < debtOf(row));
    expect(profitable.map(({ name }) => name)).toEqual(["Osprey", "Shag"]);
    expect(deadZone.map(({ name }) => name)).toEqual(["Petrel"]);
    expect(insolvent.map(({ name }) => name)).toEqual(["Quail"]);
    expect(of("core").unrealised.shortfallAssets).toBe(insolvent[0]?.badDebtIfClosedAssets);
    expect(of("core").unrealised.lpLossAssets).toBeLessThan(of("core").unrealised.shortfallAssets);
  });

  it("has at least 8 liquidations, of which each cause dominates at least one loss", () => {
    const { liquidations } = of("core");
    expect(liquidations.length).toBeGreaterThanOrEqual(8);
    const causes = liquidations.flatMap(({ cause }) => (cause === null ? [] : [cause]));
    expect(causes.length).toBeGreaterThanOrEqual(3);
    expect(new Set(causes.map(({ dominant }) => dominant))).toEqual(new Set(["gap", "delay", "execution"]));
    for (const cause of causes) {
      const parts = [cause.gapAssets, cause.delayAssets, cause.executionAssets];
      const largest = parts.reduce((most, part) => (part > most ? part : most));
      const sum = parts.reduce((total, part) => total + part, 0n);
      expect(largest * 2n).toBeGreaterThan(sum);
    }
    expect(new Set(liquidations.map(({ mode }) => mode))).toEqual(new Set(["wallet", "sell"]));
  });

  it("splits every loss exactly among those who held shares at that moment", () => {
    const { liquidations, holders, realised } = of("core");
    for (const row of liquidations) {
      const shared = row.lossShares.reduce((sum, { lossAssets }) => sum + lossAssets, 0n);
      expect(shared + row.virtualLossAssets).toBe(row.lpLossAssets);
      expect(row.lpLossAssets).toBeLessThanOrEqual(row.badDebtAssets);
    }
    const borne = holders.reduce((sum, { lossAssets }) => sum + lossAssets, 0n);
    expect(borne).toBe(realised.lpLossAssets);
    // Gus had left before the crash, Ugo came after it.
    expect(holders.find(({ name }) => name === "Gus")?.lossAssets).toBe(0n);
    expect(liquidations.filter(({ cause }) => cause !== null)).toHaveLength(4);
  });

  it("loses money while its base asset is off 1 USD", async () => {
    const atLoss = await Promise.all(
      of("core")
        .liquidations.filter(({ badDebtAssets }) => badDebtAssets > 0n)
        .map(async ({ blockNumber }) => {
          const data = callData("OracleRegistry", "getPriceUSD", [played.deployment.tokens.USDC]);
          const tag = `0x${blockNumber.toString(16)}`;
          return BigInt(
            await anvil.request<Hex>("eth_call", [{ to: played.deployment.registry, data }, tag]),
          );
        }),
    );
    expect(atLoss.some((price) => price < 990_000_000_000_000_000n)).toBe(true);
    expect(atLoss.every((price) => price !== 10n ** 18n)).toBe(true);
  });

  it("has one executed, one cancelled and one pending change behind a 48 hour timelock", async () => {
    const { parameterChanges, parameters } = of("core");
    expect(parameterChanges.map(({ state }) => state)).toEqual(["executed", "cancelled", "pending"]);
    expect(parameters.interestRateWad).toBe(parameterChanges[0]?.newValueWad);
    expect(parameters.minBondRatioWad).toBe(parameterChanges[2]?.oldValueWad);
    const { timelock, strategy } = deployed("core");
    const read = (to: Hex | undefined, contract: string, name: string) =>
      anvil.request<Hex>("eth_call", [{ to, data: callData(contract, name, []) }, "latest"]);
    expect(BigInt(await read(timelock, "TimelockController", "getMinDelay"))).toBe(2n * DAY);
    expect(BigInt(await read(strategy, "IStrategy", "owner"))).toBe(BigInt(timelock ?? 0));
    // Unmodified: the very code that the library's source compiles to, immutables apart (it has none).
    const code = await anvil.request<Hex>("eth_getCode", [timelock, "latest"]);
    const { deployedBytecode } = artifactOf("TimelockController");
    expect(code).toBe(deployedBytecode);
  });

  it("has one contribution from the reserve, interest, and both fees", () => {
    const { recoveries, claimedFeesAssets, totals } = of("core");
    expect(recoveries).toHaveLength(1);
    expect(recoveries[0]?.from).toBe(played.sender.addressOf("reserve"));
    expect(recoveries[0]?.assets).toBe(units("25000", 6));
    expect(claimedFeesAssets).toBeGreaterThan(0n);
    expect(totals.collectedFeesAssets).toBeGreaterThan(0n);
    expect(totals.totalInterestAssets).toBeGreaterThan(0n);
  });
});

describe("the history of lesson", () => {
  it("loses 5,000 of a debt of 100,000, shared 3,000 / 1,500 / 500", () => {
    const { liquidations, holders, totals, realised } = of("lesson");
    expect(liquidations).toHaveLength(1);
    expect(liquidations[0]).toMatchObject({
      trueDebtAssets: units("100000", 6),
      positionValueAssets: units("95000", 6),
      paymentAssets: units("95000", 6),
      badDebtAssets: units("5000", 6),
      lpLossAssets: units("5000", 6),
      virtualLossAssets: 0n,
    });
    expect(holders.map(({ name, lossAssets }) => [name, lossAssets])).toEqual([
      ["Ada", units("3000", 6)],
      ["Bea", units("1500", 6)],
      ["Cyrus", units("500", 6)],
    ]);
    expect(realised.badDebtAssets).toBe(totals.totalBadDebtAssets);
    expect(totals.totalAssets).toBe(units("995000", 6));
  });
});

describe("the history of weth", () => {
  it("is healthy, has 18 decimals, an immutable strategy, and no bad debt", async () => {
    const { managers, totals, liquidations } = of("weth");
    expect(managers.length).toBeGreaterThanOrEqual(4);
    expect(managers.every(({ band }) => band === "safe" || band === "caution")).toBe(true);
    expect(liquidations).toEqual([]);
    expect(totals.totalBadDebtAssets).toBe(0n);
    const { vault, strategy, timelock } = deployed("weth");
    const read = (to: Hex, contract: string, name: string) =>
      anvil.request<Hex>("eth_call", [{ to, data: callData(contract, name, []) }, "latest"]);
    expect(BigInt(await read(vault, "FluxVault", "decimals"))).toBe(18n);
    expect(BigInt(await read(strategy, "IStrategy", "isMutable"))).toBe(0n);
    expect(timelock).toBeUndefined();
  });
});
