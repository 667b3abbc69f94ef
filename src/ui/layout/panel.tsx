import { clsx } from "clsx";
import { type ReactNode, useId } from "react";

export interface PanelProps {
  readonly title?: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** "As of block …": what everything in the panel was read at. */
  readonly footer?: ReactNode;
  /** For content that brings its own edges, such as a table. */
  readonly flush?: boolean;
  /** 3 when the panel stands inside a titled section. */
  readonly headingLevel?: 2 | 3;
  readonly children: ReactNode;
}

/** A framed piece of a page, named by its title for people who move by landmarks. */
export function Panel(props: PanelProps) {
  const headingId = useId();
  const Heading = props.headingLevel === 3 ? "h3" : "h2";
  const hasHead = props.title !== undefined || props.actions !== undefined;
  return (
    <section
      aria-labelledby={props.title === undefined ? undefined : headingId}
      className="flex min-w-0 flex-col rounded-lg border border-line bg-surface"
    >
      {hasHead && (
        <header
          className={clsx(
            "flex flex-wrap items-start gap-x-4 gap-y-2 px-4 pt-3",
            props.flush === true && "border-b border-line pb-3",
          )}
        >
          <div className="min-w-0 grow basis-52">
            {props.title !== undefined && (
              <Heading id={headingId} className="text-sm leading-6 font-semibold">
                {props.title}
              </Heading>
            )}
            {props.description !== undefined && (
              <p className="max-w-[72ch] text-[0.8125rem] text-ink-muted">{props.description}</p>
            )}
          </div>
          {props.actions !== undefined && (
            <div className="flex flex-wrap items-center gap-2 print:hidden">{props.actions}</div>
          )}
        </header>
      )}
      <div className={clsx("min-w-0 grow", props.flush !== true && "px-4 py-3")}>{props.children}</div>
      {props.footer !== undefined && (
        <footer className="border-t border-line px-4 py-2 text-xs text-ink-muted">{props.footer}</footer>
      )}
    </section>
  );
}
