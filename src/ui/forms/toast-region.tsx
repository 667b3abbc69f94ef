import { clsx } from "clsx";
import { CircleCheck, CircleX, Info, LoaderCircle, X } from "lucide-react";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";

export interface Toast {
  /** One a transaction: the same id is the same toast, updated in place. */
  readonly id: string;
  readonly state: "busy" | "done" | "failed" | "info";
  readonly title: string;
  readonly detail?: ReactNode;
  /** Goes by itself: good news that need no answer, and can be read again elsewhere. */
  readonly expires?: boolean;
}

export interface ToastRegionProps {
  readonly toasts: readonly Toast[];
  readonly onDismiss: (id: string) => void;
  /** A toast's time is over. */
  readonly onExpire: (id: string) => void;
}

/** Long enough to read two lines slowly; a toast under the pointer or with the focus in it stays. */
const LIFE_MS = 12_000;

const ICON = { busy: LoaderCircle, done: CircleCheck, failed: CircleX, info: Info } as const;
const INK = { busy: "text-accent", done: "text-ok", failed: "text-danger", info: "text-accent" } as const;
const EDGE = {
  busy: "border-accent",
  done: "border-ok",
  failed: "border-danger",
  info: "border-line-strong",
} as const;

/**
 * What is going on with sent transactions. Always in the page, so that screen readers hear every change. Stands above
 * whatever else says, through `--foot-inset`, that it takes room at the foot of the window.
 */
export function ToastRegion({ toasts, onDismiss, onExpire }: ToastRegionProps) {
  return (
    <section
      aria-label="Transactions"
      className="pointer-events-none fixed inset-x-3 bottom-[calc(0.75rem+var(--foot-inset,0px))] z-40 sm:left-auto sm:w-88 print:hidden"
    >
      <ul aria-live="polite" aria-relevant="additions text" className="flex flex-col gap-2">
        {toasts.map((toast) => (
          <ToastItem
            key={toast.id}
            toast={toast}
            onDismiss={() => onDismiss(toast.id)}
            onExpire={() => onExpire(toast.id)}
          />
        ))}
      </ul>
    </section>
  );
}

interface ToastItemProps {
  readonly toast: Toast;
  readonly onDismiss: () => void;
  readonly onExpire: () => void;
}

function ToastItem({ toast, onDismiss, onExpire }: ToastItemProps) {
  const [isPointed, setIsPointed] = useState(false);
  const [isFocused, setIsFocused] = useState(false);
  const isRunning = toast.expires === true && !isPointed && !isFocused;
  const expire = useEffectEvent(onExpire);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setTimeout(() => expire(), LIFE_MS);
    return () => clearTimeout(timer);
  }, [isRunning]);
  const Icon = ICON[toast.state];
  return (
    // Pointing and focusing do nothing here but hold the time: whoever reads is not hurried.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      onPointerEnter={() => setIsPointed(true)}
      onPointerLeave={() => setIsPointed(false)}
      onFocus={() => setIsFocused(true)}
      onBlur={() => setIsFocused(false)}
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
        onClick={onDismiss}
        aria-label={`Dismiss: ${toast.title}`}
        className="-mr-1.5 grid size-7 shrink-0 place-items-center rounded text-ink-faint hover:bg-sunken hover:text-ink"
      >
        <X size={15} />
      </button>
    </li>
  );
}
