import { clsx } from "clsx";
import { CircleCheck, CircleX, Clock, LoaderCircle, type LucideIcon, PenLine } from "lucide-react";
import type { ReactNode } from "react";
import { HashLabel } from "../data/address-label";
import { TONE_EDGE, TONE_TEXT, type Tone } from "../tone";

/** The states of a transaction, as the machine that drives it names them. */
export type TxState =
  | "idle"
  | "simulating"
  | "ready"
  | "signing"
  | "pending"
  | "verifying"
  | "confirmed"
  | "failed";

const LOOK: Readonly<
  Record<
    TxState,
    { readonly word: string; readonly tone: Tone; readonly icon: LucideIcon; readonly spin?: true }
  >
> = {
  idle: { word: "Not started", tone: "neutral", icon: Clock },
  simulating: { word: "Simulating at the latest block", tone: "accent", icon: LoaderCircle, spin: true },
  ready: { word: "Simulated: ready to sign", tone: "accent", icon: PenLine },
  signing: { word: "Waiting for your wallet", tone: "accent", icon: LoaderCircle, spin: true },
  pending: { word: "Sent: waiting for a block", tone: "accent", icon: LoaderCircle, spin: true },
  verifying: { word: "Included: reading the result back", tone: "accent", icon: LoaderCircle, spin: true },
  confirmed: { word: "Confirmed and read back", tone: "ok", icon: CircleCheck },
  failed: { word: "Failed", tone: "danger", icon: CircleX },
};

export interface TxStatusProps {
  readonly state: TxState;
  /** Once known it stays, whatever happens after. */
  readonly hash?: string | undefined;
  readonly explorerHref?: string;
  /** What happened or what to do, in words: the decoded reason of a failure. */
  readonly message?: ReactNode;
  readonly action?: ReactNode;
}

/** Where a transaction stands. */
export function TxStatus({ state, hash, explorerHref, message, action }: TxStatusProps) {
  const look = LOOK[state];
  const Icon = look.icon;
  return (
    <div className={clsx("flex gap-3 rounded-md border bg-surface px-3.5 py-2.5", TONE_EDGE[look.tone])}>
      <Icon
        size={17}
        className={clsx(
          "mt-0.5 shrink-0",
          TONE_TEXT[look.tone],
          look.spin === true && "animate-spin motion-reduce:animate-none",
        )}
      />
      <div className="min-w-0 grow text-[0.8125rem]">
        <output className="block font-medium">{look.word}</output>
        {message !== undefined && <div className="text-ink-muted">{message}</div>}
        {hash !== undefined && (
          <p className="mt-0.5 text-ink-muted">
            Transaction{" "}
            <HashLabel
              hash={hash}
              what="transaction hash"
              {...(explorerHref === undefined ? {} : { href: explorerHref, external: true })}
            />
          </p>
        )}
      </div>
      {action !== undefined && <div className="shrink-0 self-center">{action}</div>}
    </div>
  );
}
