import { clsx } from "clsx";
import {
  CircleAlert,
  CircleCheck,
  CircleDot,
  CircleMinus,
  CircleQuestionMark,
  Clock,
  type LucideIcon,
  OctagonAlert,
  OctagonX,
  TriangleAlert,
} from "lucide-react";
import type { ReactNode } from "react";
import { TONE_SOFT, type Tone } from "../tone";

const TONE_ICON: Readonly<Record<Tone, LucideIcon>> = {
  neutral: CircleMinus,
  accent: CircleDot,
  ok: CircleCheck,
  caution: CircleAlert,
  danger: TriangleAlert,
  loss: OctagonAlert,
  stale: Clock,
};

export interface BadgeProps {
  readonly tone: Tone;
  /** Another icon than the tone's own. */
  readonly icon?: LucideIcon;
  /** For tags that carry no state ("contract", "you", "modelled"). */
  readonly plain?: boolean;
  readonly title?: string;
  readonly children: ReactNode;
}

/** A word with an icon on a soft ground. */
export function Badge({ tone, icon, plain = false, title, children }: BadgeProps) {
  const Icon = icon ?? TONE_ICON[tone];
  return (
    <span
      title={title}
      className={clsx(
        "inline-flex items-center gap-1 rounded px-1.5 py-px align-middle text-xs leading-[1.125rem] font-medium whitespace-nowrap",
        TONE_SOFT[tone],
      )}
    >
      {!plain && <Icon size={12} className="shrink-0" />}
      {children}
    </span>
  );
}

/** Where a position stands against the vault's liquidation threshold. */
export type HealthBand =
  | "safe"
  | "caution"
  | "warning"
  | "danger"
  | "liquidatable"
  | "would-lose"
  | "insolvent"
  | "no-debt"
  | "unknown";

const BAND: Readonly<
  Record<HealthBand, { readonly tone: Tone; readonly word: string; readonly icon?: LucideIcon }>
> = {
  safe: { tone: "ok", word: "Safe" },
  caution: { tone: "accent", word: "Caution" },
  warning: { tone: "caution", word: "Warning" },
  danger: { tone: "danger", word: "Danger" },
  liquidatable: { tone: "danger", word: "Liquidatable", icon: OctagonAlert },
  "would-lose": { tone: "loss", word: "Would lose" },
  insolvent: { tone: "loss", word: "Insolvent", icon: OctagonX },
  "no-debt": { tone: "neutral", word: "No debt" },
  unknown: { tone: "stale", word: "Unknown", icon: CircleQuestionMark },
};

/** The band of a health ratio in one word. */
export function HealthBadge({ band, title }: { readonly band: HealthBand; readonly title?: string }) {
  const { tone, word, icon } = BAND[band];
  return (
    <Badge tone={tone} {...(icon === undefined ? {} : { icon })} {...(title === undefined ? {} : { title })}>
      {word}
    </Badge>
  );
}
