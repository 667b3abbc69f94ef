import { clsx } from "clsx";
import { Field, type FieldProps } from "./field";
import { CONTROL } from "./inputs";

export interface TextAreaProps extends Omit<FieldProps, "children"> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly rows?: number;
  /** Hashes, JSON. */
  readonly mono?: boolean;
}

/** Several lines of text, as they are pasted. */
export function TextArea(props: TextAreaProps) {
  return (
    <Field label={props.label} hint={props.hint} error={props.error} aside={props.aside}>
      {(ids) => (
        <textarea
          {...ids}
          value={props.value}
          onChange={(event) => props.onChange(event.currentTarget.value)}
          placeholder={props.placeholder}
          rows={props.rows ?? 4}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className={clsx(
            CONTROL,
            "thin-scrollbar resize-y py-1.5",
            props.mono === true && "font-mono break-all",
          )}
        />
      )}
    </Field>
  );
}
