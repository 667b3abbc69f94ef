/**
 * The devnet wallet's EIP-1193 provider: no DOM, no network of its own, so that its rules can be tested in Node.
 *
 * It holds no key. Accounts are unlocked in the local node; what it adds is what a real wallet adds: nothing is
 * shared before the person agreed, nothing is sent without being asked, and every refusal has its proper code
 * (EIP-1193 section "Provider errors", EIP-3326 for 4902).
 */
export interface WalletAccount {
  readonly address: string;
  readonly role: string;
  readonly label: string;
}

export interface TransactionRequest {
  readonly from?: string;
  readonly to?: string;
  readonly value?: string;
  readonly data?: string;
  readonly input?: string;
  readonly gas?: string;
  readonly chainId?: string;
}

export type Question =
  | { readonly kind: "connect"; readonly account: WalletAccount }
  | { readonly kind: "transaction"; readonly account: WalletAccount; readonly request: TransactionRequest }
  | { readonly kind: "message"; readonly account: WalletAccount; readonly text: string }
  | { readonly kind: "typed-data"; readonly account: WalletAccount; readonly typedData: TypedData };

/** EIP-712 data, as far as a person is shown them. */
export interface TypedData {
  readonly domain: Readonly<Record<string, unknown>>;
  readonly primaryType: string;
  readonly message: Readonly<Record<string, unknown>>;
}

/** What survives a reload. */
export interface WalletMemory {
  readonly connected: boolean;
  readonly account: string;
  readonly chainId: number;
}

export interface WalletHost {
  /** Forwards one request to the node; rejects with a {@link ProviderError}. */
  rpc(method: string, params: readonly unknown[]): Promise<unknown>;
  /** Asks the person; false is a refusal. */
  confirm(question: Question): Promise<boolean>;
  readMemory(): WalletMemory | undefined;
  writeMemory(memory: WalletMemory): void;
}

/** An error as EIP-1193 wants it: an Error with a number. */
export class ProviderError extends Error {
  readonly code: number;
  readonly data: unknown;
  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.name = "ProviderError";
    this.code = code;
    this.data = data;
  }
}

type Listener = (payload: unknown) => void;

export interface DevnetProvider {
  request(args: { readonly method: string; readonly params?: unknown }): Promise<unknown>;
  on(event: string, listener: Listener): DevnetProvider;
  removeListener(event: string, listener: Listener): DevnetProvider;
}

export interface DevnetWallet {
  readonly provider: DevnetProvider;
  state(): WalletMemory;
  /** Calls back after every change of account, connection or network. */
  subscribe(listener: () => void): void;
  useAccount(address: string): void;
  useChain(chainId: number): void;
  disconnect(): void;
}

/** A network that the wallet can stand on but has no node for: it exists to show what a wrong network looks like. */
export const OTHER_CHAIN_ID = 1;

const REFUSED = "The request was rejected in the wallet.";
const FORWARDED = /^(eth|net|web3)_/;

