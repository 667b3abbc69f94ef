import type { FigureText } from "./figure-text";
import { FigureUnknown } from "./figure-unknown";

/** An amount in a cell: digits in columns, unit quieter, USD under it. */
export function Money({ figure }: { readonly figure: FigureText }) {
  switch (figure.kind) {
    case "loading":
      return <span className="text-ink-faint">…</span>;
    case "unknown":
      return <FigureUnknown why={figure.why} inline />;
    case "known":
      return (
        <span className="figures inline-flex flex-col items-end">
          <span className="whitespace-nowrap">
            {figure.text}
            {figure.unit !== undefined && (
              <span className="ml-1 text-[0.8em] text-ink-muted">{figure.unit}</span>
            )}
          </span>
          {figure.decoration !== undefined && (
            <span className="block text-xs text-ink-faint">{figure.decoration}</span>
          )}
        </span>
      );
  }
}
