import type { Address } from "@/domain/model";
import { PositionsView } from "./positions-view";
import type { Positions } from "./use-positions";

export interface PositionsPanelProps {
  readonly positions: Positions;
  readonly hrefOf: (manager: Address) => string;
}

/** The managers of a vault, with what the reader chose in the address. */
export function PositionsPanel({ positions, hrefOf }: PositionsPanelProps) {
  return <PositionsView {...positions} hrefOf={hrefOf} />;
}
