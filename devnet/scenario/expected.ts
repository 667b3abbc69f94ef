import type { ScenarioName } from "./history/scenarios";
import { operationId } from "./play/encode";
import type { Hex } from "./play/node-client";
import type { PlayedHistory } from "./play/play";
import type { CauseSplit } from "./replay/cause-split";
import { excess, WAD } from "./replay/fixed-point";
import { splitLoss } from "./replay/loss-split";
import {
  type LiquidationRecord,
  LOCKER,
  type ScenarioReplay,
  type VaultTotals,
} from "./replay/scenario-replay";
import { VIRTUAL_SHARES } from "./replay/vault-books";

/**
 * What a scenario implies at the last block of its history, to the unit: computed by the replay of the rules, never
 * read from the chain. Amounts are in the base asset's units.
 */
export interface ExpectedScenario {
  readonly blockNumber: bigint;
  readonly timestampSeconds: bigint;
  readonly totals: VaultTotals;
  readonly claimedFeesAssets: bigint;
  readonly parameters: {
    readonly interestRateWad: bigint;
    readonly minBondRatioWad: bigint;
    readonly liquidationBufferWad: bigint;
    readonly liquidationProfitMarginWad: bigint;
    readonly liquidationThresholdWad: bigint;
  };
  readonly managers: readonly ExpectedManager[];
  readonly holders: readonly ExpectedHolder[];
  readonly liquidations: readonly ExpectedLiquidation[];
  readonly recoveries: readonly ExpectedRecovery[];
  readonly parameterChanges: readonly ExpectedChange[];
  /** What would be lost if everybody who can be liquidated were, now. */
  readonly unrealised: {
    readonly shortfallAssets: bigint;
    readonly lpLossAssets: bigint;
    /** Debt beyond value, of everybody. */
    readonly insolvencyAssets: bigint;
  };
  readonly realised: {
    readonly badDebtAssets: bigint;
    readonly lpLossAssets: bigint;
    readonly recoveredAssets: bigint;
  };
}

export type HealthBand = "safe" | "caution" | "warning" | "danger" | "liquidatable" | "no-debt";

export interface ExpectedManager {
  readonly name: string;
  readonly address: Hex;
  readonly principalAssets: bigint;
  readonly interestAssets: bigint;
  readonly bondAssets: bigint;
  readonly workingCapitalAssets: bigint;
  readonly valueUsdWad: bigint;
  readonly valueAssets: bigint;
  /** null without debt. */
  readonly healthWad: bigint | null;
  readonly band: HealthBand;
  readonly canLiquidate: boolean;
  readonly minPaymentAssets: bigint;
  /** If it were liquidated now, at its minimum payment; 0 for managers who cannot be. */
  readonly badDebtIfClosedAssets: bigint;
  readonly lpLossIfClosedAssets: bigint;
  /** First block time of the present unbroken spell in which it can be liquidated; null when it cannot. */
  readonly liquidatableSinceSeconds: bigint | null;
}

export interface ExpectedHolder {
  readonly name: string;
  readonly address: Hex;
  readonly shares: bigint;
  /** Its part of all losses so far, those it bore before leaving included. */
  readonly lossAssets: bigint;
  readonly isContract: boolean;
}

export interface ExpectedLiquidation {
  readonly blockNumber: bigint;
  readonly timestampSeconds: bigint;
  readonly manager: Hex;
  readonly managerName: string;
  readonly liquidator: Hex;
  readonly mode: "wallet" | "sell";
  readonly trueDebtAssets: bigint;
  readonly positionValueAssets: bigint;
  readonly paymentAssets: bigint;
  readonly badDebtAssets: bigint;
  readonly lpLossAssets: bigint;
  readonly unpaidPrincipalAssets: bigint;
  readonly unpaidInterestAssets: bigint;
  readonly totalAssetsBefore: bigint;
  readonly totalAssetsAfter: bigint;
  readonly totalSupplyShares: bigint;
  readonly liquidatableSinceSeconds: bigint;
  readonly cause: CauseSplit | null;
  readonly lossShares: readonly { readonly holder: Hex; readonly lossAssets: bigint }[];
  readonly virtualLossAssets: bigint;
}

