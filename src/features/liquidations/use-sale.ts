import { useMemo, useState } from "react";
import {
  type SaleRouteQuote,
  type TokenAmount,
  type TokenWords,
  useSaleRoute,
} from "@/data/operator/use-sale-route";
import { useVenue } from "@/data/operator/use-venue";
import { parseAddress } from "@/data/parse-address";
import { useComposition } from "@/data/vault/use-composition";
import type { Address, ManagerState } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger } from "@/shared/format";
import { type Seizure, seizureOf } from "./bounds";
import { readFaultText } from "./messages";
import { type VenueWords, venueWordsOf } from "./venue-words";

const NO_WORDS: ReadonlyMap<Address, TokenWords> = new Map();

/** What is left for pools to take, once shares are redeemed. */
function soldToPools({ sales, unsold }: SaleRouteQuote): readonly TokenAmount[] {
  const sold = sales
    .filter(({ venue, tokenIn }) => venue !== tokenIn)
    .map(({ tokenIn, amountIn }) => ({ token: tokenIn, amount: amountIn }));
  return [...sold, ...unsold];
}

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
  const toSell = useMemo(
    () => (sale.read === undefined ? undefined : soldToPools(sale.read.route)),
    [sale.read],
  );
  const words = sale.read?.tokens ?? NO_WORDS;
  const asked = useVenue(ref, { base, venue: typedVenue, toSell });
  const error = compositionError ?? sale.error;
  const venue = ((): VenueWords | undefined => {
    if (typed?.ok === false) return { kind: "problem", text: typed.message };
    if (typedVenue === undefined) return undefined;
    if (asked.error !== undefined) {
      return {
        kind: "problem",
        text: `Another exchange: it could not be asked. ${readFaultText(asked.error.code)}`,
      };
    }
    if (asked.read === undefined) return undefined;
    return venueWordsOf(asked.read.answer, {
      venue: typedVenue,
      chainId: state.chainId,
      base: state.asset,
      toSell: (toSell ?? []).map(({ token }) => token),
      words: new Map([...asked.read.words, ...words]),
    });
  })();
  return {
    seizure,
    quote: sale.read?.route,
    words,
    quotedAt: sale.read === undefined ? undefined : `block ${formatInteger(sale.read.block.number)}`,
    fault: error === undefined ? undefined : readFaultText(error.code),
    isReading: sale.isFetching,
    venueText,
    venue,
    setVenueText,
    quoteAgain: (): void => {
      setBlock(state.block);
      sale.retry();
    },
  };
}
