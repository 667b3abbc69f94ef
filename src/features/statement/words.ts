import type { StatementKind } from "@/domain/ledger-model";
import type { Tone } from "@/ui/tone";
import type { IdentityStep, LineFilter } from "./model";

/** What a line says happened. */
export const KIND_WORD: Readonly<Record<StatementKind, { readonly word: string; readonly tone: Tone }>> = {
  deposit: { word: "Deposited", tone: "ok" },
  withdrawal: { word: "Withdrew", tone: "neutral" },
  "transfer-in": { word: "Received shares", tone: "accent" },
  "transfer-out": { word: "Sent shares", tone: "neutral" },
  loss: { word: "Loss", tone: "loss" },
  fall: { word: "Unexplained fall", tone: "loss" },
  recovery: { word: "Recovery", tone: "ok" },
};

/** In a vault without loss events a fall is all there is to see of a loss. */
export const SUSPECTED_LOSS = "Suspected loss";

/** Who the other side of a line is. */
export const COUNTERPARTY_WORD: Readonly<Record<StatementKind, string>> = {
  deposit: "paid by",
  withdrawal: "paid to",
  "transfer-in": "from",
  "transfer-out": "to",
  loss: "manager closed",
  fall: "",
  recovery: "paid by",
};

export const FILTER_WORD: Readonly<Record<LineFilter, string>> = {
  all: "All",
  paid: "Payments",
  transfers: "Transfers",
  losses: "Losses",
  recoveries: "Recoveries",
};

/** The steps of the addition: name, and what exactly is added. */
export const STEP_WORD: Readonly<
  Record<IdentityStep["id"], { readonly label: string; readonly hint: string }>
> = {
  deposited: { label: "Deposited", hint: "assets paid in, by the deposits' own events" },
  withdrawn: { label: "Withdrawn", hint: "assets paid out, by the withdrawals' own events" },
  "transferred-in": { label: "Received as shares", hint: "valued at the share price of each transfer's log" },
  "transferred-out": { label: "Sent as shares", hint: "valued at the share price of each transfer's log" },
  interest: { label: "Interest", hint: "shares held × the rise of the price between one's own lines" },
  losses: { label: "Losses", hint: "part of each loss and fall, by the shares held at its log" },
  recoveries: { label: "Recoveries", hint: "part of each contribution, by the shares held at its log" },
  rounding: { label: "Rounding", hint: "what whole units left over, added up line by line" },
};

/** The formulas behind a statement, for the foot of a printed one. */
export const FORMULAS: readonly string[] = [
  "Value = ⌊shares × (total assets + 1) ÷ (supply + virtual shares)⌋, the vault's own conversion; without virtual shares ⌊shares × total assets ÷ supply⌋.",
  "Deposited − withdrawn + received − sent + interest − losses + recoveries + rounding = value. The residual is value less that sum.",
  "Shares received and sent are valued by the same conversion at the very log of the transfer, other events of its block counted.",
  "Interest = Σ over the times between two lines: ⌊shares × price at the end⌋ − ⌊shares × price at the beginning⌋. It is computed from prices, never as what is left over.",
  "Part of a loss = loss × shares held just before its log ÷ (supply + virtual shares), by largest remainder: all parts add up to the loss to the unit, ties go to the lower address, virtual shares last. Recoveries likewise.",
  "Avoided by leaving = ⌊shares burned × open shortfall ÷ (supply before + virtual shares)⌋; inherited on entry = ⌊shares minted × open shortfall ÷ (supply after + virtual shares)⌋. The open shortfall is what LPs would have lost had everything liquidatable been closed at the block before.",
];
