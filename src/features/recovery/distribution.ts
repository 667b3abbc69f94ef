import type { Claims } from "@/domain/claims";
import { known, mapFigure } from "@/domain/figure";
import type { ShareholderKind } from "@/domain/loss-share";
import { sumOf } from "@/domain/math";
import type { Address, Figure } from "@/domain/model";

/** One line of the comparison: an LP, a dead address, or the virtual shares. Base-asset units. */
export interface DistributionLine {
  readonly kind: ShareholderKind;
  /** undefined for the virtual shares. */
  readonly address: Address | undefined;
  /** undefined where the shares are no part of the question: virtual ones and dead addresses. */
  readonly sharesNow: bigint | undefined;
  readonly lossesAssets: bigint;
  readonly paidInAssets: Figure;
  /** undefined for those whom claims leave out. */
  readonly claimAssets: bigint | undefined;
  readonly differenceAssets: Figure | undefined;
  /** Bore a loss and holds nothing now. */
  readonly hasLeft: boolean;
  /** Holds shares now and bore no loss. */
  readonly isLate: boolean;
}

/** Everybody with a claim or a part of today's shares, by address; what claims leave out at the end. */
export function distributionLinesOf(claims: Claims): readonly DistributionLine[] {
  return [
    ...claims.lines.map((line) => ({
      kind: "lp" as const,
      address: line.address,
      sharesNow: line.sharesNow,
      lossesAssets: line.lossesAssets,
      paidInAssets: line.paidInAssets,
      claimAssets: line.claimAssets,
      differenceAssets: line.differenceAssets,
      hasLeft: line.sharesNow === 0n,
      isLate: line.lossesAssets === 0n,
    })),
    ...claims.excluded.map(({ reason, address, lossesAssets, paidInAssets }) => ({
      kind: reason,
      address,
      sharesNow: undefined,
      lossesAssets,
      paidInAssets,
      claimAssets: undefined,
      differenceAssets: undefined,
      hasLeft: false,
      isLate: false,
    })),
  ];
}

/** A part of the amount and the number of addresses that share in it. */
export interface Group {
  readonly addresses: number;
  readonly assets: bigint;
}

/** Where the whole amount goes in one of the two ways; the three groups and `toNobodyAssets` add up to it. */
export interface WayTotals {
  /** Addresses that get more than nothing. */
  readonly helped: number;
  /** LPs who lost and are still there. */
  readonly toStaying: Group;
  /** Holders who bore no loss. */
  readonly toLate: Group;
  /** LPs who lost and hold nothing now. */
  readonly toLeft: Group;
  /** Virtual shares and dead addresses. */
  readonly toNobodyAssets: bigint;
  readonly totalAssets: bigint;
}

export interface Comparison {
  /** Unknown for a vault without shares: there is nobody to pay in for. */
  readonly paidIn: Figure<WayTotals>;
  readonly byClaims: WayTotals;
}

function waysOf(lines: readonly DistributionLine[], partOf: (line: DistributionLine) => bigint): WayTotals {
  const groupOf = (isIn: (line: DistributionLine) => boolean): Group => {
    const members = lines.filter((line) => line.kind === "lp" && isIn(line) && partOf(line) > 0n);
    return { addresses: members.length, assets: sumOf(members.map(partOf)) };
  };
  const toStaying = groupOf(({ isLate, hasLeft }) => !isLate && !hasLeft);
  const toLate = groupOf(({ isLate }) => isLate);
  const toLeft = groupOf(({ hasLeft, isLate }) => hasLeft && !isLate);
  return {
    helped: toStaying.addresses + toLate.addresses + toLeft.addresses,
    toStaying,
    toLate,
    toLeft,
    toNobodyAssets: sumOf(lines.filter(({ kind }) => kind !== "lp").map(partOf)),
    totalAssets: sumOf(lines.map(partOf)),
  };
}

/** The two ways of handing the same amount out, as sums. */
export function comparisonOf(lines: readonly DistributionLine[]): Comparison {
  const unpaid = lines.find(({ paidInAssets }) => paidInAssets.kind === "unknown")?.paidInAssets;
  const paidInPart = ({ paidInAssets }: DistributionLine): bigint =>
    paidInAssets.kind === "known" ? paidInAssets.value : 0n;
  return {
    paidIn: mapFigure(unpaid ?? known(0n), () => waysOf(lines, paidInPart)),
    byClaims: waysOf(lines, ({ claimAssets }) => claimAssets ?? 0n),
  };
}

/** Which lines the reader wants to see. */
export type DistributionFilter = "all" | "lost" | "late" | "left";

export const DISTRIBUTION_FILTERS: readonly {
  readonly value: DistributionFilter;
  readonly label: string;
}[] = [
  { value: "all", label: "Everybody" },
  { value: "lost", label: "Lost" },
  { value: "late", label: "Came after the losses" },
  { value: "left", label: "Lost and left" },
];

/** A filter from the address; anything else is "all". */
export function distributionFilterOf(text: string | null): DistributionFilter {
  return DISTRIBUTION_FILTERS.find(({ value }) => value === text)?.value ?? "all";
}

function matches(line: DistributionLine, filter: DistributionFilter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "lost":
      return line.lossesAssets > 0n;
    case "late":
      return line.isLate;
    case "left":
      return line.hasLeft;
  }
}

/** The lines that fit the filter and whose address contains the searched digits. */
export function filterDistribution(
  lines: readonly DistributionLine[],
  { filter, search }: { readonly filter: DistributionFilter; readonly search: string },
): readonly DistributionLine[] {
  const digits = search.trim().toLowerCase();
  if (filter === "all" && digits === "") return lines;
  return lines.filter(
    (line) => matches(line, filter) && (digits === "" || line.address?.includes(digits) === true),
  );
}
