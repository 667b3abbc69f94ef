import type { ReactNode } from "react";
import { CopyButton } from "./copy-button";

/** The parts of a hex value that are shown: "0x" and six digits, then the last six. */
export function hexParts(value: string): {
  readonly head: string;
  readonly middle: string;
  readonly tail: string;
} {
  if (value.length <= 17) return { head: value, middle: "", tail: "" };
  return { head: value.slice(0, 8), middle: value.slice(8, -6), tail: value.slice(-6) };
}

interface HexLabelProps {
  readonly value: string;
  readonly what: string;
  readonly href?: string;
  readonly external?: boolean;
  readonly copy?: boolean;
}

/**
 * A hex value by its first and last six digits. On focus or hover the whole is there: similar beginnings and
 * endings are how look-alike addresses deceive.
 */
function HexLabel({ value, what, href, external = false, copy = true }: HexLabelProps) {
  const { head, middle, tail } = hexParts(value);
  const text = (
    <>
      <span aria-hidden="true" className="whitespace-nowrap print:hidden">
        {head}
        {middle !== "" && "…"}
        {tail}
      </span>
      <span className="sr-only print:not-sr-only print:break-all">{value}</span>
    </>
  );
  return (
    <span className="group/hex relative z-10 inline-flex max-w-full min-w-0 items-center gap-0.5 focus-within:z-30 hover:z-30">
      {href === undefined ? (
        <span className="font-mono text-[0.92em]">{text}</span>
      ) : (
        <a
          href={href}
          {...(external ? { target: "_blank", rel: "noopener noreferrer" } : {})}
          className="relative z-10 font-mono text-[0.92em] text-ink underline decoration-line-strong decoration-dotted underline-offset-2 hover:decoration-accent hover:decoration-solid"
        >
          {text}
        </a>
      )}
      {copy && <CopyButton text={value} what={what} />}
      {middle !== "" && (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute top-full left-0 z-40 mt-0.5 hidden w-max max-w-[min(24rem,calc(100vw-2rem))] rounded border border-line-strong bg-raised px-1.5 py-0.5 font-mono text-xs break-all text-ink shadow-raised group-focus-within/hex:block group-hover/hex:block group-focus-visible/rowlink:block print:hidden"
        >
          <strong className="font-semibold">{head}</strong>
          {middle}
          <strong className="font-semibold">{tail}</strong>
        </span>
      )}
    </span>
  );
}

export interface AddressLabelProps {
  readonly address: string;
  /** A known name, shown before the digits, never instead of them. */
  readonly name?: string;
  /** Badges: "contract", "you". */
  readonly tags?: ReactNode;
  readonly href?: string;
  /** The link leaves the dashboard (block explorer). */
  readonly external?: boolean;
  readonly copy?: boolean;
}

/** An account or a contract. */
export function AddressLabel(props: AddressLabelProps) {
  return (
    <span className="inline-flex max-w-full min-w-0 flex-wrap items-center gap-x-1.5 gap-y-0.5 align-middle">
      {props.name !== undefined && <bdi className="truncate font-medium">{props.name}</bdi>}
      <HexLabel
        value={props.address}
        what="address"
        {...(props.href === undefined ? {} : { href: props.href })}
        external={props.external === true}
        copy={props.copy !== false}
      />
      {props.tags}
    </span>
  );
}

export interface HashLabelProps {
  readonly hash: string;
  readonly what: "transaction hash" | "block hash" | "operation id" | "hash";
  readonly href?: string;
  readonly external?: boolean;
}

/** A transaction, block or operation. */
export function HashLabel({ hash, what, href, external = false }: HashLabelProps) {
  return <HexLabel value={hash} what={what} external={external} {...(href === undefined ? {} : { href })} />;
}
