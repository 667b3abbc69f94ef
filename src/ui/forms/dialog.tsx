import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from "react";

export interface DialogProps {
  readonly open: boolean;
  /** Escape, the cross, or a press outside. */
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: ReactNode;
  /** Buttons, most important last. */
  readonly actions?: ReactNode;
  readonly width?: "narrow" | "wide";
  /** While true neither Escape nor a press outside closes: a wallet is being waited for. */
  readonly locked?: boolean;
  readonly children: ReactNode;
}

/**
 * The browser's own modal dialog: it holds the focus, makes the page behind inert and gives the focus back to
 * where it came from.
 */
export function Dialog(props: DialogProps) {
  const { open, onClose, locked = false, width = "narrow" } = props;
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();

  useEffect(() => {
    const dialog = element.current;
    if (dialog === null) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);

  // Only a dialog that is closed gives the focus back; one that is just taken out of the page loses it.
  useLayoutEffect(() => {
    const dialog = element.current;
    return () => {
      if (dialog?.open === true) dialog.close();
    };
  }, []);

  return (
    // Escape is the keyboard's way to what a press outside does; the browser brings it as "cancel".
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <dialog
      ref={element}
      aria-labelledby={`${id}-title`}
      aria-describedby={props.description === undefined ? undefined : `${id}-description`}
      onCancel={(event) => {
        event.preventDefault();
        if (!locked) onClose();
      }}
      onClick={(event) => {
        if (!locked && event.target === element.current) onClose();
      }}
      className={
        width === "wide"
          ? "m-auto w-[min(56rem,calc(100vw-1.5rem))] max-w-none rounded-xl border border-line-strong bg-raised p-0 text-ink shadow-raised backdrop:bg-black/50"
          : "m-auto w-[min(34rem,calc(100vw-1.5rem))] max-w-none rounded-xl border border-line-strong bg-raised p-0 text-ink shadow-raised backdrop:bg-black/50"
      }
    >
      {open && (
        <div className="flex max-h-[88dvh] flex-col">
          <header className="flex items-start gap-3 border-b border-line px-5 py-3.5">
            <div className="min-w-0 grow">
              <h2 id={`${id}-title`} className="text-base font-semibold">
                {props.title}
              </h2>
              {props.description !== undefined && (
                <p id={`${id}-description`} className="text-[0.8125rem] text-ink-muted">
                  {props.description}
                </p>
              )}
            </div>
            {!locked && (
              <button
                type="button"
                onClick={onClose}
                aria-label="Close"
                className="-mr-2 grid size-8 place-items-center rounded text-ink-faint hover:bg-sunken hover:text-ink"
              >
                <X size={17} />
              </button>
            )}
          </header>
          <div className="thin-scrollbar min-h-0 overflow-y-auto px-5 py-4">{props.children}</div>
          {props.actions !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3.5">
              {props.actions}
            </footer>
          )}
        </div>
      )}
    </dialog>
  );
}
