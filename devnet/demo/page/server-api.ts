import { ProviderError } from "./provider";

/** What the demo server answers to its own two scripts. Paths are relative to the page that loaded them. */
export interface DevnetState {
  readonly chainId: number;
  readonly accounts: readonly { readonly address: string; readonly role: string; readonly label: string }[];
  /** Words for addresses that the devnet knows. */
  readonly labels: Readonly<Record<string, string>>;
  /** When the node stops keeping the oldest state, in Unix seconds of the computer's clock. */
  readonly archiveUntilSeconds: number;
}

export interface DescribedCall {
  readonly toLabel?: string;
  readonly functionName?: string;
  readonly args?: readonly { readonly name: string; readonly value: string }[];
}

const BASE = new URL("./__devnet/", document.baseURI);

async function post(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(new URL(path, BASE), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new ProviderError(4900, `The devnet answered with HTTP ${response.status}.`);
  return response.json();
}

export async function readState(): Promise<DevnetState> {
  const response = await fetch(new URL("state", BASE));
  if (!response.ok) throw new ProviderError(4900, `The devnet answered with HTTP ${response.status}.`);
  return (await response.json()) as DevnetState;
}

export async function callNode(method: string, params: readonly unknown[]): Promise<unknown> {
  const answer = (await post("rpc", { jsonrpc: "2.0", id: 1, method, params })) as {
    readonly result?: unknown;
    readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
  };
  if (answer.error !== undefined) {
    throw new ProviderError(answer.error.code, answer.error.message, answer.error.data);
  }
  return answer.result;
}

export async function describeCall(call: { to?: string; data?: string }): Promise<DescribedCall> {
  return (await post("describe", call)) as DescribedCall;
}

/** Jumps in time and refreshes every feed; answers when the new block is there. */
export async function advanceTime(seconds: number): Promise<void> {
  await post("advance", { seconds });
}
