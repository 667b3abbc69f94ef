import type { ClaimJson, ClaimsJson } from "@/data/claims/read-claims";
import { parseAddress } from "@/data/parse-address";
import type { Address, Hex } from "@/domain/model";
import { parseInteger } from "@/shared/parse";

/** What stands in the fields. */
export interface ProofForm {
  readonly root: string;
  readonly address: string;
  /** Base units. */
  readonly amount: string;
  /** Hashes, one behind the other. */
  readonly proof: string;
}

export const EMPTY_FORM: ProofForm = { root: "", address: "", amount: "", proof: "" };

export type ProofField = keyof ProofForm;

/** A claim that can be checked, or what is wrong, by field. */
export type ParsedForm =
  | {
      readonly ok: true;
      readonly claim: {
        readonly root: Hex;
        readonly address: Address;
        readonly amountAssets: bigint;
        readonly proof: readonly Hex[];
      };
    }
  | { readonly ok: false; readonly issues: Readonly<Partial<Record<ProofField, string>>> };

const HASH = /^0x[0-9a-fA-F]{64}$/;
/** A tree of 2^64 claims has no longer path. */
const LONGEST_PROOF = 64;

type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string };

function readRoot(text: string): Read<Hex> {
  const root = text.trim();
  if (root === "") return { ok: false, message: "Enter the root: 0x and 64 hex digits." };
  if (!HASH.test(root)) return { ok: false, message: "This is no root. It has 0x and 64 hex digits." };
  return { ok: true, value: root.toLowerCase() as Hex };
}

/** Hashes however they were copied: a JSON list, lines, or separated by commas. */
function readProof(text: string): Read<readonly Hex[]> {
  const parts = text.split(/[\s,;"'[\]]+/u).filter((part) => part !== "");
  if (parts.length > LONGEST_PROOF) {
    return { ok: false, message: `A proof has at most ${LONGEST_PROOF} hashes; there are ${parts.length}.` };
  }
  const wrong = parts.findIndex((part) => !HASH.test(part));
  if (wrong !== -1) {
    return { ok: false, message: `Hash ${wrong + 1} of the proof is none: each has 0x and 64 hex digits.` };
  }
  return { ok: true, value: parts.map((part) => part.toLowerCase() as Hex) };
}

/** Reads the four fields; every fault is named with its field. An empty proof is that of a tree of one claim. */
export function parseForm(form: ProofForm): ParsedForm {
  const root = readRoot(form.root);
  const address = parseAddress(form.address);
  const amount = parseInteger({ text: form.amount });
  const proof = readProof(form.proof);
  if (root.ok && address.ok && amount.ok && proof.ok) {
    return {
      ok: true,
      claim: {
        root: root.value,
        address: address.address,
        amountAssets: amount.value,
        proof: proof.value,
      },
    };
  }
  return {
    ok: false,
    issues: {
      ...(root.ok ? {} : { root: root.message }),
      ...(address.ok ? {} : { address: address.message }),
      ...(amount.ok ? {} : { amount: amount.message }),
      ...(proof.ok ? {} : { proof: proof.message }),
    },
  };
}

/** The fields of a claim that came as a file of its own. */
export function formOfClaim({ root, address, amount, proof }: ClaimJson): ProofForm {
  return { root, address, amount, proof: proof.join("\n") };
}

/** Which vault and block a file is about: what a root can be computed again from. */
export type FileHead = Pick<ClaimsJson, "chainId" | "vault" | "block" | "asset" | "losses" | "root"> & {
  /** The whole amount that was handed out. */
  readonly distributed: string;
  /** All claims, where the file has them. */
  readonly leaves: ClaimsJson["leaves"] | undefined;
};

export function headOfClaims(file: ClaimsJson): FileHead {
  const { chainId, vault, block, asset, losses, root, amount, leaves } = file;
  return { chainId, vault, block, asset, losses, root, distributed: amount, leaves };
}

export function headOfClaim(file: ClaimJson): FileHead {
  const { chainId, vault, block, asset, losses, root, distributed } = file;
  return { chainId, vault, block, asset, losses, root, distributed, leaves: undefined };
}

/** Where two lists of claims differ first. */
export interface FirstDifference {
  readonly address: Address;
  /** undefined: the address has no claim there. */
  readonly inFile: bigint | undefined;
  readonly computed: bigint | undefined;
}

/** The first address, in order, whose claim is not the same; undefined where all are. */
export function firstDifferenceOf(
  inFile: ClaimsJson["leaves"],
  computed: readonly { readonly address: Address; readonly amountAssets: bigint }[],
): FirstDifference | undefined {
  const amounts = new Map(inFile.map(({ address, amount }) => [address as Address, BigInt(amount)]));
  const others = new Map(computed.map(({ address, amountAssets }) => [address, amountAssets]));
  for (const address of [...new Set([...amounts.keys(), ...others.keys()])].sort()) {
    if (amounts.get(address) !== others.get(address)) {
      return { address, inFile: amounts.get(address), computed: others.get(address) };
    }
  }
  return undefined;
}
