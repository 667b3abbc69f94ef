import type { RpcFailure } from "./json-rpc";

/** What a provider saw when it refused a range of logs. Block numbers inclusive. */
export interface Refusal {
  readonly fromBlock: bigint;
  readonly toBlock: bigint;
  /** The end of a range from the same start that would have been answered. */
  readonly workingToBlock: bigint;
}

/** A provider's limit on `eth_getLogs`, and the words and code that it refuses with. */
export interface ProviderLimit {
  readonly name: string;
  readonly maxBlocks?: bigint;
  readonly maxLogs?: number;
  readonly httpStatus?: number;
  readonly refuse: (refusal: Refusal) => RpcFailure;
}

const hex = (value: bigint): string => `0x${value.toString(16)}`;
const rangeOf = (r: Refusal): string => `[${hex(r.fromBlock)}, ${hex(r.workingToBlock)}]`;
const says = (code: number, message: string | ((refusal: Refusal) => string)) => (refusal: Refusal) => ({
  code,
  message: typeof message === "string" ? message : message(refusal),
});

/**
 * Twenty-six ways to say "too much". Some name a range that works, some a cap, some only that they are
 * unhappy, and one names a cap that is not its own. A scanner has to come through all of them with the same
 * set of logs.
 */
export const PROVIDER_LIMITS: readonly ProviderLimit[] = [
  {
    name: "alchemy-free",
    maxBlocks: 10n,
    httpStatus: 400,
    refuse: says(
      -32600,
      (r) =>
        `Under the Free tier plan, you can make eth_getLogs requests with up to a 10 block range. Based on your parameters, this block range should work: ${rangeOf(r)}. Upgrade to PAYG for expanded block range.`,
    ),
  },
  {
    name: "alchemy-size",
    maxLogs: 10_000,
    refuse: says(
      -32602,
      (r) =>
        `Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range and no limit on the response size, or you can request any block range with a cap of 10K logs in the response. Based on your parameters and the response size limit, this block range should work: ${rangeOf(r)}`,
    ),
  },
  {
    name: "alchemy-timeout",
    maxBlocks: 5_000n,
    httpStatus: 400,
    refuse: says(
      -32000,
      (r) =>
        `Query timeout exceeded. Consider reducing your block range. Based on your parameters and the response size limit, this block range should work: ${rangeOf(r)}`,
    ),
  },
  {
    name: "infura-results",
    maxLogs: 10_000,
    refuse: says(
      -32005,
      (r) => `query returned more than 10000 results. Try with this block range ${rangeOf(r)}.`,
    ),
  },
  {
    name: "infura-range",
    maxBlocks: 10_000n,
    refuse: says(-32602, "range 20001 exceeds the limit of 10000 blocks"),
  },
  {
    name: "quicknode",
    maxBlocks: 10_000n,
    httpStatus: 413,
    refuse: says(-32614, "eth_getLogs is limited to a 10,000 range"),
  },
  {
    name: "quicknode-free",
    maxBlocks: 5n,
    httpStatus: 413,
    refuse: says(-32615, "eth_getLogs is limited to a 5 range, upgrade from free plan to increase"),
  },
  { name: "ankr", maxBlocks: 3_000n, refuse: says(-32600, "block range is too wide") },
  {
    name: "cloudflare",
    maxBlocks: 800n,
    refuse: says(
      -32047,
      "Invalid eth_getLogs request. 'fromBlock'-'toBlock' range too large. Max range: 800",
    ),
  },
  {
    name: "chainstack",
    maxBlocks: 100n,
    httpStatus: 400,
    refuse: says(-32602, "Block range limit exceeded. See more details in the limits documentation."),
  },
  {
    name: "drpc-free",
    maxBlocks: 10_000n,
    refuse: says(35, "ranges over 10000 blocks are not supported on freetier"),
  },
  {
    name: "avalanche",
    maxBlocks: 2_048n,
    refuse: says(
      -32000,
      (r) => `requested too many blocks from ${r.fromBlock} to ${r.toBlock}, maximum is set to 2048`,
    ),
  },
  {
    name: "reth-range",
    maxBlocks: 100_000n,
    refuse: says(-32602, "query exceeds max block range 100000"),
  },
  {
    name: "reth-results",
    maxLogs: 20_000,
    refuse: says(
      -32602,
      (r) => `query exceeds max results 20000, retry with the range ${r.fromBlock}-${r.workingToBlock}`,
    ),
  },
  { name: "publicnode", maxBlocks: 50_000n, refuse: says(-32701, "exceed maximum block range: 50000") },
  { name: "bsc", maxBlocks: 5_000n, refuse: says(-32005, "limit exceeded") },
  {
    name: "blockpi",
    maxBlocks: 1_024n,
    refuse: says(-32602, "eth_getLogs range is too large, max is 1k blocks"),
  },
  {
    name: "blast",
    maxBlocks: 500n,
    refuse: says(-32600, "eth_getLogs is limited to a 500 block range for your plan"),
  },
  {
    name: "coinbase",
    maxBlocks: 1_000n,
    refuse: says(-32602, "please limit the query to at most 1000 blocks"),
  },
  { name: "base-public", maxBlocks: 2_000n, refuse: says(-32614, "eth_getLogs is limited to a 2,000 range") },
  { name: "optimism-range", maxBlocks: 10_000n, refuse: says(-32602, "Block range is too large") },
  { name: "optimism-size", maxLogs: 5_000, refuse: says(-32020, "backend response too large") },
  {
    name: "zksync",
    maxLogs: 10_000,
    refuse: says(
      -32602,
      (r) => `Query returned more than 10000 results. Try with this block range ${rangeOf(r)}.`,
    ),
  },
  {
    name: "besu",
    maxBlocks: 1_000n,
    refuse: says(-32005, "Requested range exceeds maximum RPC range limit"),
  },
  {
    name: "one-rpc",
    maxLogs: 1_000,
    httpStatus: 413,
    refuse: says(-32001, "response size should not greater than 10000000 bytes"),
  },
  // Says 10,000 and enforces 1,000: only the answers, never the words, can be believed.
  {
    name: "contradictory",
    maxBlocks: 1_000n,
    refuse: says(-32602, "eth_getLogs is limited to a 10,000 range"),
  },
];

/** A preset by its name, optionally with caps small enough for a short test chain. */
export function providerLimit(
  name: string,
  caps: { readonly maxBlocks?: bigint; readonly maxLogs?: number } = {},
): ProviderLimit {
  const found = PROVIDER_LIMITS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no provider limit named ${name}`);
  return { ...found, ...caps };
}
