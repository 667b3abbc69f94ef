import type { ReactNode } from "react";
import { Callout } from "@/ui/data/messages";
import { Panel } from "@/ui/layout/panel";
import { BoundsTable } from "./bounds-table";
import type { BoundRow, Derived, GapFact, PeerRow } from "./model";
import { PeersTable } from "./peers-table";
import { arithmeticOf, gapFactText } from "./texts";

export interface ProfilesViewProps {
  readonly bounds: readonly BoundRow[];
  readonly derived: Derived;
  /** The button that reads the feed's past, its progress or its fault; else the fact itself. */
  readonly gap: ReactNode;
  readonly stamp: string;
}

/** The parameters beside what the documentation publishes, with the arithmetic: facts, and no grade. */
export function ProfilesView({ bounds, derived, gap, stamp }: ProfilesViewProps) {
  return (
    <Panel
      title="Beside the published profiles"
      description="Where each parameter stands, and what follows from all of them together. Facts, not a grade."
      footer={stamp}
      flush
    >
      <BoundsTable rows={bounds} />
      <div className="flex flex-col gap-4 border-t border-line px-4 py-3">
        <h3 className="text-[0.8125rem] font-semibold">The arithmetic</h3>
        <dl className="divide-y divide-line text-[0.8125rem]">
          {arithmeticOf(derived).map(({ key, label, steps, result }) => (
            <div key={key} className="flex flex-wrap items-baseline gap-x-6 gap-y-0.5 py-1.5">
              <dt className="min-w-0 basis-64 text-ink-muted">{label}</dt>
              <dd className="figures flex min-w-0 grow flex-wrap justify-between gap-x-6">
                <span className="text-ink-muted">{steps}</span>
                <strong className="font-medium">{result}</strong>
              </dd>
            </div>
          ))}
        </dl>
        {gap}
      </div>
    </Panel>
  );
}

/** The gap beside the worst recorded hour, stated. */
export function GapFactView({ fact }: { readonly fact: GapFact }) {
  const { title, text } = gapFactText(fact);
  return (
    <Callout tone={fact.isBelow ? "caution" : "neutral"} title={title}>
      {text}
    </Callout>
  );
}

/** The configured vaults side by side. */
export function PeersView({ rows }: { readonly rows: readonly PeerRow[] }) {
  return (
    <Panel
      title="Other configured vaults"
      description="The same parameters and what follows from them."
      flush
    >
      <PeersTable rows={rows} />
    </Panel>
  );
}
