import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { zoneOf } from "./load-line-layout";
import type { LoadLineDebt, LoadLineMark } from "./load-line-types";

const ZONE_WORD = {
  safe: "above opening",
  room: "above threshold",
  liquidatable: "liquidatable",
  losing: "would lose",
  insolvent: "insolvent",
} as const;

const MOST_ROWS = 50;

interface LoadLineTableProps {
  readonly title: string;
  readonly debts: readonly LoadLineDebt[];
  readonly marks: readonly LoadLineMark[];
}

/** The picture as a table, lowest health first; made only when it is asked for. */
export function LoadLineTable({ title, debts, marks }: LoadLineTableProps) {
  const [open, setOpen] = useState(false);
  if (debts.length === 0) return null;
  const rows = open ? [...debts].sort((a, b) => a.health - b.health).slice(0, MOST_ROWS) : [];
  return (
    <details className="mt-1 text-[0.8125rem]" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="inline-flex list-none items-center gap-1 rounded py-1 text-xs text-ink-muted hover:text-ink [&::-webkit-details-marker]:hidden print:hidden">
        <ChevronRight size={13} className={open ? "rotate-90" : ""} />
        The same as a table
      </summary>
      <div className="overflow-x-auto">
        <table className="figures mt-1 w-full border-collapse">
          <caption className="sr-only">{title}</caption>
          <thead className="text-left text-xs text-ink-muted">
            <tr className="border-b border-line">
              <th scope="col" className="py-1.5 pr-3 font-medium">
                Manager
              </th>
              <th scope="col" className="py-1.5 pr-3 text-right font-medium">
                Health
              </th>
              <th scope="col" className="py-1.5 pr-3 text-right font-medium">
                Debt
              </th>
              <th scope="col" className="py-1.5 font-medium">
                State
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((debt) => (
              <tr key={debt.id} className="border-b border-line last:border-b-0">
                <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                  {debt.href === undefined ? (
                    debt.label
                  ) : (
                    <a href={debt.href} className="underline decoration-line-strong underline-offset-2">
                      {debt.label}
                    </a>
                  )}
                </th>
                <td className="py-1.5 pr-3 text-right">{debt.healthText}</td>
                <td className="py-1.5 pr-3 text-right whitespace-nowrap">{debt.debtText}</td>
                <td className="py-1.5">{ZONE_WORD[zoneOf(marks, debt.health)]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {debts.length > MOST_ROWS && (
        <p className="pt-1 text-xs text-ink-muted">
          The {MOST_ROWS} with the lowest health, of {debts.length}.
        </p>
      )}
    </details>
  );
}
