import type { VaultState } from "@/domain/model";
import { medianRangeOf } from "@/domain/risk/hit-range";
import { formatDuration } from "@/shared/format";
import type { FigureText } from "@/ui/figures/figure-text";
import { type AheadRow, HORIZONS } from "./ahead";
import { aheadTexts } from "./ahead-texts";
import type { NamedFigure } from "./manager-texts";

/** Beyond a hundred years a model's time says nothing. */
const LONGEST_SECONDS = 100 * 365 * 86_400;

function secondsText(seconds: number | undefined): string {
  if (seconds === undefined || seconds > LONGEST_SECONDS) return "more than 100 years";
  return formatDuration(BigInt(Math.floor(seconds)));
}

/** When half of all driftless walks would have been there, between both volatilities; undefined where none leads there. */
function medianText({ ahead, volatility }: AheadRow): string | undefined {
  if (ahead.kind === "unknown" || volatility?.kind !== "known") return undefined;
  const { toLiquidation } = ahead.value;
  if (toLiquidation.kind !== "known") return undefined;
  const range = medianRangeOf(toLiquidation.value, volatility.value);
  if (range === undefined) return undefined;
  const [short, long] = [secondsText(range.shortSeconds), secondsText(range.longSeconds)];
  return short === long ? short : `${short} to ${long}`;
}

/** The figures ahead of one manager; chances once the rounds are read. */
export function aheadFiguresOf(row: AheadRow, state: VaultState): readonly NamedFigure[] {
  const texts = aheadTexts(row, state);
  const refused: FigureText = { kind: "known", text: "cannot be liquidated now" };
  const median = medianText(row);
  return [
    { id: "exposed", label: "Exposed to market prices", hint: "of its value", figure: texts.exposed },
    { id: "fall", label: "Liquidatable after a fall of", figure: texts.toLiquidation },
    { id: "bad-fall", label: "Bad debt after a fall of", figure: texts.toBadDebt },
    {
      id: "by-interest",
      label: "Liquidatable by interest alone in",
      hint: "prices unchanged",
      figure: texts.interest,
    },
    {
      id: "room",
      label: "Opening room left",
      hint: "of the way from a loan with the least bond to the threshold",
      figure: texts.room,
    },
    {
      id: "profit",
      label: "A liquidator would earn",
      hint: "what the exchanges pay now, less the payment, before gas",
      figure:
        texts.profit?.kind === "known"
          ? { ...texts.profit, unit: state.asset.symbol }
          : (texts.profit ?? refused),
    },
    ...HORIZONS.flatMap(({ id, label }): readonly NamedFigure[] => {
      const figure = texts.chances[id];
      return figure === undefined
        ? []
        : [{ id, label: `Chance of liquidation within ${label}`, hint: "model", figure }];
    }),
    ...(median === undefined
      ? []
      : [
          {
            id: "median",
            label: "Even odds of liquidation within",
            hint: "model",
            figure: { kind: "known", text: median } as const,
          },
        ]),
  ];
}
