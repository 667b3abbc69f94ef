import type { SigningError, SigningFailureCode } from "@/data/statement/sign-statement";
import type { DatedStatement, SigningObstacle } from "@/data/statement/statement-document";
import type { Address } from "@/domain/model";
import type { SignerRole } from "@/report/signed-statement";
import { formatAddress } from "@/shared/format";

/** What a signer is to a statement, in a word. */
export const ROLE_WORD: Readonly<Record<SignerRole, string>> = {
  lp: "LP",
  curator: "curator",
  "adl-manager": "ADL manager",
  "strategy-owner": "strategy's owner",
  proposer: "timelock's proposer",
};

/** What went wrong while signing, and the way on. */
export interface FailureWords {
  readonly title: string;
  readonly detail: string;
  /** Nothing is wrong: somebody changed their mind. */
  readonly isCalm: boolean;
}

const OTHER: FailureWords = {
  title: "The statement was not signed",
  detail: "The wallet or the endpoint gave no usable answer. Nothing was written. Try again.",
  isCalm: false,
};

const WORDS: Readonly<Partial<Record<SigningFailureCode, FailureWords>>> = {
  "user-rejected": {
    title: "Not signed",
    detail: "You declined in the wallet. Nothing was written.",
    isCalm: true,
  },
  "request-pending": {
    title: "Your wallet is already asking",
    detail: "Open the wallet: a request of this page waits there. Answer it, then try again here if needed.",
    isCalm: true,
  },
  "prompt-elsewhere": {
    title: "Another request of this site is open",
    detail: "Answer or close it first, in this tab or another.",
    isCalm: true,
  },
  "wrong-chain": {
    title: "The wallet is on another chain",
    detail: "Wallets sign typed data of their own chain only. Switch it, then sign.",
    isCalm: true,
  },
  "not-connected": {
    title: "No wallet is connected",
    detail: "Connect the wallet again, then sign.",
    isCalm: true,
  },
  "session-changed": {
    title: "The wallet changed in the meantime",
    detail:
      "Another account or chain is connected than the one this was prepared for. What came back was thrown away.",
    isCalm: false,
  },
  "no-signature": {
    title: "This is not a signature of an account",
    detail:
      "An account's signature has 65 bytes. If the signer is a contract, check its address and the chain: there is no code at it.",
    isCalm: false,
  },
  "contract-refuses": {
    title: "The contract does not accept this signature",
    detail:
      "A Safe accepts it once enough owners have signed. Collect the missing signatures, then try again with all of them.",
    isCalm: false,
  },
  "no-role": {
    title: "This address cannot sign the statement",
    detail:
      "It is neither the LP nor the vault's curator, ADL manager, the owner of its strategy or a proposer at the strategy's timelock.",
    isCalm: false,
  },
  "archive-unavailable": {
    title: "The endpoint cannot be asked about this block",
    detail:
      "Who is an operator at this block is not known. Sign at a newer block, or use an archive endpoint.",
    isCalm: false,
  },
  "rpc-unavailable": {
    title: "The endpoint does not answer",
    detail: "The signature could not be checked, so nothing was written. Try again.",
    isCalm: false,
  },
};

/** A failure in words; names the account that signed instead, where that is known. */
export function failureWords({ code, details }: SigningError): FailureWords {
  if (code === "signed-by-other" && details.recovered !== undefined) {
    return {
      title: "Another account signed",
      detail: `The signature is of ${details.recovered}. Choose the account in the wallet, and try again.`,
      isCalm: false,
    };
  }
  return WORDS[code] ?? OTHER;
}

const FIELD_WORD = { shares: "shares", value: "value", losses: "losses", recoveries: "recoveries" } as const;

/** Why the statement cannot be signed as it stands; undefined when it can. */
export function obstacleText(obstacle: SigningObstacle | undefined): string | undefined {
  if (obstacle === undefined) return undefined;
  if (obstacle.kind === "unknown") {
    const fields = obstacle.fields.map((field) => FIELD_WORD[field]).join(", ");
    return `Not known: ${fields}. What is signed has to be known.`;
  }
  return "The lines do not add up to the value, or it is not known whether they do. Such a statement is not offered for signing.";
}

/** Why nobody here can sign, naming who can. */
export function cannotSignText({ report, statement }: DatedStatement, account: Address | undefined): string {
  if (account === undefined)
    return "Connect the LP's or the operator's wallet first, at the top of the page.";
  const curator = report.snapshot.state.flux?.curator;
  const operator = curator === undefined ? "" : ` or the operator (curator ${formatAddress(curator)})`;
  return `The connected account has no part in this statement. The LP ${formatAddress(statement.address)}${operator} can sign it.`;
}
