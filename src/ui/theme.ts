import { useSyncExternalStore } from "react";

/** What the reader chose. "system" follows the device. */
export type ThemeChoice = "light" | "dark" | "system";

const STORAGE_KEY = "plimsoll.theme";
const listeners = new Set<() => void>();
let choice: ThemeChoice = "system";

/** Reads a stored word; anything that is not a choice (nothing, an older version's word) means "system". */
export function themeChoiceOf(stored: string | null): ThemeChoice {
  return stored === "light" || stored === "dark" ? stored : "system";
}

/** The theme that a choice gives on a device. */
export function themeOf(choice: ThemeChoice, deviceIsDark: boolean): "light" | "dark" {
  if (choice === "system") return deviceIsDark ? "dark" : "light";
  return choice;
}

function deviceQuery(): MediaQueryList {
  return window.matchMedia("(prefers-color-scheme: dark)");
}

function apply(): void {
  const theme = themeOf(choice, deviceQuery().matches);
  document.documentElement.classList.toggle("dark", theme === "dark");
  document.documentElement.classList.toggle("light", theme === "light");
  for (const listener of listeners) listener();
}

function storedChoice(): ThemeChoice {
  try {
    return themeChoiceOf(window.localStorage.getItem(STORAGE_KEY));
  } catch {
    // Storage is blocked (private mode, embedded frame): the device decides, and a choice lasts until reload.
    return "system";
  }
}

/**
 * Puts the stored theme on the document and keeps following the device. Call once, first thing in the entry:
 * the content policy allows no inline script, so nothing earlier can do it.
 */
export function startTheme(): void {
  choice = storedChoice();
  apply();
  deviceQuery().addEventListener("change", apply);
}

/** Changes the theme for this reader and remembers it where the browser allows. */
export function chooseTheme(next: ThemeChoice): void {
  choice = next;
  apply();
  try {
    window.localStorage.setItem(STORAGE_KEY, next);
  } catch {
    // Storage is blocked: the choice holds until the page is left, which is all that can be promised.
    choice = next;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The reader's choice, live. */
export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, () => choice);
}
