import type { RpcCall, RpcOptions, RpcStatus } from "@/chain/rpc/rpc";
import type { Claims } from "@/domain/claims";
import type { LpStatement, StatementTotals } from "@/domain/ledger-model";
import type { Address, Figure, VaultEvent, VaultHistory } from "@/domain/model";
import type { UnrealisedPoint } from "@/report/load-unrealised";
import type { VaultReadings } from "@/report/vault-report";
import type { LedgerBook, LedgerProgress, LedgerRowId, LedgerRowShares, LedgerScope } from "../ledger-view";
import type { WireError } from "./wire-error";

/*
 * What page and worker say to each other: plain data only. The worker reads the past and computes; whatever it asks
 * the chain goes through the page, so that endpoints, their limits and the content policy are in one place.
 */

/** From the page to the worker. */
export type LedgerRequest =
  /** The vault's events, in parts: the first `keep` that the worker has stay, `items` follow them. */
  | { readonly kind: "events"; readonly keep: number; readonly items: readonly VaultEvent[] }
  /** Read what is missing for the ledger of this report, and compute it. */
  | {
      readonly kind: "bring";
      readonly ticket: number;
      readonly scope: LedgerScope;
      readonly report: ReportWithoutEvents;
      readonly withShortfalls: boolean;
      readonly endpoint: EndpointView;
    }
  /** Read what would have been lost at the blocks of the report's series, had everything been closed there. */
  | {
      readonly kind: "unrealised";
      readonly ticket: number;
      readonly report: ReportWithoutEvents;
      readonly endpoint: EndpointView;
    }
  | { readonly kind: "abort"; readonly ticket: number }
  /** A question about a ledger that was computed before. */
  | {
      readonly kind: "ask";
      readonly ticket: number;
      readonly scope: LedgerScope;
      readonly question: LedgerQuestion;
    }
  | { readonly kind: "forget"; readonly scope: LedgerScope }
  | {
      readonly kind: "rpc-answer";
      readonly call: number;
      readonly result: WireExchange;
      readonly endpoint: EndpointView;
    };

/** From the worker to the page. */
export type LedgerReply =
  | { readonly kind: "progress"; readonly ticket: number; readonly progress: LedgerProgress }
  | { readonly kind: "computed"; readonly ticket: number; readonly book: LedgerBook }
  | { readonly kind: "unrealised"; readonly ticket: number; readonly points: readonly UnrealisedPoint[] }
  | { readonly kind: "answered"; readonly ticket: number; readonly answer: LedgerAnswer }
  | { readonly kind: "failed"; readonly ticket: number; readonly error: WireError }
  | { readonly kind: "rpc"; readonly call: number; readonly asked: RpcAsked }
  | { readonly kind: "rpc-cancel"; readonly call: number };

/** What a report is computed from, the vault's events left out: they travel by themselves. */
export type ReportWithoutEvents = Omit<VaultReadings, "history"> & {
  readonly history: Omit<VaultHistory, "vault">;
};

/** What the worker must know of the page's client between its calls. */
export interface EndpointView {
  readonly chainId: number;
  readonly preferred: string;
  readonly status: RpcStatus;
}

export interface RpcAsked {
  readonly how: "request" | "batch" | "exchange";
  readonly calls: readonly RpcCall[];
  readonly options: Omit<RpcOptions, "signal">;
}

export type WireExchange =
  | {
      readonly ok: true;
      readonly endpoint: string;
      readonly answers: readonly (
        | { readonly ok: true; readonly value: unknown }
        | { readonly ok: false; readonly error: WireError }
      )[];
    }
  | { readonly ok: false; readonly error: WireError };

export type LedgerQuestion =
  | { readonly kind: "statement"; readonly address: Address }
  | { readonly kind: "lp-totals" }
  | { readonly kind: "row-shares"; readonly row: LedgerRowId }
  | { readonly kind: "claims"; readonly amountAssets: bigint };

/** What each question is answered with. */
export interface LedgerAnswers {
  readonly statement: LpStatement;
  readonly "lp-totals": readonly StatementTotals[];
  readonly "row-shares": LedgerRowShares;
  readonly claims: Figure<Claims>;
}

export type LedgerAnswer = {
  [Kind in keyof LedgerAnswers]: { readonly kind: Kind; readonly value: LedgerAnswers[Kind] };
}[keyof LedgerAnswers];
