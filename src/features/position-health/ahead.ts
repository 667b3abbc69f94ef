import { bothFigures, chainFigure, known, mapFigure, unknown } from "@/domain/figure";
import type { HealthBand } from "@/domain/health";
import { type TimeToLiquidation, timeToLiquidationOf } from "@/domain/interest";
import type { MarketMark } from "@/domain/market";
import { WAD } from "@/domain/math";
import type { Address, Figure } from "@/domain/model";
import { type HitRange, hitRangeOf, type VolatilityRange } from "@/domain/risk/hit-range";
import type { RiskBook } from "@/domain/risk/model";
import {
  exposedAssetsOf,
  type FallMark,
  openingRoomLeftWad,
  type PositionAhead,
  positionsAheadOf,
} from "@/domain/risk/position-ahead";
import { sanitiseText } from "@/shared/text";
import type { PositionRow } from "./model";

/** What a liquidator would earn at market prices, before gas. */
export type LiquidationProfit =
  /** A liquidation would be refused now. */
  | { readonly kind: "refused" }
  | { readonly kind: "loading" }
  | {
      readonly kind: "offer";
      /** Market value − payment, base-asset units, rounded down; may be negative. */
      readonly profitAssets: Figure;
      /** Held, and without a configured exchange: why it is not known. */
      readonly withoutExchange: readonly string[];
    };

/** A position and what is ahead of it. */
export interface AheadRow extends PositionRow {
  readonly ahead: Figure<PositionAhead>;
  /** Names of what it is exposed to, the largest first. */
  readonly exposedNames: readonly string[];
  readonly interestTime: Figure<TimeToLiquidation>;
  readonly openingRoomLeftWad: Figure;
  readonly profit: LiquidationProfit;
  /** Of the largest asset that it is exposed to; undefined until the feeds' rounds are read. */
  readonly volatility: Figure<VolatilityRange> | undefined;
}

export type VolatilityByAsset = ReadonlyMap<Address, Figure<VolatilityRange>>;

export interface AheadInput {
  readonly rows: readonly PositionRow[];
  readonly book: RiskBook;
  /** undefined while it is read. */
  readonly mark: Figure<MarketMark> | undefined;
  /** undefined until somebody asks for it. */
  readonly volatilities: VolatilityByAsset | undefined;
}

/** What an asset calls itself, made harmless. */
export function symbolOf(book: Pick<RiskBook, "assets">, asset: Address): string {
  return sanitiseText(book.assets.get(asset)?.symbol ?? "Asset", 16);
}

type StillAhead = Omit<AheadRow, "profit" | "volatility">;

const madeStill = new WeakMap<RiskBook, readonly StillAhead[]>();

/** What the book alone says of the rows; made once a book, since exchanges and rounds arrive later. */
function stillAheadOf(rows: readonly PositionRow[], book: RiskBook): readonly StillAhead[] {
  const made = madeStill.get(book);
  if (made?.length === rows.length) return made;
  const { state } = book;
  const all = positionsAheadOf(book);
  const interestRateWad = state.flux?.strategy.interestRateWad ?? 0n;
  const names = namesOf(book);
  const still = rows.map((row): StillAhead => {
    const owes = row.shortfall.trueDebtAssets > 0n;
    const ahead = owes ? aheadIn(all, row.manager) : unknown("no-debt");
    const exposedTo = ahead.kind === "known" ? ahead.value.exposedTo : [];
    return {
      ...row,
      ahead,
      exposedNames: exposedTo.map((asset) => names.get(asset) ?? ""),
      interestTime: owes
        ? timeToLiquidationOf({ manager: row.position, state, interestRateWad })
        : unknown("no-debt"),
      openingRoomLeftWad: owes ? openingRoomLeftWad(row.position, state) : unknown("no-debt"),
    };
  });
  madeStill.set(book, still);
  return still;
}

function namesOf(book: RiskBook): ReadonlyMap<Address, string> {
  return new Map([...book.assets.keys()].map((asset) => [asset, symbolOf(book, asset)]));
}

/** The rows with what is ahead of each, for the block that rows, book and mark were all read at. */
export function aheadRowsOf({ rows, book, mark, volatilities }: AheadInput): readonly AheadRow[] {
  const names = namesOf(book);
  const marks = new Map(
    mark?.kind === "known" ? mark.value.managers.map((one) => [one.manager, one] as const) : [],
  );
  return stillAheadOf(rows, book).map((row): AheadRow => {
    const largest = row.ahead.kind === "known" ? row.ahead.value.exposedTo[0] : undefined;
    return {
      ...row,
      profit: profitOf(row, { mark, own: marks.get(row.manager), names }),
      volatility:
        volatilities === undefined
          ? undefined
          : ((largest === undefined ? undefined : volatilities.get(largest)) ?? unknown("not-published")),
    };
  });
}

