import type { Completeness } from "@/domain/complete";
import { known, mapFigure } from "@/domain/figure";
import { type Corridor, corridorOf, leverageWadDown } from "@/domain/liquidation";
import { WAD } from "@/domain/math";
import type { Address, AssetDescription, Figure, FluxState, StrategyState } from "@/domain/model";
import {
  type AffectedManager,
  bondRatioImpactOf,
  type ProposalIssue,
  type ProposalIssueCode,
  type RateImpact,
  type RiskDirection,
  rateImpactOf,
} from "@/domain/parameters";
import { formatDuration, formatInteger, formatRatio } from "@/shared/format";
import { formatHeld, formatOwed } from "@/shared/format-money";
import { parsePercent } from "@/shared/parse";
import { exactPercent, percentFigure, ratio, textOf } from "./format";
import { DISTANCE_WORDS, issueText, type ProposableParameter } from "./messages";

/** What was typed. */
export interface ProposalForm {
  readonly parameter: ProposableParameter;
  readonly text: string;
}

/** One figure of the effect, before and after. */
export interface EffectRow {
  readonly id: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
  readonly isChanged: boolean;
}

/** A manager whose side changes. */
export interface AffectedRow {
  readonly manager: Address;
  readonly health: string;
  readonly trueDebt: string;
}

/** What a valid value would do. */
export interface ProposalEffect {
  readonly valueWad: bigint;
  readonly direction: RiskDirection;
  readonly rows: readonly EffectRow[];
  readonly before: Corridor;
  readonly after: Corridor;
  readonly newlyLiquidatable: readonly AffectedRow[];
  readonly noLongerLiquidatable: readonly AffectedRow[];
  readonly undetermined: readonly AffectedRow[];
  /** Why it is refused unless the reader types an override. */
  readonly overrides: readonly { readonly code: ProposalIssueCode; readonly text: string }[];
  /** The formula does not give today what the strategy answers. */
  readonly isModelOff: boolean;
}

export interface Proposal {
  readonly parameter: ProposableParameter;
  readonly currentWad: bigint;
  /** Beside the field; undefined while nothing was typed or all is well. */
  readonly problem: string | undefined;
  readonly effect: ProposalEffect | undefined;
  /** Why no effect can be worked out, whatever is typed. */
  readonly obstacle: string | undefined;
}

interface ProposalInput {
  readonly form: ProposalForm;
  readonly strategy: StrategyState;
  readonly completeness: Completeness;
}

/** Reads the form and works out what the value would do, from a complete snapshot and from nothing less. */
export function proposalOf({ form, strategy, completeness }: ProposalInput): Proposal {
  const { parameter, text } = form;
  const currentWad = parameter === "minBondRatio" ? strategy.minBondRatioWad : strategy.interestRateWad;
  const base = { parameter, currentWad, problem: undefined, effect: undefined, obstacle: undefined };
  if (completeness.kind !== "complete") {
    return {
      ...base,
      obstacle: "Not every manager could be read, so what a change would do to them is not known.",
    };
  }
  if (text.trim() === "") return base;
  const parsed = parsePercent({ text });
  if (!parsed.ok) return { ...base, problem: percentProblem(parsed.code, parsed.message) };
  const { snapshot } = completeness;
  const { issues, effect } =
    parameter === "minBondRatio"
      ? bondEffect({ snapshot, valueWad: parsed.value })
      : rateEffect({ snapshot, valueWad: parsed.value });
  const refused = issues.find(({ severity }) => severity === "refuse");
  if (refused !== undefined) return { ...base, problem: issueText(refused.code, { parameter, strategy }) };
  return { ...base, effect };
}

/** The parser's words, with per cent in mind. */
function percentProblem(code: string, message: string): string {
  if (code === "empty" || code === "not-a-number") return "Enter a per cent in digits, as in 22.5.";
  if (code === "negative") return "Enter a per cent that is not negative.";
  return message;
}

type Complete = Extract<Completeness, { kind: "complete" }>["snapshot"];

interface Worked {
  readonly issues: readonly ProposalIssue[];
  readonly effect: ProposalEffect;
}

function overridesOf(
  issues: readonly ProposalIssue[],
  context: { readonly parameter: ProposableParameter; readonly strategy: StrategyState },
): ProposalEffect["overrides"] {
  return issues
    .filter(({ severity }) => severity === "override")
    .map(({ code }) => ({ code, text: issueText(code, context) }));
}

function affectedRow(
  { manager, healthRatioWad, trueDebtAssets }: AffectedManager,
  asset: AssetDescription,
): AffectedRow {
  return {
    manager,
    health: healthRatioWad.kind === "known" ? ratio(healthRatioWad.value) : "unknown",
    trueDebt: formatOwed({ value: trueDebtAssets, decimals: asset.decimals, symbol: asset.symbol }),
  };
}

function row(
  id: string,
  label: string,
  pair: { readonly before: string; readonly after: string },
): EffectRow {
  return { id, label, ...pair, isChanged: pair.before !== pair.after };
}

function leverageText(bondRatioWad: bigint): string {
  const figure: Figure<string> = mapFigure(
    leverageWadDown({ borrowAssets: WAD, bondAssets: bondRatioWad }),
    (ratioWad) => `${formatRatio({ ratioWad, fractionDigits: 2 })}×`,
  );
  return figure.kind === "known" ? figure.value : "unbounded";
}

