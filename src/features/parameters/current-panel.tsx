import { useMemo } from "react";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger } from "@/shared/format";
import { EmptyState } from "@/ui/data/messages";
import { Stat, StatRow } from "@/ui/figures/stat";
import { Panel } from "@/ui/layout/panel";
import { type CurrentFigure, type CurrentValues, currentValuesOf } from "./current";

/** What is in force, and what it means together. */
export function CurrentPanel({ report }: { readonly report: VaultReport }) {
  const { snapshot } = report;
  const values = useMemo(() => currentValuesOf(snapshot), [snapshot]);
  if (values === undefined) {
    return (
      <Panel title="Current values">
        <EmptyState title="No parameters">This vault does not publish a strategy.</EmptyState>
      </Panel>
    );
  }
  return <CurrentView values={values} block={formatInteger(snapshot.state.block.number)} />;
}

export interface CurrentViewProps {
  readonly values: CurrentValues;
  readonly block: string;
}

/** The figures; what a buffer does to them is told by the corridor on the same page. */
export function CurrentView({ values, block }: CurrentViewProps) {
  return (
    <div className="flex flex-col gap-4">
      <Figures label={`Parameters in force at block ${block}`} figures={values.held} />
      <Figures label={`The corridor that follows at block ${block}`} figures={values.corridor} />
      <Figures label={`What LPs have in hand at block ${block}`} figures={values.byRule} />
      <p className="text-[0.8125rem] text-ink-muted">{values.ruleSentence}</p>
    </div>
  );
}

function Figures({ label, figures }: { readonly label: string; readonly figures: readonly CurrentFigure[] }) {
  return (
    <StatRow label={label}>
      {figures.map((one) => (
        <Stat
          key={one.id}
          label={one.label}
          sublabel={one.sublabel}
          figure={one.figure}
          tone={one.tone}
          formula={one.formula}
          size="medium"
        />
      ))}
    </StatRow>
  );
}
