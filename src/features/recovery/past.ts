import type { SplitLedger, SplitRow } from "@/domain/exposure";
import { bothFigures, chainFigure, known, mapFigure, sumFigures } from "@/domain/figure";
import { type Holdings, sharesAt } from "@/domain/holdings";
import type { LossRow, RecoveryRow } from "@/domain/ledger";
import { compareLogs } from "@/domain/log-order";
import { type ShareholderKind, shareholderKindOf } from "@/domain/loss-share";
import { mulDivDown, sumOf, WAD } from "@/domain/math";
import type { Address, Figure } from "@/domain/model";
import { partOf } from "@/domain/split-plan";

/** What one address got of a past recovery. */
export interface ReceivedLine {
  readonly kind: ShareholderKind;
  /** undefined for the virtual shares. */
  readonly address: Address | undefined;
  /** Held at the recovery's own log. */
  readonly shares: bigint;
  readonly receivedAssets: bigint;
  /** Its parts of all recorded losses before the recovery; unknown where one of them could not be split. */
  readonly lostBeforeAssets: Figure;
}

/** One recovery and where it went. */
export interface PastRecovery {
  readonly row: RecoveryRow;
  readonly lines: Figure<readonly ReceivedLine[]>;
  /** What the price of a share rose by, rounded down; 10^18 = 100 %. */
  readonly riseWad: bigint | undefined;
  readonly summary: Figure<ReceivedSummary>;
}

export interface ReceivedSummary {
  /** LPs that got more than nothing. */
  readonly receivers: number;
  /** To holders who had borne no loss before it. */
  readonly toLateAssets: bigint;
  /** To virtual shares and dead addresses. */
  readonly toNobodyAssets: bigint;
  /** LPs who had lost before it and held nothing any more: they got nothing. */
  readonly leftOut: number;
}

export interface PastInput {
  readonly split: SplitLedger;
  readonly holdings: Holdings;
}

function riseOf({ priceBefore, priceAfter }: RecoveryRow): bigint | undefined {
  const before = priceBefore.assets * priceAfter.shares;
  if (before <= 0n) return undefined;
  return mulDivDown({ a: priceAfter.assets * priceBefore.shares - before, b: WAD, denominator: before });
}

/** Where an address is asked about: the losses before one recovery. */
interface Before {
  readonly losses: readonly SplitRow<LossRow>[];
  readonly holdings: Holdings;
  readonly row: RecoveryRow;
}

/** What an address lost of each loss before a recovery, added up; `shares` for the virtual shares alone. */
function lostBefore(
  { losses, holdings }: Before,
  { holder, shares }: { readonly holder: Address | undefined; readonly shares: bigint },
): Figure {
  return sumFigures(
    losses.map(({ row, plan }) =>
      mapFigure(plan, (decided) => {
        const held = holder === undefined ? shares : sharesAt(holdings, { holder, at: row });
        return partOf(decided, { holder, shares: held });
      }),
    ),
  );
}

/** LPs who had lost and held nothing any more when the recovery came. */
function leftOutOf(before: Before): Figure<number> {
  let count = 0;
  for (const holder of before.holdings.lines.keys()) {
    if (shareholderKindOf(holder) !== "lp") continue;
    if (sharesAt(before.holdings, { holder, at: before.row }) > 0n) continue;
    const lost = lostBefore(before, { holder, shares: 0n });
    if (lost.kind === "unknown") return lost;
    if (lost.value > 0n) count += 1;
  }
  return known(count);
}

function summaryOf(lines: readonly ReceivedLine[], before: Before): Figure<ReceivedSummary> {
  const lps = lines.filter(({ kind, receivedAssets }) => kind === "lp" && receivedAssets > 0n);
  const toLate = sumFigures(
    lps.map(({ lostBeforeAssets, receivedAssets }) =>
      mapFigure(lostBeforeAssets, (lost) => (lost === 0n ? receivedAssets : 0n)),
    ),
  );
  return mapFigure(bothFigures(toLate, leftOutOf(before)), ([toLateAssets, leftOut]) => ({
    receivers: lps.length,
    toLateAssets,
    toNobodyAssets: sumOf(
      lines.filter(({ kind }) => kind !== "lp").map(({ receivedAssets }) => receivedAssets),
    ),
    leftOut,
  }));
}

function pastOf(split: SplitRow<RecoveryRow>, { split: ledger, holdings }: PastInput): PastRecovery {
  const { row } = split;
  const before = { losses: ledger.losses.filter((loss) => compareLogs(loss.row, row) < 0), holdings, row };
  const lines = mapFigure(split.shares, (all) =>
    all.map(({ holder, shares, amountAssets }) => ({
      kind: shareholderKindOf(holder),
      address: holder,
      shares,
      receivedAssets: amountAssets,
      lostBeforeAssets: lostBefore(before, { holder, shares }),
    })),
  );
  return { row, lines, riseWad: riseOf(row), summary: chainFigure(lines, (all) => summaryOf(all, before)) };
}

/**
 * Every recovery in the order of the chain, with what each holder got of it and what that holder had lost before.
 * Cost: recoveries × holders × losses before them; recoveries are few.
 */
export function pastRecoveriesOf(input: PastInput): readonly PastRecovery[] {
  return input.split.recoveries.map((recovery) => pastOf(recovery, input));
}

/** The name of a recovery in the address bar: its block and log index. */
export function recoveryIdOf({ blockNumber, logIndex }: RecoveryRow): string {
  return `${blockNumber}-${logIndex}`;
}

/** The recovery that the address names; the newest one for any other text. */
export function chosenRecoveryOf(
  past: readonly PastRecovery[],
  text: string | null,
): PastRecovery | undefined {
  return past.find(({ row }) => recoveryIdOf(row) === text) ?? past.at(-1);
}
