import type { LedgerBookView, LedgerView } from "@/data/ledger-book/ledger-view";
import { known } from "@/domain/figure";
import type { Figure } from "@/domain/model";
import type { ShiftSum, ShiftTotals } from "@/domain/shift-totals";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger } from "@/shared/format";
import type { FigureText } from "@/ui/figures/figure-text";
import { type HeadlineStat, inputText, statOf, wordsOf } from "./headline";

const NOT_READ = "The past of the vault is not read.";

/** What a figure says while its ledger is not there. */
function waiting({ isReading }: Pick<LedgerBookView, "isReading">): FigureText {
  return isReading ? { kind: "loading" } : { kind: "unknown", why: NOT_READ };
}

/**
 * Gross, recovered and net: always the three together, LP loss between them. LP loss and net count losses without an
 * event too, so they wait for the past to be read; the others are the vault's own statements. Gross is its counter,
 * which is whole also where the history is not.
 */
export function ledgerTotals(
  report: VaultReport,
  view: Pick<LedgerBookView, "data" | "isReading">,
): readonly HeadlineStat[] {
  const { state } = report.snapshot;
  const words = wordsOf(state);
  const unit = words.symbol;
  const { block } = words;
  const totals = view.data?.ledger.totals;
  const isFlux = state.flux !== undefined;
  const events = report.ledger.totals;
  const money = (figure: Figure): string => inputText(figure, (value) => `${words.loss(value)} ${unit}`);
  const recovered = totals?.recoveredAssets ?? events.recoveredAssets;
  const lpLoss = totals?.lpLossAssets ?? known(0n);
  const net = totals?.netLossAssets ?? known(0n);
  const when = (stat: HeadlineStat): HeadlineStat =>
    totals === undefined ? { ...stat, figure: waiting(view) } : stat;
  return [
    statOf({
      id: "gross-bad-debt",
      label: "Gross bad debt",
      sublabel: "realised, as the vault counts it",
      figure: report.headline.grossBadDebtAssets,
      text: words.loss,
      unit,
      expression: "ΣB = Σ (true debt − payment)",
      meaning:
        "What liquidations left unpaid since the vault began, by its own counter. Falls of the share price without an event are not in it.",
      inputs: [{ label: "Rows", value: formatInteger(report.ledger.losses.length) }],
      block,
    }),
    when(
      statOf({
        id: "ledger-lp-loss",
        label: isFlux ? "LP loss, all rows" : "Suspected LP loss",
        sublabel: isFlux
          ? "recorded and unexplained together"
          : "falls of the share price; no losses are published",
        figure: lpLoss,
        text: words.loss,
        unit,
        expression: "Σ (total assets before − after), over every loss and fall",
        meaning: "What LPs lost, whether the vault says why or not.",
        inputs:
          totals === undefined
            ? []
            : [
                { label: "By recorded losses", value: money(totals.recordedLpLossAssets) },
                { label: "By unexplained falls", value: money(totals.unexplainedLossAssets) },
              ],
        block,
      }),
    ),
    statOf({
      id: "ledger-recovered",
      label: "Recovered",
      sublabel: "paid into the vault for all shares",
      figure: recovered,
      text: words.amount,
      unit,
      tone: "neutral",
      expression: "ΣR",
      meaning: "Contributions to the vault, which raise the share price for the holders of that day.",
      inputs: [{ label: "Rows", value: formatInteger(report.ledger.recoveries.length) }],
      block,
    }),
    when(
      statOf({
        id: "ledger-net",
        label: "Net LP loss, all rows",
        sublabel: "LP loss less recoveries",
        figure: net,
        text: words.loss,
        unit,
        expression: "Σ LP loss − ΣR",
        meaning: "What is still missing.",
        inputs:
          totals === undefined
            ? []
            : [
                { label: "LP loss", value: money(lpLoss) },
                { label: "Recovered", value: money(recovered) },
              ],
        block,
      }),
    ),
  ];
}

/** Those who left while a shortfall was open, and those who came: amounts and counts, never addresses. */
export function shiftStats(
  report: VaultReport,
  view: Pick<LedgerView<Figure<ShiftTotals>>, "data" | "isReading">,
): readonly HeadlineStat[] {
  const shifts = view.data;
  return [
    shiftStat(report, {
      id: "left",
      label: "Losses avoided by leaving",
      action: "withdrawal",
      sum: sumIn(shifts, "left"),
      formula: "Σ ⌊shares × U_LP ÷ (supply before the burn + virtual shares)⌋",
      meaning:
        "Whoever redeems while a shortfall is open takes assets out at a price that does not know of it; those who stay bear that part too.",
      waiting: waiting(view),
    }),
    shiftStat(report, {
      id: "came",
      label: "Holes inherited on entry",
      action: "deposit",
      sum: sumIn(shifts, "came"),
      formula: "Σ ⌊shares × U_LP ÷ (supply after the mint + virtual shares)⌋",
      meaning:
        "Whoever deposits while a shortfall is open pays a price that does not know of it, and takes over a part of what the others would have borne.",
      waiting: waiting(view),
    }),
  ];
}

function sumIn(
  shifts: Figure<ShiftTotals> | undefined,
  which: keyof ShiftTotals,
): Figure<ShiftSum> | undefined {
  if (shifts === undefined || shifts.kind === "unknown") return shifts;
  return known(shifts.value[which]);
}

function shiftStat(
  report: VaultReport,
  input: {
    readonly id: string;
    readonly label: string;
    readonly action: "withdrawal" | "deposit";
    readonly sum: Figure<ShiftSum> | undefined;
    readonly formula: string;
    readonly meaning: string;
    readonly waiting: FigureText;
  },
): HeadlineStat {
  const { sum } = input;
  const words = wordsOf(report.snapshot.state);
  const amount = sum === undefined || sum.kind === "unknown" ? sum : sum.value.amountAssets;
  const stat = statOf({
    id: input.id,
    label: input.label,
    sublabel: shiftWords(sum, {
      action: input.action,
      atLeast: (value) => `${words.amount(value)} ${words.symbol}`,
    }),
    figure: amount ?? known(0n),
    text: words.amount,
    unit: words.symbol,
    tone: "neutral",
    expression: input.formula,
    meaning: `${input.meaning} U_LP is read at the block before; transfers count as neither.`,
    inputs: [],
    block: words.block,
  });
  return sum === undefined ? { ...stat, figure: input.waiting } : stat;
}

function shiftWords(
  sum: Figure<ShiftSum> | undefined,
  words: { readonly action: string; readonly atLeast: (value: bigint) => string },
): string {
  if (sum === undefined) return "not read yet";
  if (sum.kind === "unknown") return "over all LPs";
  const { actions, addresses, unknownActions, atLeastAssets } = sum.value;
  const plural = (count: number, word: string): string =>
    `${formatInteger(count)} ${word}${count === 1 ? "" : "s"}`;
  const found =
    actions === 0
      ? `no ${words.action} fell into an open shortfall`
      : `${plural(actions, words.action)} of ${formatInteger(addresses)} ${addresses === 1 ? "address" : "addresses"}`;
  return unknownActions === 0
    ? found
    : `${found}; at least ${words.atLeast(atLeastAssets)}: what was open before ${plural(unknownActions, `more ${words.action}`)} is unknown`;
}
