import { useMemo } from "react";
import type { Address, Figure, VaultState } from "@/domain/model";
import { formatRatioPercent } from "@/shared/format";
import { formatHeld } from "@/shared/format-money";
import { AddressLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { type Column, DataTable } from "@/ui/data/data-table";
import { EmptyState } from "@/ui/data/messages";
import { FigureUnknown } from "@/ui/figures/figure-unknown";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { LeavingLp, LiquidityModel } from "./model";

function sortOf(figure: Figure): bigint | undefined {
  return figure.kind === "known" ? figure.value : undefined;
}

/** The largest LPs and what each could take out, if it came first. */
export function LargestLps(props: {
  readonly model: LiquidityModel;
  readonly state: VaultState;
  readonly hrefOf: (address: Address) => string;
}) {
  const { model, state, hrefOf } = props;
  const { decimals, symbol } = state.asset;
  const columns = useMemo((): readonly Column<LeavingLp>[] => {
    const cell = (figure: Figure, text: (value: bigint) => string) =>
      figure.kind === "unknown" ? (
        <FigureUnknown why={WHY_UNKNOWN[figure.reason]} inline />
      ) : (
        <span className="figures">{text(figure.value)}</span>
      );
    const money = (value: bigint): string => formatHeld({ value, decimals });
    return [
      {
        id: "lp",
        header: "LP",
        rowHeader: true,
        cell: ({ holder, isContract }) => (
          <AddressLabel
            address={holder}
            href={hrefOf(holder)}
            {...(isContract
              ? {
                  tags: (
                    <Badge tone="neutral" plain>
                      contract
                    </Badge>
                  ),
                }
              : {})}
          />
        ),
      },
      {
        id: "part",
        header: "Of all shares",
        align: "end",
        cell: ({ partWad }) => cell(partWad, (ratioWad) => formatRatioPercent({ ratioWad })),
        sortValue: ({ shares }) => shares,
      },
      {
        id: "balance",
        header: `Balance, ${symbol}`,
        align: "end",
        cell: ({ balanceAssets }) => cell(balanceAssets, money),
        sortValue: ({ balanceAssets }) => sortOf(balanceAssets),
      },
      {
        id: "withdrawable",
        header: `Withdrawable now, ${symbol}`,
        align: "end",
        cell: ({ withdrawableAssets }) => cell(withdrawableAssets, money),
        sortValue: ({ withdrawableAssets }) => sortOf(withdrawableAssets),
      },
    ];
  }, [decimals, hrefOf, symbol]);
  return (
    <DataTable
      caption="The largest LPs and what each could withdraw now"
      columns={columns}
      rows={model.largest}
      rowKey={({ holder }) => holder}
      empty={
        <EmptyState title="No balances">
          {model.lps.kind === "unknown" ? WHY_UNKNOWN[model.lps.reason] : "Nobody holds shares."}
        </EmptyState>
      }
      footer="Withdrawable now: the smaller of the balance and what lies idle, as if this LP came first. What one takes out, the others no longer find."
    />
  );
}
