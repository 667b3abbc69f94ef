import { isZeroAddress } from "@/domain/address";
import { type ExposureBook, type LpExposure, lpExposureOf, type ShareOfRow } from "@/domain/exposure";
import { bothFigures, figureOf, mapFigure, sumFigures } from "@/domain/figure";
import { sharesAt } from "@/domain/holdings";
import type { LossRow, RecoveryRow } from "@/domain/ledger";
import { compareLogs, orderedLogs } from "@/domain/log-order";
import { minOf } from "@/domain/math";
import type { Address, Figure, LogRef, VaultEvent, VaultHistory } from "@/domain/model";
import { ratioWadDown } from "@/domain/ratio";

/** What is known of an address as a holder of shares. */
export type LpStanding =
  | "holds"
  /** Held shares once, holds none now. */
  | "left"
  /** The whole history is known, and it never held shares. */
  | "never"
  /** It holds none now, as far as the known part of the history shows. */
  | "not-found"
  /** It appears in a history that is not whole. */
  | "partly-known";

/** One LP with everything its page shows. */
export interface LpPersonal {
  readonly address: Address;
  readonly standing: LpStanding;
  readonly isContract: boolean;
  readonly exposure: LpExposure;
  /** Of the supply, 10^18 = 100 %, rounded down. */
  readonly shareOfSupplyWad: Figure;
  /** min(value, idle): what `maxWithdraw` can give at most. */
  readonly withdrawableAssets: Figure;
}

function standingOf(exposure: LpExposure, book: ExposureBook): LpStanding {
  const hasHeld = book.input.holdings.lines.has(exposure.address);
  if (exposure.shares.kind === "unknown") return hasHeld ? "partly-known" : "not-found";
  if (exposure.shares.value > 0n) return "holds";
  return hasHeld ? "left" : "never";
}

/** The personal side of one address. */
export function lpPersonalOf(
  address: Address,
  { book, contractHolders }: { readonly book: ExposureBook; readonly contractHolders: ReadonlySet<Address> },
): LpPersonal {
  const exposure = lpExposureOf(address, book);
  const { state } = book.input;
  const whole = state.totalSupplyShares;
  const { shares, valueAssets } = exposure;
  return {
    address,
    standing: standingOf(exposure, book),
    isContract: contractHolders.has(address),
    exposure,
    shareOfSupplyWad:
      shares.kind === "known" ? ratioWadDown({ part: shares.value, whole, reason: "no-supply" }) : shares,
    withdrawableAssets: mapFigure(
      bothFigures(valueAssets, figureOf(state.flux?.idleAssets, "not-published")),
      ([value, idle]) => minOf(value, idle),
    ),
  };
}

/** One loss or recovery that an address took part in. */
export type LpEventRow =
  | { readonly kind: "loss"; readonly share: ShareOfRow<LossRow>; readonly ofSupplyWad: Figure }
  | { readonly kind: "recovery"; readonly share: ShareOfRow<RecoveryRow>; readonly ofSupplyWad: Figure };

/** Losses borne and recoveries received, newest first, with the part of the supply held at that log. */
export function lpEventRowsOf(exposure: LpExposure): readonly LpEventRow[] {
  const ofSupply = (shares: bigint, supply: Figure): Figure =>
    supply.kind === "known"
      ? ratioWadDown({ part: shares, whole: supply.value, reason: "no-supply" })
      : supply;
  const losses = exposure.losses.map(
    (share): LpEventRow => ({
      kind: "loss",
      share,
      ofSupplyWad: ofSupply(share.shares, share.row.totalSupplyShares),
    }),
  );
  const recoveries = exposure.recoveries.map(
    (share): LpEventRow => ({
      kind: "recovery",
      share,
      ofSupplyWad: ofSupply(share.shares, { kind: "known", value: share.row.totalSupplyShares }),
    }),
  );
  return [...losses, ...recoveries].sort((a, b) => compareLogs(b.share.row, a.share.row));
}

export type MovementKind = "deposit" | "withdrawal" | "received" | "sent" | "minted" | "burned";

