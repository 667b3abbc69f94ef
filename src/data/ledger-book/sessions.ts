import type { VaultRef } from "../keys";
import type { Runtime } from "../runtime";
import { createLedgerSession, type LedgerSession } from "./session";
import { createLedgerClient } from "./worker/client";
import { openLedgerWorker } from "./worker/open-worker";

const sessions = new WeakMap<Runtime, Map<string, LedgerSession>>();

/** The ledgers of a vault: one session for the life of the page, begun when the first page asks for it. */
export function ledgerSessionOf(runtime: Runtime, { chainId, address }: VaultRef): LedgerSession {
  const own = sessions.get(runtime) ?? new Map<string, LedgerSession>();
  sessions.set(runtime, own);
  const key = `${chainId}:${address}`;
  const found = own.get(key);
  if (found !== undefined) return found;
  const rpc = runtime.rpcOf(chainId);
  if (rpc === undefined) throw new RangeError(`Chain ${chainId} is not in the configuration`);
  const fresh = createLedgerSession({
    client: createLedgerClient({ rpc, openPort: openLedgerWorker }),
    visibility: runtime.visibility,
    setTimer: runtime.environment.setTimer,
  });
  own.set(key, fresh);
  return fresh;
}
