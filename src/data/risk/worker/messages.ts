import type { Address, Figure } from "@/domain/model";
import type { HistoryProgress, HistoryRisk, HistoryRiskInput } from "@/domain/risk/history-risk";
import type { RiskBook, RiskPosition } from "@/domain/risk/model";
import type { Round } from "@/domain/risk/rounds";

/*
 * What page and worker say to each other: plain data only. The worker computes and asks nobody anything. A book and
 * its rounds are told once, in parts small enough that the page answers in between.
 */

/** From the page to the worker. */
export type HistoryRequest =
  /** Another book takes the place of the one before; its positions follow. */
  | { readonly kind: "book"; readonly book: Omit<RiskBook, "positions"> }
  | { readonly kind: "positions"; readonly items: readonly RiskPosition[] }
  /** Other rounds take the place of those before: none for each of these assets, at first. */
  | { readonly kind: "assets"; readonly assets: readonly Address[] }
  | { readonly kind: "rounds"; readonly asset: Address; readonly items: readonly Round[] }
  | { readonly kind: "compute"; readonly ticket: number; readonly input: Omit<HistoryRiskInput, "rounds"> }
  | { readonly kind: "cancel"; readonly ticket: number };

/** From the worker to the page. Every ticket gets one last word. */
export type HistoryReply =
  | { readonly kind: "progress"; readonly ticket: number; readonly progress: HistoryProgress }
  | { readonly kind: "computed"; readonly ticket: number; readonly risk: Figure<HistoryRisk> }
  | { readonly kind: "cancelled"; readonly ticket: number }
  | { readonly kind: "failed"; readonly ticket: number; readonly message: string };
