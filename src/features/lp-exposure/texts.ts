import type { LpExposure } from "@/domain/exposure";
import { mapFigure, sumFigures } from "@/domain/figure";
import type { HeadlineNumbers } from "@/domain/headline";
import type { LpStatement } from "@/domain/ledger-model";
import type { BlockRef, Figure, VaultState } from "@/domain/model";
import { formatInteger, formatRatioPercent } from "@/shared/format";
import { estimateNote } from "@/ui/figures/estimate-note";
import type { FigureText } from "@/ui/figures/figure-text";
import type { Formula } from "@/ui/figures/formula";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { wordsOf } from "./amount-words";
import type { LpPersonal, LpSum } from "./model";

/** One figure of an LP's headline. */
export interface LpFigure {
  readonly id: string;
  readonly label: string;
  readonly sublabel: string;
  readonly figure: FigureText;
  readonly isLoss: boolean;
  readonly formula: Formula | undefined;
}

const isPositive = (figure: Figure | undefined): boolean => figure?.kind === "known" && figure.value > 0n;

/** What a headline is made of besides the LP itself. */
export interface HeadlineContext {
  readonly state: VaultState;
  readonly headline: HeadlineNumbers;
  /** The LP's statement once it is computed: it also knows losses that no event reports. */
  readonly statement?: StatementAt | undefined;
}

/** A statement and the block it is of: while a newer one is computed, the one before the report's. */
export interface StatementAt {
  readonly statement: LpStatement;
  readonly block: BlockRef;
}

/**
 * The headline of one LP: what it is worth, lost, got back and lost net, then what it holds, would lose, and can take
 * out.
 */
