import { type ManagerShortfall, type ShortfallState, shortfallOf } from "@/domain/bad-debt";
import { fallToThresholdWadDown, type HealthBand, healthBandOf, healthRatioWadDown } from "@/domain/health";
import { holdsNothing } from "@/domain/holds-nothing";
import type { Address, Figure, ManagerState, VaultSnapshot, VaultState } from "@/domain/model";
import { counted } from "@/shared/counted";
import { formatRatio, formatRatioPercent } from "@/shared/format";
import { formatHeld, formatOwed } from "@/shared/format-money";
import type { FigureText } from "@/ui/figures/figure-text";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { SOURCE_WORD } from "./messages";

/** One manager with everything the table sorts, filters and shows. Figures stay exact until a row is drawn. */
export interface PositionRow {
  readonly manager: Address;
  readonly position: ManagerState;
  readonly shortfall: ManagerShortfall;
  readonly band: HealthBand;
  readonly healthWad: Figure;
  /** How far the position's value may fall before it is liquidatable. */
  readonly fallToThresholdWad: Figure;
  readonly isInDeadZone: boolean;
  /** Another manager's address has the same first and last six digits. */
  readonly hasLookAlike: boolean;
}

/** What the table can be narrowed to. */
export type PositionFilter = "open" | "all" | "attention" | "dead-zone" | ShortfallState;

export const POSITION_FILTERS: readonly { readonly value: PositionFilter; readonly label: string }[] = [
  { value: "open", label: "With a position" },
  { value: "all", label: "All, closed ones too" },
  { value: "attention", label: "Needs attention" },
  { value: "healthy", label: "Healthy" },
  { value: "liquidatable", label: "Liquidatable" },
  { value: "would-lose", label: "Would lose" },
  { value: "insolvent", label: "Insolvent" },
  { value: "dead-zone", label: "In the dead zone" },
  { value: "no-debt", label: "No debt, but a bond or position" },
  { value: "unknown", label: "Unknown" },
];

/** What the table shows unasked: a closed position has nothing to say. */
export const DEFAULT_POSITION_FILTER: PositionFilter = "open";

/** A filter from the address; anything else is the default. */
export function positionFilterOf(text: string | null): PositionFilter {
  return POSITION_FILTERS.find(({ value }) => value === text)?.value ?? DEFAULT_POSITION_FILTER;
}

/** What of an address is on the screen: addresses that share it can be taken for one another. */
function visibleDigits(address: Address): string {
  return address.slice(0, 8) + address.slice(-6);
}

const madeRows = new WeakMap<VaultSnapshot, readonly PositionRow[]>();

/**
 * Every manager that was read, in the order they were read. Made once a snapshot: table, totals and load line all ask
 * for it, and ten thousand managers take a while.
 */
export function positionRowsOf(snapshot: VaultSnapshot): readonly PositionRow[] {
  const made = madeRows.get(snapshot) ?? rowsOf(snapshot);
  madeRows.set(snapshot, made);
  return made;
}

function rowsOf(snapshot: VaultSnapshot): readonly PositionRow[] {
  const { state, managers } = snapshot;
  const seen = new Map<string, number>();
  for (const { manager } of managers) {
    const digits = visibleDigits(manager);
    seen.set(digits, (seen.get(digits) ?? 0) + 1);
  }
  return managers.map((position) => {
    const shortfall = shortfallOf(position, state);
    return {
      manager: position.manager,
      position,
      shortfall,
      band: healthBandOf(position, state),
      healthWad: healthRatioWadDown(position, state),
      fallToThresholdWad: fallToThresholdWadDown(position, state),
      isInDeadZone: shortfall.isInDeadZone.kind === "known" && shortfall.isInDeadZone.value,
      hasLookAlike: (seen.get(visibleDigits(position.manager)) ?? 0) > 1,
    };
  });
}

/** The rows with a debt, a bond or a position: earlier managers and mere liquidators are none. */
export function rowsWithPosition(rows: readonly PositionRow[]): readonly PositionRow[] {
  return rows.filter(({ position }) => !holdsNothing(position));
}

/** Those that are among the managers and have nothing now, in words; undefined when there are none. */
export function emptyAddressesText(rows: readonly PositionRow[]): string | undefined {
  const count = rows.length - rowsWithPosition(rows).length;
  if (count === 0) return undefined;
  return `${counted(count, ["more address", "more addresses"])} of earlier managers and liquidators ${count === 1 ? "has" : "have"} neither debt nor bond nor position now.`;
}

