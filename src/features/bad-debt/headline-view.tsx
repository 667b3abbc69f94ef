import { Badge } from "@/ui/data/badge";
import { Stat, StatRow } from "@/ui/figures/stat";
import type { HeadlineStat } from "./headline";

const SOURCE_TITLE = {
  modelled: "The strategy did not answer; computed here by its documented rule.",
  mixed: "The strategy answered for some managers only; the rest was computed here by its documented rule.",
} as const;

/** Headline figures side by side, each with its formula on tap. */
export function HeadlineView({
  label,
  stats,
  size = "large",
}: {
  readonly label: string;
  readonly stats: readonly HeadlineStat[];
  readonly size?: "large" | "medium";
}) {
  return (
    <StatRow label={label}>
      {stats.map((stat) => (
        <Stat
          key={stat.id}
          label={stat.label}
          sublabel={stat.sublabel}
          figure={stat.figure}
          tone={stat.tone}
          formula={stat.formula}
          size={size}
          tags={
            stat.source === "modelled" || stat.source === "mixed" ? (
              <Badge tone="stale" plain title={SOURCE_TITLE[stat.source]}>
                {stat.source === "modelled" ? "modelled" : "partly modelled"}
              </Badge>
            ) : undefined
          }
        />
      ))}
    </StatRow>
  );
}
