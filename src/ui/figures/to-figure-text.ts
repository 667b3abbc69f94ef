import type { FigureText } from "./figure-text";

/** A figure as the domain tags it, by shape: known, or unknown for a named reason. */
type TaggedFigure<Value, Reason extends string> =
  | { readonly kind: "known"; readonly value: Value }
  | { readonly kind: "unknown"; readonly reason: Reason };

/** How a figure is put into words. */
export interface FigureWords<Value, Reason extends string> {
  readonly text: (value: Value) => string;
  readonly unit?: string;
  readonly decoration?: (value: Value) => string | undefined;
  /** Every reason has its words: an unknown figure is never an empty text. */
  readonly why: Readonly<Record<Reason, string>>;
}

/** A tagged figure in the words it is shown with. */
export function toFigureText<Value, Reason extends string>(
  figure: TaggedFigure<Value, Reason>,
  words: FigureWords<Value, Reason>,
): FigureText {
  if (figure.kind === "unknown") return { kind: "unknown", why: words.why[figure.reason] };
  const decoration = words.decoration?.(figure.value);
  return {
    kind: "known",
    text: words.text(figure.value),
    ...(words.unit === undefined ? {} : { unit: words.unit }),
    ...(decoration === undefined ? {} : { decoration }),
  };
}
