import { chainFigure, mapFigure } from "@/domain/figure";
import type { Address, AssetDescription, Figure } from "@/domain/model";
import { type HistoryRisk, riskOfSamples } from "@/domain/risk/history-risk";
import type { RiskBook } from "@/domain/risk/model";
import type { Round, RoundsByAsset } from "@/domain/risk/rounds";
import { worstFallOf } from "@/domain/risk/volatility";
import { counted } from "@/shared/counted";
import { formatDuration, formatInteger, formatTimestamp } from "@/shared/format";
import type { FigureText } from "@/ui/figures/figure-text";
import { fallWithin } from "./choice";
import { owedText, saidText } from "./words";

const DAY_SECONDS = 86_400n;
/** The spans over which past moves are taken. */
export const HORIZONS = {
  hour: { seconds: 3_600n, name: "1 hour" },
  day: { seconds: DAY_SECONDS, name: "24 hours" },
} as const;
export const QUANTILE_95_WAD = 95n * 10n ** 16n;
const QUANTILE_99_WAD = 99n * 10n ** 16n;

/** Rounds as they were read, by shape. */
type RoundsFound = ReadonlyMap<Address, { readonly rounds: readonly Round[] }>;

/** The rounds alone, by asset. */
export function roundsByAsset(found: RoundsFound): RoundsByAsset {
  return new Map([...found].map(([asset, { rounds }]) => [asset, rounds]));
}

/** One horizon of history on today's book. */
export interface HistoryLine {
  readonly id: string;
  readonly horizon: string;
  readonly var95: FigureText;
  readonly shortfall95: FigureText;
  readonly var99: FigureText;
  readonly shortfall99: FigureText;
  readonly samples: FigureText;
  readonly span: FigureText;
  readonly worst: FigureText;
  readonly worstWhen: FigureText;
}

function whenText(fromSeconds: bigint, toSeconds: bigint): string {
  return `${formatTimestamp(fromSeconds)} to ${formatTimestamp(toSeconds)}`;
}

/** Value at risk and expected shortfall of one horizon; the second quantile is of the same samples. */
export function historyLineOf(
  at95: Figure<HistoryRisk>,
  { horizon, asset: whole }: { readonly horizon: keyof typeof HORIZONS; readonly asset: AssetDescription },
): HistoryLine {
  const { seconds, name } = HORIZONS[horizon];
  const at99: Figure<HistoryRisk> = chainFigure(at95, ({ samples }) =>
    riskOfSamples(samples, { horizonSeconds: seconds, quantileWad: QUANTILE_99_WAD }),
  );
  const asset = { ...whole, symbol: "" };
  const amount = (risk: Figure<HistoryRisk>, of: (found: HistoryRisk) => bigint): FigureText =>
    owedText(mapFigure(risk, of), asset);
  return {
    id: horizon,
    horizon: name,
    var95: amount(at95, ({ valueAtRiskAssets }) => valueAtRiskAssets),
    shortfall95: amount(at95, ({ expectedShortfallAssets }) => expectedShortfallAssets),
    var99: amount(at99, ({ valueAtRiskAssets }) => valueAtRiskAssets),
    shortfall99: amount(at99, ({ expectedShortfallAssets }) => expectedShortfallAssets),
    samples: saidText(at95, ({ samples }) => formatInteger(samples.length)),
    span: saidText(at95, ({ firstSeconds, lastSeconds }) => whenText(firstSeconds, lastSeconds)),
    worst: amount(at95, ({ worst }) => worst.addedLpLossAssets),
    worstWhen: saidText(at95, ({ worst }) =>
      worst.addedLpLossAssets === 0n ? "none lost" : whenText(worst.fromSeconds, worst.toSeconds),
    ),
  };
}

/** The deepest recorded fall over a day of any of the given assets. */
export interface WorstDay {
  readonly fallWad: bigint;
  /** "WETH, 3 Mar 2026 …". */
  readonly text: string;
}

/** Undefined where no asset has rounds a day apart, or none ever fell. */
export function worstDayOf(
  book: RiskBook,
  { assets, rounds }: { readonly assets: readonly Address[]; readonly rounds: RoundsByAsset },
): WorstDay | undefined {
  let worst: WorstDay | undefined;
  for (const address of assets) {
    const found = worstFallOf(rounds.get(address) ?? [], DAY_SECONDS);
    if (found.kind === "unknown" || found.value.fallWad === 0n) continue;
    const fallWad = fallWithin(found.value.fallWad);
    if (worst !== undefined && fallWad <= worst.fallWad) continue;
    const symbol = book.assets.get(address)?.symbol ?? address;
    worst = { fallWad, text: `${symbol}, ${whenText(found.value.fromSeconds, found.value.toSeconds)}` };
  }
  return worst;
}

/** How much of the past the feeds gave, one sentence an asset. */
export function roundsSentencesOf(book: RiskBook, found: RoundsFound): readonly string[] {
  return [...found].map(([address, { rounds }]) => {
    const symbol = book.assets.get(address)?.symbol ?? address;
    const first = rounds[0];
    const last = rounds.at(-1);
    if (first === undefined || last === undefined) return `${symbol}: its feed answered no round.`;
    const span = formatDuration(last.atSeconds - first.atSeconds);
    return `${symbol}: ${counted(rounds.length, ["round", "rounds"])} over ${span}, ${whenText(first.atSeconds, last.atSeconds)}.`;
  });
}
