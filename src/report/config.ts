import * as z from "zod/mini";
import type { Address } from "@/domain/model";

/**
 * The operator's configuration: a JSON file served beside the app and read at run time, so that changing it
 * needs no build. The committed JSON schema (public/plimsoll.config.schema.json) is made from `configSchema`.
 */

/** The message of a check says what is wrong and what to write instead; the field is named by its path. */
const address = z.string("Write an address: 0x and 40 hex digits.").check(
  z.regex(/^0x[0-9a-fA-F]{40}$/, "This is not an address. Write 0x and 40 hex digits."),
  z.overwrite((text) => text.toLowerCase()),
);

const rpcUrl = z
  .string("Write the endpoint's address as text.")
  .check(
    z.refine(
      (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
      "This is not a usable endpoint. Write an address that begins with https:// (or http:// for a local node).",
    ),
  );

const httpsUrl = z
  .string("Write a web address as text.")
  .check(
    z.refine(
      (text) => URL.canParse(text) && new URL(text).protocol === "https:",
      "Write an address that begins with https://.",
    ),
  );

const wholeNumber = z
  .int("Write a whole number.")
  .check(z.nonnegative("Write a whole number that is not negative."));
const positiveNumber = z
  .int("Write a whole number.")
  .check(z.positive("Write a whole number greater than zero."));
const label = z
  .string("Write a short text.")
  .check(
    z.minLength(1, "Write at least one character, or leave the field out."),
    z.maxLength(80, "Write at most 80 characters."),
  );

const percent = z
  .string('Write a percentage as text, for example "0.5".')
  .check(z.regex(/^\d{1,3}(\.\d{1,6})?$/, 'Write a percentage as text, for example "0.5".'));

const threshold = z.strictObject(
  { warning: percent, critical: percent },
  'Write an object with "warning" and "critical".',
);

const chain = z.strictObject(
  {
    id: positiveNumber,
    name: label,
    rpcUrls: z
      .array(rpcUrl, "Write a list of endpoint addresses.")
      .check(z.minLength(1, "Give at least one endpoint."), z.maxLength(12, "Give at most 12 endpoints.")),
    explorerUrl: z.optional(httpsUrl),
    blockTimeSeconds: z.optional(positiveNumber),
    nativeSymbol: z.optional(label),
  },
  "Write an object that describes one chain.",
);

const reserve = z.strictObject({ address, label }, 'Write an object with "address" and "label".');

const feed = z.strictObject(
  {
    asset: address,
    address,
    kind: z.enum(["market", "exchange-rate", "fixed"], 'Write "market", "exchange-rate" or "fixed".'),
    heartbeatSeconds: z.optional(positiveNumber),
    secondSource: z.optional(address),
  },
  "Write an object that describes one price feed.",
);

const vault = z.strictObject(
  {
    chainId: positiveNumber,
    address,
    label: z.optional(label),
    startBlock: wholeNumber,
    timelock: z.optional(address),
    managers: z.optional(z.array(address, "Write a list of addresses.")),
    reserves: z.optional(z.array(reserve, "Write a list of reserves.")),
    feeds: z.optional(z.array(feed, "Write a list of price feeds.")),
    pools: z.optional(z.array(address, "Write a list of addresses.")),
  },
  "Write an object that describes one vault.",
);

export const configSchema = z.strictObject(
  {
    $schema: z.optional(z.string()),
    version: z.literal(1, "This build reads version 1 of the configuration. Write 1."),
    title: z.optional(label),
    chains: z.array(chain, "Write a list of chains.").check(z.minLength(1, "Describe at least one chain.")),
    vaults: z.array(vault, "Write a list of vaults; an empty list is allowed."),
    thresholds: z.optional(
      z.strictObject(
        {
          badDebtRatioPercent: z.optional(threshold),
          utilisationPercent: z.optional(threshold),
          largestManagerPercent: z.optional(threshold),
        },
        "Write an object of thresholds.",
      ),
    ),
  },
  "The file must hold one JSON object: { ... }.",
);

type Parsed = z.infer<typeof configSchema>;
export type ChainConfig = Readonly<Parsed["chains"][number]>;

export interface VaultConfig {
  readonly chainId: number;
  readonly address: Address;
  readonly label: string | undefined;
  /** The block of the vault's creation: the history is complete only from here. */
  readonly startBlock: bigint;
  readonly timelock: Address | undefined;
  /** Managers to read besides those that the vault's own logs name. */
  readonly managers: readonly Address[];
  readonly reserves: readonly { readonly address: Address; readonly label: string }[];
  readonly feeds: readonly FeedConfig[];
  /** Exchanges where collateral can be sold for the base asset. */
  readonly pools: readonly Address[];
  /** false: opened by address, not listed by the operator of this site. */
  readonly listed: boolean;
}

export interface FeedConfig {
  readonly asset: Address;
  readonly address: Address;
  readonly kind: "market" | "exchange-rate" | "fixed";
  readonly heartbeatSeconds: number | undefined;
  readonly secondSource: Address | undefined;
}

export interface Threshold {
  /** Per cent as text, exactly as the operator wrote it. */
  readonly warning: string;
  readonly critical: string;
}

export interface PlimsollConfig {
  readonly title: string | undefined;
  readonly chains: readonly ChainConfig[];
  readonly vaults: readonly VaultConfig[];
  readonly thresholds: {
    readonly badDebtRatioPercent: Threshold;
    readonly utilisationPercent: Threshold;
    readonly largestManagerPercent: Threshold;
  };
}

/** Our defaults, after the alert levels that other lending dashboards publish; an operator may set their own. */
export const DEFAULT_THRESHOLDS: PlimsollConfig["thresholds"] = {
  badDebtRatioPercent: { warning: "0.1", critical: "0.5" },
  utilisationPercent: { warning: "90", critical: "95" },
  largestManagerPercent: { warning: "25", critical: "40" },
};

export interface ConfigIssue {
  /** Where in the file, e.g. `chains[0].rpcUrls[1]`. */
  readonly field: string;
  /** What is wrong and what to write instead. */
  readonly message: string;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: PlimsollConfig }
  | { readonly ok: false; readonly issues: readonly ConfigIssue[] };

/** Validates a configuration that was read as JSON; every issue names its field and the fix. */
export function parseConfig(json: unknown): ConfigResult {
  const result = configSchema.safeParse(json);
  if (!result.success) {
    return { ok: false, issues: result.error.issues.map(toIssue) };
  }
  const issues = crossIssues(result.data);
  return issues.length > 0 ? { ok: false, issues } : { ok: true, config: toConfig(result.data) };
}

/** What no single field shows: references between chains and vaults, and duplicates. */
function crossIssues(data: Parsed): ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  const chainIds = data.chains.map((entry) => entry.id);
  for (const [index, id] of chainIds.entries()) {
    if (chainIds.indexOf(id) !== index) {
      issues.push({
        field: `chains[${index}].id`,
        message: `Chain ${id} is described twice. Keep one entry.`,
      });
    }
  }
  const seen = new Set<string>();
  for (const [index, entry] of data.vaults.entries()) {
    if (!chainIds.includes(entry.chainId)) {
      issues.push({
        field: `vaults[${index}].chainId`,
        message: `Chain ${entry.chainId} is not described under "chains". Describe it there, or correct the id.`,
      });
    }
    const key = `${entry.chainId}:${entry.address}`;
    if (seen.has(key)) {
      issues.push({ field: `vaults[${index}]`, message: "This vault is listed twice. Keep one entry." });
    }
    seen.add(key);
  }
  return issues;
}

