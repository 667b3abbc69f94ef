import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { parseAddress } from "@/data/parse-address";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { LiquidityGlance, LiquidityView } from "./liquidity-view";
import { leavingAddressOf, liquidityModelOf } from "./model";
import { WithdrawableLookup } from "./withdrawable-lookup";

const PARAMETER = "leave";

/** Leaving the vault; the address that is asked for stands in the page's address. */
export function LiquidityPanel(props: {
  readonly report: VaultReport;
  readonly hrefOf: (address: Address) => string;
}) {
  const { report, hrefOf } = props;
  const [params, setParams] = useSearchParams();
  const asked = params.get(PARAMETER) ?? "";
  const model = useMemo(() => liquidityModelOf(report), [report]);
  const answer = useMemo(() => {
    const parsed = parseAddress(asked);
    return parsed.ok ? leavingAddressOf(report, parsed.address) : undefined;
  }, [asked, report]);
  return (
    <LiquidityView
      report={report}
      model={model}
      hrefOf={hrefOf}
      lookup={
        <WithdrawableLookup
          key={asked}
          asked={asked}
          answer={answer}
          state={report.snapshot.state}
          onAsk={(address) =>
            setParams(
              (before) => {
                const after = new URLSearchParams(before);
                after.set(PARAMETER, address);
                return after;
              },
              { replace: true, preventScrollReset: true },
            )
          }
        />
      }
    />
  );
}

/** Leaving at a glance. */
export function LiquidityGlancePanel({
  report,
  lpsHref,
}: {
  readonly report: VaultReport;
  readonly lpsHref: string;
}) {
  const model = useMemo(() => liquidityModelOf(report), [report]);
  return <LiquidityGlance report={report} model={model} lpsHref={lpsHref} />;
}
