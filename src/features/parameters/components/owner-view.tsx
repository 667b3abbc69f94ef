import type { TimelockState } from "@/data/operator/use-timelock";
import { formatDuration } from "@/shared/format";
import { AddressLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { type KeyValue, KeyValueList } from "@/ui/data/key-value-list";
import type { Control } from "../control";

export interface OwnerViewProps {
  readonly control: Control;
  readonly account: string | undefined;
}

/** Who owns the strategy, with how much notice, and what the reader's account may do. */
export function OwnerView({ control, account }: OwnerViewProps) {
  return <KeyValueList items={itemsOf(control, account)} />;
}

function itemsOf(control: Control, account: string | undefined): readonly KeyValue[] {
  switch (control.kind) {
    case "immutable":
      return [{ key: "owner", label: "Owner", value: "nobody" }];
    case "no-owner":
      return [{ key: "owner", label: "Owner", value: "not published" }];
    case "reading":
    case "no-timelock":
      return [
        { key: "owner", label: "Owner of the strategy", value: <AddressLabel address={control.owner} /> },
      ];
    case "other-owner":
      return [
        { key: "owner", label: "Owner of the strategy", value: <AddressLabel address={control.owner} /> },
        { key: "timelock", label: "Configured timelock", value: <AddressLabel address={control.timelock} /> },
      ];
    case "timelock":
      return [
        {
          key: "owner",
          label: "Owner of the strategy",
          hint: "an OpenZeppelin timelock",
          value: <AddressLabel address={control.timelock} />,
        },
        {
          key: "delay",
          label: "Minimum delay",
          hint: `proposals from here get at least ${formatDuration(control.noticeSeconds)}`,
          value: formatDuration(control.minDelaySeconds),
        },
        {
          key: "execution",
          label: "Who may execute what is ready",
          value: control.openExecution ? "anybody" : "accounts with the executor role",
        },
        {
          key: "you",
          label: "Your account may",
          ...(account === undefined ? {} : { hint: <AddressLabel address={account} copy={false} /> }),
          value: <Roles roles={control.roles} isConnected={account !== undefined} />,
        },
      ];
  }
}

function Roles({
  roles,
  isConnected,
}: {
  readonly roles: TimelockState["roles"];
  readonly isConnected: boolean;
}) {
  if (!isConnected) return <span className="text-ink-muted">no wallet is connected</span>;
  if (roles === undefined) return <span className="text-ink-muted">reading …</span>;
  const held = [roles.proposer && "propose", roles.canceller && "cancel", roles.executor && "execute"].filter(
    (word) => word !== false,
  );
  if (held.length === 0) return <Badge tone="neutral">only read</Badge>;
  return (
    <span className="inline-flex flex-wrap justify-end gap-1">
      {held.map((word) => (
        <Badge key={word} tone="ok">
          {word}
        </Badge>
      ))}
    </span>
  );
}
