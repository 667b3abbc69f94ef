import type { Session, WalletPort } from "@/data/transaction/ports";
import type { Address, Hex } from "@/domain/model";
import type { FakeChain, Gate } from "./fake-chain";

export interface Prompt {
  readonly params: {
    readonly chainId: Hex;
    readonly from: Address;
    readonly to: Address;
    readonly data: Hex;
  };
  /** Who was connected, and where, in the instant in which the prompt opened. */
  readonly session: Session | undefined;
}

/** What the person does with a prompt. */
export type Policy =
  | "approve"
  | "reject"
  | "already-open"
  /** The wallet sends something else than it was given. */
  | { readonly tamper: (params: Prompt["params"]) => Prompt["params"] }
  /** The transaction leaves and the wallet's answer is an error. */
  | "send-and-fail";

/** An EIP-1193 wallet on a fake chain. `gate` runs before it answers, with the prompt open. */
export class FakeWallet implements WalletPort {
  readonly prompts: Prompt[] = [];
  policy: Policy = "approve";
  gate: Gate = () => undefined;
  /** The chain that the wallet itself talks to: usually the page's own. */
  chain: FakeChain;
  #session: Session | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(chain: FakeChain, account: Address) {
    this.chain = chain;
    this.#session = { account, chainId: chain.chainId, walletId: "fake" };
  }

  current(): Session | undefined {
    return this.#session;
  }

  become(session: Session | undefined): void {
    this.#session = session;
    for (const listener of this.#listeners) listener();
  }

  /** As `become`, by a wallet that tells nobody. */
  becomeSilently(session: Session | undefined): void {
    this.#session = session;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async request({
    method,
    params,
  }: {
    readonly method: string;
    readonly params: readonly unknown[];
  }): Promise<unknown> {
    if (method !== "eth_sendTransaction") {
      await this.gate(method);
      return this.chain.answer(method, params);
    }
    const asked = params[0] as Prompt["params"];
    this.prompts.push({ params: asked, session: this.#session });
    await this.gate(method);
    return this.#answer(asked);
  }

  #answer(asked: Prompt["params"]): Hex {
    if (this.policy === "reject") throw Object.assign(new Error("User rejected"), { code: 4001 });
    if (this.policy === "already-open") throw Object.assign(new Error("Already pending"), { code: -32_002 });
    const sent = typeof this.policy === "object" ? this.policy.tamper(asked) : asked;
    const hash = this.chain.send({
      from: sent.from,
      to: sent.to,
      input: sent.data,
      value: "0x0",
      chainId: sent.chainId,
    });
    if (this.policy === "send-and-fail") throw Object.assign(new Error("Internal error"), { code: -32_603 });
    return hash;
  }
}
