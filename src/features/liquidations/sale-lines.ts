import type { TokenAmount, TokenWords } from "@/data/operator/use-sale-route";
import type { Address, AssetDescription } from "@/domain/model";
import { formatAddress, formatAmount, formatInteger } from "@/shared/format";
import { formatHeld } from "@/shared/format-money";
import { sanitiseText } from "@/shared/text";
import type { BoundedSale } from "./bounds";

/** One sale in words. */
export interface SaleLine {
  readonly key: string;
  readonly verb: "Redeem" | "Sell";
  readonly amountIn: string;
  readonly amountOut: string;
  readonly minOut: string;
  readonly venue: Address;
  readonly isRedemption: boolean;
}

type Words = ReadonlyMap<Address, TokenWords>;

/** An amount of a token by its own name; in raw units where it does not say how many decimals it has. */
export function tokenAmountText(
  { token, amount }: TokenAmount,
  { words, base }: { readonly words: Words; readonly base: AssetDescription },
): string {
  if (token === base.address) {
    return formatHeld({ value: amount, decimals: base.decimals, symbol: base.symbol });
  }
  const found = words.get(token);
  const name = found?.symbol === undefined ? formatAddress(token) : sanitiseText(found.symbol);
  if (found?.decimals === undefined) return `${formatInteger(amount)} units of ${name}`;
  return formatAmount({ value: amount, decimals: found.decimals, maximumFractionDigits: 6, symbol: name });
}

/** The sales of a route in words. */
export function saleLinesOf(
  sales: readonly BoundedSale[],
  context: { readonly words: Words; readonly base: AssetDescription },
): readonly SaleLine[] {
  return sales.map((sale): SaleLine => {
    const isRedemption = sale.venue === sale.tokenIn;
    const out = (amount: bigint): string => tokenAmountText({ token: sale.tokenOut, amount }, context);
    return {
      key: `${sale.venue}:${sale.tokenIn}`,
      verb: isRedemption ? "Redeem" : "Sell",
      amountIn: tokenAmountText({ token: sale.tokenIn, amount: sale.amountIn }, context),
      amountOut: out(sale.amountOut),
      minOut: out(sale.minOut),
      venue: sale.venue,
      isRedemption,
    };
  });
}
