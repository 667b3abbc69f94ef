import { formatRatio, formatRatioPercent, toChartNumber } from "@/shared/format";
import type { LoadLineMark } from "./load-line-types";

/** A figure as the domain tags it, by shape. */
type Tagged =
  | { readonly kind: "known"; readonly value: bigint }
  | { readonly kind: "unknown"; readonly reason: string };

/** The marks of a strategy as the domain gives them, by shape; ratios with 18 decimals. */
export interface CorridorShape {
  readonly openingWad: bigint;
  readonly thresholdWad: bigint;
  readonly badDebtLineAWad: Tagged;
  readonly badDebtLineBWad: Tagged;
  readonly insolventWad: bigint;
  readonly openingRoomWad: bigint;
  readonly gapToleranceAWad: Tagged;
  readonly gapToleranceBWad: Tagged;
}

const WAD_DECIMALS = 18;

/** A health ratio (18 decimals) as a place on a picture. */
export function healthOnPicture(ratioWad: bigint): number {
  return toChartNumber({ value: ratioWad, decimals: WAD_DECIMALS });
}

function badDebtMarkOf(line: Tagged): readonly LoadLineMark[] {
  if (line.kind === "unknown") return [];
  const mark: LoadLineMark = {
    kind: "bad-debt",
    health: healthOnPicture(line.value),
    label: "Bad-debt line",
    value: formatRatio({ ratioWad: line.value }),
    zoneBelow: { label: "LPs would lose" },
  };
  return [mark];
}

/**
 * A vault's own marks on its load line. The zones are named by falls of value from one mark to the next: the manager's
 * room, and below it the gap tolerance, which is what LPs have in hand.
 */
export function corridorMarks(corridor: CorridorShape, rule: "a" | "b"): readonly LoadLineMark[] {
  const isA = rule === "a";
  const gap = isA ? corridor.gapToleranceAWad : corridor.gapToleranceBWad;
  const gapDetail = gap.kind === "known" ? { detail: formatRatioPercent({ ratioWad: gap.value }) } : {};
  const at = (ratioWad: bigint) => ({
    health: healthOnPicture(ratioWad),
    value: formatRatio({ ratioWad }),
  });
  return [
    {
      kind: "opening",
      label: "Opening",
      ...at(corridor.openingWad),
      zoneBelow: {
        label: "Manager room",
        detail: formatRatioPercent({ ratioWad: corridor.openingRoomWad }),
      },
    },
    {
      kind: "threshold",
      label: "Threshold T",
      ...at(corridor.thresholdWad),
      zoneBelow: { label: "Gap tolerance", ...gapDetail },
    },
    ...badDebtMarkOf(isA ? corridor.badDebtLineAWad : corridor.badDebtLineBWad),
    {
      kind: "insolvent",
      label: "Insolvent",
      ...at(corridor.insolventWad),
      zoneBelow: { label: "Worth less than owed" },
    },
  ];
}
