import { type ManagerShortfall, shortfallOf } from "@/domain/bad-debt";
import { bothFigures, mapFigure } from "@/domain/figure";
import { fallToThresholdWadDown, healthRatioWadDown, trueDebtAssets } from "@/domain/health";
import { holdsNothing } from "@/domain/holds-nothing";
import { liquidatorGainAssets } from "@/domain/liquidation";
import type { Address, Figure, ManagerState, VaultSnapshot, VaultState } from "@/domain/model";
import { formatRatio, formatRatioPercent } from "@/shared/format";
import { formatHeld, formatOwed } from "@/shared/format-money";
import type { FigureText } from "@/ui/figures/figure-text";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { Tone } from "@/ui/tone";

/** A word that stands beside a row, with what it means. */
export interface Mark {
  readonly id: "modelled" | "dead-zone" | "not-worth";
  readonly word: string;
  readonly tone: Tone;
  readonly meaning: string;
}

/** One manager that owes, as a liquidator looks at it. */
export interface CandidateRow {
  readonly manager: Address;
  readonly position: ManagerState;
  readonly shortfall: ManagerShortfall;
  readonly healthWad: Figure;
  /** What a liquidator keeps at oracle prices, before slippage and gas; may be negative. */
  readonly gainAssets: Figure;
  readonly state: { readonly word: string; readonly tone: Tone; readonly sentence: string };
  readonly marks: readonly Mark[];
  readonly text: {
    readonly health: FigureText;
    readonly trueDebt: FigureText;
    readonly value: FigureText;
    readonly payment: FigureText;
    readonly badDebt: FigureText;
    readonly lpLoss: FigureText;
    readonly gain: FigureText;
  };
}

export interface Candidates {
  /** Can be liquidated now, largest LP loss first. */
  readonly open: readonly CandidateRow[];
  /** Owing, and not to be liquidated now, or not known; lowest health first. */
  readonly others: readonly CandidateRow[];
  /** Have a bond or a position and owe nothing. */
  readonly withoutDebt: number;
  /** Have neither debt nor bond nor position: earlier managers, and liquidators through whose hands a bond went. */
  readonly empty: number;
}

const known = (figure: Figure): bigint => (figure.kind === "known" ? figure.value : -1n);

/** Every manager of the snapshot that owes, told apart by whether anybody may liquidate it now. */
export function candidatesOf(snapshot: VaultSnapshot): Candidates {
  const { state, managers } = snapshot;
  const owing = managers.filter((manager) => trueDebtAssets(manager) > 0n);
  const empty = managers.filter(holdsNothing).length;
  const rows = owing.map((manager) => candidateRowOf(manager, state));
  const isOpen = ({ shortfall }: CandidateRow): boolean =>
    shortfall.canLiquidate.kind === "known" && shortfall.canLiquidate.value;
  return {
    open: rows.filter(isOpen).sort(byLoss),
    others: rows.filter((row) => !isOpen(row)).sort(byHealth),
    withoutDebt: managers.length - owing.length - empty,
    empty,
  };
}

function byLoss(a: CandidateRow, b: CandidateRow): number {
  const [left, right] = [known(a.shortfall.lpLossIfClosedAssets), known(b.shortfall.lpLossIfClosedAssets)];
  if (left !== right) return left > right ? -1 : 1;
  return byHealth(a, b);
}

function byHealth(a: CandidateRow, b: CandidateRow): number {
  const [left, right] = [known(a.healthWad), known(b.healthWad)];
  if (left !== right) return left < right ? -1 : 1;
  return a.manager < b.manager ? -1 : 1;
}

/** One manager as a liquidator looks at it. */
export function candidateRowOf(manager: ManagerState, state: VaultState): CandidateRow {
  const shortfall = shortfallOf(manager, state);
  const healthWad = healthRatioWadDown(manager, state);
  const gainAssets = mapFigure(
    bothFigures(shortfall.valueAssets, shortfall.paymentAssets),
    ([valueAssets, paymentAssets]) => liquidatorGainAssets({ valueAssets, paymentAssets }),
  );
  const { decimals } = state.asset;
  const owed = (figure: Figure): FigureText =>
    toFigureText(figure, { text: (value) => formatOwed({ value, decimals }), why: WHY_UNKNOWN });
  const held = (figure: Figure): FigureText =>
    toFigureText(figure, { text: (value) => formatHeld({ value, decimals }), why: WHY_UNKNOWN });
  return {
    manager: manager.manager,
    position: manager,
    shortfall,
    healthWad,
    gainAssets,
    state: stateWords({ shortfall, manager, state }),
    marks: marksOf({ shortfall, gainAssets, state }),
    text: {
      health: toFigureText(healthWad, { text: (ratioWad) => formatRatio({ ratioWad }), why: WHY_UNKNOWN }),
      trueDebt: owed({ kind: "known", value: shortfall.trueDebtAssets }),
      value: held(shortfall.valueAssets),
      payment: owed(shortfall.paymentAssets),
      badDebt: owed(shortfall.badDebtIfClosedAssets),
      lpLoss: owed(shortfall.lpLossIfClosedAssets),
      gain: held(gainAssets),
    },
  };
}

