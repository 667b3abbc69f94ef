import { fetchMarketHoldings } from "@/chain/reads/market-holdings";
import { fetchPools } from "@/chain/reads/pools";
import type { Rpc } from "@/chain/rpc/rpc";
import { type CompleteSnapshot, completeSnapshotOf } from "@/domain/complete";
import { known, unknown } from "@/domain/figure";
import { trueDebtAssets } from "@/domain/health";
import { type MarketMark, marketMarkOf } from "@/domain/market";
import type { Figure } from "@/domain/model";
import type { VaultReport } from "./vault-report";

/** Marks the positions of a snapshot to the market: pools and holdings are read at its block. */
export async function readMarketMark(
  rpc: Rpc,
  {
    complete,
    config,
    signal,
  }: Pick<VaultReport, "config"> & {
    readonly complete: CompleteSnapshot;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<MarketMark> {
  const { state } = complete;
  const { block, address: vault } = state;
  const base = state.asset.address;
  const owing = complete.managers.filter((manager) => trueDebtAssets(manager) > 0n);
  const managers = owing.map(({ manager }) => manager);
  const [pools, holdings] = await Promise.all([
    fetchPools(rpc, { pools: config.pools, base, block, signal }),
    fetchMarketHoldings(rpc, { vault, managers, base, block, signal }),
  ]);
  return marketMarkOf({ complete, holdings, pools });
}

/**
 * Today's market-marked shortfall, at the report's own block, with every position's part of it. Unknown for a vault
 * that is not Flux ("not-published") and for an incomplete snapshot. A handful of requests.
 *
 * @throws ChainError as the reads below.
 */
export async function loadMarketMark(
  rpc: Rpc,
  { report, signal }: { readonly report: VaultReport; readonly signal?: AbortSignal | undefined },
): Promise<Figure<MarketMark>> {
  const completeness = completeSnapshotOf(report.snapshot);
  if (completeness.kind === "incomplete") return unknown("snapshot-incomplete");
  if (completeness.kind === "not-published") return unknown("not-published");
  return known(await readMarketMark(rpc, { complete: completeness.snapshot, config: report.config, signal }));
}
