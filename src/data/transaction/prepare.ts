import { keccak256 } from "viem";
import { uintAt, wordAt } from "@/chain/bytes";
import { type ChainErrorCode, toChainError } from "@/chain/errors";
import { quantityOf, smallQuantityOf, toQuantity } from "@/chain/quantity";
import type { BlockRef, Hex } from "@/domain/model";
import { callWordsOf } from "./call-words";
import { failureOf, TransactionError, type TransactionStage, toTransactionError } from "./failure";
import type {
  Caveat,
  Expectation,
  Simulation,
  StateCheck,
  TransactionIntent,
  TransactionReview,
} from "./intent";
import { signingRequestOf } from "./intent";
import type { ChainPort, Session, WalletPort } from "./ports";

interface PrepareArgs {
  readonly intent: TransactionIntent;
  readonly session: Session | undefined;
  readonly chain: ChainPort;
  readonly wallet: WalletPort;
  /** Whether a signature request for the same intent was left without an answer. */
  readonly earlierPrompt: boolean;
}

/**
 * Everything that has to hold before a wallet is asked, in this order: the domain's validation, who is connected and
 * where, that the wallet's chain is our chain, the target's code, the account's rights, and the simulation of the
 * very request, all at one block. Run for the review and run again at the click.
 *
 * Throws `TransactionError` (stages validate and simulate).
 */
export async function prepareReview(args: PrepareArgs): Promise<TransactionReview> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await prepareOnce(args);
    } catch (error) {
      const moved = error instanceof TransactionError && error.failure.code === "chain-moved";
      if (!moved || attempt >= MOVED_ATTEMPTS) throw error;
    }
  }
}

/** How often a reorganisation under the checks may send them back to a new head. */
const MOVED_ATTEMPTS = 3;

async function prepareOnce(args: PrepareArgs): Promise<TransactionReview> {
  const { intent, session, chain, wallet } = args;
  assertInput(intent);
  assertSession(intent, session);
  const block = await at("simulate", chain.head());
  const identity = await at("validate", compareChains({ chain, wallet, head: block }));
  await at("validate", assertCode({ chain, intent, block }));
  for (const check of intent.before) await at("validate", assertAllowed({ chain, check, block }));
  const simulation = await simulate({ chain, intent, block });
  const inner = simulation.kind === "passed" ? await simulateInner({ chain, intent, block }) : simulation;
  const caveats: readonly (readonly [boolean, Caveat])[] = [
    [simulation.kind !== "passed" || inner.kind !== "passed", "not-simulated"],
    [identity === "unverified", "wallet-chain-unverified"],
    [args.earlierPrompt, "earlier-prompt"],
    [!intent.target.listed, "target-not-listed"],
    [!callWordsOf(intent).understood, "call-not-understood"],
  ];
  return {
    request: Object.freeze(signingRequestOf(intent)),
    callDataHash: keccak256(intent.call.data),
    block,
    simulation: inner.kind === "passed" ? simulation : inner,
    caveats: caveats.filter(([holds]) => holds).map(([, caveat]) => caveat),
    passed: [...intent.before.map((check) => check.label), ...intent.inner.map((one) => one.label)],
  };
}

async function at<T>(stage: TransactionStage, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw toTransactionError(error, stage);
  }
}

function assertInput(intent: TransactionIntent): void {
  if (intent.issues.length > 0) {
    throw new TransactionError("validate", failureOf("invalid-input", { details: intent.issues }));
  }
}

function assertSession(intent: TransactionIntent, session: Session | undefined): void {
  if (session === undefined) throw new TransactionError("validate", failureOf("not-connected"));
  if (session.chainId !== intent.chainId) {
    throw new TransactionError(
      "validate",
      failureOf("wrong-chain", { expectedChainId: intent.chainId, gotChainId: session.chainId }),
    );
  }
  if (session.account !== intent.account) {
    throw new TransactionError("validate", failureOf("session-changed"));
  }
}

/** A wallet's node may be a few blocks off and the last blocks may still be reordered: compare a little below. */
const REORDER_MARGIN_BLOCKS = 4n;

/**
 * Two chains can carry one id (a private copy, a test network started twice). Compares the first block and a recent
 * one as the wallet sees them with our own view.
 */
