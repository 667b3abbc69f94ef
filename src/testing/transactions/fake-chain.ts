import { ChainError, revertedError, toChainError } from "@/chain/errors";
import type { Rpc, RpcAnswer, RpcCall } from "@/chain/rpc/rpc";
import type { HeadPort } from "@/data/transaction/ports";
import type { Address, BlockRef, Hex } from "@/domain/model";
import { hashFrom } from "./builders";

export interface FakeTransaction {
  readonly hash: Hex;
  readonly from: Address;
  readonly to: Address;
  readonly input: Hex;
  readonly value: Hex;
  readonly nonce: number;
  readonly chainId: Hex;
}

interface FakeBlock {
  readonly ref: BlockRef;
  readonly transactions: readonly FakeTransaction[];
}

interface Call {
  readonly from?: Address;
  readonly to: Address;
  readonly data: Hex;
}

/** Runs before a request is answered; a test can hold it, change the world, or throw in its place. */
export type Gate = (method: string) => Promise<void> | void;

const quantity = (value: number | bigint): Hex => `0x${value.toString(16)}`;

/**
 * A chain of a few blocks that answers what a transaction asks of one. It throws on every method it does not know.
 * What contracts answer is set by the test: `onCall` gives the return data or the data of a revert.
 */
export class FakeChain {
  readonly chainId: number;
  readonly methods: string[] = [];
  gate: Gate = () => undefined;
  onCall: (call: Call) => { readonly returns: Hex } | { readonly reverts: Hex } = () => ({ returns: "0x" });
  readonly code = new Map<Address, Hex>();
  /** Hashes of transactions that are included and revert. */
  readonly reverting = new Set<Hex>();
  readonly logs = new Map<Hex, readonly { address: Address; topics: readonly Hex[]; data: Hex }[]>();
  #blocks: FakeBlock[];
  #pool: FakeTransaction[] = [];
  #waiting: ((head: BlockRef) => void)[] = [];
  #hashes: number;

  constructor(options: { readonly chainId: number; readonly blocks?: number; readonly seed?: number }) {
    this.chainId = options.chainId;
    this.#hashes = options.seed ?? 1_000;
    this.#blocks = [];
    for (let index = 0; index <= (options.blocks ?? 10); index += 1) this.#append([]);
  }

  get head(): BlockRef {
    const last = this.#blocks.at(-1);
    if (last === undefined) throw new Error("a fake chain has at least its first block");
    return last.ref;
  }

