import type { ShortfallState } from "@/domain/bad-debt";
import type { UnknownReason } from "@/domain/model";
import type { Tone } from "@/ui/tone";

/** Why a figure of a position cannot be known. */
export const WHY_UNKNOWN: Readonly<Record<UnknownReason, string>> = {
  "no-debt": "Nothing is owed, so there is no ratio.",
  "no-supply": "The vault has no shares.",
  "no-assets": "The vault has no assets.",
  "no-price": "The oracle gave no price for the base asset.",
  "value-unreadable": "A part of the position could not be priced.",
  "quote-unreadable": "The strategy did not answer the liquidation question.",
  "snapshot-incomplete": "Not every manager could be read, so there is no total.",
  "history-partial": "The history does not reach back to the vault's first block.",
  "blocks-differ": "Two parts of this figure were read at different blocks.",
  "archive-unavailable": "The endpoint keeps no state that old.",
  "not-published": "The vault does not publish it.",
  "parameters-implausible": "The strategy's parameters give no such line.",
  "no-bond": "No bond is posted.",
  "nothing-lent": "Nothing was ever lent.",
  "nothing-supplied": "Nothing was ever supplied.",
};

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
