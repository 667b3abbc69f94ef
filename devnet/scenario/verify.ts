import { decodeFunctionResult, type Log, parseEventLogs } from "viem";
import type { ExpectedLiquidation, ExpectedScenario } from "./expected";
import type { VaultDeployment } from "./play/deployment";
import { artifactOf, callData, type Hex, type HistorySender, lower } from "./play/node-client";

interface Question {
  /** What is compared, for the report. */
  readonly what: string;
  readonly to: Hex;
  readonly contract: string;
  readonly functionName: string;
  readonly args: readonly unknown[];
  /** The answer that the replay implies; a list for functions with several results. */
  readonly expected: unknown;
}

const OPERATION_STATES = { pending: [1, 2], executed: [3], cancelled: [0] } as const;

/**
 * Compares what a scenario implies with the chain's own views and events at the block it was worked out for.
 * @returns one line for every figure that differs; an empty list when the two agree to the unit
 */
export async function differencesFromChain(args: {
  readonly sender: HistorySender;
  readonly vault: VaultDeployment;
  readonly expected: ExpectedScenario;
}): Promise<readonly string[]> {
  const { sender, vault, expected } = args;
  const questions = [
    ...totalsQuestions(vault, expected),
    ...managerQuestions(vault, expected),
    ...expected.holders.map(({ name, address, shares }) =>
      view(vault, `shares of ${name}`, "balanceOf", [address], shares),
    ),
  ];
  const tag: Hex = `0x${expected.blockNumber.toString(16)}`;
  const wrapperAnswers = await sender.batch(
    expected.managers.map(({ address }) => [
      "eth_call",
      [{ to: vault.vault, data: callData("FluxVault", "managerWrappers", [address]) }, tag],
    ]),
  );
  for (const [index, manager] of expected.managers.entries()) {
    const wrappers = decode("FluxVault", "managerWrappers", wrapperAnswers[index]);
    questions.push({
      what: `appraisal of ${manager.name}`,
      to: vault.strategy,
      contract: "FixedRateStrategy",
      functionName: "evaluatePosition",
      args: [vault.vault, manager.address, wrappers, manager.principalAssets + manager.interestAssets],
      expected: [manager.valueUsdWad, manager.valueAssets, manager.canLiquidate, manager.minPaymentAssets],
    });
  }
  const answers = await sender.batch(
    questions.map(({ to, contract, functionName, args: values }) => [
      "eth_call",
      [{ to, data: callData(contract, functionName, values) }, tag],
    ]),
  );
  const viewDifferences = questions.flatMap((question, index) =>
    difference(
      question.what,
      question.expected,
      decode(question.contract, question.functionName, answers[index]),
    ),
  );
  return [
    ...viewDifferences,
    ...(await eventDifferences(args, tag)),
    ...(await timelockDifferences(args, tag)),
  ];
}

function view(
  vault: VaultDeployment,
  what: string,
  functionName: string,
  args: readonly unknown[],
  expected: unknown,
): Question {
  return { what, to: vault.vault, contract: "FluxVault", functionName, args, expected };
}

function totalsQuestions(vault: VaultDeployment, { totals, parameters }: ExpectedScenario): Question[] {
  const ofVault = [
    ["totalAssets", totals.totalAssets],
    ["totalSupply", totals.totalSupplyShares],
    ["idleAssets", totals.idleAssets],
    ["totalPrincipalDebt", totals.totalPrincipalAssets],
    ["totalAccruedInterest", totals.totalInterestAssets],
    ["totalBadDebt", totals.totalBadDebtAssets],
    ["collectedFees", totals.collectedFeesAssets],
  ] as const;
  const ofStrategy = [
    ["interestRate", parameters.interestRateWad],
    ["minBondRatio", parameters.minBondRatioWad],
    ["liquidationBuffer", parameters.liquidationBufferWad],
    ["liquidationProfitMargin", parameters.liquidationProfitMarginWad],
  ] as const;
  return [
    ...ofVault.map(([name, value]) => view(vault, name, name, [], value)),
    ...ofStrategy.map(([name, value]) => ({
      what: name,
      to: vault.strategy,
      contract: "IStrategy",
      functionName: name,
      args: [],
      expected: value,
    })),
  ];
}