function matchesFilter(row: PositionRow, filter: PositionFilter): boolean {
  const { state } = row.shortfall;
  if (filter === "all") return true;
  if (filter === "open") return !holdsNothing(row.position);
  if (filter === "no-debt") return state === "no-debt" && !holdsNothing(row.position);
  if (filter === "dead-zone") return row.isInDeadZone;
  if (filter === "attention") return state !== "healthy" && state !== "no-debt";
  return state === filter;
}

/**
 * The rows that carry the filter's state and whose address contains the searched digits, wherever they stand. Who looks
 * for an address finds closed positions too, unless a state was asked for.
 */
export function filterPositions(
  rows: readonly PositionRow[],
  { filter, search }: { readonly filter: PositionFilter; readonly search: string },
): readonly PositionRow[] {
  const digits = search.trim().toLowerCase();
  const asked = filter === DEFAULT_POSITION_FILTER && digits !== "" ? "all" : filter;
  if (asked === "all" && digits === "") return rows;
  return rows.filter((row) => matchesFilter(row, asked) && row.manager.includes(digits));
}

/** The texts of one row. Made when the row is drawn: ten thousand rows are never formatted at once. */
export interface PositionTexts {
  readonly health: FigureText;
  readonly value: FigureText;
  readonly debt: FigureText;
  /** Principal and accrued interest. */
  readonly debtParts: string;
  readonly bond: FigureText;
  readonly cushion: FigureText;
  /** Undefined where a liquidation now would be refused. */
  readonly payment: FigureText | undefined;
  readonly badDebt: FigureText;
  readonly lpLoss: FigureText;
}

const known = (text: string): FigureText => ({ kind: "known", text });

/** One row in words; amounts in the base asset. */
export function positionTexts(row: PositionRow, state: VaultState): PositionTexts {
  const { decimals } = state.asset;
  const { position, shortfall } = row;
  const held = (value: bigint) => formatHeld({ value, decimals });
  const owed = (value: bigint) => formatOwed({ value, decimals });
  const canLiquidate = shortfall.canLiquidate;
  const isRefused = canLiquidate.kind === "known" && !canLiquidate.value;
  const isOpen = canLiquidate.kind === "known" && canLiquidate.value;
  return {
    health: toFigureText(row.healthWad, {
      text: (ratioWad) => formatRatio({ ratioWad }),
      why: WHY_UNKNOWN,
    }),
    value: toFigureText(shortfall.valueAssets, { text: held, why: WHY_UNKNOWN }),
    debt: known(owed(shortfall.trueDebtAssets)),
    debtParts: `${owed(position.principalAssets)} + ${owed(position.accruedInterestAssets)}`,
    bond: known(held(position.bondAssets)),
    cushion: isOpen
      ? known("below")
      : toFigureText(row.fallToThresholdWad, {
          text: (ratioWad) => formatRatioPercent({ ratioWad }),
          why: WHY_UNKNOWN,
        }),
    payment: isRefused
      ? undefined
      : toFigureText(shortfall.paymentAssets, {
          text: owed,
          decoration: () => shortfall.source,
          why: WHY_UNKNOWN,
        }),
    badDebt: toFigureText(shortfall.badDebtIfClosedAssets, { text: owed, why: WHY_UNKNOWN }),
    lpLoss: toFigureText(shortfall.lpLossIfClosedAssets, { text: owed, why: WHY_UNKNOWN }),
  };
}

/** Whether any payment in the rows had to be modelled, and the words for it. */
export function sourceNoteOf(rows: readonly PositionRow[]): string {
  const open = rows.filter(({ shortfall }) => shortfall.trueDebtAssets > 0n);
  const modelled = open.filter(({ shortfall }) => shortfall.source === "modelled").length;
  if (modelled === 0) return `Payments are ${SOURCE_WORD.quoted}.`;
  return `${modelled} of ${open.length} payments are ${SOURCE_WORD.modelled}, so rule (a) was used: the whole debt while the position is worth it, else its value less the liquidator's margin.`;
}

/** The known value of a figure to sort by; what is unknown is neither large nor small. */
export function sortableOf(figure: Figure): bigint | undefined {
  return figure.kind === "known" ? figure.value : undefined;
}
