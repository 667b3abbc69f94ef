import type { ReactNode } from "react";
import type { ShareholderKind } from "@/domain/loss-share";
import type { Address } from "@/domain/model";
import { AddressLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";

export interface HolderCellProps {
  readonly kind: ShareholderKind;
  readonly address: Address | undefined;
  readonly labels: ReadonlyMap<Address, string>;
  readonly tags?: ReactNode;
}

/** Whose line it is: an LP, a dead address, or the virtual shares. */
export function HolderCell({ kind, address, labels, tags }: HolderCellProps) {
  if (address === undefined) {
    return (
      <span title="Shares that exist in the conversion alone and belong to nobody.">Virtual shares</span>
    );
  }
  const name = labels.get(address);
  return (
    <AddressLabel
      address={address}
      {...(name === undefined ? {} : { name })}
      tags={
        <>
          {kind === "dead" && (
            <Badge tone="neutral" plain title="Nobody can sign for this address: the shares there are lost.">
              dead address
            </Badge>
          )}
          {tags}
        </>
      }
    />
  );
}

/** A cell without a figure: claims leave this line out, or the question does not arise. */
export function NoFigure({ why }: { readonly why: string }) {
  return (
    <span className="text-ink-faint">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{why}</span>
    </span>
  );
}