function managerQuestions(vault: VaultDeployment, { managers }: ExpectedScenario): Question[] {
  return managers.flatMap((row) => [
    view(
      vault,
      `debt of ${row.name}`,
      "managerDebt",
      [row.address],
      [row.principalAssets, row.interestAssets],
    ),
    view(vault, `bond of ${row.name}`, "managerBond", [row.address], row.bondAssets),
    view(
      vault,
      `working capital of ${row.name}`,
      "managerWorkingCapital",
      [row.address],
      row.workingCapitalAssets,
    ),
  ]);
}

type Checked = {
  readonly sender: HistorySender;
  readonly vault: VaultDeployment;
  readonly expected: ExpectedScenario;
};

/** Liquidations, losses and recoveries as the vault's own events tell them, in order. */
async function eventDifferences({ sender, vault, expected }: Checked, tag: Hex): Promise<readonly string[]> {
  const logs = await sender.request<Log[]>("eth_getLogs", [
    { address: vault.vault, fromBlock: "0x0", toBlock: tag },
  ]);
  const events = parseEventLogs({ abi: artifactOf("FluxVault").abi, logs }) as readonly {
    readonly eventName: string;
    readonly args: Readonly<Record<string, unknown>>;
  }[];
  const valuesOf = (name: string, fields: readonly string[]): readonly unknown[][] =>
    events
      .filter(({ eventName }) => eventName === name)
      .map(({ args }) => fields.map((field) => plain(args[field])));
  const lost = expected.liquidations.filter(({ badDebtAssets }) => badDebtAssets > 0n);
  return [
    ...difference(
      "liquidations",
      expected.liquidations.map((row) => [
        row.manager,
        row.liquidator,
        row.positionValueAssets,
        row.trueDebtAssets,
        row.paymentAssets,
        row.badDebtAssets,
      ]),
      valuesOf("PositionLiquidated", [
        "manager",
        "liquidator",
        "positionValue",
        "trueDebt",
        "payment",
        "badDebt",
      ]),
    ),
    ...difference(
      "losses",
      lost.map((row: ExpectedLiquidation) => [
        row.manager,
        row.unpaidPrincipalAssets,
        row.unpaidInterestAssets,
        row.lpLossAssets,
        row.totalAssetsBefore,
        row.totalAssetsAfter,
        row.totalSupplyShares,
      ]),
      valuesOf("LossRealised", [
        "manager",
        "principal",
        "interest",
        "lpLoss",
        "totalAssetsBefore",
        "totalAssetsAfter",
        "totalSupply",
      ]),
    ),
    ...difference(
      "recoveries",
      expected.recoveries.map((row) => [row.from, row.assets, row.totalAssetsBefore, row.totalSupplyShares]),
      valuesOf("RecoveryReceived", ["from", "amount", "totalAssetsBefore", "totalSupply"]),
    ),
  ];
}

async function timelockDifferences(
  { sender, vault, expected }: Checked,
  tag: Hex,
): Promise<readonly string[]> {
  const { timelock } = vault;
  if (timelock === undefined) return [];
  const answers = await sender.batch(
    expected.parameterChanges.map(({ operationId }) => [
      "eth_call",
      [{ to: timelock, data: callData("TimelockController", "getOperationState", [operationId]) }, tag],
    ]),
  );
  return expected.parameterChanges.flatMap(({ name, state }, index) => {
    const found = Number(decode("TimelockController", "getOperationState", answers[index]));
    const wanted: readonly number[] = OPERATION_STATES[state];
    return wanted.includes(found) ? [] : [`${name}: expected ${state}, the timelock says state ${found}`];
  });
}

function decode(contract: string, functionName: string, data: unknown): unknown {
  return decodeFunctionResult({ abi: artifactOf(contract).abi, functionName, data: data as Hex });
}

function difference(what: string, expected: unknown, found: unknown): readonly string[] {
  const [wanted, got] = [textOf(expected), textOf(found)];
  return wanted === got ? [] : [`${what}: the replay says ${wanted}, the chain ${got}`];
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) => plain(entry));
}

/** One spelling for addresses and integers, whatever made them. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  return typeof value === "string" && value.startsWith("0x") ? lower(value) : value;
}
