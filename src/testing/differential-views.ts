/** Views of the contracts at a chosen second, many in one request: the differential tests ask thousands of them. */
import { decodeFunctionResult, encodeFunctionData, type Hex, numberToHex } from "viem";
import type { Contract } from "../../devnet/contracts-test/chain";

/** A view that the node did not answer. */
export class ViewError extends Error {
  override readonly name = "ViewError";
}

export interface View {
  readonly to: Contract;
  readonly fn: string;
  readonly args: readonly unknown[];
  /** `block.timestamp` of the answer. */
  readonly atSeconds: bigint;
}

interface Waiting {
  readonly params: readonly unknown[];
  readonly resolve: (result: Hex) => void;
  readonly reject: (error: ViewError) => void;
}

interface Answer {
  readonly id: number;
  readonly result?: Hex;
  readonly error?: { readonly message: string };
}

/** Collects what is asked within one turn of the event loop and asks it in one batch. */
export class ViewReader {
  #waiting: Waiting[] = [];

  constructor(readonly url: string) {}

  async read<T>({ to, fn, args, atSeconds }: View): Promise<T> {
    const data = encodeFunctionData({ abi: to.abi, functionName: fn, args: [...args] });
    const params = [{ to: to.address, data }, "latest", {}, { time: numberToHex(atSeconds) }];
    const result = await new Promise<Hex>((resolve, reject) => {
      this.#waiting.push({ params, resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => void this.#flush());
    });
    return decodeFunctionResult({ abi: to.abi, functionName: fn, data: result }) as T;
  }

  async #flush(): Promise<void> {
    const asked = this.#waiting;
    this.#waiting = [];
    const body = asked.map(({ params }, id) => ({ jsonrpc: "2.0", id, method: "eth_call", params }));
    try {
      const headers = { "content-type": "application/json" };
      const response = await fetch(this.url, { method: "POST", headers, body: JSON.stringify(body) });
      const answers = new Map(((await response.json()) as readonly Answer[]).map((one) => [one.id, one]));
      for (const [id, { resolve, reject }] of asked.entries()) {
        const answer = answers.get(id);
        if (answer?.result === undefined) reject(new ViewError(answer?.error?.message ?? "no answer"));
        else resolve(answer.result);
      }
    } catch (cause) {
      for (const { reject } of asked) reject(new ViewError("the batch failed", { cause }));
    }
  }
}
