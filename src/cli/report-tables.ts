import type { ReportJson } from "@/report/report-schema";
import { formatHash, formatInteger, formatTimestamp } from "@/shared/format";
import { type FigureWords, fieldOf, whyUnknown } from "./figure-cells";
import { html, type SafeHtml } from "./html";

type LossJson = ReportJson["losses"][number];
type RecoveryJson = ReportJson["recoveries"][number];
type Shares = readonly {
  readonly lp: string | null;
  readonly label: string;
  readonly shares: string;
  readonly part: string;
}[];

/** More lines than a page should hold; the rest stands in report.json. */
const MOST_SHARE_LINES = 20_000;

/** Where a vault publishes no losses, a fall is no more than a suspicion. */
const SUSPECTED = "suspected loss";

function table(input: {
  readonly caption: string;
  readonly head: readonly SafeHtml[];
  readonly rows: readonly SafeHtml[];
}): SafeHtml {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${input.caption}"><table><caption>${input.caption}</caption><thead><tr>${input.head}</tr></thead><tbody>${input.rows}</tbody></table></div>
`;
}

const th = (text: string): SafeHtml => html`<th scope="col">${text}</th>`;
const thNumber = (text: string): SafeHtml => html`<th scope="col" class="n">${text}</th>`;
const td = (content: SafeHtml | string): SafeHtml => html`<td>${content}</td>`;
const tdNumber = (content: SafeHtml | string): SafeHtml => html`<td class="n">${content}</td>`;

/** Block, time and transaction of a row. */
function whereHtml({ block, timestamp, transaction }: Pick<LossJson, "block" | "timestamp" | "transaction">) {
  const hash =
    transaction === null ? html`` : html`<br><code title="${transaction}">${formatHash(transaction)}</code>`;
  return html`<td class="w">${formatInteger(block)}<br><span class="soft">${formatTimestamp(BigInt(timestamp))}</span>${hash}</td>`;
}

function kindHtml(row: LossJson, isFlux: boolean): SafeHtml {
  if (row.fromBlock === null) {
    const { lpLossSharedBy: count } = row;
    const shared = count === null ? "" : `one fall of ${formatInteger(count)} losses, split by bad debt`;
    return html`<td>${row.kind}<br><span class="soft">${shared}</span></td>`;
  }
  const word = isFlux ? row.kind : SUSPECTED;
  const between = `between blocks ${formatInteger(row.fromBlock)} and ${formatInteger(row.block)}`;
  return html`<td>${word}<br><span class="soft">${between}</span></td>`;
}

/** The manager that was closed, and who closed it. */
function partiesHtml({ manager, liquidator }: LossJson): SafeHtml {
  if (manager === null) return html`<td>–</td>`;
  const by = liquidator === null ? html`` : html`<br><span class="soft">by</span> <code>${liquidator}</code>`;
  return html`<td class="a"><code>${manager}</code>${by}</td>`;
}

function reconciliationText(row: LossJson, words: FigureWords): string {
  const { status, by, reason } = row.reconciliation;
  if (row.kind === "unexplained") return "no event";
  if (status === "unknown") return "not stated";
  if (status === "agrees") return "agrees";
  const difference = `differs by ${words.amountText(fieldOf(by))}`;
  return reason === null ? difference : `${difference}: ${reason}`;
}

/** Every loss, in the order of the chain. */
export function lossesHtml(report: ReportJson, words: FigureWords): SafeHtml {
  const { symbol } = report.asset;
  const { amount, price } = words;
  const rows = report.losses.map(
    (row) => html`<tr>${[
      whereHtml(row),
      kindHtml(row, report.isFlux),
      partiesHtml(row),
      tdNumber(amount(fieldOf(row.trueDebt, row.trueDebtUnknown), "up")),
      tdNumber(amount(fieldOf(row.positionValue, row.positionValueUnknown))),
      tdNumber(amount(fieldOf(row.payment, row.paymentUnknown))),
      tdNumber(amount(fieldOf(row.badDebt, row.badDebtUnknown), "up")),
      tdNumber(amount(fieldOf(row.lpLoss, row.lpLossUnknown), "up")),
      tdNumber(price(row.sharePriceBefore, row.sharePriceBeforeUnknown)),
      tdNumber(price(row.sharePriceAfter, row.sharePriceAfterUnknown)),
      td(reconciliationText(row, words)),
    ]}</tr>
`,
  );
  return table({
    caption: `Losses in the order of the chain, ${symbol}`,
    head: [
      th("Block, time, transaction"),
      th("Kind"),
      th("Manager, liquidator"),
      ...["True debt", "Position value", "Payment", "Bad debt", "LP loss"].map(thNumber),
      thNumber("Share price before"),
      thNumber("after"),
      th("Reconciliation"),
    ],
    rows,
  });
}

/** Every recovery, in the order of the chain. */
export function recoveriesHtml(report: ReportJson, words: FigureWords): SafeHtml {
  const rows = report.recoveries.map(
    (row) => html`<tr>${[
      whereHtml(row),
      html`<td class="a"><code>${row.from}</code></td>`,
      tdNumber(words.amount(fieldOf(row.amount))),
      tdNumber(words.price(row.sharePriceBefore, undefined)),
      tdNumber(words.price(row.sharePriceAfter, undefined)),
    ]}</tr>
`,
  );
  return table({
    caption: `Recoveries in the order of the chain, ${report.asset.symbol}`,
    head: [
      th("Block, time, transaction"),
      th("Paid by"),
      thNumber("Amount"),
      thNumber("Share price before"),
      thNumber("after"),
    ],
    rows,
  });
}

function holderHtml({ lp, label }: Shares[number]): SafeHtml {
  if (lp === null) return html`<td>virtual shares, which belong to nobody</td>`;
  return html`<td><code>${lp}</code>${label === "dead" ? " (nobody can sign for it)" : ""}</td>`;
}

function sharesTable(input: {
  readonly caption: string;
  readonly part: string;
  readonly shares: Shares;
  readonly words: FigureWords;
  readonly toward: "up" | "down";
}): SafeHtml {
  const { words, toward } = input;
  const rows = input.shares.map(
    (line) => html`<tr>${[
      holderHtml(line),
      tdNumber(words.shares(line.shares)),
      tdNumber(words.amount(fieldOf(line.part), toward)),
    ]}</tr>
`,
  );
  return table({
    caption: input.caption,
    head: [th("Address"), thNumber("Shares held just before"), thNumber(input.part)],
    rows,
  });
}

const placeText = ({ block, logIndex }: Pick<LossJson, "block" | "logIndex">): string =>
  `block ${formatInteger(block)}${logIndex === null ? "" : `, log ${formatInteger(logIndex)}`}`;

const LOSS_PART = "Part of the loss";
const RECOVERY_PART = "Part of the recovery";

function splitHtml(
  row: LossJson | RecoveryJson,
  { words, symbol }: { readonly words: FigureWords; readonly symbol: string },
): SafeHtml {
  const isLoss = "kind" in row;
  const title = `${isLoss ? "Loss" : "Recovery"} at ${placeText(row)}`;
  if (row.shares === null) {
    return html`<p>${title}: <span class="unknown">unknown. ${whyUnknown(row.sharesUnknown)}</span></p>
`;
  }
  const shares = row.shares.map((line) => ({ ...line, part: "loss" in line ? line.loss : line.amount }));
  return sharesTable({
    caption: `${title}, ${symbol}`,
    part: isLoss ? LOSS_PART : RECOVERY_PART,
    shares,
    words,
    toward: isLoss ? "up" : "down",
  });
}

/** What everybody bore of each loss and received of each recovery; too many lines are left to report.json. */
export function splitsHtml(report: ReportJson, words: FigureWords): SafeHtml {
  const all: readonly (LossJson | RecoveryJson)[] = [...report.losses, ...report.recoveries];
  if (all.length === 0) return html``;
  const lines = all.reduce((sum, row) => sum + (row.shares?.length ?? 0), 0);
  if (lines > MOST_SHARE_LINES) {
    return html`<p>${formatInteger(lines)} parts: too many for a page. They stand in report.json, with every loss and recovery under <code>shares</code>.</p>
`;
  }
  const { symbol } = report.asset;
  return html`${all.map((row) => splitHtml(row, { words, symbol }))}`;
}

/** Every LP's account: the identity from left to right, closing with its residual. */
export function lpsHtml(report: ReportJson, words: FigureWords): SafeHtml {
  const { amount } = words;
  const rows = report.lps.map(
    (lp) => html`<tr>${[
      html`<td class="a"><code>${lp.address}</code>${lp.label === "dead" ? " (nobody can sign for it)" : ""}</td>`,
      tdNumber(words.shares(lp.shares)),
      tdNumber(amount(fieldOf(lp.deposited, lp.depositedUnknown))),
      tdNumber(amount(fieldOf(lp.withdrawn, lp.withdrawnUnknown))),
      tdNumber(amount(fieldOf(lp.transferredIn, lp.transferredInUnknown))),
      tdNumber(amount(fieldOf(lp.transferredOut, lp.transferredOutUnknown))),
      tdNumber(amount(fieldOf(lp.interest, lp.interestUnknown))),
      tdNumber(amount(fieldOf(lp.losses, lp.lossesUnknown), "up")),
      tdNumber(amount(fieldOf(lp.recoveries, lp.recoveriesUnknown))),
      tdNumber(words.units(fieldOf(lp.rounding, lp.roundingUnknown))),
      tdNumber(amount(fieldOf(lp.value, lp.valueUnknown))),
      tdNumber(words.units(fieldOf(lp.residual, lp.residualUnknown))),
    ]}</tr>
`,
  );
  const columns = [
    "Shares",
    "Deposited",
    "− Withdrawn",
    "+ Transferred in",
    "− Transferred out",
    "+ Interest",
    "− Losses",
    "+ Recoveries",
    "+ Rounding (units)",
    "= Value",
    "Residual (units)",
  ];
  return table({
    caption: `Every address that ever held shares, ${report.asset.symbol}; rounding and residual in base units, of which 10^${formatInteger(report.asset.decimals)} are one ${report.asset.symbol}`,
    head: [th("Address"), ...columns.map(thNumber)],
    rows,
  });
}
