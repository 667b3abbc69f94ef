import { hashDomain, hashStruct, hashTypedData, type TypedDataDomain } from "viem";
import type { Hex } from "@/domain/model";

/** Typed data as EIP-712 has them: what a wallet shows field by field before it signs. */
export interface TypedData {
  readonly domain: TypedDataDomain;
  /** Structs by name, `EIP712Domain` included. */
  readonly types: Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>>;
  readonly primaryType: string;
  readonly message: Readonly<Record<string, unknown>>;
}

/** The three hashes of typed data. Hardware wallets show the first two, a contract is asked about the third. */
export interface TypedDataHashes {
  readonly domainSeparator: Hex;
  readonly messageHash: Hex;
  /** keccak-256 of 0x1901, the domain separator and the message hash: what is signed. */
  readonly digest: Hex;
}

/** Hashes typed data by EIP-712. @throws when a value does not fit its type */
export function typedDataHashesOf({ domain, types, primaryType, message }: TypedData): TypedDataHashes {
  const plain = Object.fromEntries(Object.entries(types).map(([name, fields]) => [name, [...fields]]));
  return {
    domainSeparator: hashDomain({ domain, types: plain }),
    messageHash: hashStruct({ data: message, primaryType, types: plain }),
    digest: hashTypedData({ domain, types: plain, primaryType, message }),
  };
}
