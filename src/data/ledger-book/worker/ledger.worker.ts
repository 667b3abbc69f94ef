import { openChunkStore } from "@/report/store";
import { createLedgerDesk } from "./desk";
import type { LedgerReply, LedgerRequest } from "./messages";

const desk = createLedgerDesk({
  // Written so that it means the same by a page's types, which are the ones here, and in a worker.
  post: (reply: LedgerReply) => self.postMessage(reply, { transfer: [] }),
  openStore: openChunkStore,
});
self.addEventListener("message", (event: MessageEvent<LedgerRequest>) => desk.take(event.data));
