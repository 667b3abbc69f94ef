import { pbkdf2Sync } from "node:crypto";
import { HDKey, privateKeyToAddress } from "viem/accounts";
import { CAST } from "../cast";
import { type Hex, lower } from "./node-client";

/** anvil's own development mnemonic: the node holds every key of the cast, unlocked. */
const DEV_MNEMONIC = "test test test test test test test test test test test junk";

export interface CastAccount {
  readonly address: Hex;
  readonly privateKey: Hex;
}

/** Addresses and keys of the whole cast by name, derived as the node derives them (BIP-39, then BIP-44). */
export function castAccounts(): ReadonlyMap<string, CastAccount> {
  const seed = pbkdf2Sync(DEV_MNEMONIC, "mnemonic", 2_048, 64, "sha512");
  const parent = HDKey.fromMasterSeed(seed).derive("m/44'/60'/0'/0");
  return new Map(
    CAST.map((member, index) => {
      const key = parent.deriveChild(index).privateKey;
      if (key === null) throw new RangeError(`The mnemonic gives no key number ${index}.`);
      const privateKey: Hex = `0x${Buffer.from(key).toString("hex")}`;
      return [member.name, { privateKey, address: lower(privateKeyToAddress(privateKey)) }];
    }),
  );
}