function toIssue(issue: z.core.$ZodIssue): ConfigIssue {
  const field = fieldOf(issue.path);
  if (issue.code === "unrecognized_keys") {
    const keys = issue.keys.map((key) => `"${key}"`).join(", ");
    return {
      field: field === "" ? "(top level)" : field,
      message: `Unknown field ${keys}. Remove it, or correct its spelling.`,
    };
  }
  return { field: field === "" ? "(top level)" : field, message: issue.message };
}

function fieldOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );
}

function toConfig(data: Parsed): PlimsollConfig {
  return {
    title: data.title,
    chains: data.chains,
    vaults: data.vaults.map((entry) => ({
      chainId: entry.chainId,
      address: entry.address as Address,
      label: entry.label,
      startBlock: BigInt(entry.startBlock),
      timelock: entry.timelock as Address | undefined,
      managers: (entry.managers ?? []) as Address[],
      reserves: (entry.reserves ?? []).map((item) => ({
        address: item.address as Address,
        label: item.label,
      })),
      feeds: (entry.feeds ?? []).map((item) => ({
        asset: item.asset as Address,
        address: item.address as Address,
        kind: item.kind,
        heartbeatSeconds: item.heartbeatSeconds,
        secondSource: item.secondSource as Address | undefined,
      })),
      pools: (entry.pools ?? []) as Address[],
      listed: true,
    })),
    thresholds: {
      badDebtRatioPercent: data.thresholds?.badDebtRatioPercent ?? DEFAULT_THRESHOLDS.badDebtRatioPercent,
      utilisationPercent: data.thresholds?.utilisationPercent ?? DEFAULT_THRESHOLDS.utilisationPercent,
      largestManagerPercent:
        data.thresholds?.largestManagerPercent ?? DEFAULT_THRESHOLDS.largestManagerPercent,
    },
  };
}

/** A vault that was opened by its address alone: read in full, but marked as not listed. */
export function unlistedVault(args: { chainId: number; address: Address }): VaultConfig {
  return {
    chainId: args.chainId,
    address: args.address,
    label: undefined,
    startBlock: 0n,
    timelock: undefined,
    managers: [],
    reserves: [],
    feeds: [],
    pools: [],
    listed: false,
  };
}

/** The vault's entry in the configuration, or an unlisted one for the same address. */
export function vaultConfigOf(
  config: PlimsollConfig,
  ref: { chainId: number; address: Address },
): VaultConfig {
  return (
    config.vaults.find((entry) => entry.chainId === ref.chainId && entry.address === ref.address) ??
    unlistedVault(ref)
  );
}
