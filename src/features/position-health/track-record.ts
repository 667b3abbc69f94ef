import { sumOf } from "@/domain/math";
import type { Address, VaultEvent, VaultState } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { formatDate, formatDuration, formatInteger } from "@/shared/format";
import { formatHeld, formatOwed } from "@/shared/format-money";
import type { NamedFigure } from "./manager-texts";

type ManagerEvent = Extract<VaultEvent, { readonly manager: Address }>;

/** What a manager has done in a vault, added up from its logs; base-asset units. */
export interface TrackRecord {
  readonly sinceSeconds: bigint | undefined;
  readonly borrowedAssets: bigint;
  readonly loans: number;
  readonly repaidAssets: bigint;
  readonly interestPaidAssets: bigint;
  readonly bondsPostedAssets: bigint;
  readonly bondsWithdrawnAssets: bigint;
  readonly liquidations: number;
  readonly badDebtAssets: bigint;
  readonly deleveragings: number;
  readonly lpLossAssets: bigint;
}

/** The record of an address in the vault's logs, as far back as they were read. */
export function trackRecordOf(history: Pick<VaultReport["history"], "vault">, manager: Address): TrackRecord {
  const own = history.vault.filter(
    (event): event is ManagerEvent => "manager" in event && event.manager === manager,
  );
  const amounts = (kind: "borrowed" | "repaid" | "bond-deposited" | "bond-withdrawn"): readonly bigint[] =>
    own.flatMap((event) => (event.kind === kind && "assets" in event ? [event.assets] : []));
  const liquidated = own.flatMap((event) => (event.kind === "liquidated" ? [event.badDebtAssets] : []));
  const borrowed = amounts("borrowed");
  let sinceSeconds: bigint | undefined;
  for (const { atSeconds } of own) {
    if (sinceSeconds === undefined || atSeconds < sinceSeconds) sinceSeconds = atSeconds;
  }
  return {
    sinceSeconds,
    borrowedAssets: sumOf(borrowed),
    loans: borrowed.length,
    repaidAssets: sumOf(amounts("repaid")),
    interestPaidAssets: sumOf(
      own.flatMap((event) => (event.kind === "interest-collected" ? [event.interestAssets] : [])),
    ),
    bondsPostedAssets: sumOf(amounts("bond-deposited")),
    bondsWithdrawnAssets: sumOf(amounts("bond-withdrawn")),
    liquidations: liquidated.length,
    badDebtAssets: sumOf(liquidated),
    deleveragings: own.filter(({ kind }) => kind === "deleveraged").length,
    lpLossAssets: sumOf(own.flatMap((event) => (event.kind === "loss" ? [event.lpLossAssets] : []))),
  };
}

/** The record in words. */
export function trackRecordLines(record: TrackRecord, state: VaultState): readonly NamedFigure[] {
  const { symbol, decimals } = state.asset;
  const owed = (value: bigint) =>
    ({ kind: "known", text: formatOwed({ value, decimals }), unit: symbol }) as const;
  const held = (value: bigint) =>
    ({ kind: "known", text: formatHeld({ value, decimals }), unit: symbol }) as const;
  const count = (value: number) => ({ kind: "known", text: formatInteger(value) }) as const;
  const { sinceSeconds } = record;
  return [
    {
      id: "since",
      label: "First seen",
      ...(sinceSeconds === undefined
        ? {}
        : { hint: `${formatDuration(state.block.timestampSeconds - sinceSeconds)} before this block` }),
      figure:
        sinceSeconds === undefined
          ? { kind: "unknown", why: "No log of the vault names it." }
          : { kind: "known", text: formatDate(sinceSeconds) },
    },
    {
      id: "borrowed",
      label: "Borrowed",
      hint: record.loans === 1 ? "in one loan" : `in ${formatInteger(record.loans)} loans`,
      figure: owed(record.borrowedAssets),
    },
    { id: "repaid", label: "Repaid", figure: held(record.repaidAssets) },
    {
      id: "interest-paid",
      label: "Interest paid",
      hint: "of it the vault's fees",
      figure: held(record.interestPaidAssets),
    },
    {
      id: "bonds",
      label: "Bonds posted",
      hint: `withdrawn ${formatHeld({ value: record.bondsWithdrawnAssets, decimals })} ${symbol}`,
      figure: held(record.bondsPostedAssets),
    },
    {
      id: "liquidations",
      label: "Liquidated",
      hint: `bad debt ${formatOwed({ value: record.badDebtAssets, decimals })} ${symbol}`,
      figure: count(record.liquidations),
    },
    { id: "deleveragings", label: "Deleveraged (ADA)", figure: count(record.deleveragings) },
    { id: "lp-losses", label: "Lost to LPs", figure: owed(record.lpLossAssets) },
  ];
}
