import type { Address } from "@/domain/model";
import { historyRiskSteps } from "@/domain/risk/history-risk";
import type { RiskBook, RiskPosition } from "@/domain/risk/model";
import type { Round } from "@/domain/risk/rounds";
import { inSlices } from "./in-slices";
import type { HistoryReply, HistoryRequest } from "./messages";

/** Takes what the page says; whatever there is to say in return is posted. */
export interface HistoryDesk {
  readonly take: (request: HistoryRequest) => void;
}

type Compute = Extract<HistoryRequest, { readonly kind: "compute" }>;

/** Makes the worker's side: one book, its rounds, and questions that are answered one after the other. */
export function createHistoryDesk(post: (reply: HistoryReply) => void): HistoryDesk {
  let book: Omit<RiskBook, "positions"> | undefined;
  let positions: readonly RiskPosition[] = [];
  let rounds: ReadonlyMap<Address, readonly Round[]> = new Map();
  const open = new Set<number>();
  let turn: Promise<void> = Promise.resolve();

  async function answer({ ticket, input }: Compute, whole: RiskBook, past: typeof rounds): Promise<void> {
    try {
      const end = await inSlices(historyRiskSteps(whole, { ...input, rounds: past }), {
        isCancelled: () => !open.has(ticket),
        onProgress: (progress) => post({ kind: "progress", ticket, progress }),
      });
      open.delete(ticket);
      post(
        end.kind === "finished"
          ? { kind: "computed", ticket, risk: end.result }
          : { kind: "cancelled", ticket },
      );
    } catch (error) {
      open.delete(ticket);
      post({ kind: "failed", ticket, message: error instanceof Error ? error.message : "an unknown fault" });
    }
  }

  return {
    take(request) {
      switch (request.kind) {
        case "book":
          book = request.book;
          positions = [];
          break;
        case "positions":
          positions = [...positions, ...request.items];
          break;
        case "assets":
          rounds = new Map(request.assets.map((asset) => [asset, []]));
          break;
        case "rounds":
          rounds = new Map([
            ...rounds,
            [request.asset, [...(rounds.get(request.asset) ?? []), ...request.items]],
          ]);
          break;
        case "compute": {
          const { ticket } = request;
          if (book === undefined) {
            post({ kind: "failed", ticket, message: "A question came before its book" });
            break;
          }
          const whole = { ...book, positions };
          const past = rounds;
          open.add(ticket);
          turn = turn.then(() => answer(request, whole, past));
          break;
        }
        case "cancel":
          open.delete(request.ticket);
      }
    },
  };
}