  #append(transactions: readonly FakeTransaction[]): void {
    const number = BigInt(this.#blocks.length);
    this.#hashes += 1;
    const ref = { number, hash: hashFrom(this.#hashes), timestampSeconds: 1_700_000_000n + number * 12n };
    this.#blocks.push({ ref, transactions });
  }

  nonceOf(sender: Address, upTo = this.#blocks.length): number {
    return this.#blocks
      .slice(0, upTo)
      .flatMap((block) => block.transactions)
      .filter((one) => one.from === sender).length;
  }

  /** Puts a transaction into the pool. Without `nonce` it takes the sender's next place. */
  send(one: Omit<FakeTransaction, "hash" | "nonce"> & { readonly nonce?: number }): Hex {
    const waiting = this.#pool.filter((other) => other.from === one.from).length;
    this.#hashes += 1;
    const hash = hashFrom(this.#hashes);
    const nonce = one.nonce ?? this.nonceOf(one.from) + waiting;
    this.#pool = this.#pool.filter((other) => other.from !== one.from || other.nonce !== nonce);
    this.#pool.push({ ...one, nonce, hash });
    return hash;
  }

  pooled(): readonly FakeTransaction[] {
    return this.#pool;
  }

  included(): readonly FakeTransaction[] {
    return this.#blocks.flatMap((block) => block.transactions);
  }

  drop(hash: Hex): void {
    this.#pool = this.#pool.filter((one) => one.hash !== hash);
  }

  /** A new block with everything that waits, and the news of it. */
  mine(): void {
    this.#append(this.#pool);
    this.#pool = [];
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const tell of waiting) tell(this.head);
  }

  /** Takes the last blocks away; with `keep` their transactions wait again. New blocks come with `mine`. */
  reorg(depth: number, options: { readonly keep: boolean }): void {
    const gone = this.#blocks.splice(this.#blocks.length - depth, depth);
    if (options.keep) this.#pool = [...gone.flatMap((block) => block.transactions), ...this.#pool];
  }

  heads(): HeadPort {
    return {
      next: (signal) =>
        new Promise((resolve, reject) => {
          if (signal.aborted) reject(new ChainError("aborted", { message: "Cancelled" }));
          signal.addEventListener("abort", () => reject(new ChainError("aborted", { message: "Cancelled" })));
          this.#waiting.push(resolve);
        }),
      hurry: () => undefined,
    };
  }

  rpc(): Rpc {
    const request = async (method: string, params: readonly unknown[]): Promise<unknown> => {
      this.methods.push(method);
      await this.gate(method);
      return this.answer(method, params);
    };
    const batch = async (calls: readonly RpcCall[]): Promise<readonly RpcAnswer[]> =>
      Promise.all(
        calls.map(async ({ method, params }): Promise<RpcAnswer> => {
          try {
            return { ok: true, value: await request(method, params) };
          } catch (error) {
            return { ok: false, error: toChainError(error) };
          }
        }),
      );
    const unused = (): never => {
      throw new Error("not used by transactions");
    };
    return {
      chainId: this.chainId,
      request,
      batch,
      exchange: unused,
      preferredEndpoint: unused,
      status: unused,
      subscribe: unused,
    };
  }

  answer(method: string, params: readonly unknown[]): unknown {
    switch (method) {
      case "eth_chainId":
        return quantity(this.chainId);
      case "eth_blockNumber":
        return quantity(this.head.number);
      case "eth_getBlockByNumber":
        return this.#blockAnswer(params[0], params[1] === true);
      case "eth_getBlockByHash": {
        const block = this.#blocks.find((one) => one.ref.hash === params[0]);
        return block === undefined ? null : this.#blockFields(block, params[1] === true);
      }
      case "eth_getCode":
        return this.code.get(params[0] as Address) ?? "0x";
      case "eth_estimateGas":
      case "eth_call":
        return this.#call(params[0] as Call, method);
      case "eth_getTransactionCount":
        return quantity(this.nonceOf(params[0] as Address, this.#lengthAt(params[1])));
      case "eth_getTransactionByHash":
        return this.#transactionAnswer(params[0] as Hex);
      case "eth_getTransactionReceipt":
        return this.#receiptAnswer(params[0] as Hex);
      default:
        throw new Error(`the fake chain does not know ${method}`);
    }
  }

  #call(call: Call, method: string): Hex {
    const outcome = this.onCall(call);
    if ("reverts" in outcome) throw revertedError(outcome.reverts);
    return method === "eth_estimateGas" ? "0x5208" : outcome.returns;
  }

  #lengthAt(tag: unknown): number {
    return tag === "latest" || tag === "pending" ? this.#blocks.length : Number(BigInt(tag as Hex)) + 1;
  }

  #blockAnswer(tag: unknown, full: boolean): unknown {
    const block = this.#blocks[this.#lengthAt(tag) - 1];
    return block === undefined ? null : this.#blockFields(block, full);
  }

  #blockFields(block: FakeBlock, full: boolean): unknown {
    const { ref, transactions } = block;
    return {
      number: quantity(ref.number),
      hash: ref.hash,
      timestamp: quantity(ref.timestampSeconds),
      transactions: full
        ? transactions.map((one) => this.#transactionFields(one, block))
        : transactions.map((one) => one.hash),
    };
  }

  #transactionFields(one: FakeTransaction, block: FakeBlock | undefined): unknown {
    return {
      ...one,
      nonce: quantity(one.nonce),
      blockNumber: block === undefined ? null : quantity(block.ref.number),
    };
  }

  #blockOf(hash: Hex): FakeBlock | undefined {
    return this.#blocks.find((block) => block.transactions.some((one) => one.hash === hash));
  }

  #transactionAnswer(hash: Hex): unknown {
    const block = this.#blockOf(hash);
    const one = [...this.#pool, ...(block?.transactions ?? [])].find((other) => other.hash === hash);
    return one === undefined ? null : this.#transactionFields(one, block);
  }

  #receiptAnswer(hash: Hex): unknown {
    const block = this.#blockOf(hash);
    if (block === undefined) return null;
    return {
      transactionHash: hash,
      blockNumber: quantity(block.ref.number),
      blockHash: block.ref.hash,
      status: this.reverting.has(hash) ? "0x0" : "0x1",
      gasUsed: "0x5208",
      logs: this.logs.get(hash) ?? [],
    };
  }
}
