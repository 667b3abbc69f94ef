import { clsx } from "clsx";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";

export interface NavItem {
  readonly href: string;
  readonly label: string;
  readonly current: boolean;
  /** A short count or word behind the label, e.g. the number of liquidatable managers. */
  readonly badge?: ReactNode;
}

type Overflow = "none" | "start" | "end" | "both";

const FADE: Readonly<Record<Overflow, string>> = {
  none: "",
  start: "fade-start",
  end: "fade-end",
  both: "fade-both",
};

/** Which ends of a scrolled strip hide something. One pixel of slack: browsers round scroll positions. */
export function overflowOf(strip: {
  readonly scrollLeft: number;
  readonly clientWidth: number;
  readonly scrollWidth: number;
}): Overflow {
  const start = strip.scrollLeft > 1;
  const end = strip.scrollLeft + strip.clientWidth < strip.scrollWidth - 1;
  if (start && end) return "both";
  if (start) return "start";
  return end ? "end" : "none";
}

/** Links to the pages of one vault. On a narrow screen the strip scrolls; a fade and an arrow say so. */
export function NavStrip({ label, items }: { readonly label: string; readonly items: readonly NavItem[] }) {
  const strip = useRef<HTMLUListElement>(null);
  const [overflow, setOverflow] = useState<Overflow>("none");

  useEffect(() => {
    const element = strip.current;
    if (element === null) return undefined;
    const measure = (): void => setOverflow(overflowOf(element));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener("scroll", measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", measure);
    };
  }, []);

  const currentHref = items.find((item) => item.current)?.href;
  useEffect(() => {
    const element = strip.current;
    const links = element?.querySelectorAll("a") ?? [];
    const current = [...links].find((link) => link.getAttribute("href") === currentHref);
    if (element === null || current === undefined) return;
    element.scrollTo({ left: current.offsetLeft - (element.clientWidth - current.offsetWidth) / 2 });
  }, [currentHref]);

  const scroll = (direction: 1 | -1): void => {
    const element = strip.current;
    element?.scrollBy({ left: direction * element.clientWidth * 0.7, behavior: "smooth" });
  };

  return (
    <nav aria-label={label} className="relative print:hidden">
      <ul ref={strip} className={clsx("no-scrollbar flex gap-1 overflow-x-auto", FADE[overflow])}>
        {items.map((item) => (
          <li key={item.href} className="shrink-0">
            <a
              href={item.href}
              aria-current={item.current ? "page" : undefined}
              className={clsx(
                "flex h-10 items-center gap-1.5 border-b-2 px-2.5 text-[0.8125rem] whitespace-nowrap -outline-offset-2",
                item.current
                  ? "border-accent font-semibold text-ink"
                  : "border-transparent text-ink-muted hover:border-line-strong hover:text-ink",
              )}
            >
              {item.label}
              {item.badge}
            </a>
          </li>
        ))}
      </ul>
      {(overflow === "start" || overflow === "both") && (
        <ScrollArrow side="start" onClick={() => scroll(-1)} />
      )}
      {(overflow === "end" || overflow === "both") && <ScrollArrow side="end" onClick={() => scroll(1)} />}
    </nav>
  );
}

/** For pointers only: with the keyboard the links themselves scroll into view. */
function ScrollArrow({ side, onClick }: { readonly side: "start" | "end"; readonly onClick: () => void }) {
  const Icon = side === "start" ? ChevronLeft : ChevronRight;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden="true"
      onClick={onClick}
      className={clsx(
        "absolute top-1.5 grid size-7 place-items-center rounded-full border border-line bg-raised text-ink-muted shadow-sm",
        side === "start" ? "left-0" : "right-0",
      )}
    >
      <Icon size={15} />
    </button>
  );
}