async function compareChains(args: {
  readonly chain: ChainPort;
  readonly wallet: WalletPort;
  readonly head: BlockRef;
}): Promise<"same" | "unverified"> {
  const { chain, wallet, head } = args;
  const walletChainId = smallQuantityOf(await askWallet(wallet, "eth_chainId", []));
  if (walletChainId !== undefined && walletChainId !== chain.chainId) {
    throw new TransactionError(
      "validate",
      failureOf("wrong-chain", { expectedChainId: chain.chainId, gotChainId: walletChainId }),
    );
  }
  const walletHead = quantityOf(await askWallet(wallet, "eth_blockNumber", []));
  if (walletChainId === undefined || walletHead === undefined) return "unverified";
  const common = walletHead < head.number ? walletHead : head.number;
  const recent = common > REORDER_MARGIN_BLOCKS ? common - REORDER_MARGIN_BLOCKS : 0n;
  const answers = await Promise.all(
    (recent === 0n ? [0n] : [0n, recent]).map(async (number) => ({
      theirs: blockHashOf(await askWallet(wallet, "eth_getBlockByNumber", [toQuantity(number), false])),
      ours: await chain.blockHash(number),
    })),
  );
  if (answers.some(({ theirs, ours }) => theirs !== undefined && ours !== undefined && theirs !== ours)) {
    throw new TransactionError("validate", failureOf("other-chain-same-id", { gotChainId: walletChainId }));
  }
  // The recent block decides: an endpoint may have dropped the first one.
  const last = answers.at(-1);
  return last?.theirs === undefined || last.ours === undefined ? "unverified" : "same";
}

/** A wallet that refuses to answer is not an error here: the review says that it could not be compared. */
async function askWallet(wallet: WalletPort, method: string, params: readonly unknown[]): Promise<unknown> {
  try {
    return await wallet.request({ method, params });
  } catch (error) {
    if (toChainError(error).code === "aborted") throw error;
    return undefined;
  }
}

function blockHashOf(answer: unknown): Hex | undefined {
  if (typeof answer !== "object" || answer === null || !("hash" in answer)) return undefined;
  const { hash } = answer;
  return typeof hash === "string" && /^0x[0-9a-fA-F]{64}$/.test(hash)
    ? (hash.toLowerCase() as Hex)
    : undefined;
}

async function assertCode(args: {
  readonly chain: ChainPort;
  readonly intent: TransactionIntent;
  readonly block: BlockRef;
}): Promise<void> {
  const { chain, intent, block } = args;
  const found = await chain.codeHash({ address: intent.call.to, block });
  if (found === undefined) throw new TransactionError("validate", failureOf("not-a-contract"));
  const expected = intent.target.codeHash;
  if (intent.call.to !== intent.target.address || (expected !== undefined && expected !== found)) {
    throw new TransactionError(
      "validate",
      failureOf("code-differs", { details: [`expected ${expected ?? "no code"}`, `found ${found}`] }),
    );
  }
}

async function assertAllowed(args: {
  readonly chain: ChainPort;
  readonly check: StateCheck;
  readonly block: BlockRef;
}): Promise<void> {
  if (await isAsExpected(args)) return;
  const { check } = args;
  throw new TransactionError("validate", failureOf("not-allowed", { details: [check.otherwise] }));
}

/** Asks the chain and compares the first word of the answer. An answer without a word is never as expected. */
export async function isAsExpected(args: {
  readonly chain: ChainPort;
  readonly check: StateCheck;
  readonly block: BlockRef;
}): Promise<boolean> {
  const { chain, check, block } = args;
  return holds(check.expects, await chain.callAt({ to: check.to, data: check.data, block }));
}

function holds(expected: Expectation, answer: Hex): boolean {
  const word = wordAt(answer, 0);
  if (word === undefined) return false;
  switch (expected.kind) {
    case "equals":
      return word === expected.word;
    case "differs":
      return word !== expected.word;
    case "at-least": {
      const value = uintAt(answer, 0);
      return value !== undefined && value >= expected.value;
    }
  }
}

interface SimulateArgs {
  readonly chain: ChainPort;
  readonly intent: TransactionIntent;
  readonly block: BlockRef;
}

async function simulate({ chain, intent, block }: SimulateArgs): Promise<Simulation> {
  return simulateOne(chain.simulate({ from: intent.account, call: intent.call, block }), []);
}

async function simulateInner({ chain, intent, block }: SimulateArgs): Promise<Simulation> {
  let last: Simulation = { kind: "passed", gasUsed: undefined };
  for (const one of intent.inner) {
    last = await simulateOne(chain.simulate({ from: one.from, call: one.call, block }), [one.label]);
    if (last.kind !== "passed") return last;
  }
  return last;
}

/** Answers that say nothing about the call itself. */
const CANNOT_SIMULATE = new Set<ChainErrorCode>([
  "rpc-unavailable",
  "rate-limited",
  "bad-answer",
  "archive-unavailable",
  "range-too-large",
  "unexpected",
]);

/** A refusal by the contract is final; an endpoint that cannot simulate is said, and left to the person. */
async function simulateOne(
  work: Promise<{ readonly gasUsed: bigint | undefined }>,
  details: readonly string[],
): Promise<Simulation> {
  try {
    return { kind: "passed", gasUsed: (await work).gasUsed };
  } catch (error) {
    const chainError = toChainError(error);
    if (CANNOT_SIMULATE.has(chainError.code)) return { kind: "not-simulated", reason: chainError.message };
    const { failure } = toTransactionError(chainError, "simulate");
    throw new TransactionError("simulate", { ...failure, details });
  }
}
