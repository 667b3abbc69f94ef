import type { ReactNode } from "react";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { Stat, StatRow } from "@/ui/figures/stat";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { Panel } from "@/ui/layout/panel";
import { LargestLps } from "./largest-lps";
import type { LiquidityModel } from "./model";
import { exitStatsOf, handsStatsOf, utilisationBarOf } from "./texts";
import { UtilisationBar } from "./utilisation-bar";

export interface LiquidityViewProps {
  readonly report: VaultReport;
  readonly model: LiquidityModel;
  readonly hrefOf: (address: Address) => string;
  /** Asks for one address. */
  readonly lookup: ReactNode;
}

function barOf(model: LiquidityModel): ReactNode {
  const { utilisationWad } = model;
  return (
    <UtilisationBar
      bar={utilisationBarOf(model)}
      why={utilisationWad.kind === "unknown" ? WHY_UNKNOWN[utilisationWad.reason] : ""}
    />
  );
}

/** Who could leave now, how much there is to leave with, and in how few hands shares and debts are. */
export function LiquidityView({ report, model, hrefOf, lookup }: LiquidityViewProps) {
  const { state } = report.snapshot;
  return (
    <Panel
      title="Liquidity"
      description="What could be taken out now: a withdrawal is paid from what is not lent out."
    >
      <div className="flex flex-col gap-4">
        {barOf(model)}
        <StatRow label="Leaving now">
          {exitStatsOf(model, state).map(({ id, ...stat }) => (
            <Stat key={id} {...stat} size="medium" />
          ))}
        </StatRow>
        <StatRow label="In how few hands">
          {handsStatsOf(model, state).map(({ id, ...stat }) => (
            <Stat key={id} {...stat} size="medium" />
          ))}
        </StatRow>
        {lookup}
        <LargestLps model={model} state={state} hrefOf={hrefOf} />
      </div>
    </Panel>
  );
}

/** The same in one line, for the overview. */
export function LiquidityGlance({
  report,
  model,
  lpsHref,
}: Pick<LiquidityViewProps, "report" | "model"> & { readonly lpsHref: string }) {
  return (
    <Panel
      title="Liquidity"
      actions={
        <a className="text-[0.8125rem] text-accent underline underline-offset-2" href={lpsHref}>
          Who can leave
        </a>
      }
    >
      <div className="flex flex-col gap-4">
        {barOf(model)}
        <StatRow label="Leaving now">
          {exitStatsOf(model, report.snapshot.state)
            .filter(({ id }) => id !== "utilisation")
            .map(({ id, ...stat }) => (
              <Stat key={id} {...stat} size="medium" />
            ))}
        </StatRow>
      </div>
    </Panel>
  );
}
