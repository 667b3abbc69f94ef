import { useMemo } from "react";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { EmptyState } from "@/ui/data/messages";
import { LoadLine } from "@/ui/load-line/load-line";
import { loadLineOf } from "./load-line";

export interface VaultLoadLineProps {
  readonly report: VaultReport;
  readonly size?: "full" | "small";
  /** Where a manager's own page is; without it the bars are no links. */
  readonly hrefOf?: (manager: Address) => string | undefined;
}

const NO_LINK = (): undefined => undefined;

/** How deep the vault sits: its marks of health and the debt that hangs there. */
export function VaultLoadLine({ report, size = "full", hrefOf = NO_LINK }: VaultLoadLineProps) {
  const model = useMemo(() => loadLineOf(report.snapshot, hrefOf), [report.snapshot, hrefOf]);
  if (model === undefined) {
    return (
      <EmptyState title="No load line">
        This vault does not publish a liquidation threshold or its managers.
      </EmptyState>
    );
  }
  const { notDrawn, ...rest } = model;
  return <LoadLine {...rest} size={size} {...(notDrawn === undefined ? {} : { notDrawn })} />;
}
