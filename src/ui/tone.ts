/** How a thing is meant. Always beside a word or an icon: colour is never the only signal. */
export type Tone = "neutral" | "accent" | "ok" | "caution" | "danger" | "loss" | "stale";

/** Ink of a tone on any plain ground. */
export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  neutral: "text-ink",
  accent: "text-accent",
  ok: "text-ok",
  caution: "text-caution",
  danger: "text-danger",
  loss: "text-loss",
  stale: "text-stale",
};

/** Ink of a tone on that tone's own soft ground. */
export const TONE_SOFT: Readonly<Record<Tone, string>> = {
  neutral: "bg-stale-soft text-ink-muted",
  accent: "bg-accent-soft text-accent",
  ok: "bg-ok-soft text-ok",
  caution: "bg-caution-soft text-caution",
  danger: "bg-danger-soft text-danger",
  loss: "bg-loss-soft text-loss",
  stale: "bg-stale-soft text-stale",
};

/** The edge that marks a block of a tone. */
export const TONE_EDGE: Readonly<Record<Tone, string>> = {
  neutral: "border-line-strong",
  accent: "border-accent",
  ok: "border-ok",
  caution: "border-caution",
  danger: "border-danger",
  loss: "border-loss",
  stale: "border-line-strong",
};
