import { clsx } from "clsx";
import { CircleCheck, CircleX, Info, LoaderCircle, X } from "lucide-react";
import type { ReactNode } from "react";

export interface Toast {
  /** One a transaction: the same id is the same toast, updated in place. */
  readonly id: string;
  readonly state: "busy" | "done" | "failed" | "info";
  readonly title: string;
  readonly detail?: ReactNode;
}

export interface ToastRegionProps {
  readonly toasts: readonly Toast[];
  readonly onDismiss: (id: string) => void;
}

const ICON = { busy: LoaderCircle, done: CircleCheck, failed: CircleX, info: Info } as const;
const INK = { busy: "text-accent", done: "text-ok", failed: "text-danger", info: "text-accent" } as const;
const EDGE = {
  busy: "border-accent",
  done: "border-ok",
  failed: "border-danger",
  info: "border-line-strong",
} as const;

/** What is going on with sent transactions. Always in the page, so that screen readers hear every change. */
export function ToastRegion({ toasts, onDismiss }: ToastRegionProps) {
  return (
    <section
      aria-label="Transactions"
      className="pointer-events-none fixed inset-x-3 bottom-3 z-40 sm:left-auto sm:w-88 print:hidden"
    >
      <ul aria-live="polite" aria-relevant="additions text" className="flex flex-col gap-2">
        {toasts.map((toast) => {
          const Icon = ICON[toast.state];
          return (
            <li
              key={toast.id}
              className={clsx(
                "pointer-events-auto flex gap-2.5 rounded-lg border bg-raised px-3.5 py-2.5 text-[0.8125rem] shadow-raised",
                EDGE[toast.state],
              )}
            >
              <Icon
                size={17}
                className={clsx(
                  "mt-0.5 shrink-0",
                  INK[toast.state],
                  toast.state === "busy" && "animate-spin motion-reduce:animate-none",
                )}
              />
              <div className="min-w-0 grow">
                <p className="font-medium">{toast.title}</p>
                {toast.detail !== undefined && <div className="text-ink-muted">{toast.detail}</div>}
              </div>
              <button
                type="button"
                onClick={() => onDismiss(toast.id)}
                aria-label={`Dismiss: ${toast.title}`}
                className="-mr-1.5 grid size-7 shrink-0 place-items-center rounded text-ink-faint hover:bg-sunken hover:text-ink"
              >
                <X size={15} />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
