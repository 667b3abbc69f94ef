import { privateKeyToAccount } from "viem/accounts";
import { beforeEach, describe, expect, it } from "vitest";
import { ChainError } from "@/chain/errors";
import type { Address, Hex } from "@/domain/model";
import { statementHashes, statementTypedData } from "@/report/signed-statement";
import { createFakeRpc, type FakeAnswer, type FakeRpc } from "@/testing/fake-rpc";
import { statementDocument } from "@/testing/statement-document";
import { PROMPT_LOCK } from "../transaction/flow";
import { tabLocks } from "../transaction/locks";
import type { Session, WalletPort } from "../transaction/ports";
import { fetchSignatureAnswers } from "./check-signature";
import { type ShownStatement, SigningError, signStatement, withSignature } from "./sign-statement";

/** Two of the well-known development keys. */
const LP = privateKeyToAccount("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
const OTHER = privateKeyToAccount("0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d");
const lower = (address: string): Address => address.toLowerCase() as Address;
const CHAIN_ID = 31_337;
const SESSION: Session = { account: lower(LP.address), chainId: CHAIN_ID, walletId: "one" };
const HASH = (digit: string): Hex => `0x${digit.repeat(64)}`;
const MAGIC = `0x1626ba7e${"0".repeat(56)}`;

function block(number: bigint, hash: Hex): unknown {
  return { number: `0x${number.toString(16)}`, hash, timestamp: "0x1" };
}

/** A chain at block 120; `code` stands at every address. */
function chainWith(change: Readonly<Record<string, FakeAnswer>> = {}): FakeRpc {
  return createFakeRpc({
    chainId: CHAIN_ID,
    methods: {
      eth_getBlockByNumber: ([tag]) =>
        tag === "latest" ? block(120n, HASH("c")) : block(BigInt(String(tag)), HASH("a")),
      eth_getCode: () => "0x",
      eth_call: () => "0x",
      ...change,
    },
  });
}

let shown: ShownStatement;
let session: Session | undefined;
let asked: { readonly method: string; readonly params: readonly unknown[] }[];
/** What the person and the wallet do with the request. */
let answer: () => Promise<unknown>;

const wallet: WalletPort = {
  current: () => session,
  subscribe: () => () => undefined,
  request: (call) => {
    asked.push(call);
    return answer();
  },
};

beforeEach(async () => {
  const document = statementDocument({ address: lower(LP.address) });
  const typedData = await statementTypedData({ document, signer: lower(LP.address), role: "lp" });
  if (typedData === undefined) throw new Error("the statement cannot be signed");
  shown = { document, typedData };
  session = SESSION;
  asked = [];
  answer = () => LP.sign({ hash: statementHashes(typedData).digest });
});

function sign(rpc = chainWith(), locks = tabLocks()) {
  return signStatement({ wallet, locks, rpc }, shown);
}

async function failureOf(work: Promise<unknown>): Promise<SigningError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SigningError);
  return error as SigningError;
}

describe("asking the wallet", () => {
  it("hands over exactly what was shown, and names the block at which the signature was good", async () => {
    const signed = await sign();
    expect(asked).toEqual([
      { method: "eth_signTypedData_v4", params: [SESSION.account, JSON.stringify(shown.typedData)] },
    ]);
    expect(signed).toMatchObject({
      schema: "plimsoll-signed-statement/1",
      document: shown.document,
      typedData: shown.typedData,
      signature: { block: { number: "120", hash: HASH("c") } },
    });
  });

  it.each<[string, Partial<Session> | undefined, string]>([
    ["nobody is connected", undefined, "not-connected"],
    ["another account is", { account: lower(OTHER.address) }, "session-changed"],
    ["the wallet is on another chain", { chainId: 1 }, "wrong-chain"],
  ])("does not ask where %s", async (_, change, code) => {
    session = change === undefined ? undefined : { ...SESSION, ...change };
    expect((await failureOf(sign())).code).toBe(code);
    expect(asked).toEqual([]);
  });

  it.each<[number, string]>([
    [4001, "user-rejected"],
    [-32_002, "request-pending"],
    [4900, "rpc-unavailable"],
  ])("tells a wallet's refusal %i from a failure", async (code, expected) => {
    answer = () => Promise.reject(Object.assign(new Error("said by the wallet"), { code }));
    expect((await failureOf(sign())).code).toBe(expected);
  });

  it("asks one thing at a time, whatever tab or dialog asks", async () => {
    const locks = tabLocks();
    let release = (): void => undefined;
    const held = locks.tryRun(PROMPT_LOCK, () => new Promise<void>((resolve) => (release = resolve)));
    expect((await failureOf(sign(chainWith(), locks))).code).toBe("prompt-elsewhere");
    release();
    await held;
    expect(await sign(chainWith(), locks)).toBeDefined();
  });

  it.each<[string, Session | undefined]>([
    ["another account", { ...SESSION, account: lower(OTHER.address) }],
    ["another chain", { ...SESSION, chainId: 1 }],
    ["another wallet", { ...SESSION, walletId: "two" }],
    ["nobody", undefined],
  ])("throws away what comes back after the wallet changed to %s", async (_, next) => {
    const good = answer;
    answer = () => {
      session = next;
      return good();
    };
    const rpc = chainWith();
    expect((await failureOf(sign(rpc))).code).toBe("session-changed");
    expect(rpc.exchanges).toEqual([]);
  });
});

