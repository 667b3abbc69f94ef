import type { PricedParts } from "@/data/vault/price-split";
import { useComposition, useCompositionBlock } from "@/data/vault/use-composition";
import type { Figure, ManagerState, VaultState } from "@/domain/model";

const NOBODY: readonly [] = [];

/** What one position is made of, read beside the report when it is wanted; undefined while it is being read. */
export function useParts(
  state: VaultState,
  { position, isWanted }: { readonly position: ManagerState; readonly isWanted: boolean },
): Figure<PricedParts> | undefined {
  const block = useCompositionBlock(state.block, position);
  const managers = isWanted ? [position.manager] : NOBODY;
  const { composition, error } = useComposition(state, { managers, block });
  const found = composition?.managers.find(({ manager }) => manager === position.manager);
  if (found !== undefined) return { kind: "known", value: found };
  const isOver = composition !== undefined || error !== undefined;
  return isOver ? { kind: "unknown", reason: "value-unreadable" } : undefined;
}
