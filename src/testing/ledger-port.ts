import { type ChunkStore, memoryStore } from "@/chain/logs/store";
import { createLedgerDesk } from "@/data/ledger-book/worker/desk";
import type { LedgerRequest } from "@/data/ledger-book/worker/messages";
import type { LedgerPort, LedgerPortListener } from "@/data/ledger-book/worker/open-worker";

/** A port to a worker that lives in this thread. Everything is copied as a browser would copy it. */
export interface TestLedgerPort extends LedgerPort {
  /** What the page sent. */
  readonly sent: readonly LedgerRequest[];
  readonly isClosed: () => boolean;
  /** The worker stops, as after an exception that nobody caught. */
  readonly crash: LedgerPortListener["onBroken"];
}

/** Makes such a port; what crosses it must survive the structured clone. */
export function createTestLedgerPort(store: ChunkStore = memoryStore()): TestLedgerPort {
  const sent: LedgerRequest[] = [];
  let listener: LedgerPortListener | undefined;
  let isClosed = false;
  const desk = createLedgerDesk({
    post: (reply) => {
      const copy = structuredClone(reply);
      queueMicrotask(() => {
        if (!isClosed) listener?.onReply(copy);
      });
    },
    openStore: () => Promise.resolve(store),
  });
  return {
    sent,
    isClosed: () => isClosed,
    crash: (reason, message) => listener?.onBroken(reason, message),
    send(request) {
      const copy = structuredClone(request);
      sent.push(copy);
      queueMicrotask(() => {
        if (!isClosed) desk.take(copy);
      });
    },
    listen(to) {
      listener = to;
    },
    close() {
      isClosed = true;
    },
  };
}
