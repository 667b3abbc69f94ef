import { Button } from "../forms/button";
import { BlockStamp } from "./block-stamp";

export interface KeptBlockProps {
  /** Finished text, grouped: "18,231,004". */
  readonly number: string;
  readonly hash: string;
  /** "3 blocks", or undefined while it is the newest one. */
  readonly behind: string | undefined;
  readonly isFetching: boolean;
  readonly onRefresh: () => void;
}

/** The block that a costly reading was taken at, how far the vault has moved on since, and the way to take it anew. */
export function KeptBlock({ number, hash, behind, isFetching, onRefresh }: KeptBlockProps) {
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-muted">
      <span>Taken at</span>
      <BlockStamp number={number} hash={hash} />
      {behind !== undefined && (
        <>
          <span>The vault is {behind} further.</span>
          <Button size="small" busy={isFetching} onClick={onRefresh}>
            Take anew
          </Button>
        </>
      )}
    </span>
  );
}