export interface ExpectedRecovery {
  readonly timestampSeconds: bigint;
  readonly from: Hex;
  readonly assets: bigint;
  readonly totalAssetsBefore: bigint;
  readonly totalSupplyShares: bigint;
}

export interface ExpectedChange {
  readonly name: string;
  readonly operationId: Hex;
  readonly setter: "setInterestRate" | "setMinBondRatio";
  readonly oldValueWad: bigint;
  readonly newValueWad: bigint;
  readonly state: "pending" | "executed" | "cancelled";
  readonly scheduledAtSeconds: bigint;
}

/** Offsets above the threshold at which the bands of the protocol's risk table begin (1.40, 1.25 and 1.15 at 1.10). */
const BAND_OFFSETS = { safe: (30n * WAD) / 100n, caution: (15n * WAD) / 100n, warning: (5n * WAD) / 100n };

/** Blocks before the first block of the history: genesis and the set-up. */
const firstHistoryBlock = (lastBlock: bigint, blocks: number): bigint => lastBlock - BigInt(blocks) + 1n;

/** Works out what every scenario of a played history implies. */
export function expectedScenarios(
  played: PlayedHistory,
  lastBlock: bigint,
): ReadonlyMap<ScenarioName, ExpectedScenario> {
  const first = firstHistoryBlock(lastBlock, played.replay.blocks.length);
  const blockAt = new Map(
    played.replay.blocks.map(({ atSeconds }, index) => [atSeconds, first + BigInt(index)]),
  );
  return new Map(
    [...played.replay.scenarios].map(([name, replay]) => [
      name,
      expectedScenario({ played, name, replay, blockAt, lastBlock }),
    ]),
  );
}

function expectedScenario(args: {
  readonly played: PlayedHistory;
  readonly name: ScenarioName;
  readonly replay: ScenarioReplay;
  readonly blockAt: ReadonlyMap<bigint, bigint>;
  readonly lastBlock: bigint;
}): ExpectedScenario {
  const { played, replay } = args;
  const { vault } = replay;
  const own = played.deployment.vaults.get(args.name);
  if (own === undefined) throw new RangeError(`${args.name} was not deployed.`);
  const addressOf = (name: string): Hex =>
    name === LOCKER && own.locker !== undefined ? own.locker : played.sender.addressOf(name);
  const liquidations = replay.liquidations.map((record) =>
    expectedLiquidation({ record, addressOf, blockNumber: args.blockAt.get(record.atSeconds) ?? 0n }),
  );
  const managers = [...replay.managers].map((manager) =>
    expectedManager(replay, manager, addressOf(manager)),
  );
  const losses = new Map<Hex, bigint>();
  for (const { lossShares } of liquidations) {
    for (const { holder, lossAssets } of lossShares) {
      losses.set(holder, (losses.get(holder) ?? 0n) + lossAssets);
    }
  }
  const sum = <T>(rows: readonly T[], part: (row: T) => bigint): bigint =>
    rows.reduce((total, row) => total + part(row), 0n);
  return {
    blockNumber: args.lastBlock,
    timestampSeconds: played.replay.blocks.at(-1)?.atSeconds ?? 0n,
    totals: replay.totals(),
    claimedFeesAssets: replay.claimedFeesAssets,
    parameters: {
      interestRateWad: vault.rateWad,
      minBondRatioWad: vault.minBondRatioWad,
      liquidationBufferWad: vault.terms.liquidationBufferWad,
      liquidationProfitMarginWad: vault.terms.profitMarginWad,
      liquidationThresholdWad: vault.thresholdWad,
    },
    managers,
    holders: [...replay.holders].map((name) => ({
      name,
      address: addressOf(name),
      shares: vault.books.shares.get(name) ?? 0n,
      lossAssets: losses.get(addressOf(name)) ?? 0n,
      isContract: name === LOCKER,
    })),
    liquidations,
    recoveries: replay.recoveries.map(({ atSeconds, from, ...rest }) => ({
      ...rest,
      timestampSeconds: atSeconds,
      from: addressOf(from),
    })),
    parameterChanges: replay.changes.map(({ change, ...rest }) => ({
      ...rest,
      name: change.name,
      setter: change.setter,
      newValueWad: change.newValueWad,
      operationId: operationId(own.strategy, change),
    })),
    unrealised: {
      shortfallAssets: sum(managers, (row) => row.badDebtIfClosedAssets),
      lpLossAssets: sum(managers, (row) => row.lpLossIfClosedAssets),
      insolvencyAssets: sum(managers, (row) =>
        excess(row.principalAssets + row.interestAssets, row.valueAssets),
      ),
    },
    realised: {
      badDebtAssets: sum(liquidations, (row) => row.badDebtAssets),
      lpLossAssets: sum(liquidations, (row) => row.lpLossAssets),
      recoveredAssets: sum(replay.recoveries, (row) => row.assets),
    },
  };
}