export function lpHeadlineOf(personal: LpPersonal, context: HeadlineContext): readonly LpFigure[] {
  const { state, headline } = context;
  const words = wordsOf(state);
  const { symbol, down, up, block } = words;
  const { exposure, withdrawableAssets } = personal;
  const borne = borneOf(exposure, context.statement?.statement);
  const borneAt = otherBlockText(context.statement, state);
  const assets = (figure: Figure, text: (value: bigint) => string) =>
    toFigureText(figure, { text, unit: symbol, why: WHY_UNKNOWN });
  const shares = toFigureText(exposure.shares, { text: words.shares, why: WHY_UNKNOWN });
  const value = assets(exposure.valueAssets, down);
  const lost = assets(borne.lossAssets, up);
  const recovered = assets(borne.recoveredAssets, down);
  const netAssets = sumFigures([borne.lossAssets, mapFigure(borne.recoveredAssets, (value) => -value)]);
  // More may have come back than was lost: then the cautious side is the smaller gain.
  const net = assets(netAssets, (value) => (value < 0n ? down(value) : up(value)));
  const wouldLose = assets(exposure.wouldLoseAssets, up);
  const withdrawable = assets(withdrawableAssets, down);
  const open = assets(headline.unrealisedLpLossAssets, up);
  const formula = (figure: FigureText, parts: Omit<Formula, "result" | "block">): Formula | undefined =>
    figure.kind === "known" ? { ...parts, result: plain(figure), block } : undefined;
  const sharesInput = { label: "Shares", value: plain(shares) };
  const supplyInput = { label: "Supply and virtual shares", value: words.shares(allShares(state)) };
  return [
    {
      id: "value",
      label: "Value",
      sublabel: "at the share price of this block",
      figure: value,
      isLoss: false,
      formula: formula(value, {
        expression:
          state.virtualShares === 0n
            ? "⌊shares × total assets ÷ supply⌋"
            : "⌊shares × (total assets + 1) ÷ (supply + virtual shares)⌋",
        meaning: "What the vault itself converts the shares to, rounded down.",
        inputs: [
          sharesInput,
          { label: "Total assets", value: `${down(state.totalAssets)} ${symbol}` },
          supplyInput,
        ],
      }),
    },
    {
      id: "lost",
      label: "Lost so far",
      sublabel: `${lossCountText(borne)}${borneAt}`,
      figure: lost,
      isLoss: isPositive(borne.lossAssets),
      formula: formula(lost, {
        expression: "Σ part of each loss, by the shares held at its log",
        meaning: "Largest remainder: all parts of a loss add up to it, to the unit.",
        inputs: borne.losses.map(({ blockNumber, amountAssets }) => ({
          label: `block ${formatInteger(blockNumber)}`,
          value: `${up(amountAssets)} ${symbol}`,
        })),
      }),
    },
    {
      id: "recovered",
      label: "Recovered",
      sublabel: `part of what came back to all shares${borneAt}`,
      figure: recovered,
      isLoss: false,
      formula: formula(recovered, {
        expression: "Σ part of each contribution, by the shares held at its log",
        inputs: exposure.recoveries.map(({ row, amountAssets }) => ({
          label: `block ${formatInteger(row.blockNumber)}`,
          value: `${down(amountAssets)} ${symbol}`,
        })),
      }),
    },
    {
      id: "net",
      label: "Net loss",
      sublabel: "lost less recovered",
      figure: net,
      isLoss: isPositive(netAssets),
      formula: formula(net, {
        expression: "lost so far − recovered",
        inputs: [
          { label: "Lost so far", value: plain(lost) },
          { label: "Recovered", value: plain(recovered) },
        ],
      }),
    },
    {
      id: "shares",
      label: "Shares",
      sublabel: shareOfSupplyText(personal),
      figure: shares,
      isLoss: false,
      formula: undefined,
    },
    {
      id: "would-lose",
      label: "Would lose now",
      sublabel: `if everything liquidatable were closed, ${headline.source}${estimateNote(headline.isLpLossEstimated)}`,
      figure: wouldLose,
      isLoss: isPositive(exposure.wouldLoseAssets),
      formula: formula(wouldLose, {
        expression: "⌊shares × U_LP ÷ (supply + virtual shares)⌋",
        meaning: "U_LP is what all LPs would lose if everything liquidatable were closed at this block.",
        inputs: [sharesInput, { label: "U_LP", value: plain(open) }, supplyInput],
      }),
    },
    {
      id: "withdrawable",
      label: "Withdrawable now",
      sublabel: "at most; others may be first",
      figure: withdrawable,
      isLoss: false,
      formula: formula(withdrawable, {
        expression: "min(value, idle assets of the vault)",
        meaning: "A withdrawal is paid from what is not lent out.",
        inputs: [
          { label: "Value", value: plain(value) },
          {
            label: "Idle",
            value: state.flux === undefined ? "not published" : `${down(state.flux.idleAssets)} ${symbol}`,
          },
        ],
      }),
    },
  ];
}

function plain(figure: FigureText): string {
  return figure.kind === "known" ? [figure.text, figure.unit ?? ""].join(" ").trim() : "unknown";
}

function allShares({ totalSupplyShares, virtualShares }: VaultState): bigint {
  return totalSupplyShares + virtualShares;
}

function shareOfSupplyText({ shareOfSupplyWad, standing }: LpPersonal): string {
  if (standing === "left") return "left: holds none now";
  if (shareOfSupplyWad.kind === "unknown") return WHY_UNKNOWN[shareOfSupplyWad.reason];
  return `${formatRatioPercent({ ratioWad: shareOfSupplyWad.value })} of the supply`;
}

/**
 * What an LP avoided by leaving and inherited on entry. Only for its own page: added up over everybody it is public,
 * by address it is not.
 */
