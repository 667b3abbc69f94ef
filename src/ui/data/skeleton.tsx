import { clsx } from "clsx";

/** A quiet placeholder of a known size, so that nothing moves when the content arrives. */
export function Skeleton({ className }: { readonly className: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx("block animate-pulse rounded bg-stale-soft motion-reduce:animate-none", className)}
    />
  );
}

/** Several lines of text to come; says so to screen readers once. */
export function SkeletonLines({
  lines,
  label = "Loading",
}: {
  readonly lines: number;
  readonly label?: string;
}) {
  return (
    <output className="flex flex-col gap-2.5">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className={clsx("h-4", line % 3 === 2 ? "w-2/3" : "w-full")} />
      ))}
    </output>
  );
}
