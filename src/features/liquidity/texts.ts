import { mapFigure } from "@/domain/figure";
import type { Figure, VaultState } from "@/domain/model";
import type { Concentration } from "@/domain/risk/liquidity";
import { counted, countedManagers } from "@/shared/counted";
import { formatHash, formatInteger, formatRatio, formatRatioPercent, toChartNumber } from "@/shared/format";
import { formatHeld } from "@/shared/format-money";
import type { FigureText } from "@/ui/figures/figure-text";
import type { StatProps } from "@/ui/figures/stat";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { Tone } from "@/ui/tone";
import { type LiquidityModel, UTILISATION_MARKS, type UtilisationMark, utilisationMarkOf } from "./model";

/** What a mark of utilisation means for whoever wants to leave. */
export const MARK_WORD: Readonly<Record<UtilisationMark, { readonly word: string; readonly tone: Tone }>> = {
  free: { word: "Below the first mark", tone: "ok" },
  risk: { word: "Above 90 %: liquidity risk", tone: "caution" },
  "likely-to-fail": {
    word: "From 95 %: withdrawals likely to fail, deallocation may become possible",
    tone: "danger",
  },
  "nothing-left": { word: "100 %: nothing to withdraw", tone: "loss" },
};

export type LiquidityStat = StatProps & { readonly id: string };

function textOf(figure: FigureText): string {
  return figure.kind === "known" ? figure.text : "unknown";
}

function percentUp(figure: Figure, fractionDigits = 1): FigureText {
  return toFigureText(figure, {
    text: (ratioWad) => formatRatioPercent({ ratioWad, fractionDigits, toward: "up" }),
    why: WHY_UNKNOWN,
  });
}

/** The bar of utilisation: widths in per cent, and all of it in words. */
export interface UtilisationBarText {
  readonly widthPercent: number;
  readonly marks: readonly { readonly mark: UtilisationMark; readonly leftPercent: number }[];
  readonly standing: UtilisationMark;
  readonly words: string;
}

/** Undefined where utilisation is unknown. */
export function utilisationBarOf({ utilisationWad }: LiquidityModel): UtilisationBarText | undefined {
  if (utilisationWad.kind === "unknown") return undefined;
  const { value } = utilisationWad;
  const standing = utilisationMarkOf(value);
  return {
    // With sixteen decimals a ratio is a width in per cent.
    widthPercent: toChartNumber({ value, decimals: 16 }),
    marks: UTILISATION_MARKS.map(({ mark, wad }) => ({
      mark,
      leftPercent: toChartNumber({ value: wad, decimals: 16 }),
    })),
    standing,
    words: `Utilisation ${formatRatioPercent({ ratioWad: value, toward: "up" })}, marks at 90, 95 and 100 %`,
  };
}

