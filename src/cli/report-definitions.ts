/** What each figure of report.html means; the same words as in docs/report.md, shortened. */
export const DEFINITIONS: readonly (readonly [term: string, meaning: string])[] = [
  [
    "Bad debt (gross)",
    "What liquidations left unpaid since the vault began: true debt less payment, by the vault's own counter.",
  ],
  [
    "LP loss",
    "What fell on the shares: total assets before less after, inside each loss's transaction. It is less than the bad debt by the fee part of interest that nobody paid. Falls that no event explains count here, and not as bad debt.",
  ],
  ["Recovered", "Contributions to the vault for all shares at once."],
  ["Net", "LP loss less what was recovered; negative when more came back than was lost."],
  [
    "Unrealised shortfall",
    "What liquidating everybody who can be liquidated at this block would leave unpaid, by the strategy's own quotes.",
  ],
  [
    "Share price",
    "Total assets + 1 for supply + virtual shares, as the vault converts. Kept as a pair and never rounded; shown cut to eight digits.",
  ],
  [
    "Kind of a loss",
    "event: stated by the vault's loss event. derived: only the liquidation is known, and the loss follows from total assets around it. unexplained: the share price fell and no event says why.",
  ],
  ["Reconciliation", "The bad debt of the event against the fall in total assets inside its transaction."],
  [
    "Part of a loss",
    "By the shares held just before the loss's log, virtual shares included: rounded down, then one unit each to the largest remainders, ties to the lower address, virtual shares last. The parts add up to the LP loss to the unit.",
  ],
  [
    "Transferred in and out",
    "Shares from and to other holders, valued at their log: shares times the share price of that moment, rounded down.",
  ],
  [
    "Interest",
    "Between two lines of an LP's account, the value of its shares at the end less at the start, each rounded down; summed. It is computed from share prices and never fills up a difference.",
  ],
  [
    "Rounding",
    "What whole-number division did at the lines of an account: value after less value before and amount.",
  ],
  [
    "Residual",
    "Value less (deposited − withdrawn + transferred in − out + interest − losses + recoveries + rounding). It must be 0.",
  ],
  [
    "Avoided and inherited",
    "While a shortfall was open: what a withdrawal escaped of it and a deposit took on, by shares, at the state of the parent block.",
  ],
  ["Unknown", "Never zero: the reason stands in the title of the word, and in report.json beside the field."],
];
