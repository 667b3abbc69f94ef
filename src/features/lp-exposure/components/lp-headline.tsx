import { Stat, StatRow } from "@/ui/figures/stat";
import type { LpFigure } from "../texts";

/** The figures of one LP. */
export function LpHeadline(props: {
  readonly label: string;
  readonly figures: readonly LpFigure[];
  readonly size?: "large" | "medium";
}) {
  return (
    <StatRow label={props.label}>
      {props.figures.map(({ id, isLoss, formula, ...stat }) => (
        <Stat
          key={id}
          {...stat}
          size={props.size ?? "large"}
          tone={isLoss ? "loss" : "neutral"}
          {...(formula === undefined ? {} : { formula })}
        />
      ))}
    </StatRow>
  );
}
