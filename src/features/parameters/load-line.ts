import { healthRatioWadDown, trueDebtAssets } from "@/domain/health";
import type { Corridor, PaymentRule } from "@/domain/liquidation";
import type { Address, Figure, VaultSnapshot } from "@/domain/model";
import { countedManagers } from "@/shared/counted";
import { formatAddress, formatAmount, formatInteger, toChartNumber } from "@/shared/format";
import type { LoadLineDebt, LoadLineMark } from "@/ui/load-line/load-line-types";
import { percent, ratio } from "./format";

/** What the load line of a change is drawn from: the marks after it, and where they stood before. */
export interface ChangeLoadLine {
  readonly title: string;
  readonly summary: string;
  readonly marks: readonly LoadLineMark[];
  readonly debts: readonly LoadLineDebt[];
  readonly notDrawn: string | undefined;
  readonly formatDebt: (debt: number) => string;
}

const WAD_DECIMALS = 18;
const health = (ratioWad: bigint): number => toChartNumber({ value: ratioWad, decimals: WAD_DECIMALS });

interface Moved {
  readonly before: bigint;
  readonly after: bigint;
}

function wasOf({ before, after }: Moved): Pick<LoadLineMark, "was"> {
  return before === after ? {} : { was: { health: health(before), value: ratio(before) } };
}

function detail(figure: Figure): { readonly detail?: string } {
  return figure.kind === "known" ? { detail: percent(figure.value) } : {};
}

/**
 * The vault's marks after a change, each with where it stood. The zones are named by falls of value, which are smaller
 * than the distances of the marks in health points.
 */
export function changeMarksOf(input: {
  readonly before: Corridor;
  readonly after: Corridor;
  readonly rule: PaymentRule;
}): readonly LoadLineMark[] {
  const { before, after, rule } = input;
  const line = rule === "a" ? after.badDebtLineAWad : after.badDebtLineBWad;
  const gap = rule === "a" ? after.gapToleranceAWad : after.gapToleranceBWad;
  const badDebt: readonly LoadLineMark[] =
    line.kind === "unknown"
      ? []
      : [
          {
            kind: "bad-debt",
            health: health(line.value),
            label: "Bad-debt line",
            value: ratio(line.value),
            zoneBelow: { label: "LPs would lose" },
          },
        ];
  return [
    {
      kind: "opening",
      health: health(after.openingWad),
      label: "Opening",
      value: ratio(after.openingWad),
      zoneBelow: { label: "Manager room", detail: percent(after.openingRoomWad) },
      ...wasOf({ before: before.openingWad, after: after.openingWad }),
    },
    {
      kind: "threshold",
      health: health(after.thresholdWad),
      label: "Threshold T",
      value: ratio(after.thresholdWad),
      zoneBelow: { label: "Gap tolerance", ...detail(gap) },
      ...wasOf({ before: before.thresholdWad, after: after.thresholdWad }),
    },
    ...badDebt,
    {
      kind: "insolvent",
      health: health(after.insolventWad),
      label: "Insolvent",
      value: ratio(after.insolventWad),
      zoneBelow: { label: "Worth less than owed" },
    },
  ];
}

function fallingText(managers: number): string {
  if (managers === 0) return "nobody who is healthy today would fall below it.";
  return `${countedManagers(managers)} that ${managers === 1 ? "is" : "are"} healthy today would fall below it.`;
}

/** The load line under a change: the debt hangs where it hangs, the marks move. */
export function changeLoadLineOf(input: {
  readonly snapshot: VaultSnapshot;
  readonly before: Corridor;
  readonly after: Corridor;
  readonly rule: PaymentRule;
  readonly newlyLiquidatable: number;
  readonly managerHref: (manager: Address) => string;
}): ChangeLoadLine {
  const { snapshot, before, after, managerHref } = input;
  const { state } = snapshot;
  const { decimals, symbol } = state.asset;
  const debts: LoadLineDebt[] = [];
  let unknownHealth = snapshot.unreadManagers.length;
  for (const manager of snapshot.managers) {
    const debt = trueDebtAssets(manager);
    if (debt === 0n) continue;
    const healthWad = healthRatioWadDown(manager, state);
    if (healthWad.kind === "unknown") {
      unknownHealth += 1;
      continue;
    }
    debts.push({
      id: manager.manager,
      health: health(healthWad.value),
      debt: toChartNumber({ value: debt, decimals }),
      label: formatAddress(manager.manager),
      shortLabel: `${manager.manager.slice(0, 4)}…${manager.manager.slice(-4)}`,
      healthText: ratio(healthWad.value),
      debtText: formatAmount({ value: debt, decimals, maximumFractionDigits: 0, toward: "up", symbol }),
      href: managerHref(manager.manager),
    });
  }
  const isMoved = before.thresholdWad !== after.thresholdWad;
  return {
    title: "Load line with the proposal",
    summary: isMoved
      ? `The threshold would go from ${ratio(before.thresholdWad)} to ${ratio(after.thresholdWad)}; ${fallingText(input.newlyLiquidatable)}`
      : `The marks stay where they are: the threshold is ${ratio(after.thresholdWad)}.`,
    marks: changeMarksOf(input),
    debts,
    notDrawn:
      unknownHealth === 0
        ? undefined
        : `${countedManagers(unknownHealth)} ${unknownHealth === 1 ? "is" : "are"} not drawn: their health could not be read.`,
    formatDebt: (debt) => `${debt >= 1 ? formatInteger(Math.trunc(debt)) : debt} ${symbol}`,
  };
}