/** Idle liquidity, who could leave, and notice: the figures of leaving. */
export function exitStatsOf(model: LiquidityModel, state: VaultState): readonly LiquidityStat[] {
  const { decimals, symbol } = state.asset;
  const block = `block ${formatInteger(state.block.number)} (${formatHash(state.block.hash)})`;
  const held = (figure: Figure): FigureText =>
    toFigureText(figure, {
      text: (value) => formatHeld({ value, decimals }),
      unit: symbol,
      why: WHY_UNKNOWN,
    });
  const idle = held(
    state.flux === undefined
      ? { kind: "unknown", reason: "not-published" }
      : { kind: "known", value: state.flux.idleAssets },
  );
  const balances = held(mapFigure(model.exit, ({ balancesAssets }) => balancesAssets));
  const notice = toFigureText(
    mapFigure(model.exit, ({ coveredWad }) => coveredWad),
    { text: (ratioWad) => formatRatioPercent({ ratioWad }), why: WHY_UNKNOWN },
  );
  const alone = toFigureText(model.exit, {
    text: ({ couldLeaveAlone }) => formatInteger(couldLeaveAlone),
    why: WHY_UNKNOWN,
  });
  const of =
    model.exit.kind === "known" ? `of ${counted(model.exit.value.holders, ["LP", "LPs"])}` : "of all LPs";
  const utilisation = percentUp(model.utilisationWad, 2);
  return [
    {
      id: "utilisation",
      label: "Utilisation",
      sublabel: "of total assets lent out",
      figure: utilisation,
      formula: {
        expression: "1 − idle ÷ total assets",
        inputs: [
          { label: "idle", value: `${textOf(idle)} ${symbol}` },
          { label: "total assets", value: `${formatHeld({ value: state.totalAssets, decimals })} ${symbol}` },
        ],
        result: textOf(utilisation),
        block,
      },
    },
    {
      id: "idle",
      label: "Idle",
      sublabel: "what withdrawals are paid from",
      figure: idle,
      formula: {
        expression: "vault.idleAssets()",
        meaning: "Read from the contract as it stands.",
        inputs: [],
        result: `${textOf(idle)} ${symbol}`,
        block,
      },
    },
    {
      id: "notice",
      label: "Usable notice",
      sublabel: "part of all LP balances that could leave now",
      figure: notice,
      formula: {
        expression: "min(1, idle ÷ Σ LP balances)",
        meaning: "How much of a warning could be used: what leaves first leaves less for the others.",
        inputs: [
          { label: "idle", value: `${textOf(idle)} ${symbol}` },
          { label: "Σ LP balances", value: `${textOf(balances)} ${symbol}` },
        ],
        result: textOf(notice),
        block,
      },
    },
    {
      id: "alone",
      label: "Could leave in full",
      sublabel: `${of}, each alone; not all together`,
      figure: alone,
      formula: {
        expression: "number of LPs with balance ≤ idle",
        inputs: [
          { label: "idle", value: `${textOf(idle)} ${symbol}` },
          { label: "LPs", value: of },
        ],
        result: textOf(alone),
        block,
      },
    },
  ];
}

function spread(
  about: {
    readonly id: string;
    readonly label: string;
    readonly whole: string;
    readonly things: (count: number) => string;
  },
  { figure, block }: { readonly figure: Figure<Concentration>; readonly block: string },
): LiquidityStat {
  const largest = percentUp(mapFigure(figure, ({ largestWad }) => largestWad));
  const parts =
    figure.kind === "known"
      ? `${about.whole}; five largest ${formatRatioPercent({ ratioWad: figure.value.topFiveWad, fractionDigits: 1, toward: "up" })}; Herfindahl ${formatRatio({ ratioWad: figure.value.herfindahlWad, fractionDigits: 2 })} over ${about.things(figure.value.holders)}`
      : about.whole;
  return {
    id: about.id,
    label: about.label,
    sublabel: parts,
    figure: largest,
    formula: {
      expression: "largest ÷ Σ; Herfindahl = Σ (part ÷ Σ)²",
      meaning: "Herfindahl is 1 for a single holder and 1 ÷ n for n equal ones.",
      inputs: [
        { label: "counted", value: figure.kind === "known" ? about.things(figure.value.holders) : "unknown" },
      ],
      result: textOf(largest),
      block,
    },
  };
}

/** In how few hands shares and debts are. */
export function handsStatsOf(model: LiquidityModel, state: VaultState): readonly LiquidityStat[] {
  const block = `block ${formatInteger(state.block.number)} (${formatHash(state.block.hash)})`;
  const contracts = percentUp(model.contractPartWad);
  return [
    spread(
      {
        id: "largest-lp",
        label: "Largest LP",
        whole: "of all shares",
        things: (count) => counted(count, ["LP", "LPs"]),
      },
      { figure: model.lps, block },
    ),
    {
      id: "contracts",
      label: "Held by contracts",
      sublabel: "of all shares; each may stand for many people",
      figure: contracts,
      formula: {
        expression: "Σ shares of holders with code ÷ total supply, rounded up",
        inputs: [],
        result: textOf(contracts),
        block,
      },
    },
    spread(
      { id: "largest-manager", label: "Largest manager", whole: "of all debt", things: countedManagers },
      { figure: model.managers, block },
    ),
  ];
}
