import type { TimeToLiquidation } from "@/domain/interest";
import { WAD } from "@/domain/math";
import type { Figure, VaultState } from "@/domain/model";
import type { HitRange } from "@/domain/risk/hit-range";
import type { RiskBook } from "@/domain/risk/model";
import type { FallMark } from "@/domain/risk/position-ahead";
import { counted } from "@/shared/counted";
import { formatDuration, formatInteger, formatRatioPercent, formatStatistic } from "@/shared/format";
import { formatHeld } from "@/shared/format-money";
import type { FigureText } from "@/ui/figures/figure-text";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { type AheadRow, chanceOf, HORIZONS, type HorizonId, isNotWorthIt } from "./ahead";

/** One row of what is ahead, in words. Made when the row is drawn. */
export interface AheadTexts {
  readonly exposed: FigureText;
  readonly toLiquidation: FigureText;
  readonly toBadDebt: FigureText;
  readonly interest: FigureText;
  readonly room: FigureText;
  /** undefined where a liquidation now would be refused. */
  readonly profit: FigureText | undefined;
  readonly chances: Readonly<Record<HorizonId, FigureText | undefined>>;
}

/** A fall, cut off: at the fall that is shown nothing has happened yet, one step further it has. */
export function fallMarkText(mark: FallMark): string {
  switch (mark.kind) {
    case "already":
      return "already";
    case "unreachable":
      return "beyond 100%";
    case "at":
      return formatRatioPercent({ ratioWad: mark.fallWad });
  }
}

export function interestTimeText(time: TimeToLiquidation): string {
  switch (time.kind) {
    case "already":
      return "already";
    case "never":
      return "never";
    case "in":
      return formatDuration(time.seconds);
  }
}

/** A part of the way; nobody has less than none of it left, and all of it is enough. */
export function roomText(roomWad: bigint): string {
  if (roomWad <= 0n) return "none";
  return roomWad >= WAD ? "all" : formatRatioPercent({ ratioWad: roomWad, fractionDigits: 0 });
}

/** A probability; a model's, so three digits are more than enough. */
function probabilityText(probability: number): string {
  if (probability < 0.001) return "<0.1%";
  return probability > 0.999 ? ">99.9%" : `${formatStatistic(probability * 100, 1)}%`;
}

export function hitRangeText(range: HitRange): string {
  switch (range.kind) {
    case "already":
      return "already";
    case "unreachable":
      return "never";
    case "chance": {
      const [low, high] = [probabilityText(range.low), probabilityText(range.high)];
      return low === high ? low : `${low} to ${high}`;
    }
  }
}

const NO_ROUNDS = "The feed of its largest asset has too few rounds to measure how much it moves.";

function chanceText(row: AheadRow, seconds: number): FigureText | undefined {
  const chance = chanceOf(row, seconds);
  if (chance === undefined) return undefined;
  return toFigureText(chance, { text: hitRangeText, why: { ...WHY_UNKNOWN, "not-published": NO_ROUNDS } });
}

function profitText({ profit }: AheadRow, state: VaultState): FigureText | undefined {
  switch (profit.kind) {
    case "refused":
      return undefined;
    case "loading":
      return { kind: "loading" };
    case "offer": {
      const { profitAssets, withoutExchange } = profit;
      const why =
        withoutExchange.length === 0
          ? WHY_UNKNOWN["not-published"]
          : `No exchange is configured for ${withoutExchange.join(", ")}, so what it would sell for is not known.`;
      return toFigureText(profitAssets, {
        text: (value) => formatHeld({ value, decimals: state.asset.decimals }),
        why: { ...WHY_UNKNOWN, "not-published": why },
      });
    }
  }
}

const markText = (mark: Figure<FallMark>): FigureText =>
  toFigureText(mark, { text: fallMarkText, why: WHY_UNKNOWN });

/** One row in words; amounts in the base asset. */
export function aheadTexts(row: AheadRow, state: VaultState): AheadTexts {
  const { ahead, exposedNames } = row;
  const chance = (id: HorizonId): FigureText | undefined => {
    const horizon = HORIZONS.find((one) => one.id === id);
    return horizon === undefined ? undefined : chanceText(row, horizon.seconds);
  };
  return {
    exposed: toFigureText(ahead.kind === "known" ? ahead.value.exposedWad : ahead, {
      text: (ratioWad) => formatRatioPercent({ ratioWad, fractionDigits: 0 }),
      decoration: () => exposedNames.join(", ") || "nothing",
      why: WHY_UNKNOWN,
    }),
    toLiquidation: markText(ahead.kind === "known" ? ahead.value.toLiquidation : ahead),
    toBadDebt: markText(ahead.kind === "known" ? ahead.value.toBadDebt : ahead),
    interest: toFigureText(row.interestTime, { text: interestTimeText, why: WHY_UNKNOWN }),
    room: toFigureText(row.openingRoomLeftWad, { text: roomText, why: WHY_UNKNOWN }),
    profit: profitText(row, state),
    chances: {
      "chance-hour": chance("chance-hour"),
      "chance-day": chance("chance-day"),
      "chance-week": chance("chance-week"),
    },
  };
}

/** How far the columns can be trusted, and whether somebody would liquidate what can be liquidated. */
export function aheadNoteOf(rows: readonly AheadRow[]): string {
  const owing = rows.filter(({ ahead }) => ahead.kind === "known");
  const estimated = owing.filter(({ ahead }) => ahead.kind === "known" && !ahead.value.isExact).length;
  const exactness =
    estimated === 0
      ? "Exact: a step of 0.01% beyond a fall that is shown, the contracts answer otherwise."
      : `${counted(estimated, ["position is", "positions are"])} estimated: the parts do not give the chain's own value to the unit, or the payment rule is not known.`;
  const notWorth = rows.filter(isNotWorthIt).length;
  const nobody =
    notWorth === 0
      ? ""
      : ` ${formatInteger(notWorth)} of those that can be liquidated ${notWorth === 1 ? "is" : "are"} not worth it to anyone.`;
  return `A fall is of the prices of everything that a position is exposed to, together. ${exactness}${nobody}`;
}

/** What each column says, a sentence each. */
export function columnNotesOf(
  book: RiskBook,
  { hasChances }: { readonly hasChances: boolean },
): readonly string[] {
  const rule = book.rule === undefined ? "assumed" : "which the strategy follows";
  return [
    "Exposed: the part of the value that moves with market prices other than the base asset's. The base asset's own price, fixed prices and interest stand still in a fall.",
    `Bad debt: by payment rule (${book.rule ?? "a"}), ${rule}.`,
    "By interest: when interest alone leads to the threshold, prices unchanged.",
    "Room left: of the way from a loan with the least bond to the threshold.",
    "Profit: what the configured exchanges pay for the whole position now, less the payment, before gas.",
    ...(hasChances ? [CHANCE_NOTE] : []),
  ];
}

/** What stands behind the chances. */
export const CHANCE_NOTE =
  "Hit: a model, not a forecast: a price that wanders without drift touches the fall within the time, with the volatility of the largest asset that the position is exposed to. The range is from the calmest to the wildest of the last 7 days, the last 30 days and the whole sample of the feed's own rounds. A price that is looked at only now and then touches a little less often.";
