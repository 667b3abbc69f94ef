import { describe, expect, it } from "vitest";
import {
  createDevnetWallet,
  OTHER_CHAIN_ID,
  ProviderError,
  type Question,
  type WalletMemory,
} from "./provider";

const ADA = { address: "0x00000000000000000000000000000000000000aa", role: "LP", label: "Ada" };
const OPERATOR = {
  address: "0x00000000000000000000000000000000000000bb",
  role: "Operator",
  label: "Operator",
};

function wallet(options: { readonly memory?: WalletMemory } = {}) {
  const questions: Question[] = [];
  const sent: { method: string; params: readonly unknown[] }[] = [];
  const events: [string, unknown][] = [];
  let answer: (question: Question) => boolean | Promise<boolean> = () => true;
  let memory = options.memory;
  const made = createDevnetWallet({
    chainId: 31_337,
    accounts: [ADA, OPERATOR],
    host: {
      rpc: async (method, params) => {
        sent.push({ method, params });
        return "0xhash";
      },
      confirm: async (question) => {
        questions.push(question);
        return answer(question);
      },
      readMemory: () => memory,
      writeMemory: (next) => {
        memory = next;
      },
    },
  });
  for (const event of ["accountsChanged", "chainChanged", "connect"]) {
    made.provider.on(event, (payload) => events.push([event, payload]));
  }
  const call = (method: string, ...params: readonly unknown[]) => made.provider.request({ method, params });
  const codeOf = async (method: string, ...params: readonly unknown[]): Promise<number | undefined> => {
    const failure: unknown = await call(method, ...params).then(
      () => undefined,
      (cause: unknown) => cause,
    );
    return failure instanceof ProviderError ? failure.code : undefined;
  };
  return {
    ...made,
    questions,
    sent,
    events,
    call,
    codeOf,
    memory: () => memory,
    decide: (next: typeof answer) => {
      answer = next;
    },
  };
}

