// The builder makes the default export: the address of the worker's own file.
// oxlint-disable-next-line import/default
import workerUrl from "./ledger.worker?worker&url";
import type { LedgerReply, LedgerRequest } from "./messages";

/** A way to the place where ledgers are computed. */
export interface LedgerPort {
  readonly send: (request: LedgerRequest) => void;
  /** Called once, before anything is sent. */
  readonly listen: (listener: LedgerPortListener) => void;
  readonly close: () => void;
}

export interface LedgerPortListener {
  readonly onReply: (reply: LedgerReply) => void;
  /** The other side could not be started or broke; nothing will be answered any more. */
  readonly onBroken: (reason: "not-loaded" | "failed", message: string) => void;
}

/** The part of the Trusted Types API that is used; browsers without it take the plain address. */
interface ScriptUrlPolicies {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: (input: string) => string },
  ) => { readonly createScriptURL: (input: string) => string };
}

let policy: ReturnType<ScriptUrlPolicies["createPolicy"]> | undefined;

/**
 * The worker's address in the form that the content policy asks for. The policy's name is the only one that the
 * document permits, it can be made only once, and it lets through this one address and nothing else.
 */
function trustedWorkerUrl(): string {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: ScriptUrlPolicies };
  if (trustedTypes === undefined) return workerUrl;
  policy ??= trustedTypes.createPolicy("plimsoll-ledger-worker", {
    createScriptURL(input) {
      if (input === workerUrl) return input;
      throw new TypeError("This policy lets the ledger's worker through and nothing else");
    },
  });
  return policy.createScriptURL(workerUrl);
}

/** Starts the worker; undefined where the browser has none. */
export function openLedgerWorker(): LedgerPort | undefined {
  if (typeof Worker === "undefined") return undefined;
  const worker = new Worker(trustedWorkerUrl(), { type: "module", name: "plimsoll-ledger" });
  let hasAnswered = false;
  return {
    send: (request) => worker.postMessage(request, []),
    listen({ onReply, onBroken }) {
      worker.addEventListener("message", (event: MessageEvent<LedgerReply>) => {
        hasAnswered = true;
        onReply(event.data);
      });
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        onBroken(
          hasAnswered ? "failed" : "not-loaded",
          hasAnswered ? "The worker stopped" : "The worker's file could not be loaded",
        );
      });
      worker.addEventListener("messageerror", () => {
        onBroken("failed", "An answer of the worker could not be read");
      });
    },
    close: () => worker.terminate(),
  };
}
