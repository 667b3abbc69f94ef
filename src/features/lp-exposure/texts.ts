import type { LpExposure } from "@/domain/exposure";
import { known, mapFigure, sumFigures, unknown } from "@/domain/figure";
import type { HeadlineNumbers } from "@/domain/headline";
import type { LpStatement } from "@/domain/ledger-model";
import { sumOf } from "@/domain/math";
import type { Address, BlockRef, Figure, Hex, VaultState } from "@/domain/model";
import {
  formatAmount,
  formatHash,
  formatInteger,
  formatRatioPercent,
  formatTimestamp,
} from "@/shared/format";
import { formatMoney } from "@/shared/format-money";
import { estimateNote } from "@/ui/figures/estimate-note";
import type { FigureText } from "@/ui/figures/figure-text";
import type { Formula } from "@/ui/figures/formula";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { Tone } from "@/ui/tone";
import { MOVEMENT_WORD } from "./messages";
import type { LpEventRow, LpPersonal, LpSum, Movement } from "./model";

interface Words {
  readonly symbol: string;
  readonly down: (value: bigint) => string;
  readonly up: (value: bigint) => string;
  readonly shares: (value: bigint) => string;
  readonly block: string;
}

function wordsOf({ asset, block, shareDecimals }: VaultState): Words {
  return {
    symbol: asset.symbol,
    down: (value) => formatMoney({ value, decimals: asset.decimals }),
    up: (value) => formatMoney({ value, decimals: asset.decimals, toward: "up" }),
    shares: (value) => formatMoney({ value, decimals: shareDecimals }),
    block: `block ${formatInteger(block.number)} (${formatHash(block.hash)})`,
  };
}

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

/** One line of the table of losses and recoveries. */
export interface LpEventLine {
  readonly key: string;
  readonly kind: "loss" | "recovery";
  readonly word: string;
  readonly blockNumber: bigint;
  readonly block: string;
  readonly time: string;
  readonly transactionHash: Hex;
  /** Whose position was closed, or who paid. */
  readonly party: Address;
  readonly shares: string;
  readonly ofSupply: FigureText;
  readonly amountAssets: bigint;
  readonly amount: string;
}

/** Losses and recoveries in words, in the order they were given. */
export function lpEventLines(rows: readonly LpEventRow[], state: VaultState): readonly LpEventLine[] {
  const { up, down, shares } = wordsOf(state);
  return rows.map((event): LpEventLine => {
    const { row, shares: held, amountAssets } = event.share;
    const isLoss = event.kind === "loss";
    return {
      key: `${row.blockNumber}-${row.logIndex}`,
      kind: event.kind,
      word: isLoss ? "Loss" : "Recovery",
      blockNumber: row.blockNumber,
      block: formatInteger(row.blockNumber),
      time: formatTimestamp(row.atSeconds),
      transactionHash: row.transactionHash,
      party: isLoss ? event.share.row.manager : event.share.row.from,
      shares: shares(held),
      ofSupply: toFigureText(event.ofSupplyWad, {
        text: (ratioWad) => formatRatioPercent({ ratioWad, fractionDigits: 4 }),
        why: WHY_UNKNOWN,
      }),
      amountAssets,
      amount: isLoss ? up(amountAssets) : down(amountAssets),
    };
  });
}

/** What the lines add up to, exactly: "3 losses: 3,000 USDC; 1 recovery: 12.5 USDC". */
export function eventSumText(lines: readonly LpEventLine[], state: VaultState): string {
  const { decimals, symbol } = state.asset;
  const part = (kind: LpEventLine["kind"], one: string, many: string): string => {
    const own = lines.filter((line) => line.kind === kind);
    const value = sumOf(own.map(({ amountAssets }) => amountAssets));
    const count = own.length === 1 ? `1 ${one}` : `${formatInteger(own.length)} ${many}`;
    return `${count}: ${formatAmount({ value, decimals, maximumFractionDigits: decimals, symbol })}`;
  };
  return `${part("loss", "loss", "losses")}; ${part("recovery", "recovery", "recoveries")}.`;
}

/** One line of the timeline of movements. */
export interface MovementLine {
  readonly key: string;
  readonly blockNumber: bigint;
  readonly block: string;
  readonly time: string;
  readonly word: string;
  readonly tone: Tone;
  readonly assets: string | undefined;
  readonly shares: string;
  readonly sharesAfter: FigureText;
  readonly counterparty: Address | undefined;
  readonly transactionHash: Hex;
}

/** Movements of shares in words. */
export function movementLines(
  movements: readonly Movement[],
  { state, isWhole }: { readonly state: VaultState; readonly isWhole: boolean },
): readonly MovementLine[] {
  const { down, shares } = wordsOf(state);
  // What was held before the first known movement is not known, so neither is what was held after it.
  const held = (value: bigint): Figure => (isWhole ? known(value) : unknown("history-partial"));
  return movements.map((movement) => ({
    key: `${movement.blockHash}-${movement.logIndex}`,
    blockNumber: movement.blockNumber,
    block: formatInteger(movement.blockNumber),
    time: formatTimestamp(movement.atSeconds),
    ...MOVEMENT_WORD[movement.kind],
    assets: movement.assets === undefined ? undefined : down(movement.assets),
    shares: shares(movement.shares),
    sharesAfter: toFigureText(held(movement.sharesAfter), { text: shares, why: WHY_UNKNOWN }),
    counterparty: movement.counterparty,
    transactionHash: movement.transactionHash,
  }));
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
