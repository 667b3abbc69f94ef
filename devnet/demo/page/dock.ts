import { DOCK_CSS } from "./styles";

/**
 * The strip at the foot of the page that the two demo scripts share. It says how much room it takes there, so that
 * nothing of the app ends up behind it (its last line, its messages, what has the focus), and folds away to a small tab.
 */
export interface Dock {
  readonly shadow: ShadowRoot;
  /** Where the time bar puts its controls. */
  readonly left: HTMLElement;
  /** Where the wallet puts its controls. */
  readonly right: HTMLElement;
}

const HOST_ID = "plimsoll-devnet";
const FOLDED_KEY = "plimsoll-devnet:folded";

export function openDock(): Dock {
  const existing = document.getElementById(HOST_ID)?.shadowRoot;
  return existing ? dockIn(existing) : buildDock();
}

function dockIn(shadow: ShadowRoot): Dock {
  const left = shadow.querySelector<HTMLElement>("[data-side=left]");
  const right = shadow.querySelector<HTMLElement>("[data-side=right]");
  if (left === null || right === null) throw new Error("The devnet strip is incomplete.");
  return { shadow, left, right };
}

function buildDock(): Dock {
  const host = element("div", { id: HOST_ID });
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(DOCK_CSS);
  shadow.adoptedStyleSheets = [sheet];

  const left = element("div", { className: "group" });
  left.dataset["side"] = "left";
  const right = element("div", { className: "group push" });
  right.dataset["side"] = "right";
  const brand = element("div", { className: "brand" }, [element("span", { textContent: "Devnet" })]);
  const fold = element("button", { type: "button", className: "quiet", textContent: "▾" });
  fold.setAttribute("aria-label", "Fold the devnet strip away");
  const bar = element("section", { className: "dock" }, [brand, left, right, fold]);
  bar.setAttribute("aria-label", "Devnet controls");
  const tab = element("button", { type: "button", className: "tab", textContent: "Devnet ▴" });
  tab.setAttribute("aria-label", "Open the devnet strip");

  const show = (folded: boolean): void => {
    bar.hidden = folded;
    tab.hidden = !folded;
  };
  // Its height changes: controls come later than the strip, and wrap on a narrow screen.
  const observer = new ResizeObserver(() => {
    const top = (tab.hidden ? bar : tab).getBoundingClientRect().top;
    document.documentElement.style.setProperty("--foot-inset", `${Math.ceil(window.innerHeight - top)}px`);
  });
  observer.observe(bar);
  observer.observe(tab);
  fold.addEventListener("click", () => {
    sessionStorage.setItem(FOLDED_KEY, "yes");
    show(true);
    tab.focus();
  });
  tab.addEventListener("click", () => {
    sessionStorage.removeItem(FOLDED_KEY);
    show(false);
    fold.focus();
  });

  shadow.append(bar, tab);
  document.body.append(host);
  show(sessionStorage.getItem(FOLDED_KEY) === "yes");
  return dockIn(shadow);
}

/** Builds one element; text goes in as text, never as markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[K] {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

/** Runs once the body exists: the scripts are loaded from the document's head. */
export function whenReady(start: () => void): void {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start, { once: true });
  else start();
}