export function shiftFiguresOf(
  view: { readonly statement: StatementAt | undefined; readonly isReading: boolean },
  state: VaultState,
): readonly LpFigure[] {
  const { symbol, down, up } = wordsOf(state);
  const statement = view.statement?.statement;
  const at = otherBlockText(view.statement, state);
  const text = (figure: Figure | undefined, words: (value: bigint) => string): FigureText => {
    if (figure !== undefined) return toFigureText(figure, { text: words, unit: symbol, why: WHY_UNKNOWN });
    return view.isReading
      ? { kind: "loading" }
      : { kind: "unknown", why: "The statement is not computed yet." };
  };
  return [
    {
      id: "avoided",
      label: "Avoided by leaving",
      sublabel: `left to those who stayed while a shortfall was open${at}`,
      figure: text(statement?.avoidedAssets, down),
      isLoss: false,
      formula: undefined,
    },
    {
      id: "inherited",
      label: "Inherited on entry",
      sublabel: `holes that were open when it came${at}`,
      figure: text(statement?.inheritedAssets, up),
      isLoss: isPositive(statement?.inheritedAssets),
      formula: undefined,
    },
  ];
}

/** Said behind a figure that is of another block than the rest. */
function otherBlockText(at: StatementAt | undefined, { block }: VaultState): string {
  if (at === undefined || at.block.hash === block.hash) return "";
  return `, at block ${formatInteger(at.block.number)}`;
}

/** What an LP bore, from its statement where that is known, else from the events alone. */
interface Borne {
  readonly lossAssets: Figure;
  readonly recoveredAssets: Figure;
  readonly losses: readonly { readonly blockNumber: bigint; readonly amountAssets: bigint }[];
  readonly recorded: number;
  readonly falls: number;
}

function borneOf(exposure: LpExposure, statement: LpStatement | undefined): Borne {
  if (statement?.lossesAssets.kind !== "known" || statement.recoveriesAssets.kind !== "known") {
    return {
      lossAssets: exposure.totalLossAssets,
      recoveredAssets: exposure.totalRecoveredAssets,
      losses: exposure.losses.map(({ row, amountAssets }) => ({
        blockNumber: row.blockNumber,
        amountAssets,
      })),
      recorded: exposure.losses.length,
      falls: 0,
    };
  }
  const lines = statement.lines.filter(({ kind }) => kind === "loss" || kind === "fall");
  return {
    lossAssets: statement.lossesAssets,
    recoveredAssets: statement.recoveriesAssets,
    losses: lines.flatMap(({ at, amountAssets }) =>
      amountAssets.kind === "known"
        ? [{ blockNumber: at.blockNumber, amountAssets: amountAssets.value }]
        : [],
    ),
    recorded: lines.filter(({ kind }) => kind === "loss").length,
    falls: lines.filter(({ kind }) => kind === "fall").length,
  };
}

function countText(count: number, [one, many]: readonly [string, string]): string {
  return count === 1 ? `1 ${one}` : `${formatInteger(count)} ${many}`;
}

function lossCountText({ lossAssets, recorded, falls }: Borne): string {
  if (lossAssets.kind === "unknown") return "in how many losses is not known";
  if (recorded === 0 && falls === 0) return "in no loss";
  const parts = [
    recorded === 0 ? [] : [countText(recorded, ["loss", "losses"])],
    falls === 0 ? [] : [countText(falls, ["unexplained fall", "unexplained falls"])],
  ].flat();
  return `in ${parts.join(" and ")}`;
}

/** The same five figures of one LP, or of several together, for a table. */
export interface LpSumTexts {
  readonly shares: FigureText;
  readonly value: FigureText;
  readonly loss: FigureText;
  readonly recovered: FigureText;
  readonly wouldLose: FigureText;
}

/** An LP's or a group's sums in words. */
export function lpSumTexts(sum: LpSum, state: VaultState): LpSumTexts {
  const { down, up, shares } = wordsOf(state);
  const textOf = (figure: Figure, text: (value: bigint) => string) =>
    toFigureText(figure, { text, why: WHY_UNKNOWN });
  return {
    shares: textOf(sum.shares, shares),
    value: textOf(sum.valueAssets, down),
    loss: textOf(sum.lossAssets, up),
    recovered: textOf(sum.recoveredAssets, down),
    wouldLose: textOf(sum.wouldLoseAssets, up),
  };
}
