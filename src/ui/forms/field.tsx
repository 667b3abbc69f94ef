import { CircleAlert } from "lucide-react";
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
  /** Behind the label, e.g. "current 10 %". */
  readonly aside?: ReactNode;
  readonly children: (ids: ControlIds) => ReactNode;
}

/** A label, a control, and one line under it: the hint, or the error in its place. */
export function Field({ label, hint, error, aside, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = hint !== undefined || error !== undefined;
  return (
    <div className="flex min-w-0 flex-col gap-1">
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
            hint
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
