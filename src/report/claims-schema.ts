import * as z from "zod/mini";

/** Name and version of a whole distribution's layout. */
export const CLAIMS_SCHEMA = "plimsoll-claims/1";
/** Name and version of one address's claim with its proof. */
export const CLAIM_SCHEMA = "plimsoll-claim/1";

/** More leaves than any vault has holders; a file beyond it is refused before it fills the memory. */
const MOST_LEAVES = 200_000;
/** A tree of 2^64 leaves has no longer path. */
const LONGEST_PROOF = 64;

const lowered = z.overwrite((text: string) => text.toLowerCase());

const address = z
  .string("Write an address: 0x and 40 hex digits.")
  .check(z.regex(/^0x[0-9a-fA-F]{40}$/, "This is not an address. It has 0x and 40 hex digits."), lowered);

const hash = z
  .string("Write a hash: 0x and 64 hex digits.")
  .check(z.regex(/^0x[0-9a-fA-F]{64}$/, "This is not a hash. It has 0x and 64 hex digits."), lowered);

const LARGEST_AMOUNT = 2n ** 256n - 1n;

const AMOUNT_MESSAGE =
  "This is not an amount in base units. It is a whole number in digits, written as text, of at most 256 bits.";

/** Base units as a decimal string, as large as a uint256 at most. */
const amount = z.string(AMOUNT_MESSAGE).check(
  z.regex(/^(?:0|[1-9]\d{0,77})$/, AMOUNT_MESSAGE),
  z.refine((text) => !/^\d+$/.test(text) || BigInt(text) <= LARGEST_AMOUNT, AMOUNT_MESSAGE),
);

const count = z
  .int("Write a whole number.")
  .check(z.nonnegative("Write a whole number that is not negative."));

const text = z.string("Write a text.").check(z.maxLength(4_000, "At most 4,000 characters."));

const block = z.strictObject(
  { number: count, hash, timestamp: count },
  'Write an object with "number", "hash" and "timestamp".',
);

const asset = z.strictObject(
  {
    address,
    symbol: text,
    decimals: count.check(z.maximum(255, "A token has at most 255 decimals.")),
  },
  'Write an object with "address", "symbol" and "decimals".',
);

const head = { chainId: count, vault: address, block, asset } as const;

const leafEncoding = z.tuple(
  [
    z.literal("address", 'The first part of a leaf is an "address".'),
    z.literal("uint256", 'The second part of a leaf is a "uint256".'),
  ],
  'The leaves of this tree are not of ["address", "uint256"].',
);

const proof = z
  .array(hash, "Write a list of hashes; a tree of one leaf has an empty one.")
  .check(z.maxLength(LONGEST_PROOF, "No tree has a path this long."));

/** The tree as the library itself writes it. */
export const treeSchema = z.strictObject(
  {
    format: z.literal("standard-v1", 'The library\'s format is "standard-v1".'),
    leafEncoding,
    tree: z
      .array(hash, "Write the list of the tree's hashes.")
      .check(z.maxLength(2 * MOST_LEAVES, "The tree is larger than this page reads.")),
    values: z
      .array(
        z.strictObject(
          {
            value: z.tuple([address, amount], "A value is an address and an amount."),
            treeIndex: count,
          },
          'Write an object with "value" and "treeIndex".',
        ),
        "Write the list of the tree's values.",
      )
      .check(z.minLength(1, "A tree has at least one leaf."), z.maxLength(MOST_LEAVES, "Too many leaves.")),
  },
  "Write the tree as the library dumps it.",
);

const losses = z.strictObject(
  { recorded: count, falls: count, fallsSearched: z.boolean("Write true or false.") },
  'Write an object with "recorded", "falls" and "fallsSearched".',
);

const leaf = z.strictObject(
  { address, weight: amount, amount },
  "A leaf has an address, a weight and an amount.",
);

const excluded = z.strictObject(
  {
    kind: z.enum(["virtual", "dead"], 'Write "virtual" or "dead".'),
    address: z.nullable(address),
    weight: amount,
  },
  "An excluded line has a kind, an address (or null) and a weight.",
);

export const claimsSchema = z.strictObject(
  {
    schema: z.literal(CLAIMS_SCHEMA, `This page reads "${CLAIMS_SCHEMA}".`),
    ...head,
    history: z.strictObject(
      { fromBlock: count, complete: z.boolean("Write true or false.") },
      'Write an object with "fromBlock" and "complete".',
    ),
    losses,
    method: text,
    amount,
    totalWeight: amount,
    leaves: z
      .array(leaf, "Write the list of claims.")
      .check(z.minLength(1, "There is no claim."), z.maxLength(MOST_LEAVES, "Too many leaves.")),
    excluded: z
      .array(excluded, "Write the list of excluded lines.")
      .check(z.maxLength(MOST_LEAVES, "Too many.")),
    root: hash,
    tree: treeSchema,
  },
  "The file must hold one JSON object.",
);

export const claimSchema = z.strictObject(
  {
    schema: z.literal(CLAIM_SCHEMA, `This page reads "${CLAIM_SCHEMA}".`),
    ...head,
    losses,
    /** The whole amount that is handed out: with it the root can be recomputed from the chain. */
    distributed: amount,
    root: hash,
    address,
    amount,
    proof,
  },
  "The file must hold one JSON object.",
);

/** A distribution: who gets how much of one amount, the method in words, and the tree over it. */
export type ClaimsJson = z.output<typeof claimsSchema>;
/** One address's part of a distribution, with its proof. */
export type ClaimJson = z.output<typeof claimSchema>;
