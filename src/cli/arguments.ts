import { parseArgs } from "node:util";
import { parseAddress } from "@/data/parse-address";
import type { Address } from "@/domain/model";
import { toSafeInteger } from "@/shared/format";
import { parseInteger } from "@/shared/parse";

export const USAGE = `npm run report -- --config FILE --chain ID --vault ADDRESS [--block N] --out DIR

Writes report.json and report.html: the same figures as the pages, at one block.

  --config FILE     the configuration of the site (plimsoll.config.json): chains, endpoints, vaults
  --chain ID        number of a chain in that file
  --vault ADDRESS   the vault; it need not be listed in the file
  --block N         the block to report on (default: the newest); needs an endpoint that keeps old state
  --out DIR         where the two files go; made if it is not there
  --cache DIR       keeps what no reorganisation can change, so that the next run reads only what is new
  --strict          ends with code 3 when something of the past is missing (the files are written all the same)
  --help            this text

Progress and warnings go to standard error. Exit codes: 0 written, 1 the chain could not be read,
2 wrong arguments or configuration, 3 written but incomplete (--strict only), 130 stopped.`;

/** What the command line asks for. */
export interface ReportArguments {
  readonly configFile: string;
  readonly chainId: number;
  readonly vault: Address;
  /** undefined: the newest. */
  readonly block: bigint | undefined;
  readonly outFolder: string;
  readonly cacheFolder: string | undefined;
  readonly isStrict: boolean;
}

export type ParsedArguments =
  | { readonly kind: "help" }
  | { readonly kind: "run"; readonly options: ReportArguments }
  /** Every fault, each with the flag that it is about and what to write instead. */
  | { readonly kind: "refused"; readonly faults: readonly string[] };

/** A flag's value, or what is wrong with it. */
type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: string };

const OPTIONS = {
  config: { type: "string" },
  chain: { type: "string" },
  vault: { type: "string" },
  block: { type: "string" },
  out: { type: "string" },
  cache: { type: "string" },
  strict: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

const refused = (fault: string): { readonly ok: false; readonly fault: string } => ({ ok: false, fault });

function required(flag: string, { text, fix }: { readonly text: string | undefined; readonly fix: string }) {
  return text === undefined || text.trim() === ""
    ? refused(`--${flag} is missing. ${fix}`)
    : { ok: true as const, value: text.trim() };
}

function wholeNumber(flag: string, text: string): Read<bigint> {
  const parsed = parseInteger({ text });
  if (parsed.ok && parsed.value <= BigInt(Number.MAX_SAFE_INTEGER)) return parsed;
  return refused(`--${flag} "${text}" is not a whole number. Write digits only, for example --${flag} 1.`);
}

function chainOf(given: string | undefined): Read<number> {
  const text = required("chain", { text: given, fix: "Give the chain's number, for example --chain 1." });
  if (!text.ok) return text;
  const parsed = wholeNumber("chain", text.value);
  return parsed.ok ? { ok: true, value: toSafeInteger(parsed.value) } : parsed;
}

function vaultOf(given: string | undefined): Read<Address> {
  const text = required("vault", { text: given, fix: "Give the vault's address: 0x and 40 hex digits." });
  if (!text.ok) return text;
  const parsed = parseAddress(text.value);
  return parsed.ok ? { ok: true, value: parsed.address } : refused(`--vault: ${parsed.message}`);
}

function blockOf(given: string | undefined): Read<bigint | undefined> {
  return given === undefined ? { ok: true, value: undefined } : wholeNumber("block", given);
}

function folderOf(given: string | undefined): Read<string | undefined> {
  return given?.trim() === ""
    ? refused("--cache is empty. Name a folder, or leave the flag out.")
    : { ok: true, value: given };
}

/** Flags without the "--" in between are eaten by npm itself, which hands on their values alone. */
const NPM_HINT =
  "With npm, two dashes must stand between the command and its flags: npm run report -- --config ...";

/** Reads the command line; everything that is wrong with it is said at once. */
export function parseArguments(args: readonly string[]): ParsedArguments {
  let parsed: ReturnType<typeof parseFlags>;
  try {
    parsed = parseFlags(args);
  } catch (cause) {
    // Node's own refusal of an unknown flag or a missing value, which names the flag.
    if (!(cause instanceof TypeError)) throw cause;
    return { kind: "refused", faults: [cause.message] };
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: "help" };
  const config = required("config", {
    text: values.config,
    fix: "Name the configuration file, for example --config plimsoll.config.json.",
  });
  const chain = chainOf(values.chain);
  const vault = vaultOf(values.vault);
  const block = blockOf(values.block);
  const out = required("out", { text: values.out, fix: "Name a folder, for example --out report." });
  const cache = folderOf(values.cache);
  const stray = positionals.map((text) => `"${text}" belongs to no flag. ${NPM_HINT}`);
  if (config.ok && chain.ok && vault.ok && block.ok && out.ok && cache.ok && stray.length === 0) {
    return {
      kind: "run",
      options: {
        configFile: config.value,
        chainId: chain.value,
        vault: vault.value,
        block: block.value,
        outFolder: out.value,
        cacheFolder: cache.value,
        isStrict: values.strict,
      },
    };
  }
  const faults = [config, chain, vault, block, out, cache].flatMap((one) => (one.ok ? [] : [one.fault]));
  return { kind: "refused", faults: [...stray, ...faults] };
}

function parseFlags(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
}
