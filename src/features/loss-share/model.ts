import { allLpSummariesOf, type ExposureBook, wouldLoseAssetsDown } from "@/domain/exposure";
import { bothFigures, chainFigure, known, mapFigure, sumFigures } from "@/domain/figure";
import type { LossRow } from "@/domain/ledger";
import type { FallRow, FullLedger, StatementTotals } from "@/domain/ledger-model";
import type { LossShare, ShareholderKind } from "@/domain/loss-share";
import type { Address, Figure } from "@/domain/model";
import { ratioWadDown } from "@/domain/ratio";
import { assetsForSharesDown, sharePriceOf } from "@/domain/share-price";
import type { VirtualTotals } from "@/domain/statement";
import type { VaultReport } from "@/report/vault-report";

/** Which loss the table splits: all of them together, or one by its place in the chain. */
export type LossChoice = "all" | `${bigint}-${number}`;

/** The whole ledger, where the vault's past was read: everything of one block. */
export interface WholeLedger {
  readonly ledger: FullLedger;
  readonly totals: ReadonlyMap<Address, StatementTotals>;
  readonly virtual: VirtualTotals | undefined;
}

/** A loss, or a fall that no event explains: what LPs bore. */
export type BorneRow =
  | { readonly kind: "loss"; readonly row: LossRow }
  | { readonly kind: "fall"; readonly row: FallRow };

/** The name of a loss in the address bar: its block and log index; −1 stands before the first log. */
export function lossIdOf(one: BorneRow): LossChoice {
  const { blockNumber, logIndex } = placeOf(one);
  return `${blockNumber}-${logIndex}`;
}

/** Everything that LPs bore, in the order of the chain; falls only where the past was read. */
export function borneRows(
  report: Pick<VaultReport, "ledger">,
  whole: WholeLedger | undefined,
): readonly BorneRow[] {
  const { losses } = whole?.ledger.events ?? report.ledger;
  const rows: BorneRow[] = [
    ...losses.map((row) => ({ kind: "loss" as const, row })),
    ...(whole?.ledger.falls ?? []).map((row) => ({ kind: "fall" as const, row })),
  ];
  return rows.sort((a, b) => compareRows(a, b));
}

function compareRows(a: BorneRow, b: BorneRow): number {
  const [left, right] = [placeOf(a), placeOf(b)];
  if (left.blockNumber !== right.blockNumber) return left.blockNumber < right.blockNumber ? -1 : 1;
  return left.logIndex - right.logIndex;
}

/** Where a row stands in the chain. */
export function placeOf(one: BorneRow): { readonly blockNumber: bigint; readonly logIndex: number } {
  const { blockNumber, logIndex } = one.kind === "fall" ? one.row.at : one.row;
  return { blockNumber, logIndex };
}

/** A choice from the address; a loss that the ledger does not hold is "all". */
export function lossChoiceOf(rows: readonly BorneRow[], text: string | null): LossChoice {
  const row = chosenRow(rows, text);
  return row === undefined ? "all" : lossIdOf(row);
}

/** The row that a choice names. */
export function chosenRow(rows: readonly BorneRow[], text: string | null): BorneRow | undefined {
  return rows.find((row) => lossIdOf(row) === text);
}

/** The LP loss of a row. */
export function lpLossOf({ kind, row }: BorneRow): Figure {
  return kind === "fall" ? known(row.lpLossAssets) : row.lpLossAssets;
}

/** The parts of a loss that the vault itself states: they follow from the transfers alone. */
export function statedParts(book: ExposureBook, chosen: BorneRow | undefined): Split | undefined {
  if (chosen === undefined || chosen.kind === "fall" || chosen.row.source === "derived") return undefined;
  const id = lossIdOf(chosen);
  return book.input.split.losses.find(({ row }) => lossIdOf({ kind: "loss", row }) === id)?.shares;
}

/** One line of the table: an LP, a dead address, or the virtual shares. */
export interface LpLine {
  readonly kind: ShareholderKind;
  /** undefined for the virtual shares, which belong to nobody. */
  readonly address: Address | undefined;
  readonly isContract: boolean;
  /** Held shares once, holds none now. */
  readonly hasLeft: boolean;
  readonly hasLookAlike: boolean;
  readonly shares: Figure;
  /** Of the supply, 10^18 = 100 %, rounded down; undefined for the virtual shares, which are no part of it. */
  readonly shareOfSupplyWad: Figure | undefined;
  readonly valueAssets: Figure;
  /** Shares held at the chosen loss's log; undefined while all losses are chosen. */
  readonly sharesThen: Figure | undefined;
  /** Borne of the chosen loss, or of all. */
  readonly lossAssets: Figure;
  readonly recoveredAssets: Figure;
  readonly wouldLoseAssets: Figure;
  /** The LP's whole life in the vault as sums; undefined while the past is not read, and for the virtual shares. */
  readonly life: StatementTotals | undefined;
}

/** Does the sum of the lines give the LP loss, to the unit? */
export interface SumCheck {
  readonly lines: number;
  readonly sumAssets: Figure;
  readonly lpLossAssets: Figure;
  readonly closes: Figure<boolean>;
}

export interface LpTable {
  readonly lines: readonly LpLine[];
  readonly check: SumCheck;
}

export type Split = Figure<readonly LossShare[]>;

/** What the virtual shares bore of the given splits together. */
function virtualAmount(splits: readonly Split[]): Figure {
  return sumFigures(
    splits.map((split) =>
      mapFigure(split, (lines) => lines.find(({ holder }) => holder === undefined)?.amountAssets ?? 0n),
    ),
  );
}

