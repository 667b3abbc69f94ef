import { openWorkerPort, type WorkerPort, type WorkerPortListener } from "../../worker/open-port";
import type { LedgerReply, LedgerRequest } from "./messages";

/** A way to the place where ledgers are computed. */
export type LedgerPort = WorkerPort<LedgerRequest, LedgerReply>;

export type LedgerPortListener = WorkerPortListener<LedgerReply>;

/** Starts the worker; undefined where the browser has none. */
export function openLedgerWorker(): LedgerPort | undefined {
  return openWorkerPort("ledger");
}
