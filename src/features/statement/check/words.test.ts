import { describe, expect, it } from "vitest";
import type { SignatureAnswer } from "@/data/statement/check-signature";
import { answerText, comparisonWords, decisiveAnswer, signatureVerdict } from "./words";

const HEX = `0x${"ab".repeat(32)}` as const;
const difference = (kind: "differs" | "unknown-here" | "unknown-in-file") =>
  ({ field: "totals.losses", kind, inFile: "1", here: "2" }) as const;

function checked(isValid: boolean, kind: "account" | "contract" = "contract"): SignatureAnswer {
  const block = { number: 1_204n, hash: HEX, timestampSeconds: 0n };
  return { kind: "checked", check: { kind, block, isValid, recovered: undefined } };
}

describe("the verdict on figures", () => {
  it("agrees only when nothing differs and everything could be read", () => {
    expect(comparisonWords({ compared: 84, differences: [] })).toMatchObject({ tone: "ok", word: "agrees" });
    expect(comparisonWords({ compared: 84, differences: [difference("unknown-here")] })).toMatchObject({
      tone: "stale",
      word: "cannot be recomputed in full",
    });
    const both = [difference("unknown-here"), difference("differs"), difference("differs")];
    expect(comparisonWords({ compared: 84, differences: both })).toMatchObject({
      tone: "danger",
      word: "differs",
      sentence: "2 fields of 84 say something else than the chain.",
    });
  });

  it("does not count what the file leaves unknown as agreement", () => {
    const { word, sentence } = comparisonWords({
      compared: 10,
      differences: [difference("unknown-in-file")],
    });
    expect(word).toBe("agrees");
    expect(sentence).toBe(
      "9 fields computed again from the chain, all the same. 1 field the file leaves unknown and the chain tells.",
    );
  });
});

describe("the verdict on a signature", () => {
  it("is never the word valid", () => {
    for (const isValid of [true, false]) {
      expect(signatureVerdict(checked(isValid)).word).not.toMatch(/valid/);
      expect(answerText(checked(isValid))).not.toMatch(/valid/);
    }
  });

  it("goes by the named block, and by the newest where that cannot be asked", () => {
    const gone: SignatureAnswer = { kind: "no-such-block", number: 7n };
    const answers = { atNamed: checked(true), atHead: checked(false) };
    expect(signatureVerdict(decisiveAnswer(answers))).toMatchObject({ tone: "ok" });
    expect(signatureVerdict(decisiveAnswer({ ...answers, atNamed: gone }))).toMatchObject({ tone: "danger" });
    expect(signatureVerdict(gone)).toEqual({ tone: "stale", word: "cannot be checked" });
    expect(answerText(gone)).toContain("Block 7 with the hash in the file is not part of this chain");
  });

  it("says what answered: the account's key or the contract, at which block", () => {
    expect(answerText(checked(true))).toBe("Accepted by the contract at block 1,204.");
    expect(answerText(checked(false, "account"))).toBe("Not made with this account's key (block 1,204).");
  });
});
