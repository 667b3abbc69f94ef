import { useParams, useSearchParams } from "react-router";

/** What the address bar says a page is about; `issue` names the part that cannot be used. */
export type VaultRoute =
  | {
      readonly kind: "vault";
      readonly chainId: number;
      readonly addressText: string;
      readonly block: bigint | undefined;
    }
  | { readonly kind: "issue"; readonly issue: string };

const WHOLE_NUMBER = /^\d{1,15}$/;

/** Reads chain, vault and block from the address of the page. The vault's address is checked by the frame. */
export function useVaultRoute(): VaultRoute {
  const { chainId = "", vault = "" } = useParams();
  const [search] = useSearchParams();
  const block = search.get("block");
  if (!WHOLE_NUMBER.test(chainId)) {
    return { kind: "issue", issue: `“${chainId}” is not a chain id. Write a whole number, as in #/v/1/0x….` };
  }
  if (block !== null && !WHOLE_NUMBER.test(block)) {
    return { kind: "issue", issue: `“${block}” is not a block. Write a whole number, as in ?block=1204.` };
  }
  return {
    kind: "vault",
    chainId: Number.parseInt(chainId, 10),
    addressText: vault,
    block: block === null ? undefined : BigInt(block),
  };
}
