import { SquareFunction, X } from "lucide-react";
import { type ReactNode, useId, useRef } from "react";
import { CopyButton } from "../data/copy-button";
import { placePopover } from "./popover-place";

/** How a figure came about: enough to do the arithmetic again by hand. */
export interface Formula {
  /** The formula in words and symbols, e.g. "U ÷ A". */
  readonly expression: string;
  /** What the formula says, in a sentence. */
  readonly meaning?: string;
  readonly inputs: readonly { readonly label: string; readonly value: string }[];
  readonly result: string;
  /** "block 18,231,004 (0x12ab…89cd)". */
  readonly block: string;
  /** A command that gives the same figure outside the browser. */
  readonly command?: string;
}

/** The formula as plain text, for the clipboard. */
export function formulaAsText(label: string, formula: Formula): string {
  return [
    label,
    formula.expression,
    ...formula.inputs.map((input) => `  ${input.label} = ${input.value}`),
    `= ${formula.result}`,
    `at ${formula.block}`,
    ...(formula.command === undefined ? [] : [formula.command]),
  ].join("\n");
}

export interface FormulaButtonProps {
  /** The figure's name. */
  readonly label: string;
  readonly formula: Formula;
  /** What else verifies the figure, e.g. a link to the calls behind it. */
  readonly children?: ReactNode;
}

/** A button that opens the figure's formula in the browser's own popover: closes on Escape and on a click outside. */
export function FormulaButton({ label, formula, children }: FormulaButtonProps) {
  const popoverId = useId();
  const button = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLDialogElement>(null);

  const place = (): void => {
    const panel = popover.current;
    const anchor = button.current?.getBoundingClientRect();
    if (panel === null || anchor === undefined) return;
    const at = placePopover({
      anchor,
      popover: { width: panel.offsetWidth, height: panel.offsetHeight },
      viewport: { width: document.documentElement.clientWidth, height: window.innerHeight },
    });
    panel.style.left = `${at.left}px`;
    panel.style.top = `${at.top}px`;
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={popoverId}
        aria-label={`Formula of ${label}`}
        title="Formula"
        className="relative z-10 inline-grid size-6 shrink-0 place-items-center rounded text-ink-faint hover:bg-sunken hover:text-accent print:hidden"
      >
        <SquareFunction size={14} />
      </button>
      <dialog
        ref={popover}
        id={popoverId}
        popover="auto"
        aria-label={`Formula of ${label}`}
        onToggle={(event) => event.newState === "open" && place()}
        className="thin-scrollbar fixed inset-auto m-0 max-h-[80dvh] w-[min(26rem,calc(100vw-1rem))] overflow-y-auto rounded-lg border border-line-strong bg-raised p-4 text-left text-[0.8125rem] font-normal text-ink shadow-raised"
      >
        <div className="flex items-start gap-2">
          <p className="grow text-sm font-semibold">{label}</p>
          <button
            type="button"
            popoverTarget={popoverId}
            popoverTargetAction="hide"
            aria-label="Close"
            className="-mt-1 -mr-1 grid size-7 place-items-center rounded text-ink-faint hover:bg-sunken hover:text-ink"
          >
            <X size={15} />
          </button>
        </div>
        {formula.meaning !== undefined && <p className="mt-1 text-ink-muted">{formula.meaning}</p>}
        <p className="figures mt-3 rounded bg-sunken px-3 py-2 font-mono text-xs leading-relaxed">
          {formula.expression}
        </p>
        <dl className="figures mt-3 grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1">
          {formula.inputs.map((input) => (
            <div key={input.label} className="col-span-2 grid grid-cols-subgrid">
              <dt className="text-ink-muted">{input.label}</dt>
              <dd className="text-right break-all">{input.value}</dd>
            </div>
          ))}
          <div className="col-span-2 grid grid-cols-subgrid border-t border-line pt-1 font-semibold">
            <dt>Result</dt>
            <dd className="text-right break-all">{formula.result}</dd>
          </div>
        </dl>
        {formula.command !== undefined && (
          <pre className="mt-3 overflow-x-auto rounded bg-sunken px-3 py-2 font-mono text-xs whitespace-pre-wrap">
            {formula.command}
          </pre>
        )}
        {children !== undefined && <div className="mt-3">{children}</div>}
        <div className="mt-3 flex flex-wrap items-center gap-3 text-xs text-ink-muted">
          <span className="figures grow">Read at {formula.block}</span>
          <CopyButton text={formulaAsText(label, formula)} what="formula and inputs" labelled />
        </div>
      </dialog>
    </>
  );
}
