import { clsx } from "clsx";
import { Blocks } from "lucide-react";
import { CopyButton } from "../data/copy-button";

export interface BlockStampProps {
  /** Finished text, grouped: "18,231,004". */
  readonly number: string;
  /** The whole hash; shown short, copied whole. */
  readonly hash?: string;
  /** "12 s ago". */
  readonly age?: string;
  /** The exact time, for a closer look: "22 Nov 2026, 15:04:11 UTC". */
  readonly time?: string;
  /** How it was read: "lens". */
  readonly rung?: string;
  /** How many endpoints gave the same answer: "2 of 2 endpoints agree". */
  readonly agreement?: string;
  readonly stale?: boolean;
}

/** The block that everything nearby was read at. */
export function BlockStamp(props: BlockStampProps) {
  return (
    <span
      className={clsx(
        "figures inline-flex flex-wrap items-center gap-x-1.5 text-xs",
        props.stale === true ? "text-caution" : "text-ink-muted",
      )}
    >
      <Blocks size={13} className="shrink-0" />
      <span>
        block <span className="font-medium text-ink">{props.number}</span>
      </span>
      {props.hash !== undefined && (
        <span className="inline-flex items-center">
          <span className="font-mono text-[0.92em]" title={props.hash}>
            {shortHex(props.hash)}
          </span>
          <CopyButton text={props.hash} what="block hash" />
        </span>
      )}
      {props.age !== undefined && (
        <span title={props.time}>
          · {props.stale === true && <span className="font-semibold">stale, </span>}
          {props.age}
        </span>
      )}
      {props.rung !== undefined && <span>· read by {props.rung}</span>}
      {props.agreement !== undefined && <span>· {props.agreement}</span>}
    </span>
  );
}

/** First six and last six digits of a hex value; short values stay whole. */
export function shortHex(value: string): string {
  return value.length <= 17 ? value : `${value.slice(0, 8)}…${value.slice(-6)}`;
}