interface Standing {
  readonly shortfall: ManagerShortfall;
  readonly manager: ManagerState;
  readonly state: VaultState;
}

/** How a manager stands, in a word and in a sentence that holds no more than was read. */
function stateWords({ shortfall, manager, state }: Standing): CandidateRow["state"] {
  const { decimals, symbol } = state.asset;
  const amount = (figure: Figure): string =>
    figure.kind === "known" ? formatOwed({ value: figure.value, decimals, symbol }) : "an unknown amount";
  const mayLiquidate = shortfall.canLiquidate.kind === "known" && shortfall.canLiquidate.value;
  switch (shortfall.state) {
    case "no-debt":
      return { word: "No debt", tone: "neutral", sentence: "Owes nothing." };
    case "healthy":
      return { word: "Healthy", tone: "ok", sentence: healthySentence(manager, state) };
    case "liquidatable":
      return {
        word: "Liquidatable",
        tone: "danger",
        sentence: "Anybody may liquidate it. The payment covers the whole debt, so LPs lose nothing.",
      };
    case "would-lose":
      return {
        word: "Would lose",
        tone: "loss",
        sentence: `Anybody may liquidate it. It is worth its debt, but the payment would be ${amount(shortfall.badDebtIfClosedAssets)} short.`,
      };
    case "insolvent":
      return {
        word: "Insolvent",
        tone: "loss",
        sentence: mayLiquidate
          ? `Worth ${amount(shortfall.insolvencyAssets)} less than it owes. A liquidation now would leave ${amount(shortfall.badDebtIfClosedAssets)} of bad debt.`
          : `Worth ${amount(shortfall.insolvencyAssets)} less than it owes, and the strategy does not let it be liquidated.`,
      };
    case "unknown":
      return {
        word: "Unknown",
        tone: "stale",
        sentence: "The strategy did not answer and the position could not be valued.",
      };
  }
}

function healthySentence(manager: ManagerState, state: VaultState): string {
  const fall = fallToThresholdWadDown(manager, state);
  if (fall.kind === "unknown") return "The strategy does not let it be liquidated.";
  if (fall.value === 0n)
    return "Below the threshold by our arithmetic, but the strategy does not let it be liquidated.";
  return `Cannot be liquidated. Its value may fall by ${formatRatioPercent({ ratioWad: fall.value })} before it can.`;
}

function marksOf(input: {
  readonly shortfall: ManagerShortfall;
  readonly gainAssets: Figure;
  readonly state: VaultState;
}): readonly Mark[] {
  const { shortfall, gainAssets } = input;
  const marks: Mark[] = [];
  if (shortfall.source === "modelled") {
    marks.push({
      id: "modelled",
      word: "modelled",
      tone: "stale",
      meaning: "The strategy did not answer; the payment is computed here by the documented rule.",
    });
  }
  if (isDeadZone(shortfall)) {
    marks.push({
      id: "dead-zone",
      word: "Dead zone",
      tone: "caution",
      meaning:
        "Worth its debt, but not its debt and the liquidator's margin: just below its debt a liquidator would keep the whole margin, so waiting pays more than acting.",
    });
  }
  if (gainAssets.kind === "known" && gainAssets.value <= 0n) {
    marks.push({
      id: "not-worth",
      word: "Not worth liquidating",
      tone: "caution",
      meaning: "At oracle prices the liquidator keeps nothing, even before slippage and gas.",
    });
  }
  return marks;
}

/**
 * The dead zone exists only where the payment is the whole debt: a strategy that takes its margin off the value
 * first leaves the liquidator the same gain on both sides of health 1.
 */
function isDeadZone(shortfall: ManagerShortfall): boolean {
  const { isInDeadZone, paymentAssets, trueDebtAssets: debt } = shortfall;
  return (
    isInDeadZone.kind === "known" &&
    isInDeadZone.value &&
    paymentAssets.kind === "known" &&
    paymentAssets.value >= debt
  );
}
