/** Why a figure cannot be known, in words. One list for the whole product, so that a reason reads the same everywhere. */
export const WHY_UNKNOWN = {
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
  "clock-refused": "The endpoint does not answer under a past block's clock.",
  "not-published": "This vault does not publish it.",
  "parameters-implausible": "The strategy's parameters give no such line.",
  "no-bond": "No bond is posted.",
  "nothing-lent": "Nothing was ever lent.",
  "nothing-supplied": "Nothing was ever supplied.",
} as const;