describe("believing the wallet", () => {
  it("names whose signature it is when another account signed", async () => {
    answer = () => OTHER.sign({ hash: statementHashes(shown.typedData).digest });
    const failure = await failureOf(sign());
    expect(failure.code).toBe("signed-by-other");
    expect(failure.details.recovered).toBe(lower(OTHER.address));
  });

  it("does not take a signature of other data for one of these", async () => {
    answer = () => LP.sign({ hash: HASH("1") });
    expect((await failureOf(sign())).code).toBe("signed-by-other");
  });

  it.each<[string, unknown, string]>([
    ["no text", 7, "bad-answer"],
    ["no hex", "signed", "bad-answer"],
    ["too few bytes", "0x1234", "no-signature"],
  ])("refuses an answer of %s", async (_, value, code) => {
    answer = () => Promise.resolve(value);
    expect((await failureOf(sign())).code).toBe(code);
  });

  it("asks a contract, and no key, when the signer has code", async () => {
    const refusing = chainWith({ eth_getCode: () => "0x60806040", eth_call: () => `0x${"f".repeat(64)}` });
    expect((await failureOf(sign(refusing))).code).toBe("contract-refuses");
    const accepting = chainWith({ eth_getCode: () => "0x60806040", eth_call: () => MAGIC });
    expect(await withSignature(accepting, { shown, signature: "0x" })).toMatchObject({
      signature: { bytes: "0x" },
    });
  });

  it("writes nothing when the chain cannot be asked", async () => {
    const down = chainWith({
      eth_getCode: () => {
        throw new ChainError("rpc-unavailable", { message: "down", endpointHost: "rpc.example" });
      },
    });
    const failure = await failureOf(sign(down));
    expect(failure.code).toBe("rpc-unavailable");
    expect(failure.details.endpointHost).toBe("rpc.example");
  });
});

describe("checking a file's signature", () => {
  async function signedAt(hash: Hex, number = 110n) {
    const signed = await sign();
    return { ...signed, signature: { ...signed.signature, block: { number: number.toString(), hash } } };
  }

  it("asks at the block that the file names and at the newest one", async () => {
    const answers = await fetchSignatureAnswers(chainWith(), { signed: await signedAt(HASH("a")) });
    expect(answers).toMatchObject({
      atNamed: { kind: "checked", check: { isValid: true, block: { number: 110n } } },
      atHead: { kind: "checked", check: { isValid: true, block: { number: 120n } } },
    });
  });

  it("does not ask at another block of the same number, nor at one that is not there", async () => {
    const rpc = chainWith();
    const other = await fetchSignatureAnswers(rpc, { signed: await signedAt(HASH("b")) });
    expect(other.atNamed).toEqual({ kind: "no-such-block", number: 110n });
    expect(other.atHead).toMatchObject({ kind: "checked" });
    const missing = chainWith({
      eth_getBlockByNumber: ([tag]) => (tag === "latest" ? block(120n, HASH("c")) : null),
    });
    const none = await fetchSignatureAnswers(missing, { signed: await signedAt(HASH("a"), 999n) });
    expect(none.atNamed).toEqual({ kind: "no-such-block", number: 999n });
  });

  it("keeps what the endpoint cannot say apart from a refusal", async () => {
    const pruned = chainWith({
      eth_getCode: (params) => {
        if (JSON.stringify(params).includes(HASH("a"))) {
          throw new ChainError("archive-unavailable", { message: "pruned" });
        }
        return "0x";
      },
    });
    const answers = await fetchSignatureAnswers(pruned, { signed: await signedAt(HASH("a")) });
    expect(answers.atNamed).toMatchObject({ kind: "unreadable", error: { code: "archive-unavailable" } });
    expect(answers.atHead).toMatchObject({ kind: "checked", check: { isValid: true } });
  });
});
