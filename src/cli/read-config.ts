import { readFile } from "node:fs/promises";
import { type ChainConfig, parseConfig, type VaultConfig, vaultConfigOf } from "@/report/config";
import type { ReportArguments } from "./arguments";
import { CommandError, isFileFault } from "./faults";

/** The chain and the vault that the command line names, from the configuration of the site. */
export interface Target {
  readonly chain: ChainConfig;
  readonly vault: VaultConfig;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    if (isFileFault(cause, "ENOENT")) {
      throw new CommandError(`--config: there is no file ${file}. Give the path of plimsoll.config.json.`);
    }
    if (isFileFault(cause, "EISDIR")) {
      throw new CommandError(`--config: ${file} is a folder. Give the path of the file in it.`);
    }
    if (isFileFault(cause, "EACCES")) {
      throw new CommandError(`--config: ${file} may not be read. Change its permissions, or name another.`);
    }
    throw cause;
  }
}

async function jsonOf(file: string): Promise<unknown> {
  const text = await textOf(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new CommandError(`--config: ${file} is not JSON. ${cause.message}.`);
  }
}

/**
 * Reads the configuration as the site does. A vault that it does not list is read in full, as on the pages.
 *
 * @throws CommandError that names the flag, or the field of the file, and the fix
 */
export async function readTarget(options: ReportArguments): Promise<Target> {
  const { configFile, chainId, vault } = options;
  const result = parseConfig(await jsonOf(configFile));
  if (!result.ok) {
    const lines = result.issues.map(({ field, message }) => `  ${field}: ${message}`);
    throw new CommandError(`--config: ${configFile} cannot be used.\n${lines.join("\n")}`);
  }
  const { chains } = result.config;
  const chain = chains.find(({ id }) => id === chainId);
  if (chain === undefined) {
    const described = chains.map(({ id, name }) => `${id} (${name})`).join(", ");
    throw new CommandError(
      `--chain ${chainId} is not described in ${configFile}. It describes ${described}; choose one, or add the chain there.`,
    );
  }
  return { chain, vault: vaultConfigOf(result.config, { chainId, address: vault }) };
}
