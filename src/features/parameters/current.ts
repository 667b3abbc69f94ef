import { interestFeeBps } from "@/domain/bad-debt";
import { known, mapFigure } from "@/domain/figure";
import { type Corridor, corridorOf, leverageWadDown } from "@/domain/liquidation";
import { WAD } from "@/domain/math";
import type { Figure, FluxState, VaultSnapshot } from "@/domain/model";
import { formatBps, formatHash, formatInteger, formatRatio } from "@/shared/format";
import type { FigureText } from "@/ui/figures/figure-text";
import type { Formula } from "@/ui/figures/formula";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { Tone } from "@/ui/tone";
import { exactPercent, percentFigure, ratio, ratioFigure, textOf } from "./format";
import { DISTANCE_WORDS } from "./messages";
import { paymentRuleShown } from "./payment-rule";

/** One current value with its formula. */
export interface CurrentFigure {
  readonly id: string;
  readonly label: string;
  readonly sublabel: string;
  readonly figure: FigureText;
  readonly tone: Tone;
  readonly formula: Formula;
}

export interface CurrentValues {
  /** What the contracts hold. */
  readonly held: readonly CurrentFigure[];
  /** The corridor that follows from it. */
  readonly corridor: readonly CurrentFigure[];
  /** What LPs have in hand, by payment rule. */
  readonly byRule: readonly CurrentFigure[];
  /** "rule (a): the strategy's own answers show it". */
  readonly ruleSentence: string;
}

const text = (value: string): FigureText => ({ kind: "known", text: value });

/** The parameters of a vault and what they mean together; undefined for a vault that publishes none. */
export function currentValuesOf(snapshot: VaultSnapshot): CurrentValues | undefined {
  const { flux } = snapshot.state;
  if (flux === undefined) return undefined;
  const { number, hash } = snapshot.state.block;
  const block = `block ${formatInteger(number)} (${formatHash(hash)})`;
  const corridor = corridorOf(flux.strategy);
  const rule = paymentRuleShown(snapshot);
  return {
    held: heldOf(flux, block, snapshot),
    ...derivedOf({ flux, corridor, block }),
    ruleSentence:
      rule === undefined
        ? "No position stands where the two payment rules differ, so the strategy's answers do not show which one it follows; both are given."
        : `The strategy's own answers show that it follows rule (${rule}).`,
  };
}

function heldOf(flux: FluxState, block: string, snapshot: VaultSnapshot): readonly CurrentFigure[] {
  const { strategy } = flux;
  const held = (
    id: string,
    about: { label: string; sublabel: string; value: FigureText; read: string },
  ): CurrentFigure => ({
    id,
    label: about.label,
    sublabel: about.sublabel,
    figure: about.value,
    tone: "neutral",
    formula: {
      expression: about.read,
      meaning: "Read from the contract as it stands.",
      inputs: [],
      result: textOf(about.value),
      block,
    },
  });
  const leverage = mapFigure(
    leverageWadDown({ borrowAssets: WAD, bondAssets: strategy.minBondRatioWad }),
    (ratioWad) => `${formatRatio({ ratioWad, fractionDigits: 2 })}×`,
  );
  const fees = interestFeeBps(snapshot.state);
  return [
    held("rate", {
      label: "Interest rate",
      sublabel: "per year, simple",
      value: text(exactPercent(strategy.interestRateWad)),
      read: "strategy.interestRate()",
    }),
    held("bond", {
      label: "Minimum bond ratio",
      sublabel:
        leverage.kind === "known" ? `bond over loan; at most ${leverage.value} leverage` : "bond over loan",
      value: text(exactPercent(strategy.minBondRatioWad)),
      read: "strategy.minBondRatio()",
    }),
    held("buffer", {
      label: "Liquidation buffer",
      sublabel: "lowers the threshold",
      value: text(exactPercent(strategy.liquidationBufferWad)),
      read: "strategy.liquidationBuffer()",
    }),
    held("margin", {
      label: "Liquidator's margin",
      sublabel: "of an underwater position",
      value: text(exactPercent(strategy.liquidationProfitMarginWad)),
      read: "strategy.liquidationProfitMargin()",
    }),
    held("protocol-fee", {
      label: "Protocol fee",
      sublabel: "of interest",
      value: toFigureText(flux.protocolFeeBps === undefined ? unknownFee() : known(flux.protocolFeeBps), {
        text: formatBps,
        why: WHY_UNKNOWN,
      }),
      read: "factory.protocolFeeRate()",
    }),
    held("curator-fee", {
      label: "Curator fee",
      sublabel: fees.kind === "known" ? `of interest; ${formatBps(fees.value)} fees together` : "of interest",
      value: text(formatBps(flux.curatorFeeBps)),
      read: "vault.curatorFeeRate()",
    }),
  ];
}

function unknownFee(): Figure {
  return { kind: "unknown", reason: "not-published" };
}

