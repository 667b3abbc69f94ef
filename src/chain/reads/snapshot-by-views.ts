import type { Rpc } from "../rpc/rpc";
import { readManagersByViews } from "./manager-views";
import type { RawReadings, SnapshotRequest } from "./snapshot-request";
import { readVaultByViews } from "./vault-views";
import { type ViewRung, viewReader } from "./view-reader";

/** Reads a vault and its managers through the contracts' own views: for endpoints that do not take the lens. */
export async function readByViews(
  rpc: Rpc,
  request: SnapshotRequest & { readonly rung: ViewRung },
): Promise<RawReadings> {
  const { vault: address, managers: list, block, signal, rung } = request;
  const read = await viewReader(rpc, { rung, block, signal });
  const { vault, evaluatesPositions } = await readVaultByViews(read, address);
  const { strategy, baseAssetWrapper } = vault;
  const context = { vault: address, strategy, baseAssetWrapper, evaluatesPositions };
  return { vault, managers: await readManagersByViews(read, { managers: list, context }) };
}
