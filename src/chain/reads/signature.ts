import { recoverAddress } from "viem/utils";
import type { Address, BlockRef, Hex } from "@/domain/model";
import { addressWord, byteLengthOf, isHexBytes, uintAt, uintWord, WORD_DIGITS, wordAt } from "../bytes";
import { ChainError } from "../errors";
import type { Rpc, RpcCall } from "../rpc/rpc";
import { ethCall, pinTo, viewResultOf } from "./call";

/** What stands at the signer's address at the block. */
export type SignerKind =
  /** No code: an account with a key. */
  | "account"
  /** Code: a Safe or another contract, which alone can say what it signed. */
  | "contract"
  /** An account that has handed itself to a contract (EIP-7702); asked as a contract. */
  | "delegated-account";

/** What became of a signature at one block. */
export interface SignatureCheck {
  readonly kind: SignerKind;
  /** The block at which the signer was asked: a contract's owners change, and its answer with them. */
  readonly block: BlockRef;
  readonly isValid: boolean;
  /** Whose key made it. Undefined for contracts, and where it is no well-formed signature of a key. */
  readonly recovered: Address | undefined;
}

export interface SignatureQuestion {
  readonly signer: Address;
  /** The 32 bytes that were signed: the EIP-712 digest. */
  readonly digest: Hex;
  readonly signature: Hex;
  readonly block: BlockRef;
  readonly signal?: AbortSignal | undefined;
}

/** `isValidSignature(bytes32,bytes)`, whose answer on success is the same four bytes (ERC-1271). */
const IS_VALID_SIGNATURE = "1626ba7e";
const MAGIC_WORD = `0x${IS_VALID_SIGNATURE.padEnd(WORD_DIGITS, "0")}`;

/** EIP-7702: code that is only the address of the contract that an account has handed itself to. */
const DELEGATION_PREFIX = "0xef0100";
const DELEGATION_BYTES = 23;

/**
 * Checks a signature of a digest at one block, as OpenZeppelin's SignatureChecker does: an address with code is
 * asked by ERC-1271, one without is compared with the key that the signature recovers to. A contract's refusal, revert
 * or malformed answer is "not valid"; that the endpoint cannot answer is thrown. One request.
 *
 * Signatures of contracts that are not deployed yet (ERC-6492) are not understood: an operator's Safe is deployed, and
 * an LP that holds shares acted at the vault, so its contract exists.
 *
 * @throws ChainError `archive-unavailable` where the block's state is not kept, and the codes of every read
 */
export async function checkSignature(rpc: Rpc, question: SignatureQuestion): Promise<SignatureCheck> {
  const { signer, digest, signature, block, signal } = question;
  const codeCall: RpcCall = { method: "eth_getCode", params: [signer, pinTo(block)] };
  const validCall = ethCall({ to: signer, data: validityCallOf(digest, signature) }, block);
  const [codeAnswer, validAnswer] = await rpc.batch([codeCall, validCall], { signal });
  if (codeAnswer === undefined || validAnswer === undefined) throw badAnswer(rpc);
  if (!codeAnswer.ok) throw codeAnswer.error;
  const code = codeAnswer.value;
  if (!isHexBytes(code)) throw badAnswer(rpc);
  const kind = signerKindOf(code);
  if (kind === "account") {
    const recovered = await recoverSigner({ digest, signature });
    return { kind, block, isValid: recovered === signer, recovered };
  }
  const answer = viewResultOf(validAnswer);
  const isValid = answer !== undefined && wordAt(answer, 0) === MAGIC_WORD;
  return { kind, block, isValid, recovered: undefined };
}

function badAnswer(rpc: Rpc): ChainError {
  const { endpointHost } = rpc.status();
  return new ChainError("bad-answer", { message: `${endpointHost} sent no code`, endpointHost });
}

function signerKindOf(code: Hex): SignerKind {
  if (code === "0x") return "account";
  const isDelegation =
    byteLengthOf(code) === DELEGATION_BYTES && code.toLowerCase().startsWith(DELEGATION_PREFIX);
  return isDelegation ? "delegated-account" : "contract";
}

function validityCallOf(digest: Hex, signature: Hex): Hex {
  const length = byteLengthOf(signature);
  const body = signature.slice(2);
  const padded = body.padEnd(Math.ceil(body.length / WORD_DIGITS) * WORD_DIGITS, "0");
  return `0x${IS_VALID_SIGNATURE}${digest.slice(2)}${uintWord(64n)}${uintWord(BigInt(length))}${padded}`;
}

/** secp256k1's order, halved: the higher twin of a signature is refused, so that each has one form (EIP-2). */
const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
const SIGNATURE_BYTES = 65;

/**
 * The account whose key made a signature (r, s, v of 27 or 28; some wallets write 0 or 1). Undefined for bytes that are
 * no such signature.
 */
export async function recoverSigner({
  digest,
  signature,
}: {
  readonly digest: Hex;
  readonly signature: Hex;
}): Promise<Address | undefined> {
  if (byteLengthOf(signature) !== SIGNATURE_BYTES) return undefined;
  const s = uintAt(signature, 1);
  if (s === undefined || s > HALF_ORDER) return undefined;
  if (!["00", "01", "1b", "1c"].includes(signature.slice(-2).toLowerCase())) return undefined;
  try {
    const address = await recoverAddress({ hash: digest, signature });
    return `0x${addressWord(address).slice(24)}`;
  } catch (error) {
    // r or s of zero, beyond the order, or no point of the curve: whatever the library calls it, nobody signed this.
    if (error instanceof Error) return undefined;
    throw error;
  }
}
