/** The Plimsoll mark: a disc cut by a line, half on the dry hull, half on the painted bottom. Decoration only. */
export function BrandMark({ size = 24 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="shrink-0 rounded-[22%]">
      <rect width="32" height="16" fill="var(--hull-upper)" />
      <rect y="16" width="32" height="16" fill="var(--hull-lower)" />
      <circle cx="16" cy="16" r="8" fill="none" stroke="var(--hull-mark)" strokeWidth="2.5" />
      <rect x="3" y="14.75" width="26" height="2.5" fill="var(--hull-mark)" />
    </svg>
  );
}
