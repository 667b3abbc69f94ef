import { fallText, MOST_FALL_WAD, percentOfFall } from "../choice";

export interface DistanceGaugeProps {
  /** The fall without a loss. */
  readonly safeWad: bigint;
  readonly fallWad: bigint;
}

/** From today's prices on the left to the largest fall on the right: clear as far as LPs lose nothing, hatched beyond. */
export function DistanceGauge({ safeWad, fallWad }: DistanceGaugeProps) {
  const whole = percentOfFall(MOST_FALL_WAD);
  const place = (at: bigint): number => (100 * Math.min(percentOfFall(at), whole)) / whole;
  const safe = place(safeWad);
  return (
    <div aria-hidden="true" className="w-full max-w-3xl select-none">
      <div className="relative h-5 overflow-hidden rounded border border-line-strong bg-loss-soft">
        <span
          className="absolute inset-y-0 right-0 opacity-40"
          style={{
            left: `${safe}%`,
            backgroundImage: "repeating-linear-gradient(45deg, var(--loss) 0 1.5px, transparent 1.5px 6px)",
          }}
        />
        <span className="absolute inset-y-0 left-0 bg-ok-soft" style={{ width: `${safe}%` }} />
        <span className="absolute inset-y-0 w-0.5 bg-loss" style={{ left: `${safe}%` }} />
        <span
          className="absolute inset-y-0 w-1 -translate-x-1/2 bg-accent"
          style={{ left: `${place(fallWad)}%` }}
        />
      </div>
      <div className="figures relative mt-0.5 h-4 text-[0.6875rem] text-ink-muted">
        <span className="absolute left-0">now</span>
        <span className="absolute right-0">−{fallText(MOST_FALL_WAD)}</span>
        {place(fallWad) > 22 && place(fallWad) < 80 && (
          <span
            className="absolute -translate-x-1/2 font-semibold text-accent"
            style={{ left: `${place(fallWad)}%` }}
          >
            −{fallText(fallWad)}
          </span>
        )}
      </div>
    </div>
  );
}
