import type { ReactNode } from "react";
import type { FigureText } from "@/ui/figures/figure-text";
import { FigureUnknown } from "@/ui/figures/figure-unknown";
import { TONE_TEXT } from "@/ui/tone";
import type { TonedText } from "../texts";

/** A figure in a cell; an unknown one with its reason. */
export function FigureCell({ figure }: { readonly figure: FigureText }) {
  if (figure.kind === "unknown") return <FigureUnknown why={figure.why} inline />;
  return <span className="figures">{figure.kind === "known" ? figure.text : "…"}</span>;
}

/** A cell of two lines, the second one quieter. */
export function TwoLines({ children, below }: { readonly children: ReactNode; readonly below?: ReactNode }) {
  return (
    <span className="figures inline-flex flex-col">
      <span>{children}</span>
      {below !== undefined && <span className="text-xs text-ink-faint">{below}</span>}
    </span>
  );
}

/** A text with its tone, and the words that say what the tone means. */
export function TonedCell({ toned, below }: { readonly toned: TonedText; readonly below?: ReactNode }) {
  return (
    <TwoLines below={below}>
      <span className={TONE_TEXT[toned.tone]}>{toned.text}</span>
      {toned.note !== undefined && (
        <strong className={`block text-xs ${TONE_TEXT[toned.tone]}`}>{toned.note}</strong>
      )}
    </TwoLines>
  );
}
