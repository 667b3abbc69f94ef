/** The vault's own marks on the scale of health. */
export type LoadLineMarkKind = "opening" | "threshold" | "bad-debt" | "insolvent";

export interface LoadLineMark {
  readonly kind: LoadLineMarkKind;
  /** Health ratio, 1 = value equals debt. A position on a picture, not a figure to calculate with. */
  readonly health: number;
  /** Short: "Opening", "Threshold T", "Bad-debt line", "Insolvent". */
  readonly label: string;
  /** The exact value in text. */
  readonly value: string;
  /** Names the room between this mark and the next one below, e.g. "Gap tolerance" "9.09%". */
  readonly zoneBelow?: { readonly label: string; readonly detail?: string };
  /** Where the mark stood before the change that is being looked at; drawn dashed. */
  readonly was?: { readonly health: number; readonly value: string };
}

/** The debt of one manager. */
export interface LoadLineDebt {
  readonly id: string;
  readonly health: number;
  /** Size in any one unit; only its proportion to the others is drawn. */
  readonly debt: number;
  readonly label: string;
  /** For narrow screens; about nine characters. */
  readonly shortLabel?: string;
  readonly healthText: string;
  readonly debtText: string;
  readonly href?: string;
  /** Its health before the change that is being looked at. */
  readonly wasHealth?: number;
}

/** Between which marks a health lies, deepest last. */
export type LoadLineZone = "safe" | "room" | "liquidatable" | "losing" | "insolvent";
