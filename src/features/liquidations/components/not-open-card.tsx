import { KeyValueList } from "@/ui/data/key-value-list";
import { Callout } from "@/ui/data/messages";
import { Money } from "@/ui/figures/money";
import { LinkButton } from "@/ui/forms/button";
import type { NotOpen } from "../not-open";

/** A position that nobody may liquidate now: why, and how far it is from that. No steps: none would succeed. */
export function NotOpenCard(props: { readonly notOpen: NotOpen; readonly managerHref: string }) {
  const { title, why, facts } = props.notOpen;
  return (
    <div className="flex max-w-[40rem] flex-col gap-3">
      <Callout
        tone="neutral"
        title={title}
        action={<LinkButton href={props.managerHref}>See the position</LinkButton>}
      >
        {why}
      </Callout>
      <KeyValueList
        items={facts.map(({ id, label, hint, figure }) => ({
          key: id,
          label,
          hint,
          value: <Money figure={figure} />,
        }))}
      />
    </div>
  );
}
