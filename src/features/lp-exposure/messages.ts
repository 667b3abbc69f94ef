import type { WatchListIssue } from "@/data/watch-list/watch-list";
import { formatAddress, formatInteger } from "@/shared/format";
import type { Tone } from "@/ui/tone";
import type { MovementKind } from "./model";

/** What changed an address's shares. */
export const MOVEMENT_WORD: Readonly<Record<MovementKind, { readonly word: string; readonly tone: Tone }>> = {
  deposit: { word: "Deposited", tone: "ok" },
  withdrawal: { word: "Withdrew", tone: "neutral" },
  received: { word: "Received shares", tone: "accent" },
  sent: { word: "Sent shares", tone: "neutral" },
  minted: { word: "Minted by the vault", tone: "accent" },
  burned: { word: "Burned by the vault", tone: "neutral" },
};

/** Why an address could not be put on the watch-list. */
export function watchIssueText(issue: WatchListIssue): string {
  switch (issue.kind) {
    case "not-an-address":
      return issue.message;
    case "already-watched":
      return `${formatAddress(issue.address)} is on the list already.`;
    case "full":
      return `The list holds ${formatInteger(issue.limit)} addresses at most. Remove one first.`;
  }
}
