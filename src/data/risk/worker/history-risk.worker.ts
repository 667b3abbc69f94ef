import { createHistoryDesk } from "./desk";
import type { HistoryRequest } from "./messages";

// Written so that it means the same by a page's types, which are the ones here, and in a worker.
const desk = createHistoryDesk((reply) => self.postMessage(reply, { transfer: [] }));
self.addEventListener("message", (event: MessageEvent<HistoryRequest>) => desk.take(event.data));
