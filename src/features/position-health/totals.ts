import { mapFigure, sumFigures } from "@/domain/figure";
import type { BandDebt } from "@/domain/headline";
import type { HealthBand } from "@/domain/health";
import { mulDivDown, sumOf, WAD } from "@/domain/math";
import type { Address, Figure } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { countedManagers } from "@/shared/counted";
import { formatAmount, formatHash, formatInteger, formatRatioPercent, toChartNumber } from "@/shared/format";
import { formatHeld, formatOwed } from "@/shared/format-money";
import { estimateNote } from "@/ui/figures/estimate-note";
import type { FigureText } from "@/ui/figures/figure-text";
import type { Formula } from "@/ui/figures/formula";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { positionRowsOf, rowsWithPosition } from "./model";

/** One figure over all managers, with its formula. */
export interface TotalFigure {
  readonly id: string;
  readonly label: string;
  readonly sublabel: string;
  readonly figure: FigureText;
  readonly formula: Formula | undefined;
  readonly isLoss: boolean;
}

/** What is missing for a total. */
export interface MissingManagers {
  /** "2 of 14 managers could not be read". */
  readonly words: string;
  readonly unread: readonly Address[];
}

export interface PositionTotals {
  readonly figures: readonly TotalFigure[];
  readonly missing: MissingManagers | undefined;
}

type TotalsInput = Pick<VaultReport, "snapshot" | "completeness" | "headline">;

function missingOf({ snapshot, completeness }: TotalsInput): MissingManagers | undefined {
  if (completeness.kind !== "incomplete") return undefined;
  const { unread } = completeness;
  const asked = snapshot.managers.length + unread.length;
  if (unread.length > 0) {
    return {
      words: `${formatInteger(unread.length)} of ${countedManagers(asked)} could not be read`,
      unread,
    };
  }
  const missing = formatAmount({
    value: completeness.missingPrincipalAssets,
    decimals: snapshot.state.asset.decimals,
    symbol: snapshot.state.asset.symbol,
  });
  return {
    words: `The managers' principal and the vault's own total differ by ${missing}, so a manager is missing`,
    unread,
  };
}

/** "block 18,231,004 (0x12ab34…cd89ef)": where everything on the page was read. */
export function blockWords({ snapshot }: Pick<VaultReport, "snapshot">): string {
  const { number, hash } = snapshot.state.block;
  return `block ${formatInteger(number)} (${formatHash(hash)})`;
}

