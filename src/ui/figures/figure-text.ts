/** A figure in the words it is shown with. An unknown one has a reason, never a zero or an empty text. */
export type FigureText =
  | {
      readonly kind: "known";
      readonly text: string;
      /** Unit behind the figure: "USDC", "%". */
      readonly unit?: string;
      /** Secondary reading, e.g. "≈ 12,345 USD". */
      readonly decoration?: string;
    }
  | { readonly kind: "unknown"; readonly why: string }
  | { readonly kind: "loading" };
