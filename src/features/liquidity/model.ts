import { chainFigure, unknown } from "@/domain/figure";
import { trueDebtAssets } from "@/domain/health";
import { type Holding, holdersAtEnd } from "@/domain/holdings";
import { compareBigint, sumOf, WAD } from "@/domain/math";
import type { Address, Figure, VaultState } from "@/domain/model";
import { ratioWadDown } from "@/domain/ratio";
import {
  type Concentration,
  concentrationOf,
  type ExitRoom,
  exitRoomOf,
  withdrawableNowAssets,
} from "@/domain/risk/liquidity";
import { assetsForSharesDown, sharePriceOf } from "@/domain/share-price";
import type { VaultReport } from "@/report/vault-report";

/** Where utilisation stands against the marks of the protocol's documentation for LPs. */
export type UtilisationMark = "free" | "risk" | "likely-to-fail" | "nothing-left";

const percent = (value: bigint): bigint => (value * WAD) / 100n;

/** The marks in order, with the utilisation from which each counts. Above 90 %, from 95 %, at 100 %. */
export const UTILISATION_MARKS = [
  { mark: "risk", wad: percent(90n) },
  { mark: "likely-to-fail", wad: percent(95n) },
  { mark: "nothing-left", wad: percent(100n) },
] as const satisfies readonly { readonly mark: UtilisationMark; readonly wad: bigint }[];

/** The highest mark that a utilisation has reached; the first one counts only above it. */
export function utilisationMarkOf(utilisationWad: bigint): UtilisationMark {
  const [risk, fail, nothing] = UTILISATION_MARKS;
  if (utilisationWad >= nothing.wad) return nothing.mark;
  if (utilisationWad >= fail.wad) return fail.mark;
  return utilisationWad > risk.wad ? risk.mark : "free";
}

/** One LP and what it could take out at once. */
export interface LeavingLp {
  readonly holder: Address;
  readonly shares: bigint;
  readonly isContract: boolean;
  readonly balanceAssets: Figure;
  /** Of all shares, rounded down. */
  readonly partWad: Figure;
  readonly withdrawableAssets: Figure;
}

/** How the vault could be left now. */
export interface LiquidityModel {
  readonly utilisationWad: Figure;
  readonly exit: Figure<ExitRoom>;
  readonly lps: Figure<Concentration>;
  /** Shares that contracts hold, as a part of all, rounded down: each may stand for many people. */
  readonly contractPartWad: Figure;
  /** By what they owe. */
  readonly managers: Figure<Concentration>;
  /** The largest LPs, the largest first; empty while balances are not known. */
  readonly largest: readonly LeavingLp[];
}

/** How many LPs are listed: everybody stands in the table of all LPs. */
const MOST_LISTED = 10;

function leavingOf(
  { holder, shares }: Holding,
  { state, contracts }: { readonly state: VaultState; readonly contracts: ReadonlySet<Address> },
): LeavingLp {
  return {
    holder,
    shares,
    isContract: contracts.has(holder),
    balanceAssets: assetsForSharesDown(sharePriceOf(state), shares),
    partWad: ratioWadDown({ part: shares, whole: state.totalSupplyShares, reason: "no-supply" }),
    withdrawableAssets: withdrawableNowAssets(shares, state),
  };
}

type LiquidityInput = Pick<
  VaultReport,
  "snapshot" | "holdings" | "history" | "headline" | "completeness" | "contractHolders"
>;

/**
 * Utilisation, idle liquidity and the hands that shares and debts are in. Balances come from the vault's transfers, so
 * with a history that is not whole what depends on them is unknown, never a part of it.
 */
export function liquidityModelOf(report: LiquidityInput): LiquidityModel {
  const { snapshot, holdings, history, headline, completeness, contractHolders } = report;
  const { state } = snapshot;
  const holders = history.complete ? holdersAtEnd(holdings) : undefined;
  const shares = holders?.map((one) => one.shares);
  const byContracts = holders?.filter(({ holder }) => contractHolders.has(holder));
  return {
    utilisationWad: headline.utilisationWad,
    exit: shares === undefined ? unknown("history-partial") : exitRoomOf(shares, state),
    lps: shares === undefined ? unknown("history-partial") : concentrationOf(shares),
    contractPartWad:
      byContracts === undefined
        ? unknown("history-partial")
        : ratioWadDown({
            part: sumOf(byContracts.map((one) => one.shares)),
            whole: state.totalSupplyShares,
            reason: "no-supply",
          }),
    managers: managersOf(completeness),
    largest: [...(holders ?? [])]
      .sort((a, b) => compareBigint(b.shares, a.shares))
      .slice(0, MOST_LISTED)
      .map((one) => leavingOf(one, { state, contracts: contractHolders })),
  };
}

function managersOf(completeness: VaultReport["completeness"]): Figure<Concentration> {
  if (completeness.kind === "not-published") return unknown("not-published");
  if (completeness.kind === "incomplete") return unknown("snapshot-incomplete");
  const found = concentrationOf(completeness.snapshot.managers.map(trueDebtAssets));
  return found.kind === "unknown" ? unknown("no-debt") : found;
}

/** What any address could take out now; one without shares nothing. Unknown without the whole history. */
export function leavingAddressOf(report: LiquidityInput, address: Address): Figure<LeavingLp> {
  if (!report.history.complete) return unknown("history-partial");
  const { state } = report.snapshot;
  const held = holdersAtEnd(report.holdings).find(({ holder }) => holder === address);
  const lp = leavingOf(
    { holder: address, shares: held?.shares ?? 0n },
    { state, contracts: report.contractHolders },
  );
  return chainFigure(lp.withdrawableAssets, () => ({ kind: "known", value: lp }));
}
