import { known } from "@/domain/figure";
import type { FullLedger } from "@/domain/ledger-model";
import type { Figure, VaultState } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger } from "@/shared/format";
import { formatMoney } from "@/shared/format-money";
import type { FigureText } from "@/ui/figures/figure-text";
import type { Formula } from "@/ui/figures/formula";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { blockText } from "./texts";

/** What was lost and what came back, as sums of the ledger. Base-asset units. */
export interface LostTotals {
  readonly grossBadDebtAssets: Figure;
  readonly lpLossAssets: Figure;
  readonly recoveredAssets: Figure;
  readonly netLossAssets: Figure;
  /** LP loss of falls without an event, which is part of the LP loss; undefined while they were not looked for. */
  readonly fallsAssets: Figure | undefined;
  readonly losses: number;
  readonly falls: number;
  readonly recoveries: number;
}

/**
 * By the whole ledger where falls could be looked for everywhere, otherwise by what the events say. Gross is the vault's
 * own counter, which is whole also where the history is not.
 */
export function lostTotalsOf(
  { ledger: events, headline }: Pick<VaultReport, "ledger" | "headline">,
  whole: FullLedger | undefined,
): LostTotals {
  const recorded: LostTotals = {
    grossBadDebtAssets: headline.grossBadDebtAssets,
    lpLossAssets: events.totals.lpLossAssets,
    recoveredAssets: events.totals.recoveredAssets,
    netLossAssets: events.totals.netLpLossAssets,
    fallsAssets: undefined,
    losses: events.losses.length,
    falls: 0,
    recoveries: events.recoveries.length,
  };
  if (whole?.fallsSearched.kind !== "known") return recorded;
  const { totals, falls } = whole;
  return {
    ...recorded,
    lpLossAssets: totals.lpLossAssets,
    recoveredAssets: totals.recoveredAssets,
    netLossAssets: totals.netLossAssets,
    fallsAssets: totals.unexplainedLossAssets,
    falls: falls.length,
  };
}

export interface LostStat {
  readonly id: string;
  readonly label: string;
  readonly sublabel: string;
  readonly figure: FigureText;
  readonly isLoss: boolean;
  readonly formula: Formula;
}

const many = (count: number, one: string, more: string): string =>
  count === 1 ? `1 ${one}` : `${formatInteger(count)} ${more}`;

/** Gross, LP loss, recovered and net: always together. Losses are cut upwards, what came back downwards. */
export function lostStatsOf(totals: LostTotals, state: VaultState): readonly LostStat[] {
  const { decimals, symbol } = state.asset;
  const block = blockText(state);
  const text = (figure: Figure, toward: "up" | "down"): FigureText =>
    toFigureText(figure, {
      text: (value) => formatMoney({ value, decimals, toward }),
      unit: symbol,
      why: WHY_UNKNOWN,
    });
  const plain = (figure: FigureText): string => {
    if (figure.kind === "known") return `${figure.text} ${symbol}`;
    return figure.kind === "unknown" ? `unknown: ${figure.why}` : "";
  };
  const { grossBadDebtAssets, lpLossAssets, recoveredAssets, netLossAssets, fallsAssets } = totals;
  const gross = text(grossBadDebtAssets, "up");
  const lost = text(lpLossAssets, "up");
  const recovered = text(recoveredAssets, "down");
  const net = text(netLossAssets, "up");
  const falls = fallsAssets ?? known(0n);
  const isPositive = (figure: Figure): boolean => figure.kind === "known" && figure.value > 0n;
  const made =
    totals.falls === 0
      ? many(totals.losses, "loss", "losses")
      : `${many(totals.losses, "loss", "losses")}, ${many(totals.falls, "fall without an event", "falls without an event")}`;
  return [
    {
      id: "gross",
      label: "Gross bad debt",
      sublabel: "realised, as the vault counts it",
      figure: gross,
      isLoss: isPositive(grossBadDebtAssets),
      formula: {
        expression: "ΣB = Σ (true debt − payment)",
        meaning: "What liquidations left unpaid since the vault began, by its own counter.",
        inputs: [{ label: "Losses", value: formatInteger(totals.losses) }],
        result: plain(gross),
        block,
      },
    },
    {
      id: "lost",
      label: "LPs lost",
      sublabel: made,
      figure: lost,
      isLoss: isPositive(lpLossAssets),
      formula: {
        expression: "ΣL = Σ (total assets before − after), per loss and fall",
        meaning: "Smaller than the bad debt by fees on interest that nobody paid: they were never the LPs'.",
        inputs: [
          { label: "Losses", value: formatInteger(totals.losses) },
          {
            label: "Of it, falls without an event",
            value: fallsAssets === undefined ? "not looked for" : plain(text(falls, "up")),
          },
        ],
        result: plain(lost),
        block,
      },
    },
    {
      id: "recovered",
      label: "Recovered",
      sublabel: many(totals.recoveries, "payment into the vault", "payments into the vault"),
      figure: recovered,
      isLoss: false,
      formula: {
        expression: "ΣR = Σ contributions",
        meaning: "Each raised the price of every share of its day.",
        inputs: [{ label: "Recoveries", value: formatInteger(totals.recoveries) }],
        result: plain(recovered),
        block,
      },
    },
    {
      id: "net",
      label: "Net",
      sublabel: "LPs lost less recovered",
      figure: net,
      isLoss: isPositive(netLossAssets),
      formula: {
        expression: "ΣL − ΣR",
        meaning: "What is still missing, whoever has it coming.",
        inputs: [
          { label: "LPs lost", value: plain(lost) },
          { label: "Recovered", value: plain(recovered) },
        ],
        result: plain(net),
        block,
      },
    },
  ];
}