function aheadIn(all: Figure<ReadonlyMap<Address, PositionAhead>>, manager: Address): Figure<PositionAhead> {
  return chainFigure(all, (found) => {
    const one = found.get(manager);
    return one === undefined ? unknown("value-unreadable") : known(one);
  });
}

function profitOf(
  { shortfall }: PositionRow,
  at: {
    readonly mark: Figure<MarketMark> | undefined;
    readonly own: MarketMark["managers"][number] | undefined;
    readonly names: ReadonlyMap<Address, string>;
  },
): LiquidationProfit {
  const { canLiquidate, paymentAssets } = shortfall;
  if (canLiquidate.kind === "known" && !canLiquidate.value) return { kind: "refused" };
  if (at.mark === undefined) return { kind: "loading" };
  const value: Figure =
    at.mark.kind === "unknown" ? at.mark : (at.own?.marketValueAssets ?? unknown("value-unreadable"));
  return {
    kind: "offer",
    profitAssets: mapFigure(bothFigures(value, paymentAssets), ([market, payment]) => market - payment),
    withoutExchange: (at.own?.assetsWithoutPool ?? []).map((asset) => at.names.get(asset) ?? "an asset"),
  };
}

/** Whether nobody would earn anything by liquidating: market value no more than the payment. */
export function isNotWorthIt({ profit }: Pick<AheadRow, "profit">): boolean {
  return profit.kind === "offer" && profit.profitAssets.kind === "known" && profit.profitAssets.value <= 0n;
}

/** Times within which a fall may come. */
export const HORIZONS = [
  { id: "chance-hour", label: "1 h", seconds: 3_600 },
  { id: "chance-day", label: "24 h", seconds: 86_400 },
  { id: "chance-week", label: "7 d", seconds: 604_800 },
] as const;

export type HorizonId = (typeof HORIZONS)[number]["id"];

/** How likely the fall to liquidation comes within a time; undefined until the rounds are read. */
export function chanceOf(row: AheadRow, seconds: number): Figure<HitRange> | undefined {
  const { ahead, volatility } = row;
  if (volatility === undefined) return undefined;
  return chainFigure(ahead, ({ toLiquidation }) =>
    chainFigure(toLiquidation, (mark) => {
      if (mark.kind !== "at") return known<HitRange>(mark);
      return mapFigure(volatility, (range) => hitRangeOf({ mark, volatility: range, seconds }));
    }),
  );
}

/** A place in the order of a column: what is so already comes before every fall, what never is after all. */
export function markOrder(mark: Figure<FallMark>): bigint | undefined {
  if (mark.kind === "unknown") return undefined;
  if (mark.value.kind === "already") return -1n;
  return mark.value.kind === "at" ? mark.value.fallWad : 2n * WAD;
}

/** As above, for times; seconds. */
export function timeOrder(time: Figure<TimeToLiquidation>): bigint | undefined {
  if (time.kind === "unknown") return undefined;
  if (time.value.kind === "already") return -1n;
  return time.value.kind === "in" ? time.value.seconds : 10n ** 30n;
}

/** As above, for chances. */
export function chanceOrder(chance: Figure<HitRange> | undefined): number | undefined {
  if (chance?.kind !== "known") return undefined;
  if (chance.value.kind === "already") return 2;
  return chance.value.kind === "chance" ? chance.value.high : -1;
}

/** What of the rows ahead is asked for. */
export interface AheadFilter {
  readonly band: HealthBand | undefined;
  /** Exposed to this asset. */
  readonly asset: Address | undefined;
  /** Liquidatable after a fall of at most this, 10^18 = 100 %. */
  readonly withinWad: bigint | undefined;
}

/** The rows that are exposed to the asset and can be liquidated after such a fall. What is unknown fits no limit. */
export function filterAhead(rows: readonly AheadRow[], filter: AheadFilter): readonly AheadRow[] {
  const { band, asset, withinWad } = filter;
  if (band === undefined && asset === undefined && withinWad === undefined) return rows;
  return rows.filter((row) => {
    if (band !== undefined && row.band !== band) return false;
    if (asset === undefined && withinWad === undefined) return true;
    if (row.ahead.kind === "unknown") return false;
    const { exposedTo, toLiquidation } = row.ahead.value;
    if (asset !== undefined && !exposedTo.includes(asset)) return false;
    if (withinWad === undefined) return true;
    const order = markOrder(toLiquidation);
    return order !== undefined && order <= withinWad;
  });
}

/** The assets that some position is exposed to, for the choice of one. */
export function exposureChoicesOf(
  book: RiskBook,
): readonly { readonly value: Address; readonly label: string }[] {
  return exposedAssetsOf(book)
    .map((value) => ({ value, label: symbolOf(book, value) }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}
