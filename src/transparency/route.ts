import { parseAddressForm } from "@/shared/parse-address";

/** What a public page's address says: `#/t/<chain>/<vault>?block=N&embed=1`. */
export type PublicRoute =
  | {
      readonly kind: "vault";
      readonly chainId: number;
      readonly address: `0x${string}`;
      readonly block: bigint | undefined;
      readonly isEmbedded: boolean;
    }
  | { readonly kind: "issue"; readonly issue: string };

const FORM = /^#\/t\/([^/?]*)\/([^/?]*)\/?(?:\?(.*))?$/;
const WHOLE_NUMBER = /^\d{1,15}$/;

/** Reads the address strictly; what it does not know in the query is dropped. */
export function parsePublicRoute(hash: string): PublicRoute {
  const match = FORM.exec(hash);
  if (match === null) {
    return { kind: "issue", issue: "A public page's address is #/t/<chain>/<vault>." };
  }
  const [, chain = "", vault = "", query = ""] = match;
  if (!WHOLE_NUMBER.test(chain)) {
    return { kind: "issue", issue: `“${chain.slice(0, 40)}” is not a chain id. Write a whole number.` };
  }
  const parsed = parseAddressForm(decodeText(vault));
  if (!parsed.ok) return { kind: "issue", issue: parsed.message };
  const search = new URLSearchParams(query);
  const block = search.get("block");
  if (block !== null && !WHOLE_NUMBER.test(block)) {
    return { kind: "issue", issue: `“${block.slice(0, 40)}” is not a block. Write a whole number.` };
  }
  return {
    kind: "vault",
    chainId: Number.parseInt(chain, 10),
    address: parsed.address,
    block: block === null ? undefined : BigInt(block),
    isEmbedded: search.get("embed") === "1",
  };
}

/** A part of the address with its escapes undone; one that is not properly escaped stays as it is. */
function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
