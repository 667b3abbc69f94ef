import { encodeView, VAULT_VIEWS } from "@/chain/flux/views";
import type { VaultReport } from "@/report/vault-report";
import { formatAmount } from "@/shared/format";

/** One figure of the page and the call that gives it, for whoever wants to ask the chain without this page. */
export interface Verification {
  readonly figure: string;
  /** The contract function. */
  readonly view: string;
  readonly data: string;
  /** The answer as the chain writes it: 32 bytes. */
  readonly raw: string;
  readonly shown: string;
  readonly command: string;
}

/** The calls behind the public figures, at the report's block. */
export function verificationsOf(report: VaultReport): readonly Verification[] {
  const { state } = report.snapshot;
  const amount = (value: bigint): string =>
    formatAmount({
      value,
      decimals: state.asset.decimals,
      maximumFractionDigits: state.asset.decimals,
      symbol: state.asset.symbol,
    });
  const entries: readonly {
    figure: string;
    view: keyof typeof VAULT_VIEWS;
    value: bigint | undefined;
    shown: (value: bigint) => string;
  }[] = [
    { figure: "A, total assets", view: "totalAssets", value: state.totalAssets, shown: amount },
    {
      figure: "S, shares",
      view: "totalSupply",
      value: state.totalSupplyShares,
      shown: (value) =>
        formatAmount({ value, decimals: state.shareDecimals, maximumFractionDigits: state.shareDecimals }),
    },
    { figure: "Idle", view: "idleAssets", value: state.flux?.idleAssets, shown: amount },
    {
      figure: "Σ principal lent",
      view: "totalPrincipalDebt",
      value: state.flux?.totalPrincipalDebtAssets,
      shown: amount,
    },
    { figure: "ΣB, bad debt", view: "totalBadDebt", value: state.flux?.totalBadDebtAssets, shown: amount },
  ];
  return entries.flatMap(({ figure, view, value, shown }) => {
    if (value === undefined) return [];
    const data = encodeView(VAULT_VIEWS[view]);
    return [
      {
        figure,
        view: `${view}()`,
        data,
        raw: `0x${value.toString(16).padStart(64, "0")}`,
        shown: shown(value),
        command: commandOf({ to: state.address, data, block: state.block.number }),
      },
    ];
  });
}

/** The same question from a command line; the reader puts an endpoint of their own trust in the place of $RPC. */
function commandOf(call: { readonly to: string; readonly data: string; readonly block: bigint }): string {
  const body = JSON.stringify({
    jsonrpc: "2.0",
    id: 1,
    method: "eth_call",
    params: [{ to: call.to, data: call.data }, `0x${call.block.toString(16)}`],
  });
  return `curl -s -H 'content-type: application/json' -d '${body}' "$RPC"`;
}
