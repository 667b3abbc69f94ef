import { clsx } from "clsx";
import { useState } from "react";
import { Field, type FieldProps } from "./field";
import { CONTROL } from "./inputs";

export interface SliderProps extends Omit<FieldProps, "children"> {
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Unit behind the number: "%". */
  readonly unit?: string;
  /** The value in words for screen readers: "minus 25 per cent". */
  readonly valueText?: string;
}

/** A range to drag and the same number to type. The number is a position on the slider, not money. */
export function Slider(props: SliderProps) {
  const { value, min, max, step, onChange } = props;
  // While somebody types, "1" on the way to "12" is not yet a value: the draft holds it until it is in range.
  const [draft, setDraft] = useState<string>();
  const type = (field: HTMLInputElement): void => {
    setDraft(field.value);
    const typed = field.valueAsNumber;
    if (Number.isFinite(typed) && typed >= min && typed <= max) onChange(typed);
  };
  return (
    <Field label={props.label} hint={props.hint} error={props.error} aside={props.aside}>
      {(ids) => (
        <span className="flex items-center gap-3">
          <input
            {...ids}
            type="range"
            min={min}
            max={max}
            step={step}
            value={value}
            onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
            aria-valuetext={props.valueText}
            className="h-9 min-w-0 grow accent-accent"
          />
          <span className="relative flex w-28 shrink-0 sm:w-24">
            <input
              type="number"
              aria-label={`${props.label}, as a number`}
              min={min}
              max={max}
              step={step}
              value={draft ?? value}
              onChange={(event) => type(event.currentTarget)}
              onBlur={() => setDraft(undefined)}
              className={clsx(CONTROL, "figures [appearance:textfield]", props.unit !== undefined && "pr-7")}
            />
            {props.unit !== undefined && (
              <span className="absolute inset-y-0 right-2.5 flex items-center text-xs text-ink-muted">
                {props.unit}
              </span>
            )}
          </span>
        </span>
      )}
    </Field>
  );
}
