import { Tooltip as RadixTooltip } from "radix-ui";
import type { ReactElement } from "react";

export interface TooltipProps {
  /** One short sentence. Anything that must be known stands on the page instead. */
  readonly text: string;
  /** A focusable element. */
  readonly children: ReactElement;
}

/** A hint on hover and on focus. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <RadixTooltip.Provider delayDuration={250}>
      <RadixTooltip.Root>
        <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
        <RadixTooltip.Portal>
          <RadixTooltip.Content
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-72 rounded-md bg-ink px-2.5 py-1.5 text-xs text-surface shadow-raised"
          >
            {text}
          </RadixTooltip.Content>
        </RadixTooltip.Portal>
      </RadixTooltip.Root>
    </RadixTooltip.Provider>
  );
}
