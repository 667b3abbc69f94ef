import type { ShortfallState } from "@/domain/bad-debt";
import type { Tone } from "@/ui/tone";

/** A manager's standing as it is shown: the domain's states, and the dead zone as a mark beside them. */
export const STATE_WORD: Readonly<
  Record<ShortfallState, { readonly word: string; readonly tone: Tone; readonly meaning: string }>
> = {
  healthy: { word: "Healthy", tone: "ok", meaning: "Cannot be liquidated now." },
  liquidatable: {
    word: "Liquidatable",
    tone: "danger",
    meaning: "Can be liquidated now, and the payment would cover the debt.",
  },
  "would-lose": {
    word: "Would lose",
    tone: "loss",
    meaning: "Worth its debt, but a liquidation now would pay less than is owed.",
  },
  insolvent: { word: "Insolvent", tone: "loss", meaning: "Worth less than it owes." },
  "no-debt": { word: "No debt", tone: "neutral", meaning: "Owes nothing." },
  unknown: { word: "Unknown", tone: "stale", meaning: "Could not be read in full." },
};

export const DEAD_ZONE_MEANING =
  "Just above its debt: a liquidator earns nothing now and the whole margin a little lower, so waiting pays.";

/** Who stands behind a payment. */
export const SOURCE_WORD = {
  quoted: "quoted by the strategy",
  modelled: "modelled: the strategy did not answer",
} as const;
