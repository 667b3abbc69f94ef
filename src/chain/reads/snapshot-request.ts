import type { Address, BlockRef, ReadRung } from "@/domain/model";
import type { RawManager, RawVault } from "./raw-vault";

export interface SnapshotRequest {
  readonly vault: Address;
  /** Every manager that ever had a position; unknown ones cannot be found from the vault itself. */
  readonly managers: readonly Address[];
  readonly block: BlockRef;
  readonly signal?: AbortSignal | undefined;
  /** Reads by this way only, without falling back. */
  readonly rung?: ReadRung | undefined;
}

/** What any way of reading gives, before it is judged. */
export interface RawReadings {
  readonly vault: RawVault;
  readonly managers: readonly RawManager[];
}
