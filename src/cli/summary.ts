import type { ReportJson } from "@/report/report-schema";
import { formatInteger, formatTimestamp } from "@/shared/format";
import { type FieldOf, fieldOf, figureWordsOf } from "./figure-cells";
import type { WrittenReport } from "./write-report";

const LABEL_WIDTH = 24;

/** The headline for a terminal, always with its block, and the two files. */
export function summaryText(report: ReportJson, written: WrittenReport): string {
  const { totals, block, lps } = report;
  const words = figureWordsOf(report);
  const { symbol } = report.asset;
  const line = (label: string, text: string): string => `  ${label.padEnd(LABEL_WIDTH)}${text}`;
  const amount = (label: string, field: FieldOf, toward: "up" | "down"): string =>
    line(
      label,
      field.value === null ? words.amountText(field) : `${words.amountText(field, toward)} ${symbol}`,
    );
  const closed = lps.filter(({ residual }) => residual === "0").length;
  return [
    `${report.name} ${report.vault} on chain ${report.chainId}`,
    `at block ${formatInteger(block.number)} (${block.hash}, ${formatTimestamp(BigInt(block.timestamp))})`,
    amount("bad debt, gross", fieldOf(totals.badDebt, totals.badDebtUnknown), "up"),
    amount("LP loss", fieldOf(totals.lpLoss, totals.lpLossUnknown), "up"),
    amount("recovered", fieldOf(totals.recovered, totals.recoveredUnknown), "down"),
    amount("net", fieldOf(totals.netLoss, totals.netLossUnknown), "up"),
    amount(
      "unrealised shortfall",
      fieldOf(totals.unrealisedShortfall, totals.unrealisedShortfallUnknown),
      "up",
    ),
    line(
      "losses, recoveries",
      `${formatInteger(report.losses.length)}, ${formatInteger(report.recoveries.length)}`,
    ),
    line("accounts that close", `${formatInteger(closed)} of ${formatInteger(lps.length)}`),
    `Written: ${written.jsonFile} (SHA-256 ${written.sha256})`,
    `Written: ${written.htmlFile}`,
  ].join("\n");
}