/** The figures over all managers. Totals are made of a complete snapshot alone; without one they are unknown. */
export function positionTotalsOf(report: TotalsInput): PositionTotals {
  const { snapshot, headline, completeness: complete } = report;
  const { decimals, symbol } = snapshot.state.asset;
  const rows = positionRowsOf(snapshot);
  const managers = formatInteger(snapshot.managers.length);
  const owed = (value: bigint): string => formatOwed({ value, decimals });
  const total = (figure: Figure, text = owed) =>
    toFigureText(figure, { text, unit: symbol, why: WHY_UNKNOWN });
  const whole: Figure<true> =
    complete.kind === "complete"
      ? { kind: "known", value: true }
      : { kind: "unknown", reason: complete.kind === "incomplete" ? "snapshot-incomplete" : "not-published" };
  const valueFigure =
    whole.kind === "known" ? sumFigures(rows.map(({ shortfall }) => shortfall.valueAssets)) : whole;
  const open = rows.filter(
    ({ shortfall }) => shortfall.canLiquidate.kind === "known" && shortfall.canLiquidate.value,
  );
  const unsure = rows.some(({ shortfall }) => shortfall.canLiquidate.kind === "unknown");
  const openFigure: Figure = unsure
    ? { kind: "unknown", reason: "quote-unreadable" }
    : mapFigure(whole, () => sumOf(open.map(({ shortfall }) => shortfall.trueDebtAssets)));
  const formula = (
    parts: Omit<Formula, "block" | "result"> & { readonly figure: FigureText },
  ): Formula | undefined => {
    const { figure, ...rest } = parts;
    return figure.kind === "known"
      ? { ...rest, result: `${figure.text} ${symbol}`, block: blockWords(report) }
      : undefined;
  };
  const debt = total(headline.totalDebtAssets);
  const value = total(valueFigure, (value) => formatHeld({ value, decimals }));
  const openDebt = total(openFigure);
  const shortfall = total(headline.unrealisedShortfallAssets);
  const lpLoss = total(headline.unrealisedLpLossAssets);
  const principal = sumOf(snapshot.managers.map(({ principalAssets }) => principalAssets));
  const interest = sumOf(snapshot.managers.map(({ accruedInterestAssets }) => accruedInterestAssets));
  const managersInput = { label: "Managers", value: managers };
  return {
    missing: missingOf(report),
    figures: [
      {
        id: "debt",
        label: "Owed by all managers",
        sublabel: "principal and accrued interest",
        figure: debt,
        isLoss: false,
        formula: formula({
          figure: debt,
          expression: "Σ (principal + accrued interest)",
          meaning: "True debt of every manager, added up.",
          inputs: [
            managersInput,
            { label: "Σ principal", value: `${owed(principal)} ${symbol}` },
            { label: "Σ accrued interest", value: `${owed(interest)} ${symbol}` },
          ],
        }),
      },
      {
        id: "value",
        label: "Value of all positions",
        sublabel: "bond, working capital and wrappers, by the oracle",
        figure: value,
        isLoss: false,
        formula: formula({
          figure: value,
          expression: "Σ ⌊value in USD × 10^decimals ÷ base price⌋",
          meaning: "What the oracle says every position is worth, in the base asset.",
          inputs: [managersInput],
        }),
      },
      {
        id: "liquidatable",
        label: "Can be liquidated now",
        sublabel:
          openFigure.kind === "known"
            ? `${formatInteger(open.length)} of ${countedManagers(rowsWithPosition(rows).length)}, by debt`
            : "by debt",
        figure: openDebt,
        isLoss: open.length > 0,
        formula: formula({
          figure: openDebt,
          expression: "Σ true debt of managers that the strategy would liquidate",
          inputs: [{ label: "Liquidatable managers", value: formatInteger(open.length) }, managersInput],
        }),
      },
      {
        id: "shortfall",
        label: "Bad debt if all were closed now",
        sublabel: `unrealised shortfall U, ${headline.source}`,
        figure: shortfall,
        isLoss: isPositive(headline.unrealisedShortfallAssets),
        formula: formula({
          figure: shortfall,
          expression: "U = Σ max(0, true debt − minimum payment)",
          meaning: "Over the managers that can be liquidated now.",
          inputs: [
            { label: "Liquidatable managers", value: formatInteger(open.length) },
            { label: "Payments", value: headline.source },
          ],
        }),
      },
      {
        id: "lp-loss",
        label: "LPs would lose",
        sublabel: `U less the fee part of unpaid interest${estimateNote(headline.isLpLossEstimated)}`,
        figure: lpLoss,
        isLoss: isPositive(headline.unrealisedLpLossAssets),
        formula: formula({
          figure: lpLoss,
          expression: "U_LP = Σ (bad debt − ⌊fee rate × min(unpaid interest, bad debt)⌋)",
          meaning: "Total assets never held the fee takers' part of interest that nobody will pay.",
          inputs: [
            {
              label: "U",
              value: shortfall.kind === "known" ? `${shortfall.text} ${symbol}` : "unknown",
            },
          ],
        }),
      },
    ],
  };
}

function isPositive(figure: Figure): boolean {
  return figure.kind === "known" && figure.value > 0n;
}

/** One health band of the distribution. */
export interface BandLine {
  readonly band: HealthBand;
  readonly managers: string;
  readonly debt: string;
  /** Part of the total debt, in words and as a width from 0 to 100. */
  readonly share: string;
  readonly widthPercent: number;
}

const BANDS: readonly HealthBand[] = [
  "liquidatable",
  "danger",
  "warning",
  "caution",
  "safe",
  "no-debt",
  "unknown",
];

/** Debt and number of managers by health band, worst first; unknown without a complete snapshot. */
export function bandLinesOf(report: Pick<VaultReport, "snapshot" | "headline">): Figure<readonly BandLine[]> {
  const { decimals } = report.snapshot.state.asset;
  return mapFigure(report.headline.debtByBand, (byBand) => {
    const total = sumOf(BANDS.map((band) => byBand[band].debtAssets));
    const withoutDebt = rowsWithPosition(positionRowsOf(report.snapshot)).filter(
      ({ band }) => band === "no-debt",
    ).length;
    return BANDS.filter((band) => (band === "no-debt" ? withoutDebt > 0 : isShown(band, byBand[band]))).map(
      (band) => {
        const { debtAssets } = byBand[band];
        const managers = band === "no-debt" ? withoutDebt : byBand[band].managers;
        const ratioWad = total === 0n ? 0n : mulDivDown({ a: debtAssets, b: WAD, denominator: total });
        return {
          band,
          managers: formatInteger(managers),
          debt: formatAmount({ value: debtAssets, decimals, maximumFractionDigits: 0, toward: "up" }),
          share: total === 0n ? "–" : formatRatioPercent({ ratioWad, fractionDigits: 1 }),
          // A ratio of 10^18 is 100 %, so with sixteen decimals it is a width in per cent.
          widthPercent: toChartNumber({ value: ratioWad, decimals: 16 }),
        };
      },
    );
  });
}

/** The five bands of the documentation always; what is no band only where somebody is in it. */
function isShown(band: HealthBand, { managers }: BandDebt): boolean {
  return band !== "unknown" || managers > 0;
}
