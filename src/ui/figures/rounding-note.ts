/** Stands under tables whose rows are also added up elsewhere. */
export const ROUNDING_NOTE =
  "Each amount is rounded by itself, owed and lost ones up; totals are added up exactly and rounded once.";
