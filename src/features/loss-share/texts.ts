import type { Figure, VaultState } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { formatAmount, formatDate, formatHash, formatInteger, formatRatioPercent } from "@/shared/format";
import { formatMoney } from "@/shared/format-money";
import { estimateNote } from "@/ui/figures/estimate-note";
import type { FigureText } from "@/ui/figures/figure-text";
import type { Formula } from "@/ui/figures/formula";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import {
  type BorneRow,
  borneRows,
  type LossChoice,
  type LpLine,
  lossIdOf,
  lpLossOf,
  type SumCheck,
  type WholeLedger,
} from "./model";

/** How a loss is split, to the unit, in words that can be followed by hand. */
export const REMAINDER_RULE =
  "Each loss is split by the shares that everybody held at the loss's own log, over the supply plus the vault's virtual shares. Every part is rounded down; the units left over go one each to the largest remainders, equal remainders to the lower address, virtual shares last.";

/** The texts of one line. Made when it is drawn. */
export interface LpTexts {
  readonly shares: FigureText;
  readonly shareOfSupply: FigureText | undefined;
  readonly value: FigureText;
  readonly sharesThen: FigureText | undefined;
  readonly loss: FigureText;
  readonly recovered: FigureText;
  readonly wouldLose: FigureText;
}

/** One line in words: what is owned and received cut downwards, what is lost upwards. */
export function lpTexts(line: LpLine, state: VaultState): LpTexts {
  const { decimals } = state.asset;
  const amount = (figure: Figure, toward: "up" | "down") =>
    toFigureText(figure, { text: (value) => formatMoney({ value, decimals, toward }), why: WHY_UNKNOWN });
  const shares = (figure: Figure) =>
    toFigureText(figure, {
      text: (value) => formatMoney({ value, decimals: state.shareDecimals }),
      why: WHY_UNKNOWN,
    });
  return {
    shares: shares(line.shares),
    shareOfSupply:
      line.shareOfSupplyWad === undefined
        ? undefined
        : toFigureText(line.shareOfSupplyWad, {
            text: (ratioWad) => formatRatioPercent({ ratioWad }),
            why: WHY_UNKNOWN,
          }),
    value: amount(line.valueAssets, "down"),
    sharesThen: line.sharesThen === undefined ? undefined : shares(line.sharesThen),
    loss: amount(line.lossAssets, "up"),
    recovered: amount(line.recoveredAssets, "down"),
    wouldLose: amount(line.wouldLoseAssets, "up"),
  };
}

/** The losses to choose from, newest first after "all". */
export function lossOptionsOf(
  rows: readonly BorneRow[],
  state: VaultState,
): readonly { readonly value: LossChoice; readonly label: string }[] {
  const { decimals, symbol } = state.asset;
  const label = (one: BorneRow): string => {
    const lpLoss = lpLossOf(one);
    const loss =
      lpLoss.kind === "known"
        ? formatAmount({ value: lpLoss.value, decimals, toward: "up", symbol })
        : "LP loss unknown";
    const { blockNumber } = one.kind === "fall" ? one.row.at : one.row;
    const at = one.kind === "fall" ? one.row.to.timestampSeconds : one.row.atSeconds;
    const note = one.kind === "fall" ? ", no event" : "";
    return `${formatDate(at)}, block ${formatInteger(blockNumber)}: ${loss}${note}`;
  };
  const count = rows.length;
  const all = count === 1 ? "All losses (1)" : `All losses (${formatInteger(count)})`;
  return [
    { value: "all", label: all },
    ...rows.toReversed().map((row) => ({ value: lossIdOf(row), label: label(row) })),
  ];
}

/** Whether the lines add up, in words. */
export function sumCheckWords(
  check: SumCheck,
  state: VaultState,
): { readonly kind: "closes" | "differs" | "unknown"; readonly text: string } {
  const { decimals, symbol } = state.asset;
  const exact = (value: bigint) => formatAmount({ value, decimals, maximumFractionDigits: decimals, symbol });
  const { sumAssets, lpLossAssets, closes } = check;
  if (closes.kind === "unknown" || sumAssets.kind === "unknown" || lpLossAssets.kind === "unknown") {
    const reason = closes.kind === "unknown" ? closes.reason : "not-published";
    return { kind: "unknown", text: `The sum of the lines is unknown. ${WHY_UNKNOWN[reason]}` };
  }
  const lines = `Sum of all ${formatInteger(check.lines)} lines: ${exact(sumAssets.value)}`;
  return closes.value
    ? { kind: "closes", text: `${lines} = LP loss, to the unit.` }
    : { kind: "differs", text: `${lines}, but the LP loss is ${exact(lpLossAssets.value)}.` };
}

/** One figure over all LPs. */
export interface LpStat {
  readonly id: string;
  readonly label: string;
  readonly sublabel: string;
  readonly figure: FigureText;
  readonly isLoss: boolean;
  readonly formula: Formula | undefined;
}

