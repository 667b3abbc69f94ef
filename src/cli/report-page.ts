import { createHash } from "node:crypto";
import type { ReportJson } from "@/report/report-schema";
import { formatInteger, formatTimestamp } from "@/shared/format";
import { sanitiseText } from "@/shared/text";
import { type FieldOf, type FigureWords, fieldOf, figureWordsOf } from "./figure-cells";
import { html, type SafeHtml } from "./html";
import { DEFINITIONS } from "./report-definitions";
import { REPORT_STYLE } from "./report-style";
import { lossesHtml, lpsHtml, recoveriesHtml, splitsHtml } from "./report-tables";

interface PageInput {
  readonly report: ReportJson;
  /** Of the bytes of report.json, so that the two files name each other. */
  readonly reportSha256: string;
}

function factsHtml({ report, reportSha256 }: PageInput): SafeHtml {
  const { block, asset, history } = report;
  const facts: readonly (readonly [string, SafeHtml])[] = [
    ["Vault", html`<code>${report.vault}</code> on chain ${String(report.chainId)}`],
    ["Block", html`${formatInteger(block.number)} <code>${block.hash}</code>`],
    ["Time of the block", html`${formatTimestamp(BigInt(block.timestamp))}`],
    ["Asset", html`${asset.symbol} <code>${asset.address}</code>, ${formatInteger(asset.decimals)} decimals`],
    [
      "History",
      history.complete
        ? html`complete, from block ${formatInteger(history.fromBlock)}`
        : html`<strong>partial</strong>, from block ${formatInteger(history.fromBlock)}`,
    ],
    ["report.json", html`SHA-256 <code>${reportSha256}</code>`],
  ];
  return html`<dl class="facts">${facts.map(([term, fact]) => html`<dt>${term}</dt><dd>${fact}</dd>`)}</dl>
`;
}

function warningsHtml({ warnings }: ReportJson): SafeHtml {
  if (warnings.length === 0) return html``;
  return html`<section class="warnings"><strong>Read this first</strong><ul>${warnings.map(
    ({ text }) => html`<li>${text}</li>`,
  )}</ul></section>
`;
}

function cardHtml(input: {
  readonly label: string;
  readonly figure: SafeHtml;
  readonly of: string;
  readonly unit: string;
}): SafeHtml {
  return html`<div class="card"><div class="label">${input.label}</div><div class="figure">${input.figure} ${input.unit}</div><div class="of">${input.of}</div></div>
`;
}

function totalsHtml(report: ReportJson, words: FigureWords): SafeHtml {
  const { totals } = report;
  const { symbol } = report.asset;
  const unitOf = ({ value }: FieldOf): string => (value === null ? "" : symbol);
  const loss = (label: string, field: FieldOf, of: string): SafeHtml =>
    cardHtml({ label, figure: words.amount(field, "up"), of, unit: unitOf(field) });
  const gain = (label: string, field: FieldOf, of: string): SafeHtml =>
    cardHtml({ label, figure: words.amount(field), of, unit: unitOf(field) });
  return html`<h2>What was lost, what came back</h2>
<div class="cards">${[
    loss("Bad debt, gross", fieldOf(totals.badDebt, totals.badDebtUnknown), "recorded since the vault began"),
    loss(
      "LP loss",
      fieldOf(totals.lpLoss, totals.lpLossUnknown),
      "what fell on the shares, unexplained falls included",
    ),
    gain("Recovered", fieldOf(totals.recovered, totals.recoveredUnknown), "paid in for all shares"),
    loss("Net", fieldOf(totals.netLoss, totals.netLossUnknown), "LP loss less recovered"),
    loss(
      "Of the LP loss, unexplained",
      fieldOf(totals.unexplainedLoss, totals.unexplainedLossUnknown),
      "falls without an event",
    ),
    loss(
      "Unrealised shortfall",
      fieldOf(totals.unrealisedShortfall, totals.unrealisedShortfallUnknown),
      "if everything liquidatable were closed at this block",
    ),
    gain("Total assets", fieldOf(totals.totalAssets), "what the vault counts as LPs'"),
    cardHtml({
      label: "Share price",
      figure: words.price(totals.sharePrice, undefined),
      of: "assets for one whole share",
      unit: symbol,
    }),
  ]}</div>
`;
}

function ratiosHtml(report: ReportJson, words: FigureWords): SafeHtml {
  const { ratios } = report;
  const card = (label: string, field: FieldOf, of: string): SafeHtml =>
    cardHtml({ label, figure: words.ratio(field), of, unit: "" });
  return html`<h2>Ratios, each with its denominator</h2>
<div class="cards">${[
    card(
      "Bad debt, stock",
      fieldOf(ratios.badDebtStock, ratios.badDebtStockUnknown),
      "of total assets + bad debt",
    ),
    card(
      "Realised loss",
      fieldOf(ratios.realisedLoss, ratios.realisedLossUnknown),
      "bad debt of assets before each, compounded",
    ),
    card(
      "Realised LP loss",
      fieldOf(ratios.realisedLpLoss, ratios.realisedLpLossUnknown),
      "LP loss of assets before each, compounded",
    ),
    card(
      "Loss rate on lending",
      fieldOf(ratios.lossRateOnLending, ratios.lossRateOnLendingUnknown),
      "net bad debt of everything ever lent",
    ),
    card(
      "Unrealised",
      fieldOf(ratios.unrealisedOfAssets, ratios.unrealisedOfAssetsUnknown),
      "of total assets",
    ),
    card(
      "Unrealised",
      fieldOf(ratios.unrealisedOfDebt, ratios.unrealisedOfDebtUnknown),
      "of what all managers owe",
    ),
    card("Utilisation", fieldOf(ratios.utilisation, ratios.utilisationUnknown), "of total assets"),
  ]}</div>
`;
}

