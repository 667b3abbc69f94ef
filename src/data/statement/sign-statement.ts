import { isHexBytes } from "@/chain/bytes";
import { type ChainErrorCode, toChainError } from "@/chain/errors";
import { fetchHead } from "@/chain/reads/head";
import { checkSignature, type SignerKind } from "@/chain/reads/signature";
import type { Rpc } from "@/chain/rpc/rpc";
import type { Address, Hex } from "@/domain/model";
import { type StatementTypedData, signedStatementOf, statementHashes } from "@/report/signed-statement";
import type { SignedStatementJson } from "@/report/signed-statement-schema";
import type { StatementJson } from "@/report/statement-schema";
import { PROMPT_LOCK } from "../transaction/flow";
import type { LockPort, Session, WalletPort } from "../transaction/ports";

/** Every way in which signing can end without a file. */
export type SigningFailureCode =
  | ChainErrorCode
  /** No wallet is connected. */
  | "not-connected"
  /** The signer is neither the LP nor anybody whom the vault names. */
  | "no-role"
  /** Another account, chain or wallet than the one that the statement was shown for. */
  | "session-changed"
  /** Another signature request of this site is open. */
  | "prompt-elsewhere"
  /** A good signature of somebody else; `recovered` says whose. */
  | "signed-by-other"
  /** The bytes are no signature of a key. */
  | "no-signature"
  /** The signer is a contract, and it does not accept the signature, or not yet. */
  | "contract-refuses";

export interface SigningFailureDetails {
  readonly recovered?: Address | undefined;
  readonly kind?: SignerKind | undefined;
  readonly endpointHost?: string | undefined;
}

/** Thrown by everything below; words for people live in the feature. */
export class SigningError extends Error {
  readonly code: SigningFailureCode;
  readonly details: SigningFailureDetails;

  constructor(code: SigningFailureCode, details: SigningFailureDetails = {}) {
    super(code);
    this.name = "SigningError";
    this.code = code;
    this.details = details;
  }
}

/** Anything thrown while signing, with a code of ours. */
export function toSigningError(error: unknown): SigningError {
  if (error instanceof SigningError) return error;
  const { code, endpointHost } = toChainError(error);
  return new SigningError(code, { endpointHost });
}

/** A statement as it was shown to the person, with the very data that go to the wallet. */
export interface ShownStatement {
  readonly document: StatementJson;
  readonly typedData: StatementTypedData;
}

interface SigningPorts {
  readonly wallet: WalletPort;
  readonly locks: LockPort;
  readonly rpc: Rpc;
}

/**
 * Asks the connected wallet to sign a statement, and believes the answer only when the chain does: the signature is
 * checked at the newest block before it goes into a file.
 *
 * @throws SigningError
 */
export async function signStatement(
  { wallet, locks, rpc }: SigningPorts,
  shown: ShownStatement,
): Promise<SignedStatementJson> {
  const before = sessionFor(wallet, shown);
  try {
    const outcome = await locks.tryRun(PROMPT_LOCK, () => ask(wallet, { shown, account: before.account }));
    if (outcome.kind === "busy") throw new SigningError("prompt-elsewhere");
    if (!isSameSession(before, wallet.current())) throw new SigningError("session-changed");
    return await withSignature(rpc, { shown, signature: outcome.value });
  } catch (error) {
    throw toSigningError(error);
  }
}

function sessionFor(wallet: WalletPort, { document, typedData }: ShownStatement): Session {
  const session = wallet.current();
  if (session === undefined) throw new SigningError("not-connected");
  if (session.account !== typedData.message.signer) throw new SigningError("session-changed");
  // Wallets refuse typed data of another chain, each in its own words: ours say what to do.
  if (session.chainId !== document.chainId) throw new SigningError("wrong-chain");
  return session;
}

function isSameSession(before: Session, after: Session | undefined): boolean {
  return (
    after !== undefined &&
    after.account === before.account &&
    after.chainId === before.chainId &&
    after.walletId === before.walletId
  );
}

async function ask(
  wallet: WalletPort,
  { shown, account }: { readonly shown: ShownStatement; readonly account: Address },
): Promise<Hex> {
  const params = [account, JSON.stringify(shown.typedData)];
  const answer = await wallet.request({ method: "eth_signTypedData_v4", params });
  if (!isHexBytes(answer)) throw new SigningError("bad-answer");
  return answer;
}

/**
 * Puts a signature that was made by this wallet or elsewhere beside its statement, once the chain accepts it. A
 * contract that approved the statement on chain has an empty signature, `0x`.
 *
 * @throws SigningError when the signature is not good at the newest block
 */
export async function withSignature(
  rpc: Rpc,
  { shown, signature }: { readonly shown: ShownStatement; readonly signature: Hex },
): Promise<SignedStatementJson> {
  const { document, typedData } = shown;
  const bytes: Hex = `0x${signature.slice(2).toLowerCase()}`;
  try {
    const block = await fetchHead(rpc);
    const { digest } = statementHashes(typedData);
    const signer = typedData.message.signer as Address;
    const check = await checkSignature(rpc, { signer, digest, signature: bytes, block });
    if (check.isValid) return signedStatementOf({ document, typedData, signature: { bytes, block } });
    const { kind, recovered } = check;
    if (kind !== "account") throw new SigningError("contract-refuses", { kind });
    throw new SigningError(recovered === undefined ? "no-signature" : "signed-by-other", { recovered });
  } catch (error) {
    throw toSigningError(error);
  }
}
