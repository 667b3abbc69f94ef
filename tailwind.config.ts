import type { Config } from "tailwindcss";

/**
 * Design tokens. Colours are CSS variables (src/ui/theme.css gives them a value in light and in dark),
 * so that one class name serves both themes; charts read the same variables.
 */
const token = (name: string): string => `var(--${name})`;

export default {
  darkMode: "class",
  content: ["./index.html", "./src/**/*.{ts,tsx}"],
  theme: {
    extend: {
      colors: {
        canvas: token("canvas"),
        surface: token("surface"),
        raised: token("raised"),
        sunken: token("sunken"),
        line: token("line"),
        "line-strong": token("line-strong"),
        ink: token("ink"),
        "ink-muted": token("ink-muted"),
        "ink-faint": token("ink-faint"),
        accent: token("accent"),
        "accent-ink": token("accent-ink"),
        "accent-soft": token("accent-soft"),
        ok: token("ok"),
        "ok-soft": token("ok-soft"),
        caution: token("caution"),
        "caution-soft": token("caution-soft"),
        danger: token("danger"),
        "danger-soft": token("danger-soft"),
        loss: token("loss"),
        "loss-soft": token("loss-soft"),
        stale: token("stale"),
        "stale-soft": token("stale-soft"),
      },
      fontFamily: {
        sans: ["Inter Variable", "Inter Fallback", "ui-sans-serif", "system-ui", "sans-serif"],
        mono: ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace"],
      },
      maxWidth: { page: "88rem" },
      boxShadow: { raised: token("shadow") },
    },
  },
} satisfies Config;
