import type { SigningRequest, TransactionIntent, TransactionReview } from "@/data/transaction/intent";
import { signingRequestOf } from "@/data/transaction/intent";
import type { Receipt, SentTransaction } from "@/data/transaction/machine";
import type { Address, Hex } from "@/domain/model";

export const ALICE: Address = "0xa11ce00000000000000000000000000000000001";
export const BOB: Address = "0xb0b0000000000000000000000000000000000002";
export const TARGET: Address = "0x7a46e70000000000000000000000000000000003";
export const CHAIN_ID = 31_337;

/** `approve(BOB, 5 USDC)`: the call that tests send. */
export const APPROVE: Hex = `0x095ea7b3${BOB.slice(2).padStart(64, "0")}${(5_000_000).toString(16).padStart(64, "0")}`;
/** The same with 6 USDC. */
export const APPROVE_MORE: Hex = `0x095ea7b3${BOB.slice(2).padStart(64, "0")}${(6_000_000).toString(16).padStart(64, "0")}`;

/** A 32-byte hash made of one small number, so that two are easy to tell apart. */
export function hashFrom(seed: number): Hex {
  return `0x${seed.toString(16).padStart(64, "0")}`;
}

export function intentOf(change: Partial<TransactionIntent> = {}): TransactionIntent {
  return {
    key: "approve/31337/target",
    chainId: CHAIN_ID,
    account: ALICE,
    title: "Approve",
    effect: ["The executor may take up to 5 USDC."],
    call: { to: TARGET, data: APPROVE, value: 0n },
    target: { address: TARGET, name: "USDC", codeHash: undefined, listed: true },
    known: { [TARGET]: { kind: "token", label: "USDC" } },
    asset: { address: TARGET, symbol: "USDC", decimals: 6 },
    issues: [],
    before: [],
    inner: [],
    after: [],
    events: [],
    invalidates: [],
    ...change,
  };
}

export function reviewOf(
  intent: TransactionIntent,
  change: Partial<TransactionReview> = {},
): TransactionReview {
  return {
    request: signingRequestOf(intent),
    callDataHash: hashFrom(1),
    block: { number: 10n, hash: hashFrom(10), timestampSeconds: 1_700_000_000n },
    simulation: { kind: "passed", gasUsed: 21_000n },
    caveats: [],
    passed: [],
    ...change,
  };
}

export function sentOf(request: SigningRequest, hash: Hex): SentTransaction {
  return { request, hash, nonce: undefined, replaced: [] };
}

export function receiptOf(hash: Hex, change: Partial<Receipt> = {}): Receipt {
  return {
    hash,
    blockNumber: 11n,
    blockHash: hashFrom(11),
    succeeded: true,
    gasUsed: 21_000n,
    logs: [],
    ...change,
  };
}