function derivedOf(input: {
  readonly flux: FluxState;
  readonly corridor: Corridor;
  readonly block: string;
}): Pick<CurrentValues, "corridor" | "byRule"> {
  const { corridor, block } = input;
  const { minBondRatioWad, liquidationBufferWad, liquidationProfitMarginWad } = input.flux.strategy;
  const inputs = [
    { label: "minimum bond ratio b", value: exactPercent(minBondRatioWad) },
    { label: "liquidation buffer f", value: exactPercent(liquidationBufferWad) },
    { label: "liquidator's margin m", value: exactPercent(liquidationProfitMarginWad) },
    { label: "threshold T", value: ratio(corridor.thresholdWad) },
  ];
  const derived = (
    about: Pick<CurrentFigure, "id" | "label" | "sublabel" | "figure"> & {
      readonly tone?: Tone;
      readonly expression: string;
      readonly meaning: string;
    },
  ): CurrentFigure => {
    const { expression, meaning, tone = "neutral", ...rest } = about;
    return { ...rest, tone, formula: { expression, meaning, inputs, result: textOf(about.figure), block } };
  };
  return {
    corridor: [
      derived({
        id: "threshold",
        label: "Liquidation threshold T",
        sublabel: "health below it can be liquidated",
        figure: ratioFigure(known(corridor.thresholdWad)),
        expression: "T = 1 + b − f",
        meaning: "Strictly below: a health equal to T is not liquidatable.",
      }),
      derived({
        id: "distance",
        label: DISTANCE_WORDS.label,
        sublabel: `T − 1, in ${DISTANCE_WORDS.unit}`,
        figure: ratioFigure(known(corridor.cushionWad)),
        tone: corridor.cushionWad <= 0n ? "loss" : "neutral",
        expression: "b − f",
        meaning:
          "By how much of its debt a position is worth more than the debt when it first becomes liquidatable. Not a fall of value: the fall that uses it up is the gap tolerance, 1 − 1 ÷ T.",
      }),
      derived({
        id: "room",
        label: "Manager room",
        sublabel: "fall of value from opening to T",
        figure: percentFigure(known(corridor.openingRoomWad)),
        expression: "f ÷ (1 + b)",
        meaning: "How far a position opened with the minimum bond may fall before it can be liquidated.",
      }),
      derived({
        id: "dead-zone",
        label: "Dead zone",
        sublabel: "where waiting pays a liquidator more, rule (a)",
        figure: deadZoneText(corridor),
        expression: "1 ≤ H < 1 ÷ (1 − m)",
        meaning:
          "Under rule (a) a liquidator earns nothing just above health 1 and the whole margin just below, so it waits.",
      }),
    ],
    byRule: [
      derived({
        id: "gap-a",
        label: "Gap tolerance, rule (a)",
        sublabel: "fall of value from T; payment is the whole debt",
        figure: percentFigure(corridor.gapToleranceAWad),
        tone: isLost(corridor.gapToleranceAWad) ? "loss" : "neutral",
        expression: "1 − 1 ÷ T",
        meaning: "How far value may fall between trigger and settlement before the LPs lose.",
      }),
      derived({
        id: "gap-b",
        label: "Gap tolerance, rule (b)",
        sublabel: "fall of value from T; payment at most value less margin",
        figure: percentFigure(corridor.gapToleranceBWad),
        tone: isLost(corridor.gapToleranceBWad) ? "loss" : "neutral",
        expression: "1 − 1 ÷ (T × (1 − m))",
        meaning: "The harder of the two rules: the liquidator's margin comes first.",
      }),
      derived({
        id: "line-a",
        label: "Bad-debt line, rule (a)",
        sublabel: "a liquidation below it costs the LPs",
        figure: ratioFigure(corridor.badDebtLineAWad),
        expression: "1",
        meaning: "Worth less than its debt: the payment can no longer cover it.",
      }),
      derived({
        id: "line-b",
        label: "Bad-debt line, rule (b)",
        sublabel: "a liquidation below it costs the LPs",
        figure: lineUp(corridor.badDebtLineBWad),
        expression: "1 ÷ (1 − m), rounded up",
        meaning: "Worth less than its debt and the liquidator's margin.",
      }),
    ],
  };
}

/** A line that health must not fall below is rounded up: the cautious side. */
function lineUp(figure: Figure): FigureText {
  return toFigureText(figure, {
    text: (ratioWad) => formatRatio({ ratioWad, toward: "up" }),
    why: WHY_UNKNOWN,
  });
}

function isLost(figure: Figure): boolean {
  return figure.kind === "known" && figure.value <= 0n;
}

function deadZoneText({ deadZone }: Corridor): FigureText {
  if (deadZone.kind === "unknown") return { kind: "unknown", why: WHY_UNKNOWN[deadZone.reason] };
  const { fromWad, toWad } = deadZone.value;
  if (fromWad === toWad) return text("none");
  const upper = formatRatio({ ratioWad: toWad, fractionDigits: 4, toward: "up" });
  return text(`${formatRatio({ ratioWad: fromWad })} – ${upper}`);
}
