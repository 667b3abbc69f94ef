import type { Address, Hex } from "@/domain/model";

type Listener = (value: unknown) => void;

/** What a test decides about a wallet that announces itself to the page. */
export interface AnnouncedWalletOptions {
  readonly name: string;
  readonly rdns: string;
  readonly accounts: readonly Address[];
  readonly chainId: number;
  readonly icon?: string;
}

/** An EIP-1193 provider that is found by its own announcement (EIP-6963), as browser wallets are. */
export class AnnouncedWallet {
  readonly requests: string[] = [];
  accounts: readonly Address[];
  chainId: number;
  /** Whether the page may see the accounts: after the person agreed once. */
  isPermitted = false;
  /** Thrown in place of an answer, by method. */
  readonly refusals = new Map<string, { readonly code: number; readonly message: string }>();
  readonly #options: AnnouncedWalletOptions;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #announce: () => void;

  constructor(options: AnnouncedWalletOptions) {
    this.#options = options;
    this.accounts = options.accounts;
    this.chainId = options.chainId;
    const { name, rdns, icon = "data:image/svg+xml,<svg/>" } = options;
    const provider = {
      request: (call: { method: string; params?: readonly unknown[] }) => this.#request(call),
      on: (event: string, listener: Listener) => this.#listenersOf(event).add(listener),
      removeListener: (event: string, listener: Listener) => this.#listenersOf(event).delete(listener),
    };
    const detail = Object.freeze({ info: { uuid: crypto.randomUUID(), name, rdns, icon }, provider });
    this.#announce = () => {
      window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
    };
    window.addEventListener("eip6963:requestProvider", this.#announce);
    this.#announce();
  }

  uninstall(): void {
    window.removeEventListener("eip6963:requestProvider", this.#announce);
  }

  switchTo(change: { readonly account?: Address; readonly chainId?: number }): void {
    if (change.account !== undefined) {
      this.accounts = [change.account];
      this.#emit("accountsChanged", this.accounts);
    }
    if (change.chainId !== undefined) {
      this.chainId = change.chainId;
      this.#emit("chainChanged", this.#chainHex());
    }
  }

  /** The person takes the page's permission back inside the wallet. */
  revoke(): void {
    this.isPermitted = false;
    this.accounts = [];
    this.#emit("accountsChanged", []);
  }

  #chainHex(): Hex {
    return `0x${this.chainId.toString(16)}`;
  }

  #listenersOf(event: string): Set<Listener> {
    const known = this.#listeners.get(event) ?? new Set<Listener>();
    this.#listeners.set(event, known);
    return known;
  }

  #emit(event: string, value: unknown): void {
    for (const listener of this.#listenersOf(event)) listener(value);
  }

  async #request({ method, params = [] }: { method: string; params?: readonly unknown[] }): Promise<unknown> {
    this.requests.push(method);
    const refusal = this.refusals.get(method);
    if (refusal !== undefined) throw Object.assign(new Error(refusal.message), { code: refusal.code });
    switch (method) {
      case "eth_accounts":
        return this.isPermitted ? this.accounts : [];
      case "eth_requestAccounts":
        this.isPermitted = true;
        return this.accounts;
      case "wallet_requestPermissions":
        this.isPermitted = true;
        return [{ caveats: [{ value: this.accounts }] }];
      case "wallet_revokePermissions":
        return null;
      case "eth_chainId":
        return this.#chainHex();
      case "wallet_switchEthereumChain": {
        const [wanted] = params as readonly { chainId: Hex }[];
        this.switchTo({ chainId: Number(wanted?.chainId ?? 0) });
        return null;
      }
      default:
        throw new Error(`${this.#options.name} does not know ${method}`);
    }
  }
}
