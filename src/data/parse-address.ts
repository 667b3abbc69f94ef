import { getAddress } from "viem/utils";
import { type ParsedAddress, parseAddressForm, refusedAddress } from "@/shared/parse-address";

/**
 * The one strict way from a typed or linked text to an address: its form, and the checksum where capital and
 * small letters are mixed (EIP-55). All small or all capital letters carry no checksum and pass.
 */
export function parseAddress(text: string): ParsedAddress {
  const parsed = parseAddressForm(text);
  if (!parsed.ok || !parsed.isMixedCase || getAddress(parsed.address) === parsed.given) return parsed;
  return refusedAddress(
    "checksum",
    "The capital letters do not fit this address, so a digit may be wrong. Copy it again from its source.",
  );
}