/** The figures over all LPs: lost, recovered, net, open, and who they are. */
export function lpStatsOf(
  report: Pick<VaultReport, "ledger" | "headline" | "snapshot">,
  lines: readonly LpLine[],
  whole?: WholeLedger,
): readonly LpStat[] {
  const { ledger, headline, snapshot } = report;
  const { state } = snapshot;
  const { decimals, symbol } = state.asset;
  const block = `block ${formatInteger(state.block.number)} (${formatHash(state.block.hash)})`;
  const amount = (figure: Figure, toward: "up" | "down" = "up"): FigureText =>
    toFigureText(figure, {
      text: (value) => formatMoney({ value, decimals, toward }),
      unit: symbol,
      why: WHY_UNKNOWN,
    });
  const plain = (figure: FigureText) => (figure.kind === "known" ? `${figure.text} ${symbol}` : "unknown");
  const since = ledger.complete ? "since the vault began" : `since block ${formatInteger(ledger.fromBlock)}`;
  const rows = borneRows(report, whole);
  const { recoveredAssets } = ledger.totals;
  const lpLossAssets = whole?.ledger.totals.lpLossAssets ?? ledger.totals.lpLossAssets;
  const netLpLossAssets = whole?.ledger.totals.netLossAssets ?? ledger.totals.netLpLossAssets;
  const lost = amount(lpLossAssets);
  const recovered = amount(recoveredAssets, "down");
  const net = amount(netLpLossAssets);
  const open = amount(headline.unrealisedLpLossAssets);
  const formula = (figure: FigureText, parts: Omit<Formula, "result" | "block">): Formula | undefined =>
    figure.kind === "known" ? { ...parts, result: plain(figure), block } : undefined;
  const holding = lines.filter(({ shares, kind }) => kind === "lp" && isPositive(shares)).length;
  const isCounted = lines.every(({ shares }) => shares.kind === "known");
  return [
    {
      id: "lost",
      label: "LPs lost",
      sublabel: whole === undefined ? `by the vault's events, ${since}` : since,
      figure: lost,
      isLoss: isPositive(lpLossAssets),
      formula: formula(lost, {
        expression: "Σ (total assets before − after), per loss",
        meaning: "What each loss took from total assets inside its transaction.",
        inputs: summands(
          rows.map((one) => ({
            blockNumber: one.kind === "fall" ? one.row.at.blockNumber : one.row.blockNumber,
            figure: amount(lpLossOf(one)),
          })),
          ({ figure }) => plain(figure),
        ),
      }),
    },
    {
      id: "recovered",
      label: "Recovered",
      sublabel: "contributions to all shares",
      figure: recovered,
      isLoss: false,
      formula: formula(recovered, {
        expression: "Σ contributions",
        inputs: summands(ledger.recoveries, ({ assets }) =>
          plain(amount({ kind: "known", value: assets }, "down")),
        ),
      }),
    },
    {
      id: "net",
      label: "Net",
      sublabel: "lost less recovered",
      figure: net,
      isLoss: isPositive(netLpLossAssets),
      formula: formula(net, {
        expression: "lost − recovered",
        meaning: "Recoveries went to the holders of their own day, not to those who lost.",
        inputs: [
          { label: "Lost", value: plain(lost) },
          { label: "Recovered", value: plain(recovered) },
        ],
      }),
    },
    {
      id: "open",
      label: "LPs would lose now",
      sublabel: `if everything liquidatable were closed, ${headline.source}${estimateNote(headline.isLpLossEstimated)}`,
      figure: open,
      isLoss: isPositive(headline.unrealisedLpLossAssets),
      formula: formula(open, {
        expression: "U_LP = Σ LP loss of a liquidation now",
        meaning: "Over the managers that can be liquidated at this block.",
        inputs: [{ label: "Payments", value: headline.source }],
      }),
    },
    {
      id: "holders",
      label: "Holders",
      sublabel: `of ${formatInteger(lines.filter(({ kind }) => kind === "lp").length)} who ever held shares`,
      figure: isCounted
        ? { kind: "known", text: formatInteger(holding) }
        : { kind: "unknown", why: WHY_UNKNOWN["history-partial"] },
      isLoss: false,
      formula: undefined,
    },
  ];
}

/** More summands than this are counted, not listed. */
const MOST_SUMMANDS = 12;

/** What a sum is made of: each row by its block, or only their number when they are many. */
function summands<Row extends { readonly blockNumber: bigint }>(
  rows: readonly Row[],
  valueOf: (row: Row) => string,
): Formula["inputs"] {
  if (rows.length > MOST_SUMMANDS) return [{ label: "Rows", value: formatInteger(rows.length) }];
  return rows.map((row, index) => ({
    label: `${formatInteger(index + 1)}. block ${formatInteger(row.blockNumber)}`,
    value: valueOf(row),
  }));
}

function isPositive(figure: Figure): boolean {
  return figure.kind === "known" && figure.value > 0n;
}
