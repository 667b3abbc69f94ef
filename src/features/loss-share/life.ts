import { sumFigures } from "@/domain/figure";
import type { StatementTotals } from "@/domain/ledger-model";
import type { Figure, VaultState } from "@/domain/model";
import { formatInteger } from "@/shared/format";
import { formatHeld, formatOwed } from "@/shared/format-money";
import type { FigureText } from "@/ui/figures/figure-text";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { LpLine } from "./model";

/** The identity that every life must satisfy, in words. */
export const LIFE_IDENTITY =
  "Value = deposited − withdrawn + transferred in − transferred out + interest − lost + recovered + rounding. Interest is computed from the share price of every interval, never as what is left over, so the residual shows whether the account is right: it must be 0 to the unit. Transfers are valued at what their shares converted to at that log.";

/** One sum of an LP's life: which, and under which name. */
export interface LifeColumn {
  readonly id: string;
  readonly header: string;
  readonly valueOf: (life: StatementTotals) => Figure;
}

const known = (value: bigint): Figure => ({ kind: "known", value });

/** The sums of a life in the order of the identity. */
export const LIFE_COLUMNS: readonly LifeColumn[] = [
  { id: "deposited", header: "Deposited", valueOf: ({ depositedAssets }) => known(depositedAssets) },
  { id: "withdrawn", header: "Withdrawn", valueOf: ({ withdrawnAssets }) => known(withdrawnAssets) },
  { id: "in", header: "Transferred in", valueOf: ({ transferredInAssets }) => transferredInAssets },
  { id: "out", header: "Transferred out", valueOf: ({ transferredOutAssets }) => transferredOutAssets },
  { id: "interest", header: "Interest", valueOf: ({ interestAssets }) => interestAssets },
  { id: "lost", header: "Lost", valueOf: ({ lossesAssets }) => lossesAssets },
  { id: "recovered", header: "Recovered", valueOf: ({ recoveriesAssets }) => recoveriesAssets },
  { id: "rounding", header: "Rounding", valueOf: ({ roundingAssets }) => roundingAssets },
  { id: "value", header: "Value", valueOf: ({ valueAssets }) => valueAssets },
  { id: "residual", header: "Residual", valueOf: ({ residualAssets }) => residualAssets },
];

/** Units of rounding and residual are shown as they are: cents would hide them. */
const IN_UNITS: ReadonlySet<string> = new Set(["rounding", "residual"]);

/** A sum as a cell shows it: what was lost by the rule of losses, the rest by that of what one has. */
export function lifeText(column: LifeColumn, life: StatementTotals, state: VaultState): FigureText {
  const { decimals } = state.asset;
  const format = column.id === "lost" ? formatOwed : formatHeld;
  return toFigureText(column.valueOf(life), {
    text: (value) => (IN_UNITS.has(column.id) ? `${formatInteger(value)} u` : format({ value, decimals })),
    why: WHY_UNKNOWN,
  });
}

/** Whether every LP's life adds up, in words. */
export function identityWords(lines: readonly LpLine[]): {
  readonly kind: "closes" | "differs" | "unknown";
  readonly text: string;
} {
  const lives = lines.flatMap(({ life }) => (life === undefined ? [] : [life]));
  const residuals = sumFigures(lives.map(({ residualAssets }) => absolute(residualAssets)));
  const count = `${formatInteger(lives.length)} ${lives.length === 1 ? "LP" : "LPs"}`;
  if (residuals.kind === "unknown") {
    const reason = WHY_UNKNOWN[residuals.reason];
    return { kind: "unknown", text: `Whether every life adds up is unknown. ${reason}` };
  }
  const open = lives.filter(
    ({ residualAssets }) => absolute(residualAssets).kind === "known" && isOpen(residualAssets),
  );
  return open.length === 0
    ? { kind: "closes", text: `The identity closes to the unit for all ${count}.` }
    : {
        kind: "differs",
        text: `The identity does not close for ${formatInteger(open.length)} of ${count}: together ${formatInteger(residuals.value)} units.`,
      };
}

function absolute(figure: Figure): Figure {
  return figure.kind === "known" && figure.value < 0n ? known(-figure.value) : figure;
}

function isOpen(figure: Figure): boolean {
  return figure.kind === "known" && figure.value !== 0n;
}
