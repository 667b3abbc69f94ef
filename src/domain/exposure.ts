import { compareAddress, isDeadAddress, isZeroAddress } from "./address";
import { bothFigures, chainFigure, known, mapFigure, unknown } from "./figure";
import { eventsOf } from "./history";
import { type Holdings, sharesAtEnd, sharesOver } from "./holdings";
import type { Ledger, LossRow, RecoveryRow } from "./ledger";
import { type LossShare, linesOfPlan } from "./loss-share";
import { compareBigint, mulDivDown, sumOf } from "./math";
import type { Address, Figure, VaultHistory, VaultState } from "./model";
import { assetsForSharesDown, sharePriceOf } from "./share-price";
import { partOf, type SharedAmount, type SplitPlan, splitPlansOf } from "./split-plan";
import { wholeReplayOf } from "./whole-replay";

/** A row of the ledger with what every holder bore or received of it. */
export interface SplitRow<Row> {
  readonly row: Row;
  /** How it is split: anybody's part of it is one division. */
  readonly plan: Figure<SplitPlan>;
  /**
   * By address, dead addresses among them, virtual shares last; adds up exactly to the row's amount. Made anew
   * whenever it is asked for: a line for every holder.
   */
  readonly shares: Figure<readonly LossShare[]>;
}

/** The ledger, split over the shares held at each of its logs. */
export interface SplitLedger {
  readonly losses: readonly SplitRow<LossRow>[];
  readonly recoveries: readonly SplitRow<RecoveryRow>[];
}

/** Splits rows, in the order of the chain, by the amount that each is said to have. */
export function splitRowsOf<Row>(input: {
  readonly rows: readonly Row[];
  readonly amountOf: (row: Row) => Figure<SharedAmount>;
  readonly holdings: Holdings;
  readonly virtualShares: bigint;
}): readonly SplitRow<Row>[] {
  const { rows, amountOf, holdings, virtualShares } = input;
  const plans = splitPlansOf({ amounts: rows.map(amountOf), holdings, virtualShares });
  return rows.map((row, place) => {
    const plan = plans[place] ?? unknown("no-supply");
    return {
      row,
      plan,
      get shares() {
        return mapFigure(plan, (decided) => linesOfPlan(decided, holdings));
      },
    };
  });
}

/** What a loss took from all shares; unknown where the vault does not say it. */
export function sharedLossOf(row: LossRow): Figure<SharedAmount> {
  return mapFigure(row.lpLossAssets, (amountAssets) => ({
    at: row,
    amountAssets,
    totalSupplyShares: row.totalSupplyShares.kind === "known" ? row.totalSupplyShares.value : undefined,
  }));
}

/** What a recovery gave to all shares. */
export function sharedRecoveryOf(row: RecoveryRow): Figure<SharedAmount> {
  return known({ at: row, amountAssets: row.assets, totalSupplyShares: row.totalSupplyShares });
}

/**
 * Decides how every loss and every recovery is split over the shares held when its log was written. Cost: losses and
 * recoveries times holders; make it once and ask it for many addresses.
 */
export function splitLedgerOf(input: {
  readonly ledger: Pick<Ledger, "losses" | "recoveries">;
  readonly holdings: Holdings;
  readonly virtualShares: bigint;
}): SplitLedger {
  const { ledger, holdings, virtualShares } = input;
  return {
    losses: splitRowsOf({ rows: ledger.losses, amountOf: sharedLossOf, holdings, virtualShares }),
    recoveries: splitRowsOf({
      rows: ledger.recoveries,
      amountOf: sharedRecoveryOf,
      holdings,
      virtualShares,
    }),
  };
}

/** What one address bore of a loss, or received of a recovery. */
export interface ShareOfRow<Row> {
  readonly row: Row;
  /** Shares held at that log. */
  readonly shares: bigint;
  readonly amountAssets: bigint;
}

/** One LP's position in a vault, as sums. Base-asset units; every total is unknown from a partial history. */
export interface LpSummary {
  readonly address: Address;
  /** Nobody can sign for this address: its shares are lost. */
  readonly isDead: boolean;
  readonly shares: Figure;
  /** What the shares convert to now, rounded down. */
  readonly valueAssets: Figure;
  readonly depositedAssets: Figure;
  readonly withdrawnAssets: Figure;
  /** Shares received from and sent to other holders, deposits and withdrawals not counted. */
  readonly transferredInShares: Figure;
  readonly transferredOutShares: Figure;
  readonly totalLossAssets: Figure;
  readonly totalRecoveredAssets: Figure;
  /** "You would lose" if everything liquidatable were closed now: shares × U_LP / (supply + virtual), rounded down. */
  readonly wouldLoseAssets: Figure;
}

/** One LP's position with every loss and recovery that it took part in, in the order of the chain. */
export interface LpExposure extends LpSummary {
  /** Only losses at which the address held shares. */
  readonly losses: readonly ShareOfRow<LossRow>[];
  readonly recoveries: readonly ShareOfRow<RecoveryRow>[];
}

/** What `shares` would lose of the open LP loss U_LP, rounded down; "no-supply" without any shares. */
export function wouldLoseAssetsDown(input: {
  readonly shares: bigint;
  readonly unrealisedLpLossAssets: bigint;
  readonly state: Pick<VaultState, "totalSupplyShares" | "virtualShares">;
}): Figure {
  const whole = input.state.totalSupplyShares + input.state.virtualShares;
  if (whole <= 0n) return unknown("no-supply");
  return known(mulDivDown({ a: input.shares, b: input.unrealisedLpLossAssets, denominator: whole }));
}

