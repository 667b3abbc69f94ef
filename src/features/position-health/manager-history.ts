import { compareLogs, orderedLogs } from "@/domain/log-order";
import type { Address, AssetDescription, Hex, VaultEvent, VaultHistory } from "@/domain/model";
import { formatInteger, formatTimestamp } from "@/shared/format";
import { formatHeld, formatOwed } from "@/shared/format-money";
import type { Tone } from "@/ui/tone";

type ManagerEvent = Extract<VaultEvent, { readonly manager: Address }>;

/** One line of a manager's history. */
export interface ManagerEventLine {
  readonly key: string;
  readonly blockNumber: bigint;
  readonly block: string;
  readonly time: string;
  readonly what: string;
  readonly tone: Tone;
  readonly amount: string;
  /** What else the log says: "bad debt 5,000, by 0x…". */
  readonly detail: string;
  readonly transactionHash: Hex;
}

const WHAT: Readonly<Record<ManagerEvent["kind"], { readonly word: string; readonly tone: Tone }>> = {
  borrowed: { word: "Borrowed", tone: "neutral" },
  repaid: { word: "Repaid", tone: "ok" },
  "bond-deposited": { word: "Bond posted", tone: "ok" },
  "bond-withdrawn": { word: "Bond withdrawn", tone: "neutral" },
  liquidated: { word: "Liquidated", tone: "danger" },
  deleveraged: { word: "Deleveraged (ADA)", tone: "caution" },
  loss: { word: "Loss to LPs", tone: "loss" },
  "interest-collected": { word: "Interest collected", tone: "neutral" },
};

/** The amount that the event is about, and the rest of what it says. */
function saidBy(
  event: ManagerEvent,
  { owed, held }: { readonly owed: (value: bigint) => string; readonly held: (value: bigint) => string },
): { readonly amount: string; readonly detail: string } {
  switch (event.kind) {
    case "borrowed":
    case "repaid":
      return { amount: owed(event.assets), detail: "" };
    case "bond-deposited":
    case "bond-withdrawn":
      return { amount: held(event.assets), detail: "" };
    case "liquidated":
      return {
        amount: owed(event.paymentAssets),
        detail: `paid for a debt of ${owed(event.trueDebtAssets)}, value ${held(event.positionValueAssets)}, bad debt ${owed(event.badDebtAssets)}`,
      };
    case "deleveraged":
      return {
        amount: owed(event.trueDebtAssets),
        detail: `debt closed, ${held(event.equityReturnedAssets)} returned to the manager`,
      };
    case "loss":
      return {
        amount: owed(event.lpLossAssets),
        detail: `principal ${owed(event.principalAssets)} and interest ${owed(event.interestAssets)} unpaid`,
      };
    case "interest-collected":
      return {
        amount: owed(event.interestAssets),
        detail: `of it fees ${owed(event.protocolFeeAssets + event.curatorFeeAssets)}`,
      };
  }
}

/** Everything that the vault's logs say of one manager, newest first. */
export function managerHistoryOf(
  { vault }: Pick<VaultHistory, "vault">,
  { manager, asset }: { readonly manager: Address; readonly asset: AssetDescription },
): readonly ManagerEventLine[] {
  const events = orderedLogs(
    vault.filter((event): event is ManagerEvent => "manager" in event && event.manager === manager),
  );
  const { decimals } = asset;
  const amounts = {
    owed: (value: bigint) => formatOwed({ value, decimals }),
    held: (value: bigint) => formatHeld({ value, decimals }),
  };
  return [...events]
    .sort((a, b) => compareLogs(b, a))
    .map((event) => ({
      key: `${event.blockHash}:${event.logIndex}`,
      blockNumber: event.blockNumber,
      block: formatInteger(event.blockNumber),
      time: formatTimestamp(event.atSeconds),
      what: WHAT[event.kind].word,
      tone: WHAT[event.kind].tone,
      ...saidBy(event, amounts),
      transactionHash: event.transactionHash,
    }));
}