/** One change of an address's shares. */
export type Movement = LogRef & {
  readonly kind: MovementKind;
  readonly shares: bigint;
  /** What was paid in or out; undefined for shares that moved without assets. */
  readonly assets: bigint | undefined;
  /** Who the shares came from or went to; undefined where the vault itself made or burned them. */
  readonly counterparty: Address | undefined;
  /** Shares held after it. */
  readonly sharesAfter: bigint;
};

type Transfer = Extract<VaultEvent, { readonly kind: "transfer" }>;

/** Deposits and withdrawals by what their own transfer looks like: transaction, owner and shares. */
function moneyByTransfer(history: Pick<VaultHistory, "vault">, address: Address) {
  const waiting = new Map<string, bigint[]>();
  for (const event of orderedLogs(history.vault)) {
    if ((event.kind !== "deposit" && event.kind !== "withdraw") || event.owner !== address) continue;
    const key = `${event.kind}:${event.transactionHash}:${event.shares}`;
    const queue = waiting.get(key);
    if (queue === undefined) waiting.set(key, [event.assets]);
    else queue.push(event.assets);
  }
  return (kind: "deposit" | "withdraw", transfer: Transfer): bigint | undefined =>
    waiting.get(`${kind}:${transfer.transactionHash}:${transfer.shares}`)?.shift();
}

function movementOf(
  transfer: Transfer,
  { address, assets }: { readonly address: Address; readonly assets: bigint | undefined },
): Pick<Movement, "kind" | "counterparty"> {
  const { from, to } = transfer;
  if (to === address) {
    if (!isZeroAddress(from)) return { kind: "received", counterparty: from };
    return { kind: assets === undefined ? "minted" : "deposit", counterparty: undefined };
  }
  if (!isZeroAddress(to)) return { kind: "sent", counterparty: to };
  return { kind: assets === undefined ? "burned" : "withdrawal", counterparty: undefined };
}

/** Everything that changed an address's shares, newest first, with the balance after each. */
export function movementsOf(address: Address, book: ExposureBook): readonly Movement[] {
  const { history, holdings } = book.input;
  const moneyOf = moneyByTransfer(history, address);
  const transfers = orderedLogs(
    history.vault.filter(
      (event): event is Transfer =>
        event.kind === "transfer" && (event.from === address) !== (event.to === address),
    ),
  );
  const movements = transfers.map((transfer): Movement => {
    const { blockNumber, blockHash, transactionHash, logIndex, atSeconds, shares } = transfer;
    const money = isZeroAddress(transfer.from) ? "deposit" : "withdraw";
    const assets =
      isZeroAddress(transfer.from) || isZeroAddress(transfer.to) ? moneyOf(money, transfer) : undefined;
    return {
      blockNumber,
      blockHash,
      transactionHash,
      logIndex,
      atSeconds,
      ...movementOf(transfer, { address, assets }),
      shares,
      assets,
      sharesAfter: sharesAt(holdings, { holder: address, at: { blockNumber, logIndex: logIndex + 1 } }),
    };
  });
  return movements.sort((a, b) => compareLogs(b, a));
}

/** Several LPs together: a total only of what is known of every one. */
export interface LpSum {
  readonly shares: Figure;
  readonly valueAssets: Figure;
  readonly lossAssets: Figure;
  readonly recoveredAssets: Figure;
  readonly wouldLoseAssets: Figure;
}

/** What watched addresses hold and lost together. */
export function lpSumOf(exposures: readonly LpExposure[]): LpSum {
  return {
    shares: sumFigures(exposures.map(({ shares }) => shares)),
    valueAssets: sumFigures(exposures.map(({ valueAssets }) => valueAssets)),
    lossAssets: sumFigures(exposures.map(({ totalLossAssets }) => totalLossAssets)),
    recoveredAssets: sumFigures(exposures.map(({ totalRecoveredAssets }) => totalRecoveredAssets)),
    wouldLoseAssets: sumFigures(exposures.map(({ wouldLoseAssets }) => wouldLoseAssets)),
  };
}
