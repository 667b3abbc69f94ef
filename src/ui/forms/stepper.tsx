import { clsx } from "clsx";
import { Check, LoaderCircle, X } from "lucide-react";
import type { ReactNode } from "react";

export type StepState = "done" | "current" | "busy" | "todo" | "failed";

export interface Step {
  readonly id: string;
  readonly title: string;
  readonly state: StepState;
  /** One line: what was done or what is needed. */
  readonly note?: ReactNode;
  /** The step's form or button; shown while it is the current one, or has failed. */
  readonly content?: ReactNode;
}

const WORD: Readonly<Record<StepState, string>> = {
  done: "done",
  current: "current step",
  busy: "in progress",
  todo: "not yet",
  failed: "failed",
};

const DISC: Readonly<Record<StepState, string>> = {
  done: "border-ok bg-ok-soft text-ok",
  current: "border-accent bg-accent text-accent-ink",
  busy: "border-accent bg-accent-soft text-accent",
  todo: "border-line-strong text-ink-faint",
  failed: "border-danger bg-danger-soft text-danger",
};

/** Steps in their order, one under the other. */
export function Stepper({ label, steps }: { readonly label: string; readonly steps: readonly Step[] }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {steps.map((step, position) => (
        <li
          key={step.id}
          aria-current={step.state === "current" || step.state === "busy" ? "step" : undefined}
          className="group/step relative grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-3 pb-5 last:pb-0"
        >
          <span
            aria-hidden="true"
            className="absolute top-8 bottom-1 left-[0.8125rem] w-px bg-line group-last/step:hidden"
          />
          <span
            aria-hidden="true"
            className={clsx(
              "figures grid size-7 place-items-center rounded-full border text-xs font-semibold",
              DISC[step.state],
            )}
          >
            <StepMark state={step.state} position={position + 1} />
          </span>
          <div className="min-w-0 pt-1">
            <p className={clsx("font-medium", step.state === "todo" && "text-ink-muted")}>
              {step.title}
              <span className="sr-only">, {WORD[step.state]}</span>
            </p>
            {step.note !== undefined && <div className="text-[0.8125rem] text-ink-muted">{step.note}</div>}
            {step.content !== undefined && <div className="mt-3">{step.content}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}

function StepMark({ state, position }: { readonly state: StepState; readonly position: number }) {
  switch (state) {
    case "done":
      return <Check size={15} />;
    case "failed":
      return <X size={15} />;
    case "busy":
      return <LoaderCircle size={15} className="animate-spin motion-reduce:animate-none" />;
    case "current":
    case "todo":
      return position;
  }
}
