import type { ReactNode } from "react";
import { Panel } from "@/ui/layout/panel";

/** One finding about a file, its verdict in the heading. */
export function Finding(props: {
  readonly title: string;
  readonly verdict: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Panel
      title={
        <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
          {props.title} {props.verdict}
        </span>
      }
    >
      <div className="flex flex-col gap-3 text-[0.8125rem]">{props.children}</div>
    </Panel>
  );
}
