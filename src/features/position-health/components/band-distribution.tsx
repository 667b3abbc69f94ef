import type { Figure } from "@/domain/model";
import { HealthBadge } from "@/ui/data/badge";
import { EmptyState } from "@/ui/data/messages";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { BandLine } from "../totals";

const BAR: Readonly<Record<BandLine["band"], string>> = {
  liquidatable: "bg-loss",
  danger: "bg-danger",
  warning: "bg-caution",
  caution: "bg-accent",
  safe: "bg-ok",
  "no-debt": "bg-line-strong",
  unknown: "bg-stale",
};

/** How the debt is spread over the health bands: one line a band, worst first. */
export function BandDistribution(props: {
  readonly lines: Figure<readonly BandLine[]>;
  readonly symbol: string;
}) {
  if (props.lines.kind === "unknown") {
    return <EmptyState title="No distribution">{WHY_UNKNOWN[props.lines.reason]}</EmptyState>;
  }
  return (
    <table className="w-full text-[0.8125rem]">
      <caption className="sr-only">Debt and managers by health band</caption>
      <thead className="text-xs text-ink-muted">
        <tr>
          <th scope="col" className="pb-1 text-left font-medium">
            Band
          </th>
          <th scope="col" className="pb-1 text-right font-medium">
            Managers
          </th>
          <th scope="col" className="pb-1 pl-3 text-right font-medium">
            Debt, {props.symbol}
          </th>
          <th scope="col" className="pb-1 pl-3 text-right font-medium">
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {props.lines.value.map((line) => (
          <tr key={line.band} className="border-t border-line">
            <th scope="row" className="py-1.5 text-left font-normal">
              <HealthBadge band={line.band} />
              <span aria-hidden="true" className="mt-1 block h-1.5 overflow-hidden rounded-full bg-sunken">
                <span
                  className={`block h-full rounded-full print-exact ${BAR[line.band]}`}
                  style={{ width: `${line.widthPercent}%` }}
                />
              </span>
            </th>
            <td className="figures py-1.5 text-right align-top">{line.managers}</td>
            <td className="figures py-1.5 pl-3 text-right align-top">{line.debt}</td>
            <td className="figures py-1.5 pl-3 text-right align-top">{line.share}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
