import { type ChainError, toChainError } from "@/chain/errors";
import type { Rpc, RpcAnswer, RpcCall, RpcStatus } from "@/chain/rpc/rpc";

/** Answers one call; throws a `ChainError` to refuse it. */
export type FakeAnswer = (params: readonly unknown[], call: RpcCall) => unknown;

export interface FakeRpc extends Rpc {
  /** Every exchange in order, each with its calls. */
  readonly exchanges: readonly (readonly RpcCall[])[];
}

/**
 * An `Rpc` from a table of methods, for tests above the client. A method that is not in the table throws a plain
 * `Error`: what a test did not expect is a failure, not an empty answer.
 */
export function createFakeRpc({
  chainId = 1,
  methods,
  endpointHost = "fake.example",
}: {
  readonly chainId?: number;
  readonly methods: Readonly<Record<string, FakeAnswer>>;
  readonly endpointHost?: string;
}): FakeRpc {
  const exchanges: (readonly RpcCall[])[] = [];
  const one = {
    endpointHost,
    state: "ok",
    retryAtMs: undefined,
    expectedChainId: chainId,
    gotChainId: chainId,
    requests: 0,
    bytes: 0,
  } as const;
  const status: RpcStatus = { ...one, endpoints: [one] };

  function answerTo(call: RpcCall): RpcAnswer {
    const answer = methods[call.method];
    if (answer === undefined) throw new Error(`the fake was not told what to answer to ${call.method}`);
    try {
      return { ok: true, value: answer(call.params, call) };
    } catch (error) {
      const known: ChainError = toChainError(error);
      if (known.code === "unexpected" && !(error instanceof Error && error.name === "ChainError"))
        throw error;
      return { ok: false, error: known };
    }
  }

  const batch = (calls: readonly RpcCall[]): Promise<readonly RpcAnswer[]> => {
    exchanges.push(calls);
    return new Promise((resolve) => {
      resolve(calls.map(answerTo));
    });
  };

  return {
    chainId,
    exchanges,
    batch,
    exchange: async (calls) => ({ endpoint: endpointHost, answers: await batch(calls) }),
    async request(method, params) {
      const [answer] = await batch([{ method, params }]);
      if (answer === undefined) throw new Error("the fake gave no answer");
      if (!answer.ok) throw answer.error;
      return answer.value;
    },
    preferredEndpoint: () => endpointHost,
    status: () => status,
    subscribe: () => () => undefined,
  };
}
