import type { SignatureAnswer } from "@/data/statement/check-signature";
import type { StatementComparison } from "@/data/statement/use-statement-check";
import type { SignerRole } from "@/report/signed-statement";
import { formatInteger } from "@/shared/format";
import type { Tone } from "@/ui/tone";

/** A finding in one word and its tone. */
export interface Verdict {
  readonly tone: Tone;
  readonly word: string;
}

/** What an address is to a statement at its block. */
export const STANDING_WORD: Readonly<Record<SignerRole, string>> = {
  lp: "the LP itself",
  curator: "the vault's curator",
  "adl-manager": "the vault's ADL manager",
  "strategy-owner": "the owner of the vault's strategy",
  proposer: "a proposer at the strategy's timelock",
};

const KIND_WORD = {
  account: "an account with a key",
  contract: "a contract, which says itself what it signed (ERC-1271)",
  "delegated-account":
    "an account that has handed itself to a contract (EIP-7702), which is asked in its place",
} as const;

/** What stands at the signer's address; undefined while that is not known. */
export function signerKindText(answer: SignatureAnswer): string | undefined {
  return answer.kind === "checked" ? KIND_WORD[answer.check.kind] : undefined;
}

/** What the chain said about the signature at one block. */
export function answerText(answer: SignatureAnswer): string {
  switch (answer.kind) {
    case "no-such-block":
      return `Block ${formatInteger(answer.number)} with the hash in the file is not part of this chain.`;
    case "unreadable":
      return answer.error.code === "archive-unavailable"
        ? "Cannot be asked: the endpoint keeps no state that old."
        : "Cannot be asked: the endpoint gave no usable answer.";
    case "checked": {
      const { isValid, kind, block } = answer.check;
      const at = `block ${formatInteger(block.number)}`;
      if (kind === "account")
        return isValid
          ? `Made with this account's key (${at}).`
          : `Not made with this account's key (${at}).`;
      return isValid ? `Accepted by the contract at ${at}.` : `Not accepted by the contract at ${at}.`;
    }
  }
}

/** The better of two answers: that of the named block, else of the newest. */
export function decisiveAnswer(answers: {
  readonly atNamed: SignatureAnswer;
  readonly atHead: SignatureAnswer;
}): SignatureAnswer {
  return answers.atNamed.kind === "checked" ? answers.atNamed : answers.atHead;
}

/** Who signed, in one word. */
export function signatureVerdict(answer: SignatureAnswer): Verdict {
  if (answer.kind !== "checked") return { tone: "stale", word: "cannot be checked" };
  return answer.check.isValid
    ? { tone: "ok", word: "signed by this address" }
    : { tone: "danger", word: "not signed by this address" };
}

/** How a recomputation went, in one word and a sentence. */
export function comparisonWords({ compared, differences }: StatementComparison): Verdict & {
  readonly sentence: string;
} {
  const count = (kind: (typeof differences)[number]["kind"]): number =>
    differences.filter((one) => one.kind === kind).length;
  const differing = count("differs");
  const unread = count("unknown-here");
  const left = count("unknown-in-file");
  const fields = (n: number): string => (n === 1 ? "1 field" : `${formatInteger(n)} fields`);
  const open = left === 0 ? "" : ` ${fields(left)} the file leaves unknown and the chain tells.`;
  if (differing > 0) {
    return {
      tone: "danger",
      word: "differs",
      sentence: `${fields(differing)} of ${formatInteger(compared)} say something else than the chain.${open}`,
    };
  }
  if (unread > 0) {
    const rest = formatInteger(compared - unread - left);
    return {
      tone: "stale",
      word: "cannot be recomputed in full",
      sentence: `${fields(unread)} could not be read here, mostly for want of an archive endpoint; the other ${rest} agree.${open}`,
    };
  }
  return {
    tone: "ok",
    word: "agrees",
    sentence: `${fields(compared - left)} computed again from the chain, all the same.${open}`,
  };
}

/** What a difference means. */
export const DIFFERENCE_WORD: Readonly<Record<StatementComparison["differences"][number]["kind"], Verdict>> =
  {
    differs: { tone: "danger", word: "differs" },
    "unknown-here": { tone: "stale", word: "not readable here" },
    "unknown-in-file": { tone: "neutral", word: "unknown in the file" },
  };
