// The builder makes the default exports: the addresses of the workers' own files.
// oxlint-disable-next-line import/default
import ledgerUrl from "../ledger-book/worker/ledger.worker?worker&url";
// oxlint-disable-next-line import/default
import historyRiskUrl from "../risk/worker/history-risk.worker?worker&url";

/** A way to a place beside the page where something is computed. */
export interface WorkerPort<Request, Reply> {
  readonly send: (request: Request) => void;
  /** Called once, before anything is sent. */
  readonly listen: (listener: WorkerPortListener<Reply>) => void;
  readonly close: () => void;
}

export interface WorkerPortListener<Reply> {
  readonly onReply: (reply: Reply) => void;
  /** The other side could not be started or broke; nothing will be answered any more. */
  readonly onBroken: (reason: "not-loaded" | "failed", message: string) => void;
}

/** Every worker that this site has. */
const WORKER_URLS = { ledger: ledgerUrl, "history-risk": historyRiskUrl } as const;

/** The part of the Trusted Types API that is used; browsers without it take the plain address. */
interface ScriptUrlPolicies {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: (input: string) => string },
  ) => { readonly createScriptURL: (input: string) => string };
}

let policy: ReturnType<ScriptUrlPolicies["createPolicy"]> | undefined;

/**
 * A worker's address in the form that the content policy asks for. The policy's name is the only one that the
 * document permits, it can be made only once, and it lets through the addresses above and nothing else.
 */
function trustedUrl(url: string): string {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: ScriptUrlPolicies };
  if (trustedTypes === undefined) return url;
  policy ??= trustedTypes.createPolicy("plimsoll-workers", {
    createScriptURL(input) {
      if (Object.values(WORKER_URLS).includes(input)) return input;
      throw new TypeError("This policy lets the site's own workers through and nothing else");
    },
  });
  return policy.createScriptURL(url);
}

/** Starts a worker; undefined where the browser has none. */
export function openWorkerPort<Request, Reply>(
  name: keyof typeof WORKER_URLS,
): WorkerPort<Request, Reply> | undefined {
  if (typeof Worker === "undefined") return undefined;
  const worker = new Worker(trustedUrl(WORKER_URLS[name]), { type: "module", name: `plimsoll-${name}` });
  let hasAnswered = false;
  return {
    send: (request) => worker.postMessage(request, []),
    listen({ onReply, onBroken }) {
      worker.addEventListener("message", (event: MessageEvent<Reply>) => {
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
