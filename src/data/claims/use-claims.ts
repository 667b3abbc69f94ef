import { useMemo } from "react";
import type { Claims } from "@/domain/claims";
import type { BlockRef, Figure } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import type { ClaimsBasis } from "./claims-export";
import { recordedClaimsOf } from "./recorded-claims";

/** Claims on an amount, with what their weights are made of. */
export interface ClaimsView {
  readonly claims: Figure<Claims>;
  readonly basis: ClaimsBasis;
  readonly block: BlockRef;
}

/** Claims on an amount as the ledger of a report stands. */
export function useClaims(report: VaultReport, amountAssets: bigint): ClaimsView {
  const claims = useMemo(() => recordedClaimsOf(report, { amountAssets }), [report, amountAssets]);
  return {
    claims,
    basis: { recorded: report.ledger.losses.length, falls: 0, fallsSearched: false },
    block: report.snapshot.state.block,
  };
}