describe("the devnet wallet", () => {
  it("shares no account before the person agreed", async () => {
    const subject = wallet();
    expect(await subject.call("eth_accounts")).toEqual([]);
    subject.decide(() => false);
    expect(await subject.codeOf("eth_requestAccounts")).toBe(4001);
    expect(await subject.call("eth_accounts")).toEqual([]);
    subject.decide(() => true);
    expect(await subject.call("eth_requestAccounts")).toEqual([ADA.address]);
    expect(subject.events.map(([name]) => name)).toEqual(["connect", "accountsChanged"]);
  });

  it("asks to connect once at a time", async () => {
    const subject = wallet();
    let agree = (_yes: boolean): void => undefined;
    subject.decide(() => new Promise((resolve) => (agree = resolve)));
    const first = subject.call("eth_requestAccounts");
    expect(await subject.codeOf("eth_requestAccounts")).toBe(-32_002);
    agree(true);
    expect(await first).toEqual([ADA.address]);
    expect(subject.questions).toHaveLength(1);
  });

  it("shows every transaction and sends none that was refused", async () => {
    const subject = wallet();
    await subject.call("eth_requestAccounts");
    const request = { from: ADA.address, to: OPERATOR.address, data: "0x1234", value: "0x1" };
    subject.decide(() => false);
    expect(await subject.codeOf("eth_sendTransaction", request)).toBe(4001);
    expect(subject.sent).toEqual([]);
    subject.decide(() => true);
    expect(await subject.call("eth_sendTransaction", request)).toBe("0xhash");
    expect(subject.questions.at(-1)).toMatchObject({ kind: "transaction", request });
    expect(subject.sent).toEqual([{ method: "eth_sendTransaction", params: [request] }]);
  });

  it("sends nothing for an account that is not the connected one", async () => {
    const subject = wallet();
    expect(await subject.codeOf("eth_sendTransaction", { from: ADA.address })).toBe(4100);
    await subject.call("eth_requestAccounts");
    expect(await subject.codeOf("eth_sendTransaction", { from: OPERATOR.address })).toBe(4100);
    expect(subject.questions).toHaveLength(1);
  });

  it("drops a transaction when the role changes while the question is open", async () => {
    const subject = wallet();
    await subject.call("eth_requestAccounts");
    subject.decide(() => {
      subject.useAccount(OPERATOR.address);
      return true;
    });
    expect(await subject.codeOf("eth_sendTransaction", { from: ADA.address, to: ADA.address })).toBe(4100);
    expect(subject.sent).toEqual([]);
  });

  it("tells the page of a new role only while it is connected", async () => {
    const subject = wallet();
    subject.useAccount(OPERATOR.address);
    expect(subject.events).toEqual([]);
    await subject.call("eth_requestAccounts");
    subject.useAccount(ADA.address);
    expect(subject.events.at(-1)).toEqual(["accountsChanged", [ADA.address]]);
    subject.disconnect();
    expect(subject.events.at(-1)).toEqual(["accountsChanged", []]);
  });

  it("switches between the two networks it knows, and knows no other", async () => {
    const subject = wallet();
    await subject.call("eth_requestAccounts");
    expect(await subject.codeOf("wallet_switchEthereumChain", { chainId: "0x5" })).toBe(4902);
    subject.useChain(OTHER_CHAIN_ID);
    expect(subject.events.at(-1)).toEqual(["chainChanged", "0x1"]);
    expect(await subject.call("eth_chainId")).toBe("0x1");
    expect(await subject.codeOf("eth_sendTransaction", { from: ADA.address })).toBe(4901);
    expect(await subject.codeOf("eth_blockNumber")).toBe(4901);
    expect(await subject.call("wallet_switchEthereumChain", { chainId: "0x7a69" })).toBeNull();
    expect(await subject.call("eth_chainId")).toBe("0x7a69");
  });

  it("shows typed data field by field and signs them for the connected account alone", async () => {
    const subject = wallet();
    const typedData = { domain: { chainId: 31_337 }, primaryType: "Statement", message: { shares: "7" } };
    const text = JSON.stringify(typedData);
    expect(await subject.codeOf("eth_signTypedData_v4", ADA.address, text)).toBe(4100);
    await subject.call("eth_requestAccounts");
    expect(await subject.call("eth_signTypedData_v4", ADA.address, text)).toBe("0xhash");
    expect(subject.questions.at(-1)).toMatchObject({ kind: "typed-data", typedData });
    expect(subject.sent).toEqual([{ method: "eth_signTypedData_v4", params: [ADA.address, text] }]);
    subject.decide(() => false);
    expect(await subject.codeOf("eth_signTypedData_v4", ADA.address, text)).toBe(4001);
    subject.decide(() => {
      subject.useAccount(OPERATOR.address);
      return true;
    });
    expect(await subject.codeOf("eth_signTypedData_v4", ADA.address, text)).toBe(4100);
    expect(subject.sent).toHaveLength(1);
  });

  it("refuses typed data of another network, and what is no typed data, without asking", async () => {
    const subject = wallet();
    await subject.call("eth_requestAccounts");
    const foreign = { domain: { chainId: 1 }, primaryType: "Statement", message: {} };
    for (const content of [JSON.stringify(foreign), "{", '{"domain":{}}', 7]) {
      expect(await subject.codeOf("eth_signTypedData_v4", ADA.address, content)).toBe(-32_602);
    }
    subject.useChain(OTHER_CHAIN_ID);
    expect(await subject.codeOf("eth_signTypedData_v4", ADA.address, JSON.stringify(foreign))).toBe(4901);
    expect(subject.questions).toHaveLength(1);
  });

  it("refuses a transaction that names another network", async () => {
    const subject = wallet();
    await subject.call("eth_requestAccounts");
    expect(await subject.codeOf("eth_sendTransaction", { from: ADA.address, chainId: "0x1" })).toBe(-32_602);
    expect(subject.questions).toHaveLength(1);
  });

  it("forwards questions to the node, and none of the node's own controls", async () => {
    const subject = wallet();
    expect(await subject.call("eth_blockNumber")).toBe("0xhash");
    expect(await subject.codeOf("anvil_setBalance", ADA.address, "0x1")).toBe(4200);
    expect(await subject.codeOf("evm_mine")).toBe(4200);
    expect(await subject.codeOf("wallet_sendCalls")).toBe(4200);
    expect(subject.sent.map(({ method }) => method)).toEqual(["eth_blockNumber"]);
  });

  it("grants and revokes permissions as EIP-2255 has them", async () => {
    const subject = wallet();
    expect(await subject.call("wallet_getPermissions")).toEqual([]);
    expect(await subject.call("wallet_requestPermissions", { eth_accounts: {} })).toMatchObject([
      { parentCapability: "eth_accounts" },
    ]);
    expect(await subject.call("wallet_revokePermissions", { eth_accounts: {} })).toBeNull();
    expect(await subject.call("eth_accounts")).toEqual([]);
  });

  it("remembers role, network and connection over a reload, unless the devnet is another one", async () => {
    const subject = wallet();
    subject.useAccount(OPERATOR.address);
    await subject.call("eth_requestAccounts");
    const saved = subject.memory();
    expect(saved).toEqual({ connected: true, account: OPERATOR.address, chainId: 31_337 });
    const again = wallet(saved === undefined ? {} : { memory: saved });
    expect(await again.call("eth_accounts")).toEqual([OPERATOR.address]);
    const foreign = wallet({ memory: { connected: true, account: "0x01", chainId: 31_337 } });
    expect(await foreign.call("eth_accounts")).toEqual([]);
  });
});
