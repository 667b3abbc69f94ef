import { useMemo } from "react";
import { AddressLabel } from "@/ui/data/address-label";
import { Disclosure } from "@/ui/data/disclosure";
import { Stat, StatRow } from "@/ui/figures/stat";
import { Grid } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";
import { BandDistribution } from "./components/band-distribution";
import { ManagersSection, type ManagersSectionProps } from "./managers-section";
import { bandLinesOf, type MissingManagers, positionTotalsOf } from "./totals";
import { VaultLoadLine } from "./vault-load-line";

export type PositionsViewProps = ManagersSectionProps;

/** Every manager of a vault: totals, load line, distribution and the table. */
export function PositionsView(props: PositionsViewProps) {
  const { report } = props;
  const { state } = report.snapshot;
  const totals = useMemo(() => positionTotalsOf(report), [report]);
  const bands = useMemo(() => bandLinesOf(report), [report]);
  return (
    <>
      <StatRow label="All managers together">
        {totals.figures.map(({ id, formula, isLoss, ...stat }) => (
          <Stat
            key={id}
            {...stat}
            tone={isLoss ? "loss" : "neutral"}
            {...(formula === undefined ? {} : { formula })}
          />
        ))}
      </StatRow>
      {totals.missing !== undefined && <Missing missing={totals.missing} />}
      <Grid columns="aside">
        <Panel
          title="Load line"
          description="How deep the vault sits: its debt by health, against its own marks."
        >
          <VaultLoadLine report={report} hrefOf={props.hrefOf} />
        </Panel>
        <Panel title="Debt by health band">
          <BandDistribution lines={bands} symbol={state.asset.symbol} />
        </Panel>
      </Grid>
      <ManagersSection {...props} />
    </>
  );
}

/** Names the managers that are missing from every total. */
function Missing({ missing }: { readonly missing: MissingManagers }) {
  const { words, unread } = missing;
  return (
    <div className="text-[0.8125rem] text-ink-muted">
      <p>{words}: totals over all managers are unknown; the rows below stand.</p>
      {unread.length > 0 && (
        <Disclosure
          summary={unread.length === 1 ? "The unread manager" : "The unread managers"}
          open={unread.length <= 5}
        >
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {unread.map((manager) => (
              <li key={manager}>
                <AddressLabel address={manager} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  );
}
