import { callData, type Hex } from "../scenario/play/node-client";
import type { AddressBook } from "./address-book";

/** A node that can be asked; it rejects when it answers with an error. */
export interface Node {
  request<T = unknown>(method: string, params?: readonly unknown[]): Promise<T>;
}

interface Round {
  readonly feed: Hex;
  readonly answer: bigint;
  readonly updatedAtSeconds: bigint;
}

/** A feed is published anew when this part of its heartbeat has passed. */
const DUE_PERCENT = 80n;

/**
 * Jumps in time and publishes every feed's last answer anew, in one new block: prices stay, interest and the
 * timelock's clock go on.
 */
export async function advanceClock(args: {
  readonly node: Node;
  readonly book: AddressBook;
  readonly seconds: number;
  /** Whether the node mines every transaction at once. */
  readonly automine: boolean;
}): Promise<{ readonly blockNumber: bigint; readonly timestampSeconds: bigint }> {
  const { node, book } = args;
  if (!Number.isSafeInteger(args.seconds) || args.seconds < 0) {
    throw new RangeError("The chain's clock moves forward by whole seconds only.");
  }
  const rounds = await lastRounds(node, book);
  const before = await latestBlock(node);
  if (args.automine) await node.request("evm_setAutomine", [false]);
  try {
    await publish(node, book, rounds);
    await node.request("evm_mine", [{ timestamp: Number(before.timestampSeconds) + args.seconds }]);
  } finally {
    if (args.automine) await node.request("evm_setAutomine", [true]);
  }
  return latestBlock(node);
}

/** Publishes the last answer of every feed that comes close to its heartbeat; returns how many there were. */
export async function keepFeedsFresh(node: Node, book: AddressBook): Promise<number> {
  const { timestampSeconds } = await latestBlock(node);
  const heartbeats = new Map(book.feeds.map((feed) => [feed.address, feed.heartbeatSeconds]));
  const due = (await lastRounds(node, book)).filter(({ feed, updatedAtSeconds }) => {
    const heartbeat = heartbeats.get(feed);
    return (
      heartbeat !== undefined &&
      (timestampSeconds - updatedAtSeconds) * 100n >= BigInt(heartbeat) * DUE_PERCENT
    );
  });
  await publish(node, book, due);
  return due.length;
}

async function publish(node: Node, book: AddressBook, rounds: readonly Round[]): Promise<void> {
  const from = book.accounts.find(({ role }) => role === "keeper")?.address;
  for (const { feed, answer } of rounds) {
    await node.request("eth_sendTransaction", [
      { from, to: feed, data: callData("ChainlinkFeed", "pushAnswer", [answer]), gas: "0x493e0" },
    ]);
  }
}

async function lastRounds(node: Node, book: AddressBook): Promise<readonly Round[]> {
  const feeds = book.feeds.filter(({ kind }) => kind === "market");
  return Promise.all(
    feeds.map(async ({ address }): Promise<Round> => {
      const data = callData("ChainlinkFeed", "latestRoundData", []);
      const answer = await node.request<string>("eth_call", [{ to: address, data }, "latest"]);
      // Five words: id, answer, startedAt, updatedAt, answeredInRound. The devnet's answers are positive.
      const word = (index: number): bigint => BigInt(`0x${answer.slice(2 + index * 64, 66 + index * 64)}`);
      return { feed: address as Hex, answer: word(1), updatedAtSeconds: word(3) };
    }),
  );
}

export async function latestBlock(
  node: Node,
): Promise<{ readonly blockNumber: bigint; readonly timestampSeconds: bigint }> {
  const block = await node.request<{ readonly number: string; readonly timestamp: string }>(
    "eth_getBlockByNumber",
    ["latest", false],
  );
  return { blockNumber: BigInt(block.number), timestampSeconds: BigInt(block.timestamp) };
}

/** "48h", "7d", "90m" or "600s" in seconds; undefined for anything else. */
export function durationSeconds(text: string): number | undefined {
  const match = /^(\d{1,6})(s|m|h|d)$/.exec(text);
  const unit = { s: 1, m: 60, h: 3_600, d: 86_400 }[match?.[2] ?? ""];
  return match?.[1] === undefined || unit === undefined ? undefined : Number(match[1]) * unit;
}
