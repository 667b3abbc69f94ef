import { CircleQuestionMark } from "lucide-react";

/** Where a figure would stand that nobody can know. The reason is always readable, not hidden in a tip. */
export function FigureUnknown({ why, inline = false }: { readonly why: string; readonly inline?: boolean }) {
  if (inline) {
    return (
      <span className="inline-flex items-center gap-1 text-stale" title={why}>
        <span className="italic">unknown</span>
        <span className="sr-only">: {why}</span>
        <CircleQuestionMark size={13} />
      </span>
    );
  }
  return (
    <span className="block text-stale">
      <span className="text-lg leading-8 font-medium italic">unknown</span>
      <span className="block text-xs leading-snug">{why}</span>
    </span>
  );
}
