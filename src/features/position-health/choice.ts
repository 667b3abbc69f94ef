import { parseAddress } from "@/data/parse-address";
import type { HealthBand } from "@/domain/health";
import type { Address } from "@/domain/model";
import { sortFromText, sortText } from "@/ui/data/sort-text";
import type { SortState } from "@/ui/data/table-sort";
import { DEFAULT_POSITION_FILTER, type PositionFilter, positionFilterOf } from "./model";

/** Which columns the table has: what is so now, or what is ahead. */
export type ColumnSet = "now" | "ahead";

/** What the reader chose to see; it stands in the address. */
export interface PositionChoice {
  readonly set: ColumnSet;
  readonly filter: PositionFilter;
  readonly band: HealthBand | undefined;
  /** Ahead alone: exposed to this asset. */
  readonly asset: Address | undefined;
  /** Ahead alone: per cent as typed; empty for any. */
  readonly within: string;
  readonly search: string;
  readonly sort: SortState;
}

export const COLUMN_SETS: readonly { readonly value: ColumnSet; readonly label: string }[] = [
  { value: "now", label: "Now" },
  { value: "ahead", label: "Ahead" },
];

const BAND_NAMES = ["safe", "caution", "warning", "danger", "liquidatable"] as const;

export type BandChoice = (typeof BAND_NAMES)[number] | "any";

/** The bands above the vault's own threshold. */
export const BAND_CHOICES: readonly { readonly value: BandChoice; readonly label: string }[] = [
  { value: "any", label: "Any band" },
  { value: "safe", label: "Safe" },
  { value: "caution", label: "Caution" },
  { value: "warning", label: "Warning" },
  { value: "danger", label: "Danger" },
  { value: "liquidatable", label: "Liquidatable" },
];

/** The worst health first; ahead, what falls first. */
export const DEFAULT_SORT: Readonly<Record<ColumnSet, SortState>> = {
  now: { columnId: "health", direction: "ascending" },
  ahead: { columnId: "fall", direction: "ascending" },
};

export const DEFAULT_CHOICE: PositionChoice = {
  set: "now",
  filter: DEFAULT_POSITION_FILTER,
  band: undefined,
  asset: undefined,
  within: "",
  search: "",
  sort: DEFAULT_SORT.now,
};

/** The choice that an address names; whatever it does not name, or names wrongly, is as usual. */
export function choiceFromParams(params: URLSearchParams): PositionChoice {
  const set: ColumnSet = params.get("set") === "ahead" ? "ahead" : "now";
  const asset = parseAddress(params.get("asset") ?? "");
  return {
    set,
    filter: positionFilterOf(params.get("state")),
    band: BAND_NAMES.find((band) => band === params.get("band")),
    asset: asset.ok ? asset.address : undefined,
    within: params.get("within") ?? "",
    search: params.get("q") ?? "",
    sort: sortFromText(params.get("sort"), DEFAULT_SORT[set]),
  };
}

/** The address with a choice in it. What is as usual stays out, and what the columns do not show does too. */
export function paramsWithChoice(before: URLSearchParams, choice: PositionChoice): URLSearchParams {
  const after = new URLSearchParams(before);
  const put = (name: string, value: string | undefined): void => {
    if (value === undefined || value === "") after.delete(name);
    else after.set(name, value);
  };
  const isAhead = choice.set === "ahead";
  const order = sortText(choice.sort);
  put("set", isAhead ? "ahead" : undefined);
  put("state", choice.filter === DEFAULT_POSITION_FILTER ? undefined : choice.filter);
  put("band", choice.band);
  put("asset", isAhead ? choice.asset : undefined);
  put("within", isAhead ? choice.within : undefined);
  put("q", choice.search);
  put("sort", order === sortText(DEFAULT_SORT[choice.set]) ? undefined : order);
  return after;
}

const PERCENT = /^(\d{1,3})(?:[.,](\d{1,2}))?$/u;
const PERCENT_WAD = 10n ** 16n;

/** A limit as typed: 10^18 = 100 %; "none" for an empty field, "invalid" for what is no per cent up to 100. */
export function withinOf(
  text: string,
): { readonly kind: "none" | "invalid" } | { readonly kind: "within"; readonly withinWad: bigint } {
  const trimmed = text.trim();
  if (trimmed === "") return { kind: "none" };
  const match = PERCENT.exec(trimmed);
  if (match === null) return { kind: "invalid" };
  const hundredths = BigInt(`${match[1] ?? "0"}${(match[2] ?? "").padEnd(2, "0")}`);
  if (hundredths > 10_000n) return { kind: "invalid" };
  return { kind: "within", withinWad: (hundredths * PERCENT_WAD) / 100n };
}
