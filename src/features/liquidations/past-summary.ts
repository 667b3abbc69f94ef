import { mulDivDown, sumOf, WAD } from "@/domain/math";
import type { Address, Figure } from "@/domain/model";
import { ratioWadDown } from "@/domain/ratio";
import { formatHash, formatInteger, formatRatio, formatRatioPercent } from "@/shared/format";
import { formatOwed } from "@/shared/format-money";
import type { FigureText } from "@/ui/figures/figure-text";
import type { Formula } from "@/ui/figures/formula";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { type PastInput, type PastRow, pastRowsOf } from "./past";

/** One figure over all liquidations found. */
export interface SummaryFigure {
  readonly id: string;
  readonly label: string;
  readonly sublabel: string;
  readonly figure: FigureText;
  readonly isLoss: boolean;
  readonly formula: Formula;
}

interface Sums {
  readonly count: number;
  readonly losing: number;
  readonly debt: bigint;
  readonly paid: bigint;
  readonly bad: bigint;
}

/** The sums over the liquidations found; said to be of those found, since a history may begin late. */
export function pastSummaryOf(report: PastInput): readonly SummaryFigure[] {
  const rows = pastRowsOf(report);
  const { history, snapshot } = report;
  const { asset, block } = snapshot.state;
  const { symbol } = asset;
  const since = formatInteger(history.fromBlock);
  const span = history.complete
    ? `since block ${since}, the vault's first`
    : `since block ${since}; earlier ones are not known`;
  const sums: Sums = {
    count: rows.length,
    losing: rows.filter(({ badDebtAssets }) => badDebtAssets > 0n).length,
    debt: sumOf(rows.map(({ trueDebtAssets }) => trueDebtAssets)),
    paid: sumOf(rows.map(({ paymentAssets }) => paymentAssets)),
    bad: sumOf(rows.map(({ badDebtAssets }) => badDebtAssets)),
  };
  const amount = (value: bigint): string => formatOwed({ value, decimals: asset.decimals });
  const at = `block ${formatInteger(block.number)} (${formatHash(block.hash)})`;
  const figure = (
    id: string,
    about: Pick<SummaryFigure, "label" | "sublabel" | "figure"> & {
      readonly expression: string;
      readonly inputs?: Formula["inputs"];
      readonly isLoss?: boolean;
    },
  ): SummaryFigure => ({
    id,
    label: about.label,
    sublabel: about.sublabel,
    figure: about.figure,
    isLoss: about.isLoss ?? false,
    formula: {
      expression: about.expression,
      meaning: `Over the liquidations found ${span}.`,
      inputs: about.inputs ?? [],
      result: about.figure.kind === "known" ? about.figure.text : "unknown",
      block: at,
    },
  });
  const known = (text: string, unit?: string): FigureText => ({
    kind: "known",
    text,
    ...(unit === undefined ? {} : { unit }),
  });
  const paid = { label: "payments", value: `${amount(sums.paid)} ${symbol}` };
  const debt = { label: "true debt", value: `${amount(sums.debt)} ${symbol}` };
  return [
    figure("count", {
      label: "Liquidations found",
      sublabel: `${formatInteger(sums.losing)} left bad debt, ${span}`,
      figure: known(formatInteger(sums.count)),
      expression: "number of PositionLiquidated events",
    }),
    figure("paid", {
      label: "Paid by liquidators",
      sublabel: `for ${amount(sums.debt)} ${symbol} of true debt`,
      figure: known(amount(sums.paid), symbol),
      expression: "Σ payment",
    }),
    figure("recovery", {
      label: "Recovery rate",
      sublabel: "of the true debt that was liquidated",
      figure: percentOf(ratioWadDown({ part: sums.paid, whole: sums.debt, reason: "no-debt" })),
      expression: "Σ payment ÷ Σ true debt",
      inputs: [paid, debt],
    }),
    figure("bad-debt", {
      label: "Bad debt left",
      sublabel: "true debt less payment, over all of them",
      figure: known(amount(sums.bad), symbol),
      expression: "Σ (true debt − payment)",
      inputs: [debt, paid],
      isLoss: sums.bad > 0n,
    }),
    figure("concentration", { ...concentrationOf(rows), expression: "Σ (payments by one ÷ all payments)²" }),
  ];
}

function percentOf(figure: Figure): FigureText {
  return toFigureText(figure, { text: (ratioWad) => formatRatioPercent({ ratioWad }), why: WHY_UNKNOWN });
}

/** How much rests on few liquidators: the sum of squared shares of what was paid (Herfindahl), 1 = one alone. */
function concentrationOf(rows: readonly PastRow[]): Pick<SummaryFigure, "label" | "sublabel" | "figure"> {
  const label = "Concentration of liquidators";
  const paidBy = new Map<Address, bigint>();
  for (const { liquidator, paymentAssets } of rows) {
    paidBy.set(liquidator, (paidBy.get(liquidator) ?? 0n) + paymentAssets);
  }
  const total = sumOf(paidBy.values());
  if (total === 0n) {
    return { label, sublabel: "", figure: { kind: "unknown", why: "Nobody has paid anything." } };
  }
  const squares = sumOf([...paidBy.values()].map((paid) => paid * paid));
  const ratioWad = mulDivDown({ a: squares, b: WAD, denominator: total * total });
  return {
    label,
    sublabel: `${formatInteger(paidBy.size)} ${paidBy.size === 1 ? "liquidator" : "liquidators"}; 1 means that one did it all`,
    figure: { kind: "known", text: formatRatio({ ratioWad, fractionDigits: 2, toward: "up" }) },
  };
}
