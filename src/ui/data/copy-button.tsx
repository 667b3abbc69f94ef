import { clsx } from "clsx";
import { Check, Copy, X } from "lucide-react";
import { useEffect, useState } from "react";

export interface CopyButtonProps {
  /** Exactly what goes to the clipboard. */
  readonly text: string;
  /** What is copied, for the button's name: "address", "formula". */
  readonly what: string;
  /** Shows the word beside the icon. */
  readonly labelled?: boolean;
}

type CopyState = "idle" | "copied" | "refused";

/** Copies a text and says whether that worked: browsers refuse the clipboard outside secure pages. */
export function CopyButton({ text, what, labelled = false }: CopyButtonProps) {
  const [state, setState] = useState<CopyState>("idle");

  useEffect(() => {
    if (state === "idle") return undefined;
    const timer = setTimeout(() => setState("idle"), 2_000);
    return () => clearTimeout(timer);
  }, [state]);

  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      // No permission or no secure context; the reader can still select the text.
      setState("refused");
    }
  };

  const word = state === "copied" ? "Copied" : state === "refused" ? "Not allowed here" : "Copy";
  return (
    <button
      type="button"
      onClick={() => void copy()}
      aria-label={`Copy ${what}`}
      title={state === "idle" ? `Copy ${what}` : word}
      className={clsx(
        "relative z-10 inline-flex shrink-0 items-center justify-center gap-1 rounded text-ink-faint hover:bg-sunken hover:text-ink print:hidden",
        labelled ? "h-7 border border-line px-2 text-xs font-medium text-ink-muted" : "size-6 align-middle",
        state === "copied" && "text-ok",
        state === "refused" && "text-danger",
      )}
    >
      <CopyIcon state={state} />
      {labelled && <span aria-hidden="true">{word}</span>}
      <output className="sr-only">
        {state === "copied" ? `${what} copied` : state === "refused" ? `${what} could not be copied` : ""}
      </output>
    </button>
  );
}

function CopyIcon({ state }: { readonly state: CopyState }) {
  if (state === "copied") return <Check size={13} />;
  if (state === "refused") return <X size={13} />;
  return <Copy size={13} />;
}
