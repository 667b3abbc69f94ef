import { CircleAlert, TriangleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";

/** What a field hands to its control. */
export interface ControlIds {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
}

export interface FieldProps {
  readonly label: string;
  /** What is expected, before anything is wrong. */
  readonly hint?: ReactNode;
  /** What is wrong and how to put it right: "Between 5 and 100 %: enter 12.5". */
  readonly error?: string | undefined;
  /** What is allowed and yet unwise: stands under the control beside the hint. */
  readonly warning?: string | undefined;
  /** Behind the label, e.g. "current 10 %". */
  readonly aside?: ReactNode;
  readonly children: (ids: ControlIds) => ReactNode;
}

/** A label, a control, and a note under it: the hint, a warning before it, or the error in their place. */
export function Field({ label, hint, error, warning, aside, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = hint !== undefined || error !== undefined || warning !== undefined;
  return (
    <div className="flex min-w-0 flex-col gap-1 print:hidden">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <label htmlFor={id} className="text-[0.8125rem] font-medium">
          {label}
        </label>
        {aside !== undefined && <span className="figures text-xs text-ink-muted">{aside}</span>}
      </div>
      {children({
        id,
        "aria-describedby": hasNote ? noteId : undefined,
        "aria-invalid": error === undefined ? undefined : true,
      })}
      {hasNote && (
        <p id={noteId} className="text-xs leading-snug text-ink-muted">
          {error === undefined ? (
            <>
              {warning !== undefined && (
                <span className="flex items-start gap-1 text-caution">
                  <TriangleAlert size={13} className="mt-px shrink-0" />
                  {warning}
                </span>
              )}
              {hint}
            </>
          ) : (
            <span className="flex items-start gap-1 text-danger">
              <CircleAlert size={13} className="mt-px shrink-0" />
              {error}
            </span>
          )}
        </p>
      )}
    </div>
  );
}
