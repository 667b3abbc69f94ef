import { useMemo } from "react";
import type { Address, VaultSnapshot } from "@/domain/model";
import { EmptyState } from "@/ui/data/messages";
import { LoadLine } from "@/ui/load-line/load-line";
import { type LoadLineModel, loadLineOf } from "../load-line";

export interface VaultLoadLineProps {
  readonly snapshot: VaultSnapshot;
  readonly hrefOf: (manager: Address) => string;
}

/** The load line of a vault, every manager a link to its page. */
export function VaultLoadLine({ snapshot, hrefOf }: VaultLoadLineProps) {
  const model = useMemo(() => loadLineOf(snapshot, hrefOf), [snapshot, hrefOf]);
  if (model === undefined) {
    return <EmptyState title="No load line">This vault does not publish its managers.</EmptyState>;
  }
  return <LoadLine {...pictureOf(model)} />;
}

/** One manager against the vault's marks, small. */
export function ManagerLoadLine({ model }: { readonly model: LoadLineModel }) {
  return <LoadLine {...pictureOf(model)} size="small" />;
}

function pictureOf({ notDrawn, ...picture }: LoadLineModel) {
  return { ...picture, ...(notDrawn === undefined ? {} : { notDrawn }) };
}