function expectedManager(replay: ScenarioReplay, name: string, address: Hex): ExpectedManager {
  const { vault } = replay;
  const position = vault.positionOf(name);
  const { debtAssets: _debtAssets, healthWad, ...appraisal } = vault.appraise(name);
  // Tried out on a copy of the books: the fee part of interest that would not be paid is the fee takers' loss.
  const trial = appraisal.canLiquidate
    ? vault.books.copy().settleLiquidation(name, appraisal.minPaymentAssets)
    : undefined;
  return {
    ...appraisal,
    name,
    address,
    bondAssets: position.bondAssets,
    workingCapitalAssets: position.workingCapitalAssets,
    healthWad: healthWad ?? null,
    band: bandOf(healthWad, vault.thresholdWad),
    badDebtIfClosedAssets: trial?.badDebtAssets ?? 0n,
    lpLossIfClosedAssets: trial === undefined ? 0n : lpLossOf(trial),
    liquidatableSinceSeconds: replay.liquidatableSince(name) ?? null,
  };
}

function lpLossOf(record: {
  readonly badDebtAssets: bigint;
  readonly totalAssetsBefore: bigint;
  readonly totalAssetsAfter: bigint;
}): bigint {
  return record.badDebtAssets === 0n ? 0n : excess(record.totalAssetsBefore, record.totalAssetsAfter);
}

function bandOf(healthWad: bigint | undefined, thresholdWad: bigint): HealthBand {
  if (healthWad === undefined) return "no-debt";
  if (healthWad < thresholdWad) return "liquidatable";
  if (healthWad > thresholdWad + BAND_OFFSETS.safe) return "safe";
  if (healthWad >= thresholdWad + BAND_OFFSETS.caution) return "caution";
  return healthWad >= thresholdWad + BAND_OFFSETS.warning ? "warning" : "danger";
}

function expectedLiquidation(args: {
  readonly record: LiquidationRecord;
  readonly addressOf: (name: string) => Hex;
  readonly blockNumber: bigint;
}): ExpectedLiquidation {
  const { atSeconds, holders, manager, liquidator, cause, ...rest } = args.record;
  const lpLossAssets = lpLossOf(args.record);
  const weights = [...holders]
    .filter(([, shares]) => shares > 0n)
    .map(([name, shares]) => ({ holder: args.addressOf(name), shares }));
  const parts =
    lpLossAssets === 0n
      ? []
      : splitLoss(lpLossAssets, [...weights, { holder: undefined, shares: VIRTUAL_SHARES }]);
  return {
    ...rest,
    blockNumber: args.blockNumber,
    timestampSeconds: atSeconds,
    manager: args.addressOf(manager),
    managerName: manager,
    liquidator: args.addressOf(liquidator),
    lpLossAssets,
    cause: cause ?? null,
    lossShares: parts.flatMap(({ holder, lossAssets }) =>
      holder === undefined ? [] : [{ holder, lossAssets }],
    ),
    virtualLossAssets: parts.find(({ holder }) => holder === undefined)?.lossAssets ?? 0n,
  };
}
