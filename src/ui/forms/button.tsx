import { clsx } from "clsx";
import { LoaderCircle, type LucideIcon } from "lucide-react";
import { type ReactNode, useId } from "react";

export type ButtonVariant = "primary" | "secondary" | "danger" | "ghost";

const VARIANT: Readonly<Record<ButtonVariant, string>> = {
  primary: "border-accent bg-accent text-accent-ink enabled:hover:brightness-110",
  secondary: "border-line-strong bg-surface text-ink enabled:hover:bg-sunken",
  danger: "border-danger bg-danger-soft text-danger enabled:hover:brightness-95",
  ghost: "border-transparent text-ink-muted enabled:hover:bg-sunken enabled:hover:text-ink",
};

export interface ButtonProps {
  readonly children: ReactNode;
  readonly onClick?: () => void;
  readonly variant?: ButtonVariant;
  readonly size?: "small" | "medium";
  readonly type?: "button" | "submit";
  readonly icon?: LucideIcon;
  /** Work is going on: a second press does nothing. */
  readonly busy?: boolean;
  /** Why it cannot be pressed now. Given: the button is off and the reason stands under it. */
  readonly disabledReason?: string | undefined;
  /** Another name than the visible words, when those repeat on a page. */
  readonly label?: string;
}

/** An action. One that is not allowed says why in words beside it, not by greyness alone. */
export function Button(props: ButtonProps) {
  const { variant = "secondary", size = "medium", busy = false, disabledReason } = props;
  const reasonId = useId();
  const off = disabledReason !== undefined;
  const Icon = busy ? LoaderCircle : props.icon;
  const button = (
    <button
      type={props.type === "submit" ? "submit" : "button"}
      onClick={busy || off ? undefined : props.onClick}
      disabled={off}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      aria-label={props.label}
      aria-describedby={off ? reasonId : undefined}
      className={clsx(
        "inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap",
        size === "small" ? "min-h-7 px-2.5 text-xs" : "min-h-9 px-3.5 text-[0.8125rem]",
        off ? "cursor-not-allowed border-line bg-sunken text-ink-faint" : VARIANT[variant],
        busy && "cursor-progress",
      )}
    >
      {Icon !== undefined && (
        <Icon size={15} className={clsx("shrink-0", busy && "animate-spin motion-reduce:animate-none")} />
      )}
      {props.children}
    </button>
  );
  if (!off) return button;
  return (
    <span className="inline-flex max-w-full flex-col items-start gap-1">
      {button}
      <span id={reasonId} className="max-w-[44ch] text-xs text-ink-muted">
        {disabledReason}
      </span>
    </span>
  );
}

export interface LinkButtonProps {
  readonly href: string;
  readonly children: ReactNode;
  readonly variant?: ButtonVariant;
  readonly size?: "small" | "medium";
  readonly icon?: LucideIcon;
  readonly download?: string;
}

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function LinkButton({
  href,
  children,
  variant = "secondary",
  size = "medium",
  icon: Icon,
  download,
}: LinkButtonProps) {
  return (
    <a
      href={href}
      download={download}
      className={clsx(
        "inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap hover:brightness-105",
        size === "small" ? "min-h-7 px-2.5 text-xs" : "min-h-9 px-3.5 text-[0.8125rem]",
        VARIANT[variant],
        variant === "ghost" || variant === "secondary" ? "hover:bg-sunken" : "",
      )}
    >
      {Icon !== undefined && <Icon size={15} className="shrink-0" />}
      {children}
    </a>
  );
}
