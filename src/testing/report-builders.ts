import type { Address, ManagerState, VaultEvent, VaultHistory, VaultState } from "@/domain/model";
import type { VaultConfig } from "@/report/config";
import { assembleReport, type VaultReport } from "@/report/vault-report";
import {
  addressFrom,
  fluxOf,
  historyOf,
  logAt,
  snapshotOf,
  stateOf,
  transferOf,
  USDC,
} from "./vault-builders";

/** The reports that pages show, assembled by the product itself from small invented readings. */

const CONFIG: VaultConfig = {
  chainId: 31_337,
  address: addressFrom(1_000),
  label: undefined,
  startBlock: 1n,
  timelock: undefined,
  managers: [],
  reserves: [],
  feeds: [],
  pools: [],
  listed: true,
};

/** A deposit at one asset a share: the mint and the deposit log behind it. Whole USDC. */
export function depositAt(block: bigint, owner: Address, whole: bigint): readonly VaultEvent[] {
  const amount = whole * USDC;
  return [
    transferOf(logAt(block, 0), { to: owner, shares: amount }),
    { ...logAt(block, 1), kind: "deposit", sender: owner, owner, assets: amount, shares: amount },
  ];
}

/** A withdrawal: the burn and the withdraw log behind it. */
export function withdrawAt(
  block: bigint,
  owner: Address,
  change: { readonly assets: bigint; readonly shares: bigint },
): readonly VaultEvent[] {
  return [
    transferOf(logAt(block, 0), { from: owner, shares: change.shares }),
    { ...logAt(block, 1), kind: "withdraw", sender: owner, receiver: owner, owner, ...change },
  ];
}

export interface LossInput {
  readonly manager: Address;
  readonly debt: bigint;
  readonly value: bigint;
  readonly payment: bigint;
  readonly totalAssetsBefore: bigint;
  readonly supply: bigint;
  readonly logIndex?: number;
}

/** A liquidation that left bad debt of principal alone, in whole USDC: the loss log and the liquidation log. */
export function lossAt(block: bigint, input: LossInput): readonly VaultEvent[] {
  const { manager, logIndex = 0 } = input;
  const badDebtAssets = (input.debt - input.payment) * USDC;
  return [
    {
      ...logAt(block, logIndex),
      kind: "loss",
      manager,
      principalAssets: badDebtAssets,
      interestAssets: 0n,
      lpLossAssets: badDebtAssets,
      totalAssetsBefore: input.totalAssetsBefore * USDC,
      totalAssetsAfter: input.totalAssetsBefore * USDC - badDebtAssets,
      totalSupplyShares: input.supply * USDC,
    },
    {
      ...logAt(block, logIndex + 1),
      kind: "liquidated",
      manager,
      liquidator: addressFrom(500),
      positionValueAssets: input.value * USDC,
      trueDebtAssets: input.debt * USDC,
      paymentAssets: input.payment * USDC,
      badDebtAssets,
    },
  ];
}

/** A contribution from a reserve, in whole USDC. */
export function recoveryAt(
  block: bigint,
  input: { readonly assets: bigint; readonly totalAssetsBefore: bigint; readonly supply: bigint },
): VaultEvent {
  return {
    ...logAt(block),
    kind: "recovery",
    from: addressFrom(600),
    assets: input.assets * USDC,
    totalAssetsBefore: input.totalAssetsBefore * USDC,
    totalSupplyShares: input.supply * USDC,
  };
}

export interface ReportInput {
  readonly state?: VaultState;
  readonly managers?: readonly ManagerState[];
  readonly unreadManagers?: readonly Address[];
  readonly history?: VaultHistory;
  readonly contractHolders?: ReadonlySet<Address>;
}

/** The vault's own counter, as it would stand after the history's liquidations. */
function withCounter(state: VaultState, history: VaultHistory): VaultState {
  if (state.flux === undefined) return state;
  const losses = history.vault.map((event) => (event.kind === "liquidated" ? event.badDebtAssets : 0n));
  const totalBadDebtAssets = losses.reduce((sum, loss) => sum + loss, 0n);
  return { ...state, flux: { ...state.flux, totalBadDebtAssets } };
}

/**
 * A report whose managers add up to the vault's total principal, unread ones left out of that sum, and whose
 * bad-debt counter agrees with the history. Without a history one holder has deposited the whole supply, so that
 * the replay agrees with the vault.
 */
export function reportOf(input: ReportInput = {}): VaultReport {
  const given = input.state ?? stateOf();
  const history = input.history ?? historyOf(depositAt(1n, addressFrom(400), given.totalSupplyShares / USDC));
  const state = withCounter(given, history);
  const snapshot =
    state.flux === undefined
      ? { state, managers: [], rung: "single" as const }
      : snapshotOf(input.managers ?? [], { state });
  return assembleReport({
    config: CONFIG,
    snapshot: { ...snapshot, unreadManagers: input.unreadManagers ?? [] },
    history,
    series: { samples: [], unavailableBlocks: [], loadedTo: state.block.number },
    finalised: state.block.number,
    contractHolders: input.contractHolders ?? new Set(),
  });
}

/** The three LPs of the lesson, and the manager that was closed. */
export const LESSON = {
  lps: [addressFrom(1), addressFrom(2), addressFrom(3)],
  manager: addressFrom(11),
} as const satisfies { lps: readonly [Address, Address, Address]; manager: Address };

/**
 * The lesson of the bad-debt documentation: debt 100,000, value and payment 95,000, so bad debt 5,000, borne
 * 60/30/10 by three LPs. Without virtual shares, so that the split is 3,000 / 1,500 / 500 to the unit.
 */
export function lessonReport(change: Partial<ReportInput> = {}): VaultReport {
  const [first, second, third] = LESSON.lps;
  return reportOf({
    state: stateOf({
      totalAssets: 995_000n * USDC,
      totalSupplyShares: 1_000_000n * USDC,
      virtualShares: 0n,
      flux: fluxOf({ totalBadDebtAssets: 5_000n * USDC, idleAssets: 995_000n * USDC }),
    }),
    history: historyOf([
      ...depositAt(10n, first, 600_000n),
      ...depositAt(11n, second, 300_000n),
      ...depositAt(12n, third, 100_000n),
      ...lossAt(50n, {
        manager: LESSON.manager,
        debt: 100_000n,
        value: 95_000n,
        payment: 95_000n,
        totalAssetsBefore: 1_000_000n,
        supply: 1_000_000n,
      }),
    ]),
    ...change,
  });
}
