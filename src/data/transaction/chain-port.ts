import { keccak256 } from "viem";
import { isHexBytes } from "@/chain/bytes";
import { ChainError } from "@/chain/errors";
import { quantityOf, smallQuantityOf, toQuantity } from "@/chain/quantity";
import type { Rpc } from "@/chain/rpc/rpc";
import { simulateCall } from "@/chain/writes/simulate";
import type { Address, BlockRef, Hex } from "@/domain/model";
import type { Receipt, ReceiptLog } from "./machine";
import type { ChainPort, ChainTransaction } from "./ports";

type Fields = Readonly<Record<string, unknown>>;

/**
 * A transaction's view of a chain, over the same endpoints as every other read. Calls at a block are pinned to its
 * hash, so that a load balancer cannot answer from another fork; every answer is checked before it is used.
 */
export function chainPortOf(rpc: Rpc): ChainPort {
  const pinned = (block: BlockRef): unknown => ({ blockHash: block.hash, requireCanonical: true });
  const atBlock = (number: bigint | undefined): string =>
    number === undefined ? "latest" : toQuantity(number);
  const blockAt = async (tag: string, full: boolean): Promise<Fields | undefined> =>
    fieldsOf(await rpc.request("eth_getBlockByNumber", [tag, full]), "block");

  return {
    chainId: rpc.chainId,
    async head() {
      const block = await blockAt("latest", false);
      if (block === undefined) throw badAnswer("block");
      return {
        number: need(quantityOf(block["number"]), "block"),
        hash: need(hashOf(block["hash"]), "block"),
        timestampSeconds: need(quantityOf(block["timestamp"]), "block"),
      };
    },
    async blockHash(number) {
      const block = await blockAt(toQuantity(number), false);
      return block === undefined ? undefined : need(hashOf(block["hash"]), "block");
    },
    async codeHash({ address, block }) {
      const code = await rpc.request("eth_getCode", [address, pinned(block)]);
      if (!isHexBytes(code)) throw badAnswer("code");
      return code === "0x" ? undefined : keccak256(code);
    },
    async callAt({ to, data, block }) {
      const answer = await rpc.request("eth_call", [{ to, data }, pinned(block)]);
      if (!isHexBytes(answer)) throw badAnswer("call");
      return answer;
    },
    simulate: (request) => simulateCall(rpc, request),
    async transactionCount(account, number) {
      const count = await rpc.request("eth_getTransactionCount", [account, atBlock(number)]);
      return need(quantityOf(count), "transaction count");
    },
    async transaction(hash) {
      const fields = fieldsOf(await rpc.request("eth_getTransactionByHash", [hash]), "transaction");
      return fields === undefined ? undefined : need(toTransaction(fields), "transaction");
    },
    async receipt(hash) {
      const fields = fieldsOf(await rpc.request("eth_getTransactionReceipt", [hash]), "receipt");
      return fields === undefined ? undefined : need(toReceipt(fields), "receipt");
    },
    async transactionsIn(number) {
      const block = await blockAt(toQuantity(number), true);
      if (block === undefined) return [];
      const { transactions } = block;
      if (!Array.isArray(transactions)) throw badAnswer("block");
      return transactions.map((one: unknown) =>
        need(isFields(one) ? toTransaction(one) : undefined, "block"),
      );
    },
  };
}

function badAnswer(what: string): ChainError {
  return new ChainError("bad-answer", { message: `The endpoint's answer is not a ${what}` });
}

function need<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw badAnswer(what);
  return value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** null is JSON-RPC's "there is none"; anything else that is not an object is no answer. */
function fieldsOf(value: unknown, what: string): Fields | undefined {
  if (value === null) return undefined;
  if (!isFields(value)) throw badAnswer(what);
  return value;
}

function hashOf(value: unknown): Hex | undefined {
  return isHexBytes(value) && value.length === 66 ? (value.toLowerCase() as Hex) : undefined;
}

function addressOf(value: unknown): Address | undefined {
  return isHexBytes(value) && value.length === 42 ? (value.toLowerCase() as Address) : undefined;
}

function bytesOf(value: unknown): Hex | undefined {
  return isHexBytes(value) ? (value.toLowerCase() as Hex) : undefined;
}

function toTransaction(fields: Fields): ChainTransaction | undefined {
  const hash = hashOf(fields["hash"]);
  const from = addressOf(fields["from"]);
  const data = bytesOf(fields["input"]);
  const value = quantityOf(fields["value"]);
  const nonce = quantityOf(fields["nonce"]);
  if (
    hash === undefined ||
    from === undefined ||
    data === undefined ||
    value === undefined ||
    nonce === undefined
  ) {
    return undefined;
  }
  return {
    hash,
    from,
    to: addressOf(fields["to"]),
    data,
    value,
    nonce,
    chainId: smallQuantityOf(fields["chainId"]),
    blockNumber: quantityOf(fields["blockNumber"]),
  };
}

function toReceipt(fields: Fields): Receipt | undefined {
  const hash = hashOf(fields["transactionHash"]);
  const blockNumber = quantityOf(fields["blockNumber"]);
  const blockHash = hashOf(fields["blockHash"]);
  const status = quantityOf(fields["status"]);
  const gasUsed = quantityOf(fields["gasUsed"]);
  const logs = Array.isArray(fields["logs"]) ? fields["logs"].map(toLog) : undefined;
  if (
    hash === undefined ||
    blockNumber === undefined ||
    blockHash === undefined ||
    status === undefined ||
    gasUsed === undefined ||
    logs === undefined
  ) {
    return undefined;
  }
  const read = logs.filter((log) => log !== undefined);
  if (read.length !== logs.length) return undefined;
  return { hash, blockNumber, blockHash, succeeded: status === 1n, gasUsed, logs: read };
}

function toLog(value: unknown): ReceiptLog | undefined {
  if (!isFields(value) || !Array.isArray(value["topics"])) return undefined;
  const address = addressOf(value["address"]);
  const data = bytesOf(value["data"]);
  const topics = value["topics"].map(hashOf);
  const read = topics.filter((topic) => topic !== undefined);
  if (address === undefined || data === undefined || read.length !== topics.length) return undefined;
  return { address, topics: read, data };
}