function virtualLine({ book, parts, whole }: LpTableInput): LpLine {
  const { state, split, unrealisedLpLossAssets } = book.input;
  const { virtualShares: shares } = state;
  const allLosses = whole?.virtual?.lossesAssets ?? virtualAmount(split.losses.map((loss) => loss.shares));
  return {
    kind: "virtual",
    address: undefined,
    isContract: false,
    hasLeft: false,
    hasLookAlike: false,
    shares: known(shares),
    shareOfSupplyWad: undefined,
    valueAssets: assetsForSharesDown(sharePriceOf(state), shares),
    sharesThen: parts === undefined ? undefined : known(shares),
    lossAssets: parts === undefined ? allLosses : virtualAmount([parts]),
    recoveredAssets:
      whole?.virtual?.recoveriesAssets ?? virtualAmount(split.recoveries.map((recovery) => recovery.shares)),
    wouldLoseAssets: chainFigure(unrealisedLpLossAssets, (open) =>
      wouldLoseAssetsDown({ shares, unrealisedLpLossAssets: open, state }),
    ),
    life: undefined,
  };
}

/** First and last six digits: what of an address stands on the screen. */
function visibleDigits(address: Address): string {
  return address.slice(0, 8) + address.slice(-6);
}

/** What the table is made of. */
export interface LpTableInput {
  readonly book: ExposureBook;
  /** The chosen loss; undefined: all of them together. */
  readonly chosen: BorneRow | undefined;
  /** Everybody's part of the chosen loss. */
  readonly parts: Split | undefined;
  /** With losses that have no event; without it the table is of the vault's events. */
  readonly whole: WholeLedger | undefined;
}

/**
 * Everybody who ever held shares, today's largest first, the virtual shares last; each with its part of the chosen
 * loss or of all losses. LPs who left stay in the table: their part of a loss is still theirs.
 */
export function lpTableOf(
  report: Pick<VaultReport, "ledger" | "contractHolders">,
  input: LpTableInput,
): LpTable {
  const { book, chosen, parts, whole } = input;
  const { state } = book.input;
  const chosenShares = parts === undefined ? undefined : mapFigure(parts, byHolder);
  const exposures = allLpSummariesOf(book);
  const seen = new Map<string, number>();
  for (const { address } of exposures) {
    const digits = visibleDigits(address);
    seen.set(digits, (seen.get(digits) ?? 0) + 1);
  }
  const lines: LpLine[] = exposures.map((exposure) => {
    const { address, shares } = exposure;
    const life = whole?.totals.get(address);
    return {
      kind: exposure.isDead ? "dead" : "lp",
      address,
      isContract: report.contractHolders.has(address),
      hasLeft: shares.kind === "known" && shares.value === 0n,
      hasLookAlike: (seen.get(visibleDigits(address)) ?? 0) > 1,
      shares,
      shareOfSupplyWad: chainFigure(shares, (part) =>
        ratioWadDown({ part, whole: state.totalSupplyShares, reason: "no-supply" }),
      ),
      valueAssets: exposure.valueAssets,
      sharesThen:
        chosenShares === undefined
          ? undefined
          : mapFigure(chosenShares, (lines) => lines.get(address)?.shares ?? 0n),
      lossAssets:
        chosenShares === undefined
          ? (life?.lossesAssets ?? exposure.totalLossAssets)
          : mapFigure(chosenShares, (lines) => lines.get(address)?.amountAssets ?? 0n),
      recoveredAssets: life?.recoveriesAssets ?? exposure.totalRecoveredAssets,
      wouldLoseAssets: exposure.wouldLoseAssets,
      life,
    };
  });
  if (state.virtualShares > 0n) lines.push(virtualLine(input));
  const all = whole?.ledger.totals.lpLossAssets ?? report.ledger.totals.lpLossAssets;
  return { lines, check: sumCheckOf(lines, chosen === undefined ? all : lpLossOf(chosen)) };
}

function byHolder(lines: readonly LossShare[]): ReadonlyMap<Address | undefined, LossShare> {
  return new Map(lines.map((line) => [line.holder, line]));
}

function sumCheckOf(lines: readonly LpLine[], lpLossAssets: Figure): SumCheck {
  const sumAssets = sumFigures(lines.map(({ lossAssets }) => lossAssets));
  return {
    lines: lines.length,
    sumAssets,
    lpLossAssets,
    closes: mapFigure(bothFigures(sumAssets, lpLossAssets), ([sum, loss]) => sum === loss),
  };
}

/** Which lines the reader wants to see. */
export type LpFilter = "all" | "holding" | "left" | "contract" | "lost";

export const LP_FILTERS: readonly { readonly value: LpFilter; readonly label: string }[] = [
  { value: "all", label: "Everybody" },
  { value: "holding", label: "Holding shares now" },
  { value: "left", label: "Left" },
  { value: "lost", label: "Bore a loss" },
  { value: "contract", label: "Contracts" },
];

/** A filter from the address; anything else is "all". */
export function lpFilterOf(text: string | null): LpFilter {
  return LP_FILTERS.find(({ value }) => value === text)?.value ?? "all";
}

function matches(line: LpLine, filter: LpFilter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "holding":
      return line.shares.kind === "known" && line.shares.value > 0n;
    case "left":
      return line.hasLeft;
    case "contract":
      return line.isContract;
    case "lost":
      return line.lossAssets.kind === "known" && line.lossAssets.value > 0n;
  }
}

/** The lines that fit the filter and whose address contains the searched digits. */
export function filterLps(
  lines: readonly LpLine[],
  { filter, search }: { readonly filter: LpFilter; readonly search: string },
): readonly LpLine[] {
  const digits = search.trim().toLowerCase();
  if (filter === "all" && digits === "") return lines;
  return lines.filter(
    (line) => matches(line, filter) && (digits === "" || line.address?.includes(digits) === true),
  );
}
