import { healthRatioOfWadDown } from "@/domain/health";
import { corridorOf } from "@/domain/liquidation";
import type { Address } from "@/domain/model";
import type { RiskBook } from "@/domain/risk/model";
import { type Outcome, ruleOf } from "@/domain/risk/outcome";
import { countedManagers } from "@/shared/counted";
import { formatAddress, formatInteger, formatRatio, toChartNumber } from "@/shared/format";
import { formatOwed } from "@/shared/format-money";
import { corridorMarks, healthOnPicture } from "@/ui/load-line/corridor-marks";
import type { LoadLineDebt, LoadLineMark } from "@/ui/load-line/load-line-types";

/** What the picture of a shock is drawn from. */
export interface ShockLoadLine {
  readonly title: string;
  readonly summary: string;
  readonly marks: readonly LoadLineMark[];
  readonly debts: readonly LoadLineDebt[];
  readonly notDrawn?: string;
  readonly formatDebt: (debt: number) => string;
}

/** The vault's debt at the prices of a shock, each manager with where it hangs today; undefined without a strategy. */
export function shockLoadLineOf(input: {
  readonly book: RiskBook;
  readonly today: Outcome;
  readonly outcome: Outcome;
  /** "all collateral together −25%". */
  readonly shock: string;
  readonly hrefOf: (manager: Address) => string;
}): ShockLoadLine | undefined {
  const { book, outcome, today, shock, hrefOf } = input;
  const { flux, asset } = book.state;
  if (flux === undefined) return undefined;
  const { decimals, symbol } = asset;
  const before = new Map(today.positions.map((one) => [one.manager, one.healthRatioWad]));
  const debts: LoadLineDebt[] = [];
  let unknownHealth = book.unread.length;
  for (const { manager, trueDebtAssets: value, healthRatioWad } of outcome.positions) {
    if (value === 0n) continue;
    if (healthRatioWad.kind === "unknown") {
      unknownHealth += 1;
      continue;
    }
    const was = before.get(manager);
    const { value: ratioWad } = healthRatioWad;
    debts.push({
      id: manager,
      health: healthOnPicture(ratioWad),
      debt: toChartNumber({ value, decimals }),
      get label() {
        return formatAddress(manager);
      },
      get shortLabel() {
        return `${manager.slice(0, 4)}…${manager.slice(-4)}`;
      },
      get healthText() {
        return formatRatio({ ratioWad });
      },
      get debtText() {
        return `${formatOwed({ value, decimals })} ${symbol}`;
      },
      get href() {
        return hrefOf(manager);
      },
      ...(was?.kind === "known" && was.value !== ratioWad ? { wasHealth: healthOnPicture(was.value) } : {}),
    });
  }
  const fallen = outcome.positions.filter(({ canLiquidate }) => canLiquidate).length;
  const losing = outcome.positions.filter(({ badDebtAssets }) => badDebtAssets > 0n).length;
  return {
    title: `Load line at ${shock}`,
    summary: `${countedManagers(debts.length)}; at ${shock} ${formatInteger(fallen)} could be liquidated, of which closing ${formatInteger(losing)} would cost the LPs.${aggregateText(outcome)}`,
    marks: corridorMarks(corridorOf(flux.strategy), ruleOf(book)),
    debts,
    ...(unknownHealth === 0
      ? {}
      : {
          notDrawn: `${countedManagers(unknownHealth)} ${unknownHealth === 1 ? "is" : "are"} not drawn: their health could not be read.`,
        }),
    formatDebt: (debt) => `${debt >= 1 ? formatInteger(Math.trunc(debt)) : debt} ${symbol}`,
  };
}

/** All positions together, value over debt. */
function aggregateText({ positions }: Outcome): string {
  const value = positions.reduce((sum, one) => sum + one.valueAssets, 0n);
  const debt = positions.reduce((sum, one) => sum + one.trueDebtAssets, 0n);
  const whole = healthRatioOfWadDown({ value, debt });
  return whole.kind === "known" ? ` Together they stand at ${formatRatio({ ratioWad: whole.value })}.` : "";
}