/** What the exposures of a vault are made of; everything of one block. */
export interface ExposureInput {
  readonly state: VaultState;
  readonly history: VaultHistory;
  readonly holdings: Holdings;
  readonly split: SplitLedger;
  /** U_LP of the headline. */
  readonly unrealisedLpLossAssets: Figure;
}

/** Sums of one address's own events. */
interface Flows {
  depositedAssets: bigint;
  withdrawnAssets: bigint;
  transferredInShares: bigint;
  transferredOutShares: bigint;
}

/** All LPs of a vault at once: one pass over the history, then any address is a look-up. */
export interface ExposureBook {
  readonly input: ExposureInput;
  readonly whole: Figure<true>;
  readonly flows: ReadonlyMap<Address, Readonly<Flows>>;
}

/** What one address bore of each row, in the order of the ledger; rows that could not be split are left out. */
function rowsOf<Row>(
  rows: readonly SplitRow<Row>[],
  { holdings, address }: { readonly holdings: Holdings; readonly address: Address },
): readonly ShareOfRow<Row>[] {
  const sharesAt = sharesOver(holdings, address);
  const found: ShareOfRow<Row>[] = [];
  for (const { row, plan } of rows) {
    if (plan.kind === "unknown") continue;
    const shares = sharesAt(plan.value.at);
    if (shares === 0n) continue;
    found.push({ row, shares, amountAssets: partOf(plan.value, { holder: address, shares }) });
  }
  return found;
}

function flowsOf(history: VaultHistory): ReadonlyMap<Address, Readonly<Flows>> {
  const flows = new Map<Address, Flows>();
  const of = (address: Address): Flows => {
    const found = flows.get(address);
    if (found !== undefined) return found;
    const fresh = {
      depositedAssets: 0n,
      withdrawnAssets: 0n,
      transferredInShares: 0n,
      transferredOutShares: 0n,
    };
    flows.set(address, fresh);
    return fresh;
  };
  for (const { owner, assets } of eventsOf(history, "deposit")) of(owner).depositedAssets += assets;
  for (const { owner, assets } of eventsOf(history, "withdraw")) of(owner).withdrawnAssets += assets;
  for (const { from, to, shares } of eventsOf(history, "transfer")) {
    // Mints and burns are the deposits and withdrawals above; a transfer to oneself moves nothing.
    if (from === to || isZeroAddress(from) || isZeroAddress(to)) continue;
    of(from).transferredOutShares += shares;
    of(to).transferredInShares += shares;
  }
  return flows;
}

/** Prepares the exposures of all LPs: one pass over the history. */
export function exposureBookOf(input: ExposureInput): ExposureBook {
  return { input, whole: wholeReplayOf(input), flows: flowsOf(input.history) };
}

/** Borne of all rows together; unknown as soon as one row could not be split. */
function totalOf<Row>(
  rows: readonly SplitRow<Row>[],
  of: { readonly holdings: Holdings; readonly address: Address },
): Figure {
  const open = rows.find(({ plan }) => plan.kind === "unknown")?.plan;
  if (open?.kind === "unknown") return open;
  return known(sumOf(rowsOf(rows, of).map(({ amountAssets }) => amountAssets)));
}

/** One LP's sums. An address that never held shares has zeros, which are then true zeros. */
export function lpSummaryOf(address: Address, book: ExposureBook): LpSummary {
  const { state, holdings, split, unrealisedLpLossAssets } = book.input;
  const { whole } = book;
  const flows = book.flows.get(address);
  const total = (sum: bigint | undefined): Figure => mapFigure(whole, () => sum ?? 0n);
  const shares = total(sharesAtEnd(holdings, address));
  return {
    address,
    isDead: isDeadAddress(address),
    shares,
    valueAssets: chainFigure(shares, (held) => assetsForSharesDown(sharePriceOf(state), held)),
    depositedAssets: total(flows?.depositedAssets),
    withdrawnAssets: total(flows?.withdrawnAssets),
    transferredInShares: total(flows?.transferredInShares),
    transferredOutShares: total(flows?.transferredOutShares),
    totalLossAssets: chainFigure(whole, () => totalOf(split.losses, { holdings, address })),
    totalRecoveredAssets: chainFigure(whole, () => totalOf(split.recoveries, { holdings, address })),
    wouldLoseAssets: chainFigure(bothFigures(shares, unrealisedLpLossAssets), ([held, unrealised]) =>
      wouldLoseAssetsDown({ shares: held, unrealisedLpLossAssets: unrealised, state }),
    ),
  };
}

/** One LP's sums, and each loss and recovery with the shares held at it. */
export function lpExposureOf(address: Address, book: ExposureBook): LpExposure {
  const { holdings, split } = book.input;
  return {
    ...lpSummaryOf(address, book),
    losses: rowsOf(split.losses, { holdings, address }),
    recoveries: rowsOf(split.recoveries, { holdings, address }),
  };
}

/** Everybody who ever held shares, today's largest holders first, equal ones by address. */
export function allLpSummariesOf(book: ExposureBook): readonly LpSummary[] {
  const { holdings } = book.input;
  return [...holdings.lines.keys()]
    .map((address) => ({ address, shares: sharesAtEnd(holdings, address) }))
    .sort((a, b) => compareBigint(b.shares, a.shares) || compareAddress(a.address, b.address))
    .map(({ address }) => lpSummaryOf(address, book));
}
