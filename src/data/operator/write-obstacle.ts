import type { VaultConfig } from "@/report/config";
import type { Session } from "../transaction/ports";

/** Why nothing may be signed on a page at all, whatever the action. The first that holds, in this order. */
export type WriteObstacle =
  /** The page shows the past. */
  | "pinned"
  /** The operator of this site has not listed the vault, and the reader has not confirmed its address. */
  | "not-listed"
  | "not-connected"
  | "wrong-chain";

/** What stands between the reader and any signature; undefined when nothing does. */
export function writeObstacleOf(input: {
  readonly config: Pick<VaultConfig, "chainId" | "listed">;
  readonly session: Session | undefined;
  readonly isPinned: boolean;
  readonly isConfirmed: boolean;
}): WriteObstacle | undefined {
  const { config, session } = input;
  if (input.isPinned) return "pinned";
  if (!config.listed && !input.isConfirmed) return "not-listed";
  if (session === undefined) return "not-connected";
  return session.chainId === config.chainId ? undefined : "wrong-chain";
}

/** How many of an address's last digits a reader types to confirm that it is the one meant. */
const CONFIRMED_DIGITS = 6;

/** The digits to type for a vault that is not listed. */
export function confirmationDigitsOf(address: string): string {
  return address.slice(-CONFIRMED_DIGITS).toLowerCase();
}
