import { privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Address, BlockRef, Hex } from "@/domain/model";
import { Chain, type Contract } from "../../../devnet/contracts-test/chain";
import { ChainError } from "../errors";
import { createRpc } from "../rpc/client";
import type { Rpc } from "../rpc/rpc";
import { fetchBlock, fetchHead } from "./head";
import { checkSignature, recoverSigner, type SignatureCheck } from "./signature";

/** The first two of the well-known development keys. */
const OWNER = privateKeyToAccount("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
const OTHER = privateKeyToAccount("0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d");
const DIGEST: Hex = `0x${"d1".repeat(32)}`;
const MAGIC: Hex = `0x1626ba7e${"0".repeat(56)}`;

const lower = (address: string): Address => address.toLowerCase() as Address;

let chain: Chain;
let rpc: Rpc;
let signer: Contract;
let atFirst: BlockRef;
let byOwner: Hex;
let byOther: Hex;

beforeAll(async () => {
  chain = await Chain.start();
  rpc = createRpc({ chainId: chain.anvil.chainId, endpoints: [chain.anvil.url] });
  signer = await chain.deploy("SignerContract", [OWNER.address], OWNER.address);
  atFirst = await fetchHead(rpc);
  byOwner = await OWNER.sign({ hash: DIGEST });
  byOther = await OTHER.sign({ hash: DIGEST });
});

afterAll(() => chain.stop());

function ask(address: string, signature: Hex, block: BlockRef): Promise<SignatureCheck> {
  return checkSignature(rpc, { signer: lower(address), digest: DIGEST, signature, block });
}

async function askNow(address: string, signature: Hex): Promise<SignatureCheck> {
  return ask(address, signature, await fetchHead(rpc));
}

describe("a signature of an account", () => {
  it("is good when it recovers to the account, and names who signed when it does not", async () => {
    const good = await askNow(OWNER.address, byOwner);
    expect(good).toMatchObject({ kind: "account", isValid: true, recovered: lower(OWNER.address) });
    const foreign = await askNow(OWNER.address, byOther);
    expect(foreign).toMatchObject({ kind: "account", isValid: false, recovered: lower(OTHER.address) });
  });

  it("has one form: its higher twin, a strange v and bytes of another length are refused", async () => {
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const s = BigInt(`0x${byOwner.slice(66, 130)}`);
    const flipped = byOwner.endsWith("1b") ? "1c" : "1b";
    const twin: Hex = `0x${byOwner.slice(2, 66)}${(order - s).toString(16).padStart(64, "0")}${flipped}`;
    const cases: readonly Hex[] = [
      twin,
      `0x${byOwner.slice(2, -2)}1d`,
      `0x${byOwner.slice(2)}00`,
      `0x${"00".repeat(65)}`,
      `0x${"ff".repeat(32)}${"11".repeat(32)}1b`,
      "0x",
    ];
    for (const signature of cases) {
      expect(await recoverSigner({ digest: DIGEST, signature })).toBeUndefined();
    }
    const old: Hex = `0x${byOwner.slice(2, -2)}${byOwner.endsWith("1b") ? "00" : "01"}`;
    expect(await recoverSigner({ digest: DIGEST, signature: old })).toBe(lower(OWNER.address));
  });
});

describe("a signature of a contract", () => {
  it("is what the contract says, never what the key says", async () => {
    expect(await askNow(signer.address, byOwner)).toMatchObject({ kind: "contract", isValid: true });
    expect(await askNow(signer.address, byOther)).toMatchObject({ kind: "contract", isValid: false });
    expect(await askNow(signer.address, "0x1234")).toMatchObject({ kind: "contract", isValid: false });
  });

  it("is asked at the named block: another owner later changes the answer later, not before", async () => {
    const restore = await chain.snapshot();
    await chain.write({
      from: OWNER.address,
      to: signer,
      fn: "transferOwnership",
      args: [OTHER.address],
    });
    const after = await fetchHead(rpc);
    expect(after.number).toBe(atFirst.number + 1n);
    expect(await ask(signer.address, byOwner, atFirst)).toMatchObject({ isValid: true, block: atFirst });
    expect(await ask(signer.address, byOwner, after)).toMatchObject({ isValid: false, block: after });
    expect(await ask(signer.address, byOther, after)).toMatchObject({ isValid: true });
    await restore();
  });

  it("did not sign before it existed: at that block its address is an account without a key", async () => {
    const before = await fetchBlock(rpc, { number: atFirst.number - 1n });
    if (before === undefined) throw new Error("there is no block before the contract");
    expect(await ask(signer.address, byOwner, before)).toMatchObject({
      kind: "account",
      isValid: false,
      recovered: lower(OWNER.address),
    });
  });

  it("may be empty where the contract approved the hash on chain", async () => {
    const restore = await chain.snapshot();
    expect(await askNow(signer.address, "0x")).toMatchObject({ isValid: false });
    await chain.write({ from: OWNER.address, to: signer, fn: "approve", args: [DIGEST] });
    expect(await askNow(signer.address, "0x")).toMatchObject({ kind: "contract", isValid: true });
    await restore();
  });

  it.each<[string, Hex, boolean]>([
    ["the whole word", MAGIC, true],
    ["the word and more", `${MAGIC}${"00".repeat(32)}`, true],
    ["four bytes without their padding", "0x1626ba7e", false],
    ["a dirty word", `0x1626ba7e${"0".repeat(55)}1`, false],
    ["the word true", `0x${"0".repeat(63)}1`, false],
    ["nothing", "0x", false],
  ])("is judged by the answer alone: %s", async (_, answer, isValid) => {
    const loose = await chain.deploy("LooseSigner", [answer], OWNER.address);
    expect(await askNow(loose.address, byOwner)).toMatchObject({ kind: "contract", isValid });
  });

  it("is not good at a contract that knows no signatures", async () => {
    const token = await chain.deploy("TestToken", ["Token", "TOK", 6, OWNER.address], OWNER.address);
    expect(await askNow(token.address, byOwner)).toMatchObject({ kind: "contract", isValid: false });
  });

  it("is asked of the code that an account has handed itself to (EIP-7702)", async () => {
    const restore = await chain.snapshot();
    await chain.rpc("anvil_setCode", OTHER.address, `0xef0100${signer.address.slice(2)}`);
    // The delegate's code runs with the account's own storage, where nobody is the owner.
    expect(await askNow(OTHER.address, byOther)).toMatchObject({
      kind: "delegated-account",
      isValid: false,
      recovered: undefined,
    });
    await restore();
  });

  it("is not judged at a block that the chain does not have", async () => {
    const gone: BlockRef = { ...atFirst, hash: `0x${"ee".repeat(32)}` };
    await expect(ask(signer.address, byOwner, gone)).rejects.toBeInstanceOf(ChainError);
  });
});
