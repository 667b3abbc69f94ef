import type { Address } from "@/domain/model";
import { AddressLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import type { LpLine } from "../model";

/** Whose line it is, with what must be known about the address. */
export function LpHolder({
  line,
  labels,
}: {
  readonly line: LpLine;
  readonly labels: ReadonlyMap<Address, string>;
}) {
  if (line.address === undefined) {
    return (
      <span title="Shares that exist in the conversion alone and belong to nobody.">Virtual shares</span>
    );
  }
  const name = labels.get(line.address);
  return (
    <AddressLabel
      address={line.address}
      {...(name === undefined ? {} : { name })}
      tags={
        <>
          {line.kind === "dead" && (
            <Badge tone="neutral" plain title="Nobody can sign for this address: the shares there are lost.">
              dead address
            </Badge>
          )}
          {line.isContract && (
            <Badge
              tone="neutral"
              plain
              title="A pool, a Safe or another vault: the shares may stand for many people."
            >
              contract
            </Badge>
          )}
          {line.hasLeft && (
            <Badge tone="neutral" plain title="Held shares once and holds none now.">
              left
            </Badge>
          )}
          {line.hasLookAlike && (
            <Badge
              tone="caution"
              title="Another holder's address begins and ends alike. Compare the whole address."
            >
              look-alike
            </Badge>
          )}
        </>
      }
    />
  );
}
