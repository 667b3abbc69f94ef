import { allLpSummariesOf, type ExposureBook, type SplitRow, wouldLoseAssetsDown } from "@/domain/exposure";
import { bothFigures, chainFigure, known, mapFigure, sumFigures } from "@/domain/figure";
import type { LossRow } from "@/domain/ledger";
import type { LossShare, ShareholderKind } from "@/domain/loss-share";
import type { Address, Figure } from "@/domain/model";
import { ratioWadDown } from "@/domain/ratio";
import { assetsForSharesDown, sharePriceOf } from "@/domain/share-price";
import type { VaultReport } from "@/report/vault-report";

/** Which loss the table splits: all of them together, or one by its place in the chain. */
export type LossChoice = "all" | `${bigint}-${number}`;

/** The name of a loss in the address bar: its block and log index. */
export function lossIdOf(row: Pick<LossRow, "blockNumber" | "logIndex">): LossChoice {
  return `${row.blockNumber}-${row.logIndex}`;
}

/** A choice from the address; a loss that the ledger does not hold is "all". */
export function lossChoiceOf(report: Pick<VaultReport, "ledger">, text: string | null): LossChoice {
  const row = report.ledger.losses.find((loss) => lossIdOf(loss) === text);
  return row === undefined ? "all" : lossIdOf(row);
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

type Split = Figure<readonly LossShare[]>;

function splitOfChoice(book: ExposureBook, choice: LossChoice): SplitRow<LossRow> | undefined {
  if (choice === "all") return undefined;
  return book.input.split.losses.find(({ row }) => lossIdOf(row) === choice);
}

/** What the virtual shares bore of the given splits together. */
function virtualAmount(splits: readonly Split[]): Figure {
  return sumFigures(
    splits.map((split) =>
      mapFigure(split, (lines) => lines.find(({ holder }) => holder === undefined)?.amountAssets ?? 0n),
    ),
  );
}

function virtualLine(book: ExposureBook, chosen: SplitRow<LossRow> | undefined): LpLine {
  const { state, split, unrealisedLpLossAssets } = book.input;
  const { virtualShares: shares } = state;
  return {
    kind: "virtual",
    address: undefined,
    isContract: false,
    hasLeft: false,
    hasLookAlike: false,
    shares: known(shares),
    shareOfSupplyWad: undefined,
    valueAssets: assetsForSharesDown(sharePriceOf(state), shares),
    sharesThen: chosen === undefined ? undefined : known(shares),
    lossAssets: virtualAmount(
      chosen === undefined ? split.losses.map((loss) => loss.shares) : [chosen.shares],
    ),
    recoveredAssets: virtualAmount(split.recoveries.map((recovery) => recovery.shares)),
    wouldLoseAssets: chainFigure(unrealisedLpLossAssets, (open) =>
      wouldLoseAssetsDown({ shares, unrealisedLpLossAssets: open, state }),
    ),
  };
}

/** First and last six digits: what of an address stands on the screen. */
function visibleDigits(address: Address): string {
  return address.slice(0, 8) + address.slice(-6);
}

/**
 * Everybody who ever held shares, today's largest first, the virtual shares last; each with its part of the chosen
 * loss or of all losses. LPs who left stay in the table: their part of a loss is still theirs.
 */
export function lpTableOf(
  report: Pick<VaultReport, "ledger" | "contractHolders">,
  { book, choice }: { readonly book: ExposureBook; readonly choice: LossChoice },
): LpTable {
  const { state } = book.input;
  const chosen = splitOfChoice(book, choice);
  const chosenShares = chosen === undefined ? undefined : mapFigure(chosen.shares, byHolder);
  const exposures = allLpSummariesOf(book);
  const seen = new Map<string, number>();
  for (const { address } of exposures) {
    const digits = visibleDigits(address);
    seen.set(digits, (seen.get(digits) ?? 0) + 1);
  }
  const lines: LpLine[] = exposures.map((exposure) => {
    const { address, shares } = exposure;
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
          ? exposure.totalLossAssets
          : mapFigure(chosenShares, (lines) => lines.get(address)?.amountAssets ?? 0n),
      recoveredAssets: exposure.totalRecoveredAssets,
      wouldLoseAssets: exposure.wouldLoseAssets,
    };
  });
  if (state.virtualShares > 0n) lines.push(virtualLine(book, chosen));
  return {
    lines,
    check: sumCheckOf(
      lines,
      chosen === undefined ? report.ledger.totals.lpLossAssets : chosen.row.lpLossAssets,
    ),
  };
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
