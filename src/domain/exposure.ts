import { compareAddress, isDeadAddress, isZeroAddress } from "./address";
import { bothFigures, chainFigure, known, mapFigure, unknown } from "./figure";
import { eventsOf } from "./history";
import { type Holdings, holdersAtEnd, sharesAtEnd } from "./holdings";
import type { Ledger, LossRow, RecoveryRow } from "./ledger";
import { type LossShare, sharesOfAmount } from "./loss-share";
import { compareBigint, mulDivDown, sumOf } from "./math";
import type { Address, Figure, VaultHistory, VaultState } from "./model";
import { assetsForSharesDown, sharePriceOf } from "./share-price";

/** A row of the ledger with what every holder bore or received of it. */
export interface SplitRow<Row> {
  readonly row: Row;
  /** By address, dead addresses among them, virtual shares last; adds up exactly to the row's amount. */
  readonly shares: Figure<readonly LossShare[]>;
}

/** The ledger, split over the shares held at each of its logs. */
export interface SplitLedger {
  readonly losses: readonly SplitRow<LossRow>[];
  readonly recoveries: readonly SplitRow<RecoveryRow>[];
}

/**
 * Splits every loss and every recovery over the shares held when its log was written. Cost: losses and recoveries
 * times holders; make it once and ask it for many addresses.
 */
export function splitLedgerOf(input: {
  readonly ledger: Ledger;
  readonly holdings: Holdings;
  readonly virtualShares: bigint;
}): SplitLedger {
  const { ledger, holdings, virtualShares } = input;
  return {
    losses: ledger.losses.map((row) => ({
      row,
      shares: chainFigure(row.lpLossAssets, (amountAssets) =>
        sharesOfAmount({
          at: row,
          amountAssets,
          totalSupplyShares: row.totalSupplyShares.kind === "known" ? row.totalSupplyShares.value : undefined,
          holdings,
          virtualShares,
        }),
      ),
    })),
    recoveries: ledger.recoveries.map((row) => ({
      row,
      shares: sharesOfAmount({
        at: row,
        amountAssets: row.assets,
        totalSupplyShares: row.totalSupplyShares,
        holdings,
        virtualShares,
      }),
    })),
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
  readonly losses: RowIndex<LossRow>;
  readonly recoveries: RowIndex<RecoveryRow>;
}

/** One address's lines of a split ledger; row and line at the same place belong together. */
interface OwnLines<Row> {
  readonly rows: Row[];
  readonly lines: LossShare[];
}

/** A split ledger by address; `whole` is unknown as soon as one row could not be split. */
interface RowIndex<Row> {
  readonly whole: Figure<true>;
  readonly byAddress: ReadonlyMap<Address, OwnLines<Row>>;
}

function indexRows<Row>(rows: readonly SplitRow<Row>[]): RowIndex<Row> {
  const byAddress = new Map<Address, OwnLines<Row>>();
  let whole: Figure<true> = known(true);
  for (const { row, shares } of rows) {
    if (shares.kind === "unknown") {
      whole = shares;
      continue;
    }
    for (const line of shares.value) {
      if (line.holder === undefined) continue;
      const own = byAddress.get(line.holder);
      if (own === undefined) {
        byAddress.set(line.holder, { rows: [row], lines: [line] });
      } else {
        own.rows.push(row);
        own.lines.push(line);
      }
    }
  }
  return { whole, byAddress };
}

/** What one address bore of each row, in the order of the ledger. */
function rowsOf<Row>(index: RowIndex<Row>, address: Address): readonly ShareOfRow<Row>[] {
  const own = index.byAddress.get(address);
  if (own === undefined) return [];
  const found: ShareOfRow<Row>[] = [];
  own.rows.forEach((row, place) => {
    const line = own.lines[place];
    if (line !== undefined) found.push({ row, shares: line.shares, amountAssets: line.amountAssets });
  });
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

/**
 * Whether the replay may be believed: the history is whole and belongs to the state's block, nobody ever sent
 * more than they had, and the shares add up to the supply.
 */
function wholeReplay({ state, history, holdings }: ExposureInput): Figure<true> {
  if (history.toBlock !== state.block.number) return unknown("blocks-differ");
  const held = sumOf(holdersAtEnd(holdings).map(({ shares }) => shares));
  const isWhole =
    history.complete && holdings.firstOverdraft === undefined && held === state.totalSupplyShares;
  return isWhole ? known(true as const) : unknown("history-partial");
}

/** Prepares the exposures of all LPs. Cost: events + lines of the split ledger. */
export function exposureBookOf(input: ExposureInput): ExposureBook {
  return {
    input,
    whole: wholeReplay(input),
    flows: flowsOf(input.history),
    losses: indexRows(input.split.losses),
    recoveries: indexRows(input.split.recoveries),
  };
}

function totalOf<Row>(index: RowIndex<Row>, address: Address): Figure {
  const lines = index.byAddress.get(address)?.lines ?? [];
  return mapFigure(index.whole, () => sumOf(lines.map(({ amountAssets }) => amountAssets)));
}

/** One LP's sums. An address that never held shares has zeros, which are then true zeros. */
export function lpSummaryOf(address: Address, book: ExposureBook): LpSummary {
  const { state, holdings, unrealisedLpLossAssets } = book.input;
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
    totalLossAssets: chainFigure(whole, () => totalOf(book.losses, address)),
    totalRecoveredAssets: chainFigure(whole, () => totalOf(book.recoveries, address)),
    wouldLoseAssets: chainFigure(bothFigures(shares, unrealisedLpLossAssets), ([held, unrealised]) =>
      wouldLoseAssetsDown({ shares: held, unrealisedLpLossAssets: unrealised, state }),
    ),
  };
}

/** One LP's sums, and each loss and recovery with the shares held at it. */
export function lpExposureOf(address: Address, book: ExposureBook): LpExposure {
  return {
    ...lpSummaryOf(address, book),
    losses: rowsOf(book.losses, address),
    recoveries: rowsOf(book.recoveries, address),
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
