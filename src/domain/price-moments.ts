import type { Ledger } from "./ledger";
import type { FallRow } from "./ledger-model";
import type { BlockRef, Figure, LogRef, SharePrice } from "./model";
import type { PriceMoment } from "./share-price";

function blockOf({ blockNumber, blockHash, atSeconds }: LogRef): BlockRef {
  return { number: blockNumber, hash: blockHash, timestampSeconds: atSeconds };
}

/**
 * The share prices that the ledger itself knows: before and after every loss, fall and recovery, in the order of the
 * chain. Between two of them the price only rises, so the highest price before a loss and the lowest one after it are
 * among them, however sparsely the rest was sampled.
 */
export function priceMomentsOf(ledger: {
  readonly events: Pick<Ledger, "losses" | "recoveries">;
  readonly falls: readonly FallRow[];
}): readonly PriceMoment[] {
  const moments: PriceMoment[] = [];
  const push = (
    place: Pick<PriceMoment, "block" | "logIndex">,
    prices: readonly (Figure<SharePrice> | SharePrice)[],
  ): void => {
    for (const price of prices) {
      const value = "kind" in price ? (price.kind === "known" ? price.value : undefined) : price;
      if (value !== undefined && value.shares > 0n) moments.push({ ...place, price: value });
    }
  };
  for (const row of [...ledger.events.losses, ...ledger.events.recoveries]) {
    push({ block: blockOf(row), logIndex: row.logIndex }, [row.priceBefore, row.priceAfter]);
  }
  for (const { at, to, priceBefore, priceAfter } of ledger.falls) {
    push({ block: to, logIndex: at.logIndex }, [priceBefore, priceAfter]);
  }
  return moments.sort((a, b) =>
    a.block.number === b.block.number ? a.logIndex - b.logIndex : a.block.number < b.block.number ? -1 : 1,
  );
}
