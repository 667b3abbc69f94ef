import { type ReactNode, use } from "react";
import { BrandMark } from "./brand-mark";
import { SiteName } from "./site-name";
import { ThemeToggle } from "./theme-toggle";

export interface AppShellProps {
  /** Where the brand mark leads. */
  readonly homeHref: string;
  /** What is open: chain and vault. */
  readonly title?: ReactNode;
  /** The pages of the open vault, usually a NavStrip; without it the second row is not drawn. */
  readonly nav?: ReactNode;
  /** Connect button or account; the public page leaves it out. */
  readonly wallet?: ReactNode;
  /** Whole-width notices under the bar: endpoint down, stale, pinned block. */
  readonly notices?: ReactNode;
  readonly footer?: ReactNode;
  /** Build version, shown at the foot of every page. */
  readonly version: string;
  readonly children: ReactNode;
}

/** The frame of every page: bar, strip of pages, content, foot. */
export function AppShell(props: AppShellProps) {
  const siteName = use(SiteName);
  return (
    <div className="flex min-h-dvh flex-col bg-canvas text-ink">
      <a
        href="#content"
        onClick={focusContent}
        className="sr-only rounded-md bg-accent text-accent-ink focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:px-3 focus:py-2"
      >
        Skip to content
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-surface print:static">
        <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-3 px-3 sm:h-12 sm:flex-nowrap sm:px-5">
          <a
            href={props.homeHref}
            className="flex h-12 min-w-0 flex-1 items-center gap-2 font-semibold tracking-tight sm:max-w-80 sm:flex-none"
          >
            <span className="shrink-0">
              <BrandMark size={22} />
            </span>
            <bdi className="truncate">{siteName}</bdi>
          </a>
          {props.title !== undefined && (
            <div className="order-last min-w-0 basis-full pb-1.5 text-[0.8125rem] text-ink-muted sm:order-none sm:basis-auto sm:border-l sm:border-line sm:pb-0 sm:pl-3">
              {props.title}
            </div>
          )}
          <div className="ml-auto flex shrink-0 items-center gap-1.5 print:hidden">
            {props.wallet}
            <ThemeToggle />
          </div>
        </div>
        {props.nav !== undefined && <div className="mx-auto max-w-page px-1 sm:px-2.5">{props.nav}</div>}
      </header>
      {props.notices}
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-page grow px-3 py-5 outline-none sm:px-5"
      >
        {props.children}
      </main>
      <footer className="border-t border-line">
        <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-5 gap-y-1 px-3 py-4 text-xs text-ink-muted sm:px-5">
          {props.footer}
          <span className="figures ml-auto">Plimsoll {props.version}</span>
        </div>
      </footer>
    </div>
  );
}

/** Addresses of pages live in the hash, so the skip link may not change it: it moves the focus instead. */
function focusContent(event: { readonly preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById("content")?.focus();
}
