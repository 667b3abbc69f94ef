import type { ReactNode } from "react";

export interface KeyValue {
  readonly key: string;
  readonly label: ReactNode;
  readonly value: ReactNode;
  /** A quieter line under the label. */
  readonly hint?: ReactNode;
}

/** Names and values in two columns; the values end on one edge. */
export function KeyValueList({ items }: { readonly items: readonly KeyValue[] }) {
  return (
    <dl className="divide-y divide-line text-[0.8125rem]">
      {items.map((item) => (
        <div
          key={item.key}
          className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-0.5 py-1.5"
        >
          <dt className="min-w-0 text-ink-muted">
            {item.label}
            {item.hint !== undefined && <span className="block text-xs text-ink-faint">{item.hint}</span>}
          </dt>
          <dd className="figures min-w-0 grow text-right font-medium">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
