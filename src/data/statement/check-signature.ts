import { type ChainError, toChainError } from "@/chain/errors";
import { fetchBlock, fetchHead } from "@/chain/reads/head";
import { checkSignature, type SignatureCheck } from "@/chain/reads/signature";
import type { Rpc } from "@/chain/rpc/rpc";
import type { Address, BlockRef, Hex } from "@/domain/model";
import { statementHashes } from "@/report/signed-statement";
import type { SignedStatementJson } from "@/report/signed-statement-schema";

/** What the chain says of a signature at one block, or why it could not be asked. */
export type SignatureAnswer =
  | { readonly kind: "checked"; readonly check: SignatureCheck }
  | { readonly kind: "unreadable"; readonly error: ChainError }
  /** The file names a block that this chain does not have: replaced, of another chain, or invented. */
  | { readonly kind: "no-such-block"; readonly number: bigint };

/** A signature at the block that the file names and at the newest one. */
export interface SignatureAnswers {
  readonly atNamed: SignatureAnswer;
  readonly atHead: SignatureAnswer;
}

/**
 * Asks the chain about a file's signature twice: at the block at which it was made, and now. An account's key does not
 * change; a contract's owners do, so its two answers may differ, and both are true.
 */
export async function fetchSignatureAnswers(
  rpc: Rpc,
  { signed, signal }: { readonly signed: SignedStatementJson; readonly signal?: AbortSignal | undefined },
): Promise<SignatureAnswers> {
  const { typedData, signature } = signed;
  const { digest } = statementHashes(typedData);
  const question = { signer: typedData.message.signer as Address, digest, signature: signature.bytes as Hex };
  const number = BigInt(signature.block.number);
  const at = (block: BlockRef) => checkSignature(rpc, { ...question, block, signal });
  const [atNamed, atHead] = await Promise.all([
    answered(async () => {
      const block = await fetchBlock(rpc, { number }, { signal });
      return block === undefined || block.hash !== signature.block.hash ? undefined : at(block);
    }, number),
    answered(async () => at(await fetchHead(rpc, { signal })), number),
  ]);
  return { atNamed, atHead };
}

async function answered(
  ask: () => Promise<SignatureCheck | undefined>,
  number: bigint,
): Promise<SignatureAnswer> {
  try {
    const check = await ask();
    return check === undefined ? { kind: "no-such-block", number } : { kind: "checked", check };
  } catch (error) {
    const known = toChainError(error);
    if (known.code === "aborted") throw known;
    return { kind: "unreadable", error: known };
  }
}
