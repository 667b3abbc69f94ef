import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Field, type FieldProps } from "./field";

type FieldParts = Omit<FieldProps, "children">;

export interface TextInputProps extends FieldParts {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
  readonly placeholder?: string;
  /** Fixed text inside the control: a unit. */
  readonly suffix?: ReactNode;
  /** Addresses and hashes. */
  readonly mono?: boolean;
  readonly inputMode?: "text" | "decimal" | "url";
  readonly name?: string;
  readonly readOnly?: boolean;
  readonly required?: boolean;
}

/** Shared look of everything one writes or picks in; 16 px on phones, else iOS zooms in. */
export const CONTROL =
  "min-h-9 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2.5 py-1 text-base text-ink placeholder:text-ink-faint aria-invalid:border-danger sm:text-[0.8125rem]";

/** One line of text. */
export function TextInput(props: TextInputProps) {
  const { suffix } = props;
  return (
    <Field
      label={props.label}
      hint={props.hint}
      error={props.error}
      warning={props.warning}
      aside={props.aside}
    >
      {(ids) => (
        <span className="relative flex">
          <input
            {...ids}
            type="text"
            name={props.name}
            value={props.value}
            onChange={(event) => props.onChange(event.currentTarget.value)}
            onBlur={props.onBlur}
            placeholder={props.placeholder}
            inputMode={props.inputMode ?? "text"}
            readOnly={props.readOnly}
            required={props.required}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className={clsx(
              CONTROL,
              props.readOnly === true && "bg-sunken",
              props.mono === true && "font-mono",
              props.inputMode === "decimal" && "figures",
              suffix !== undefined && "pr-16",
            )}
          />
          {suffix !== undefined && (
            <span className="absolute inset-y-0 right-2.5 flex items-center gap-1 text-xs text-ink-muted">
              {suffix}
            </span>
          )}
        </span>
      )}
    </Field>
  );
}

export interface AmountInputProps extends Omit<TextInputProps, "inputMode" | "mono" | "suffix"> {
  /** Symbol of the asset. */
  readonly symbol: string;
  /** Fills in the largest amount that makes sense. */
  readonly onMax?: () => void;
}

/** An amount of one asset, as text: it becomes an integer in one place, and that place is not here. */
export function AmountInput({ symbol, onMax, ...rest }: AmountInputProps) {
  return (
    <TextInput
      {...rest}
      inputMode="decimal"
      suffix={
        <>
          {onMax !== undefined && (
            <button
              type="button"
              onClick={onMax}
              className="rounded px-1 py-0.5 font-semibold text-accent hover:bg-accent-soft"
            >
              Max
            </button>
          )}
          {symbol}
        </>
      }
    />
  );
}

/** A percentage, as text. */
export function PercentInput(props: Omit<TextInputProps, "inputMode" | "mono" | "suffix">) {
  return <TextInput {...props} inputMode="decimal" suffix="%" />;
}

export interface SelectFieldProps<Value extends string> extends FieldParts {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
}

/** One of several, by the browser's own list. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  return (
    <Field
      label={props.label}
      hint={props.hint}
      error={props.error}
      warning={props.warning}
      aside={props.aside}
    >
      {(ids) => (
        <select
          {...ids}
          value={props.value}
          onChange={(event) => {
            const chosen = props.options.find((option) => option.value === event.currentTarget.value);
            if (chosen !== undefined) props.onChange(chosen.value);
          }}
          className={CONTROL}
        >
          {props.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