export function createDevnetWallet(args: {
  readonly chainId: number;
  readonly accounts: readonly WalletAccount[];
  readonly host: WalletHost;
}): DevnetWallet {
  const { chainId: homeChainId, accounts, host } = args;
  const first = accounts[0];
  if (first === undefined) throw new TypeError("The devnet wallet needs at least one account.");

  const listeners = new Map<string, Set<Listener>>();
  const watchers = new Set<() => void>();
  let memory = restore(host.readMemory());
  let connecting: Promise<boolean> | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  function restore(saved: WalletMemory | undefined): WalletMemory {
    const fresh = { connected: false, account: first?.address ?? "", chainId: homeChainId };
    if (saved === undefined || !accounts.some((entry) => entry.address === saved.account)) return fresh;
    const known = saved.chainId === homeChainId || saved.chainId === OTHER_CHAIN_ID;
    return { ...saved, chainId: known ? saved.chainId : homeChainId };
  }

  const emit = (event: string, payload: unknown): void => {
    for (const listener of listeners.get(event) ?? []) listener(payload);
  };
  const current = (): WalletAccount => accounts.find((entry) => entry.address === memory.account) ?? first;
  const shared = (): readonly string[] => (memory.connected ? [memory.account] : []);
  const update = (change: Partial<WalletMemory>): void => {
    memory = { ...memory, ...change };
    host.writeMemory(memory);
    for (const watcher of watchers) watcher();
  };

  function useChain(chainId: number): void {
    if (chainId === memory.chainId) return;
    update({ chainId });
    emit("chainChanged", toHex(chainId));
  }

  /** One prompt at a time, in the order in which they were asked. */
  function ask(question: Question): Promise<boolean> {
    const answer = queue.then(() => host.confirm(question));
    queue = answer.catch(() => undefined);
    return answer;
  }

  async function connect(): Promise<readonly string[]> {
    if (memory.connected) return shared();
    if (connecting !== undefined) {
      throw new ProviderError(-32002, "The wallet is already asking. Answer the open request first.");
    }
    connecting = ask({ kind: "connect", account: current() });
    try {
      if (!(await connecting)) throw new ProviderError(4001, REFUSED);
    } finally {
      connecting = undefined;
    }
    update({ connected: true });
    emit("connect", { chainId: toHex(memory.chainId) });
    emit("accountsChanged", shared());
    return shared();
  }

  function authorised(address: unknown): WalletAccount {
    const account = accounts.find((entry) => entry.address === String(address).toLowerCase());
    if (!memory.connected || account === undefined || account.address !== memory.account) {
      throw new ProviderError(4100, "This account is not connected to the page.");
    }
    return account;
  }

  function onHomeChain(): void {
    if (memory.chainId !== homeChainId) {
      throw new ProviderError(4901, `The wallet stands on network ${memory.chainId} and has no node for it.`);
    }
  }

  async function send(request: TransactionRequest): Promise<unknown> {
    const account = authorised(request.from ?? memory.account);
    onHomeChain();
    if (request.chainId !== undefined && Number(request.chainId) !== homeChainId) {
      throw new ProviderError(-32602, `The transaction is for network ${Number(request.chainId)}.`);
    }
    if (!(await ask({ kind: "transaction", account, request }))) throw new ProviderError(4001, REFUSED);
    // The person may have switched while the question was open: never send with the old assumption.
    authorised(account.address);
    onHomeChain();
    const { chainId: _chainId, ...rest } = request;
    return host.rpc("eth_sendTransaction", [{ ...rest, from: account.address }]);
  }

  async function signMessage(params: readonly unknown[]): Promise<unknown> {
    const [content, address] = params;
    const account = authorised(address);
    const text = typeof content === "string" ? content : JSON.stringify(content, undefined, 2);
    if (!(await ask({ kind: "message", account, text }))) throw new ProviderError(4001, REFUSED);
    authorised(account.address);
    return host.rpc("personal_sign", params);
  }

  async function signTypedData(params: readonly unknown[]): Promise<unknown> {
    const [address, content] = params;
    const account = authorised(address);
    const typedData = typedDataOf(content);
    const { chainId } = typedData.domain;
    // A wallet shows its own network beside the data: data of another one would be signed under a false flag.
    if (chainId !== undefined && Number(chainId) !== memory.chainId) {
      throw new ProviderError(
        -32602,
        `The data are for network ${Number(chainId)}; the wallet stands on ${memory.chainId}.`,
      );
    }
    onHomeChain();
    if (!(await ask({ kind: "typed-data", account, typedData }))) throw new ProviderError(4001, REFUSED);
    authorised(account.address);
    onHomeChain();
    return host.rpc("eth_signTypedData_v4", [account.address, content]);
  }

  function switchChain(wanted: unknown): null {
    const chainId = Number((wanted as { readonly chainId?: string } | undefined)?.chainId);
    if (chainId !== homeChainId && chainId !== OTHER_CHAIN_ID) {
      throw new ProviderError(4902, "The devnet wallet does not know this network.");
    }
    useChain(chainId);
    return null;
  }

  const permissions = (): unknown =>
    memory.connected
      ? [
          {
            parentCapability: "eth_accounts",
            caveats: [{ type: "restrictReturnedAccounts", value: shared() }],
          },
        ]
      : [];

  async function request(args: { readonly method: string; readonly params?: unknown }): Promise<unknown> {
    const { method } = args;
    const params: readonly unknown[] = Array.isArray(args.params) ? args.params : [];
    switch (method) {
      case "eth_requestAccounts":
        return connect();
      case "eth_accounts":
        return shared();
      case "eth_chainId":
        return toHex(memory.chainId);
      case "net_version":
        return String(memory.chainId);
      case "wallet_requestPermissions":
        await connect();
        return permissions();
      case "wallet_getPermissions":
        return permissions();
      case "wallet_revokePermissions":
        disconnect();
        return null;
      case "wallet_switchEthereumChain":
        return switchChain(params[0]);
      case "eth_sendTransaction":
        return send(params[0] ?? {});
      case "personal_sign":
        return signMessage(params);
      case "eth_signTypedData_v4":
        return signTypedData(params);
      default:
        if (!FORWARDED.test(method)) {
          throw new ProviderError(4200, `The devnet wallet does not support ${method}.`);
        }
        onHomeChain();
        return host.rpc(method, params);
    }
  }

  function disconnect(): void {
    if (!memory.connected) return;
    update({ connected: false });
    emit("accountsChanged", []);
  }

  const provider: DevnetProvider = {
    request,
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return provider;
    },
    removeListener(event, listener) {
      listeners.get(event)?.delete(listener);
      return provider;
    },
  };

  return {
    provider,
    state: () => memory,
    subscribe: (listener) => void watchers.add(listener),
    useAccount(address) {
      if (address === memory.account || !accounts.some((entry) => entry.address === address)) return;
      update({ account: address });
      if (memory.connected) emit("accountsChanged", shared());
    },
    useChain,
    disconnect,
  };
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Pages give typed data as JSON text, some as an object. */
function typedDataOf(content: unknown): TypedData {
  const value = typeof content === "string" ? parsed(content) : content;
  if (isFields(value)) {
    const { domain, primaryType, message } = value;
    if (isFields(domain) && isFields(message) && typeof primaryType === "string") {
      return { domain, primaryType, message };
    }
  }
  throw new ProviderError(-32602, "These are no typed data.");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

function toHex(value: number): string {
  return `0x${value.toString(16)}`;
}