function bondEffect({
  snapshot,
  valueWad,
}: {
  readonly snapshot: Complete;
  readonly valueWad: bigint;
}): Worked {
  const { state } = snapshot;
  const { strategy } = state.flux;
  const impact = bondRatioImpactOf({ complete: snapshot, newMinBondRatioWad: valueWad });
  const { before, after, issues } = impact;
  const pair = (read: (corridor: Corridor) => string) => ({ before: read(before), after: read(after) });
  const rows = [
    row("bond", "Minimum bond ratio", {
      before: exactPercent(strategy.minBondRatioWad),
      after: exactPercent(valueWad),
    }),
    row(
      "threshold",
      "Liquidation threshold T",
      pair(({ thresholdWad }) => ratio(thresholdWad)),
    ),
    row(
      "distance",
      `${DISTANCE_WORDS.label}, ${DISTANCE_WORDS.unit}`,
      pair(({ cushionWad }) => ratio(cushionWad)),
    ),
    row(
      "gap-a",
      "Gap tolerance, fall of value, rule (a)",
      pair(({ gapToleranceAWad }) => textOf(percentFigure(gapToleranceAWad))),
    ),
    row(
      "gap-b",
      "Gap tolerance, fall of value, rule (b)",
      pair(({ gapToleranceBWad }) => textOf(percentFigure(gapToleranceBWad))),
    ),
    row(
      "room",
      "Manager room, fall of value",
      pair(({ openingRoomWad }) => textOf(percentFigure(known(openingRoomWad)))),
    ),
    row("leverage", "Most leverage at opening", {
      before: leverageText(strategy.minBondRatioWad),
      after: leverageText(valueWad),
    }),
  ];
  const affected = (managers: readonly AffectedManager[]) =>
    managers.map((manager) => affectedRow(manager, state.asset));
  return {
    issues,
    effect: {
      valueWad,
      direction: impact.direction,
      rows,
      before,
      after,
      newlyLiquidatable: affected(impact.newlyLiquidatable),
      noLongerLiquidatable: affected(impact.noLongerLiquidatable),
      undetermined: affected(impact.undetermined),
      overrides: overridesOf(issues, { parameter: "minBondRatio", strategy }),
      isModelOff: !impact.modelAgreesToday,
    },
  };
}

function rateEffect({
  snapshot,
  valueWad,
}: {
  readonly snapshot: Complete;
  readonly valueWad: bigint;
}): Worked {
  const { state } = snapshot;
  const { strategy } = state.flux;
  const impact = rateImpactOf({ complete: snapshot, newInterestRateWad: valueWad });
  const corridor = corridorOf(strategy);
  return {
    issues: impact.issues,
    effect: {
      valueWad,
      direction: impact.direction,
      rows: rateRows({ impact, flux: state.flux, asset: state.asset, valueWad }),
      before: corridor,
      after: corridor,
      newlyLiquidatable: [],
      noLongerLiquidatable: [],
      undetermined: [],
      overrides: overridesOf(impact.issues, { parameter: "interestRate", strategy }),
      isModelOff: false,
    },
  };
}

function rateRows(input: {
  readonly impact: RateImpact;
  readonly flux: FluxState;
  readonly asset: AssetDescription;
  readonly valueWad: bigint;
}): readonly EffectRow[] {
  const { impact, flux, asset, valueWad } = input;
  const { decimals, symbol } = asset;
  const amount = (value: bigint): string => formatHeld({ value, decimals, symbol });
  const corridor = corridorOf(flux.strategy);
  const threshold = ratio(corridor.thresholdWad);
  const gapA = textOf(percentFigure(corridor.gapToleranceAWad));
  const gapB = textOf(percentFigure(corridor.gapToleranceBWad));
  return [
    row("rate", "Interest rate", {
      before: exactPercent(flux.strategy.interestRateWad),
      after: exactPercent(valueWad),
    }),
    row("interest", "A year's interest on today's principal", {
      before: amount(impact.yearlyInterestBeforeAssets),
      after: amount(impact.yearlyInterestAfterAssets),
    }),
    row("yield", "LPs' yearly return at today's use", {
      before: textOf(percentFigure(impact.lpYieldBeforeWad)),
      after: textOf(percentFigure(impact.lpYieldAfterWad)),
    }),
    row("soonest", "First manager at the threshold by interest alone", soonest(impact)),
    row("threshold", "Liquidation threshold T", { before: threshold, after: threshold }),
    row("gap-a", "Gap tolerance, fall of value, rule (a)", { before: gapA, after: gapA }),
    row("gap-b", "Gap tolerance, fall of value, rule (b)", { before: gapB, after: gapB }),
  ];
}

/** How soon interest alone makes the first healthy manager liquidatable. */
function soonest({ managers }: RateImpact): { readonly before: string; readonly after: string } {
  const first = (which: "before" | "after"): string => {
    let least: bigint | undefined;
    for (const manager of managers) {
      const time = manager[which];
      if (time.kind === "unknown" || time.value.kind !== "in") continue;
      if (least === undefined || time.value.seconds < least) least = time.value.seconds;
    }
    return least === undefined ? "never" : `in ${formatDuration(least)}`;
  };
  return { before: first("before"), after: first("after") };
}

/** "3 healthy managers would become liquidatable". */
export function newlyText(effect: ProposalEffect): string {
  const count = effect.newlyLiquidatable.length;
  if (count === 0) return "No healthy manager would become liquidatable.";
  return `${formatInteger(count)} ${count === 1 ? "manager that is healthy today" : "managers that are healthy today"} would become liquidatable at once.`;
}
