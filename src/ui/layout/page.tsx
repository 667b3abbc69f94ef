import { clsx } from "clsx";
import { type ReactNode, use } from "react";
import { SiteName } from "./site-name";

export interface PageProps {
  readonly title: ReactNode;
  /** A short line above the title: where we are. */
  readonly eyebrow?: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** The block everything on the page was read at. */
  readonly stamp?: ReactNode;
  readonly children: ReactNode;
}

/** One page: a first heading, then sections and panels at an even distance. */
export function Page(props: PageProps) {
  const siteName = use(SiteName);
  return (
    <div className="flex flex-col gap-5">
      {typeof props.title === "string" && <title>{`${props.title} · ${siteName}`}</title>}
      <header className="flex flex-wrap items-end gap-x-6 gap-y-2">
        <div className="min-w-0 grow basis-80">
          {props.eyebrow !== undefined && (
            <p className="mb-0.5 text-xs font-medium text-ink-muted">{props.eyebrow}</p>
          )}
          <h1 className="text-xl leading-tight font-semibold tracking-tight">{props.title}</h1>
          {props.description !== undefined && (
            <p className="mt-1 max-w-[72ch] text-ink-muted">{props.description}</p>
          )}
        </div>
        {(props.actions !== undefined || props.stamp !== undefined) && (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            {props.stamp}
            {props.actions}
          </div>
        )}
      </header>
      {props.children}
    </div>
  );
}

export interface SectionProps {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A titled group of panels. */
export function Section(props: SectionProps) {
  return (
    <section className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-x-6 gap-y-1">
        <div className="min-w-0 grow">
          <h2 className="text-base font-semibold tracking-tight">{props.title}</h2>
          {props.description !== undefined && (
            <p className="max-w-[72ch] text-ink-muted">{props.description}</p>
          )}
        </div>
        {props.actions !== undefined && <div className="flex flex-wrap gap-2">{props.actions}</div>}
      </div>
      {props.children}
    </section>
  );
}

const COLUMNS = {
  2: "md:grid-cols-2",
  3: "sm:grid-cols-2 lg:grid-cols-3",
  4: "sm:grid-cols-2 xl:grid-cols-4",
  aside: "lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]",
} as const;

/** Panels side by side; under each other on a phone. "aside" is two thirds and one third. */
export function Grid(props: { readonly columns: keyof typeof COLUMNS; readonly children: ReactNode }) {
  return (
    <div
      className={clsx("grid grid-cols-[minmax(0,1fr)] gap-4 *:min-w-0 print:gap-3", COLUMNS[props.columns])}
    >
      {props.children}
    </div>
  );
}
