import { Monitor, Moon, Sun } from "lucide-react";
import { chooseTheme, type ThemeChoice, useThemeChoice } from "../theme";

const NEXT: Readonly<Record<ThemeChoice, ThemeChoice>> = { system: "light", light: "dark", dark: "system" };
const WORD: Readonly<Record<ThemeChoice, string>> = { system: "as the device", light: "light", dark: "dark" };
const ICON = { system: Monitor, light: Sun, dark: Moon } as const;

/** One button that goes round: as the device, light, dark. */
export function ThemeToggle() {
  const choice = useThemeChoice();
  const Icon = ICON[choice];
  const next = NEXT[choice];
  return (
    <button
      type="button"
      onClick={() => chooseTheme(next)}
      aria-label={`Colours: ${WORD[choice]}. Change to ${WORD[next]}.`}
      title={`Colours: ${WORD[choice]}`}
      className="grid size-9 shrink-0 place-items-center rounded-md text-ink-muted hover:bg-sunken hover:text-ink print:hidden"
    >
      <Icon size={17} />
    </button>
  );
}
