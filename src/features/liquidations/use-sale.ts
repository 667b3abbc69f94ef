import { useMemo, useState } from "react";
import { useSaleRoute } from "@/data/operator/use-sale-route";
import { parseAddress } from "@/data/parse-address";
import { useComposition } from "@/data/vault/use-composition";
import type { Address, ManagerState } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger } from "@/shared/format";
import { type Seizure, seizureOf } from "./bounds";
import { readFaultText } from "./messages";

const NO_WORDS = new Map();

/**
 * What a position holds and what selling it would bring. The position is read once at the block at which it was
 * chosen and again on request: its holdings move only by its manager, and the call carries its own least amounts.
 */
export function useSale(
  report: VaultReport,
  { position, isWanted }: { readonly position: ManagerState; readonly isWanted: boolean },
) {
  const { state } = report.snapshot;
  const ref = { chainId: state.chainId, address: state.address };
  const [block, setBlock] = useState(state.block);
  const [venueText, setVenueText] = useState("");
  const managers = useMemo(() => (isWanted ? [position.manager] : []), [isWanted, position.manager]);
  const { composition, error: compositionError } = useComposition(ref, { managers, block });
  const held = composition?.managers.find(({ manager }) => manager === position.manager);
  const base = state.asset.address;
  const seizure: Seizure | undefined = useMemo(
    () => (held === undefined ? undefined : seizureOf({ position, wrappers: held.wrappers, base })),
    [held, position, base],
  );
  const typed = venueText.trim() === "" ? undefined : parseAddress(venueText);
  const typedVenue: Address | undefined = typed?.ok === true ? typed.address : undefined;
  const { pools } = report.config;
  const venues = useMemo(
    () => [...new Set([...pools, typedVenue].filter((venue) => venue !== undefined))],
    [pools, typedVenue],
  );
  const sale = useSaleRoute(ref, { base, holdings: isWanted ? seizure?.toSell : undefined, venues });
  const error = compositionError ?? sale.error;
  return {
    seizure,
    quote: sale.read?.route,
    words: sale.read?.tokens ?? NO_WORDS,
    quotedAt: sale.read === undefined ? undefined : `block ${formatInteger(sale.read.block.number)}`,
    fault: error === undefined ? undefined : readFaultText(error.code),
    isReading: sale.isFetching,
    venueText,
    venueProblem: typed?.ok === false ? typed.message : undefined,
    setVenueText,
    quoteAgain: (): void => {
      setBlock(state.block);
      sale.retry();
    },
  };
}
