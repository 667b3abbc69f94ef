import { isZeroAddress } from "@/domain/address";
import { mapFigure, sumFigures } from "@/domain/figure";
import type { LpStatement, StatementLine } from "@/domain/ledger-model";
import type { Address, Figure, Hex, SharePrice, VaultState } from "@/domain/model";
import { formatAmount, formatInteger, formatSharePrice, formatTimestamp } from "@/shared/format";
import { formatMoney } from "@/shared/format-money";
import type { FigureText } from "@/ui/figures/figure-text";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { Tone } from "@/ui/tone";
import { heldAfterOf, type Identity, isAdded } from "./model";
import { COUNTERPARTY_WORD, KIND_WORD, STEP_WORD, SUSPECTED_LOSS } from "./words";

const MINUS = "\u2212";

/** Every digit, with its sign in front: `+1,000.000000`, `−0.000001`, `0.000000`. */
function signedText(value: bigint, { asset }: Pick<VaultState, "asset">): string {
  const { decimals } = asset;
  const text = formatAmount({
    value,
    decimals,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return value > 0n ? `+${text}` : text;
}

function figureText<T>(figure: Figure<T>, text: (value: T) => string): FigureText {
  return toFigureText(figure, { text, why: WHY_UNKNOWN });
}

/** One line of the addition. */
export interface IdentityLine {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly amount: FigureText;
}

/** The addition in words, every digit shown. */
export interface IdentityTexts {
  readonly steps: readonly IdentityLine[];
  readonly sum: FigureText;
  readonly value: FigureText;
  readonly residual: FigureText;
  /** undefined: not known. */
  readonly closes: boolean | undefined;
}

/** Puts the addition into words. */
export function identityTexts(identity: Identity, state: VaultState): IdentityTexts {
  const exact = (figure: Figure) => figureText(figure, (value) => signedText(value, state));
  const plain = (figure: Figure) =>
    figureText(figure, (value) => signedText(value, state).replace(/^\+/, ""));
  const { residual } = identity;
  return {
    steps: identity.steps.map(({ id, amount }) => ({ id, ...STEP_WORD[id], amount: exact(amount) })),
    sum: plain(identity.sum),
    value: plain(identity.value),
    residual: plain(residual),
    closes: residual.kind === "known" ? residual.value === 0n : undefined,
  };
}

/** One line of a statement in words. */
export interface LineText {
  readonly key: string;
  readonly blockNumber: bigint;
  readonly block: string;
  /** "log 3"; undefined for a fall, which no log explains. */
  readonly log: string | undefined;
  readonly time: string;
  readonly word: string;
  readonly tone: Tone;
  /** "from", "paid by": stands before the counterparty. */
  readonly counterpartyWord: string;
  readonly counterparty: Address | undefined;
  /** Who, where there is no address to name. */
  readonly counterpartyName: string | undefined;
  readonly amount: FigureText;
  readonly amountAssets: bigint | undefined;
  /** With every digit, for paper. */
  readonly exactAmount: FigureText;
  readonly sharesChange: string;
  readonly sharesAfter: FigureText;
  readonly interest: FigureText;
  readonly rounding: FigureText;
  readonly priceBefore: FigureText;
  readonly priceAfter: FigureText;
  /** "avoided by leaving" or "inherited on entry", where the line has such a figure. */
  readonly shift: { readonly word: string; readonly figure: FigureText } | undefined;
  readonly transactionHash: Hex | undefined;
  readonly blockHash: Hex;
}

function sharesText(value: bigint, { shareDecimals }: VaultState): string {
  const text = formatMoney({ value, decimals: shareDecimals });
  return value > 0n ? `+${text}` : text;
}

function amountText(line: StatementLine, { asset }: VaultState): FigureText {
  const added = isAdded(line.kind);
  return figureText(line.amountAssets, (value) => {
    const text = formatMoney({
      value,
      decimals: asset.decimals,
      toward: line.kind === "loss" || line.kind === "fall" ? "up" : "down",
    });
    return value === 0n ? text : `${added ? "+" : MINUS}${text}`;
  });
}

function priceText(figure: Figure<SharePrice>, { asset, shareDecimals }: VaultState): FigureText {
  return figureText(figure, ({ assets, shares }) => {
    const text = formatSharePrice({ assets, shares, assetDecimals: asset.decimals, shareDecimals });
    return text ?? "no shares";
  });
}

function counterpartyOf({ kind, counterparty }: StatementLine) {
  if (counterparty !== undefined && isZeroAddress(counterparty)) {
    const name = kind === "transfer-in" ? "minted by the vault" : "burned by the vault";
    return { counterpartyWord: "", counterparty: undefined, counterpartyName: name };
  }
  const word = counterparty === undefined ? "" : COUNTERPARTY_WORD[kind];
  return { counterpartyWord: word, counterparty, counterpartyName: undefined };
}

function shiftOf({ kind, shiftAssets }: StatementLine, { asset }: VaultState): LineText["shift"] {
  if (shiftAssets === undefined) return undefined;
  const isLeaving = kind === "withdrawal";
  const figure = figureText(shiftAssets, (value) =>
    formatMoney({ value, decimals: asset.decimals, toward: isLeaving ? "down" : "up" }),
  );
  return { word: isLeaving ? "avoided by leaving" : "inherited on entry", figure };
}

/** What lines are read against. */
export interface LineContext {
  readonly state: VaultState;
  /** Whether the history begins with the vault. */
  readonly isWhole: boolean;
}

/** Lines in words, in the order they were given. */
export function lineTexts(
  lines: readonly StatementLine[],
  { state, isWhole }: LineContext,
): readonly LineText[] {
  return lines.map((line): LineText => {
    const { at, kind } = line;
    const isSuspected = kind === "fall" && state.flux === undefined;
    const exact = (figure: Figure) => figureText(figure, (value) => signedText(value, state));
    return {
      key: `${at.blockNumber}-${at.logIndex}-${kind}`,
      blockNumber: at.blockNumber,
      block: formatInteger(at.blockNumber),
      log: at.logIndex < 0 ? undefined : `log ${at.logIndex}`,
      time: formatTimestamp(line.atSeconds),
      ...KIND_WORD[kind],
      ...(isSuspected ? { word: SUSPECTED_LOSS } : {}),
      ...counterpartyOf(line),
      amount: amountText(line, state),
      amountAssets: line.amountAssets.kind === "known" ? line.amountAssets.value : undefined,
      exactAmount: figureText(line.amountAssets, (value) => signedText(value, state).replace(/^\+/, "")),
      sharesChange: line.sharesChange === 0n ? "" : sharesText(line.sharesChange, state),
      sharesAfter: figureText(heldAfterOf(line, { isWhole }), (value) =>
        formatMoney({ value, decimals: state.shareDecimals }),
      ),
      interest: exact(line.interestAssets),
      rounding: exact(line.roundingAssets),
      priceBefore: priceText(line.priceBefore, state),
      priceAfter: priceText(line.priceAfter, state),
      shift: shiftOf(line, state),
      transactionHash: line.transactionHash,
      blockHash: line.blockHash,
    };
  });
}

/** What was gained since the last line, with every digit: the rest of the interest. */
export function interestSinceText(statement: LpStatement, state: VaultState): FigureText {
  return figureText(statement.interestAfterLastLineAssets, (value) => signedText(value, state));
}

/** The headline of a printed statement, every digit shown. */
export function printedFigures(
  statement: LpStatement,
  state: VaultState,
): readonly { readonly label: string; readonly figure: FigureText }[] {
  const { symbol } = state.asset;
  const exact = (figure: Figure): FigureText => {
    const text = figureText(figure, (value) => signedText(value, state).replace(/^\+/, ""));
    return text.kind === "known" ? { ...text, unit: symbol } : text;
  };
  const { lossesAssets, recoveriesAssets } = statement;
  const shares = formatAmount({
    value: statement.shares,
    decimals: state.shareDecimals,
    maximumFractionDigits: state.shareDecimals,
  });
  return [
    { label: "Value", figure: exact(statement.valueAssets) },
    { label: "Lost", figure: exact(lossesAssets) },
    { label: "Recovered", figure: exact(recoveriesAssets) },
    {
      label: "Net loss",
      figure: exact(sumFigures([lossesAssets, mapFigure(recoveriesAssets, (value) => -value)])),
    },
    {
      label: "Shares",
      figure: figureText(
        statement.valueAssets.kind === "unknown" ? statement.valueAssets : { kind: "known", value: shares },
        (text) => text,
      ),
    },
    { label: "Avoided by leaving", figure: exact(statement.avoidedAssets) },
    { label: "Inherited on entry", figure: exact(statement.inheritedAssets) },
  ];
}
