import { known, unknown } from "@/domain/figure";
import { sumOf } from "@/domain/math";
import type { Address, Figure, Hex, VaultState } from "@/domain/model";
import { formatAmount, formatInteger, formatRatioPercent, formatTimestamp } from "@/shared/format";
import type { FigureText } from "@/ui/figures/figure-text";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { Tone } from "@/ui/tone";
import { wordsOf } from "./amount-words";
import { MOVEMENT_WORD } from "./messages";
import type { LpEventRow, Movement } from "./model";

/** One line of the table of losses and recoveries. */
export interface LpEventLine {
  readonly key: string;
  readonly kind: "loss" | "recovery";
  readonly word: string;
  readonly blockNumber: bigint;
  readonly block: string;
  readonly time: string;
  readonly transactionHash: Hex;
  /** Whose position was closed, or who paid. */
  readonly party: Address;
  readonly shares: string;
  readonly ofSupply: FigureText;
  readonly amountAssets: bigint;
  readonly amount: string;
}

/** Losses and recoveries in words, in the order they were given. */
export function lpEventLines(rows: readonly LpEventRow[], state: VaultState): readonly LpEventLine[] {
  const { up, down, shares } = wordsOf(state);
  return rows.map((event): LpEventLine => {
    const { row, shares: held, amountAssets } = event.share;
    const isLoss = event.kind === "loss";
    return {
      key: `${row.blockNumber}-${row.logIndex}`,
      kind: event.kind,
      word: isLoss ? "Loss" : "Recovery",
      blockNumber: row.blockNumber,
      block: formatInteger(row.blockNumber),
      time: formatTimestamp(row.atSeconds),
      transactionHash: row.transactionHash,
      party: isLoss ? event.share.row.manager : event.share.row.from,
      shares: shares(held),
      ofSupply: toFigureText(event.ofSupplyWad, {
        text: (ratioWad) => formatRatioPercent({ ratioWad, fractionDigits: 4 }),
        why: WHY_UNKNOWN,
      }),
      amountAssets,
      amount: isLoss ? up(amountAssets) : down(amountAssets),
    };
  });
}

/** What the lines add up to, exactly: "3 losses: 3,000 USDC; 1 recovery: 12.5 USDC". */
export function eventSumText(lines: readonly LpEventLine[], state: VaultState): string {
  const { decimals, symbol } = state.asset;
  const part = (kind: LpEventLine["kind"], one: string, many: string): string => {
    const own = lines.filter((line) => line.kind === kind);
    const value = sumOf(own.map(({ amountAssets }) => amountAssets));
    const count = own.length === 1 ? `1 ${one}` : `${formatInteger(own.length)} ${many}`;
    return `${count}: ${formatAmount({ value, decimals, maximumFractionDigits: decimals, symbol })}`;
  };
  return `${part("loss", "loss", "losses")}; ${part("recovery", "recovery", "recoveries")}.`;
}

/** One line of the timeline of movements. */
export interface MovementLine {
  readonly key: string;
  readonly blockNumber: bigint;
  readonly block: string;
  readonly time: string;
  readonly word: string;
  readonly tone: Tone;
  readonly assets: string | undefined;
  readonly shares: string;
  readonly sharesAfter: FigureText;
  readonly counterparty: Address | undefined;
  readonly transactionHash: Hex;
}

/** Movements of shares in words. */
export function movementLines(
  movements: readonly Movement[],
  { state, isWhole }: { readonly state: VaultState; readonly isWhole: boolean },
): readonly MovementLine[] {
  const { down, shares } = wordsOf(state);
  // What was held before the first known movement is not known, so neither is what was held after it.
  const held = (value: bigint): Figure => (isWhole ? known(value) : unknown("history-partial"));
  return movements.map((movement) => ({
    key: `${movement.blockHash}-${movement.logIndex}`,
    blockNumber: movement.blockNumber,
    block: formatInteger(movement.blockNumber),
    time: formatTimestamp(movement.atSeconds),
    ...MOVEMENT_WORD[movement.kind],
    assets: movement.assets === undefined ? undefined : down(movement.assets),
    shares: shares(movement.shares),
    sharesAfter: toFigureText(held(movement.sharesAfter), { text: shares, why: WHY_UNKNOWN }),
    counterparty: movement.counterparty,
    transactionHash: movement.transactionHash,
  }));
}
