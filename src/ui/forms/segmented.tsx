import { clsx } from "clsx";
import { useId } from "react";

export interface SegmentedProps<Value extends string> {
  /** Names the choice: "Range". Not drawn. */
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
}

/** A few short choices side by side: native radio buttons in a row, so arrow keys move between them. */
export function Segmented<Value extends string>({ label, value, onChange, options }: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset className="inline-flex rounded-md border border-line-strong p-0.5 print:hidden">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={clsx(
            "figures flex min-h-6 cursor-pointer items-center rounded px-2 text-xs has-focus-visible:outline-2 has-focus-visible:outline-accent",
            option.value === value
              ? "bg-accent font-semibold text-accent-ink"
              : "text-ink-muted hover:text-ink",
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="sr-only"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
