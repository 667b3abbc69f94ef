/** What an endpoint's refusal of `eth_getLogs` says about the range. */
export interface RangeError {
  /** What was too much. */
  readonly limit: "blocks" | "results" | "time";
  /** Number of blocks that the endpoint says it would serve; undefined where it names none. A hint, not a promise. */
  readonly suggestedBlocks: bigint | undefined;
}

interface RangePattern {
  readonly provider: string;
  readonly pattern: RegExp;
  readonly limit: RangeError["limit"];
  /** How to read the captured groups, or the fixed cap of a provider that names none. */
  readonly suggests?: "count" | "hex-range" | "thousands" | bigint;
}

/**
 * How providers say "too much". The only table in the code base in which error text decides anything, because
 * JSON-RPC has no code for it: the same -32602, -32000, -32005 and -32600 are used for a dozen other things.
 * Order matters: patterns that name a number stand before those that do not.
 */
export const RANGE_PATTERNS: readonly RangePattern[] = [
  {
    provider: "Alchemy, Infura, zkSync: a working range",
    pattern: /block range (?:should work: )?\[0x([0-9a-f]+), ?0x([0-9a-f]+)\]/i,
    limit: "results",
    suggests: "hex-range",
  },
  {
    provider: "Alchemy free tier, Aurora, Base node",
    pattern: /up to an? ([\d,._]+) block range/i,
    limit: "blocks",
    suggests: "count",
  },
  {
    provider: "QuickNode, 1RPC, Blast, BlockPI",
    pattern: /limited to (?:an? )?([\d,._]+)(?: blocks?)?/i,
    limit: "blocks",
    suggests: "count",
  },
  {
    provider: "Avalanche, Subnet-EVM",
    pattern: /requested too many blocks from \d+ to \d+, maximum is set to ([\d,._]+)/i,
    limit: "blocks",
    suggests: "count",
  },
  { provider: "Cloudflare", pattern: /max range: ([\d,._]+)/i, limit: "blocks", suggests: "count" },
  {
    provider: "thirdweb",
    pattern: /maximum allowed number of requested blocks is ([\d,._]+)/i,
    limit: "blocks",
    suggests: "count",
  },
  {
    provider: "Coinbase",
    pattern: /limit the query to at most ([\d,._]+) blocks/i,
    limit: "blocks",
    suggests: "count",
  },
  {
    provider: "PublicNode, BNB Chain",
    pattern: /maximum (?:allowed )?block range:? ?(?:of |is )?([\d,._]+)/i,
    limit: "blocks",
    suggests: "count",
  },
  {
    provider: "reth",
    pattern: /query exceeds max block range ([\d,._]+)/i,
    limit: "blocks",
    suggests: "count",
  },
  {
    provider: "reth: too many logs",
    pattern: /exceeds max results [\d,._]+, retry with the range (\d+)-(\d+)/i,
    limit: "results",
    suggests: "count",
  },
  {
    provider: "Blast paid",
    pattern: /exceeds the range allowed for your plan \(\d+ > ([\d,._]+)\)/i,
    limit: "blocks",
    suggests: "count",
  },
  {
    provider: "Swell, Somnia",
    pattern: /block range (?:greater than|exceeds) ([\d,._]+)/i,
    limit: "blocks",
    suggests: "count",
  },
  {
    provider: "Moonbeam and other Frontier nodes",
    pattern: /block range is too wide \(maximum ([\d,._]+)\)/i,
    limit: "blocks",
    suggests: "count",
  },
  {
    provider: "Harmony",
    pattern: /query must be smaller than size ([\d,._]+)/i,
    limit: "blocks",
    suggests: "count",
  },
  {
    provider: "Ankr, newer networks",
    pattern: /maximum \[from, to\] blocks distance: ([\d,._]+)/i,
    limit: "blocks",
    suggests: "count",
  },
  {
    provider: "Merkle",
    pattern: /range is too large, max is (\d+)k blocks/i,
    limit: "blocks",
    suggests: "thousands",
  },
  { provider: "Ankr", pattern: /block range is too wide/i, limit: "blocks", suggests: 3000n },
  { provider: "Base public", pattern: /block range too large/, limit: "blocks", suggests: 2000n },
  { provider: "Optimism, dRPC", pattern: /range is too large/i, limit: "blocks" },
  {
    provider: "Chainstack, Infura",
    pattern: /range limit exceeded|exceed(?:s|ed)? (?:the )?(?:maximum|max) (?:block )?range/i,
    limit: "blocks",
  },
  {
    provider: "geth, Infura, Polygon zkEVM",
    pattern: /query returned more than \d+ results/i,
    limit: "results",
  },
  { provider: "LlamaNodes, Ankr", pattern: /query exceeds max results/i, limit: "results" },
  { provider: "Arbitrum", pattern: /logs matched by query exceeds limit of \d+/i, limit: "results" },
  { provider: "Optimism", pattern: /backend response too large/i, limit: "results" },
  { provider: "Alchemy", pattern: /log response size exceeded/i, limit: "results" },
  { provider: "1RPC", pattern: /response size should not (?:be )?greater than \d+ bytes/i, limit: "results" },
  { provider: "geth gateways", pattern: /response (?:is|body) too (?:large|big)/i, limit: "results" },
  {
    provider: "geth, Erigon",
    pattern: /query timeout exceeded|request timed out|execution timeout/i,
    limit: "time",
  },
];

const THOUSAND = 1000n;

function countOf(text: string | undefined): bigint | undefined {
  const digits = text?.replaceAll(/[,._]/g, "") ?? "";
  return /^\d{1,18}$/.test(digits) ? BigInt(digits) : undefined;
}

function suggestionOf({ suggests }: RangePattern, groups: RegExpExecArray): bigint | undefined {
  if (suggests === undefined || typeof suggests === "bigint") return suggests;
  const [, first, second] = groups;
  if (suggests === "hex-range") {
    const span = BigInt(`0x${second ?? "0"}`) - BigInt(`0x${first ?? "0"}`) + 1n;
    return span > 0n ? span : undefined;
  }
  const count = countOf(first);
  if (count === undefined) return undefined;
  if (suggests === "thousands") return count * THOUSAND;
  const end = countOf(second);
  return end === undefined ? count : end - count + 1n;
}

const MAX_TEXT = 2000;

/**
 * Whether a refusal of `eth_getLogs` was about the size of the range or of the answer.
 *
 * Undefined means "not known to be": the scanner then finds out by asking the same endpoint for one block.
 */
export function rangeErrorOf({ message }: { readonly message: string }): RangeError | undefined {
  const text = message.slice(0, MAX_TEXT);
  for (const entry of RANGE_PATTERNS) {
    const groups = entry.pattern.exec(text);
    if (groups === null) continue;
    const suggested = suggestionOf(entry, groups);
    return {
      limit: entry.limit,
      suggestedBlocks: suggested !== undefined && suggested > 0n ? suggested : undefined,
    };
  }
  return undefined;
}