function ledgerHtml(report: ReportJson, words: FigureWords): SafeHtml {
  const { found, history } = report;
  const since = formatInteger(found.sinceBlock);
  const none = history.complete ? "None since the vault began." : `None found since block ${since}.`;
  const searched =
    history.fallsSearchedBlocks === null
      ? html``
      : html`<p class="soft">Falls without an event were looked for at ${formatInteger(history.fallsSearchedBlocks)} blocks.</p>`;
  return html`<h2>Losses</h2>
${report.losses.length === 0 ? html`<p>${none}</p>` : lossesHtml(report, words)}${searched}
<h2>Recoveries</h2>
${report.recoveries.length === 0 ? html`<p>${none}</p>` : recoveriesHtml(report, words)}`;
}

function shiftedHtml(report: ReportJson, words: FigureWords): SafeHtml {
  const { left, came } = report.shifted;
  const countText = (count: number | null): string => (count === null ? "unknown" : formatInteger(count));
  const { symbol } = report.asset;
  return html`<h2>Those who left and those who came</h2>
<p>While a shortfall was open, withdrawals avoided ${words.amount(fieldOf(left.amount, left.amountUnknown), "up")} ${symbol} of it (${countText(left.actions)} withdrawals of ${countText(left.addresses)} addresses) and deposits took on ${words.amount(fieldOf(came.amount, came.amountUnknown), "up")} ${symbol} (${countText(came.actions)} deposits of ${countText(came.addresses)} addresses). What each address avoided or inherited stands in report.json alone.</p>
`;
}

function virtualHtml(report: ReportJson, words: FigureWords): SafeHtml {
  const { virtual } = report;
  if (virtual === null) return html``;
  const { symbol } = report.asset;
  return html`<p class="soft">Virtual shares, which belong to nobody: they bore ${words.amount(fieldOf(virtual.losses, virtual.lossesUnknown), "up")} ${symbol} of the losses and received ${words.amount(fieldOf(virtual.recoveries, virtual.recoveriesUnknown))} ${symbol} of the recoveries. With them the lines of all addresses add up to the totals.</p>
`;
}

function verifyHtml({ chainId, vault, block }: ReportJson): SafeHtml {
  const command = `npm run report -- --config FILE --chain ${chainId} --vault ${vault} --block ${block.number} --out DIR`;
  return html`<h2>Verify it yourself</h2>
<p>Everything here was read from the chain at this one block and computed by open code. Any endpoint that keeps old state gives the same report.json, byte for byte: <code>${command}</code>. The pages of the site are made by the same code.</p>
`;
}

function definitionsHtml(): SafeHtml {
  return html`<h2>Definitions</h2>
<dl class="definitions">${DEFINITIONS.map(([term, meaning]) => html`<dt>${term}</dt><dd>${meaning}</dd>`)}</dl>
`;
}

/** The style itself comes from no one but this file, so its hash is all that the page's policy admits. */
const STYLE_HASH = createHash("sha256").update(REPORT_STYLE).digest("base64");

/**
 * report.html: everything of the report for people, from the very object that report.json is. No script, nothing
 * loaded from anywhere; prints on A4. Amounts are cut to two digits, or four for assets with many, and every digit
 * stands in the title; what each address avoided or inherited is left to report.json, since a page gets published.
 */
export function reportPage({ report, reportSha256 }: PageInput): string {
  const words = figureWordsOf(report);
  const title = `${sanitiseText(report.name)}: who lost what`;
  const page = html`<body>
<header><h1>${title}</h1>${factsHtml({ report, reportSha256 })}</header>
<main>
${warningsHtml(report)}${totalsHtml(report, words)}${ratiosHtml(report, words)}${ledgerHtml(report, words)}
<h2>Accounts of all LPs</h2>
${report.lps.length === 0 ? html`<p>Nobody ever held a share.</p>` : lpsHtml(report, words)}${virtualHtml(report, words)}${shiftedHtml(report, words)}
<h2>Who bore what</h2>
${splitsHtml(report, words)}${verifyHtml(report)}${definitionsHtml()}</main>
</body>`;
  const head = html`<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${`default-src 'none'; style-src 'sha256-${STYLE_HASH}'`}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}, block ${formatInteger(report.block.number)}</title>
`;
  // The style is a constant of ours without a "<", and escaping would break its selectors.
  return `<!doctype html>\n<html lang="en">\n<head>\n${head.text}<style>${REPORT_STYLE}</style>\n</head>\n${page.text}\n</html>\n`;
}
