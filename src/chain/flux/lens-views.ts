import type { Address, Hex } from "@/domain/model";
import { addressWord, uintWord } from "../bytes";
import type { View, ViewTable } from "./views";

/*
 * The lens's functions, apart from the contracts' own views: they alone are needed for the first figures of a page.
 */

export const LENS_VIEWS = {
  snapshot: ["0x3dfbc4fc", "snapshot(address,address[])"],
  composition: ["0x47f846a9", "composition(address,address[])"],
  shares: ["0xff0eed97", "shares(address,address[])"],
} as const satisfies ViewTable;

/** Call data of `f(address, address[])`, the form of all lens functions. */
export function encodeAddressAndList(
  [selector]: View,
  { address, list }: { readonly address: Address; readonly list: readonly Address[] },
): Hex {
  const head = addressWord(address) + uintWord(64n) + uintWord(BigInt(list.length));
  return `${selector}${head}${list.map(addressWord).join("")}`;
}
