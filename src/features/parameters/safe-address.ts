import type { ParsedAddress } from "@/shared/parse-address";

/** What is wrong with the Safe's address: its form, or that no contract is there. An unanswered question is no problem. */
export function safeProblemOf(input: {
  /** undefined: nothing is typed. */
  readonly parsed: ParsedAddress | undefined;
  readonly hasCode: boolean | undefined;
  readonly chainId: number;
}): string | undefined {
  const { parsed, hasCode, chainId } = input;
  if (parsed === undefined) return undefined;
  if (!parsed.ok) return parsed.message;
  return hasCode === false
    ? `No contract at this address on chain ${chainId}. A Safe is a contract.`
    : undefined;
}
