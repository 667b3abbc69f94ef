/**
 * Compiles `devnet/contracts` with the solc of the lockfile and writes
 *   devnet/out/<Contract>.json                       { abi, bytecode, deployedBytecode }
 *   src/chain/lens/*.generated.ts                    the lens and the totals probe as the application carries them
 *
 * Run it with `npm run contracts` (`tsx devnet/compile.ts`, `--force` to ignore the cache). Nothing is done while the
 * sources, the settings and the compiler are those of the last run.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = resolve(fileURLToPath(new URL("..", import.meta.url)));
const SOURCE_DIR = join(ROOT, "devnet/contracts");
const OUT_DIR = join(ROOT, "devnet/out");
const STAMP_FILE = join(OUT_DIR, ".stamp");
const LOCK_FILE = join(OUT_DIR, ".lock");
const LOCK_POLL_MS = 100;
const LENS_MODULE = join(ROOT, "src/chain/lens/vault-lens.generated.ts");
const PROBE_MODULE = join(ROOT, "src/chain/lens/totals-probe.generated.ts");

/** Contracts that are deployed as OpenZeppelin publishes them. */
const UNMODIFIED = ["@openzeppelin/contracts/governance/TimelockController.sol"];

/** The vault is the one contract near the 24,576 byte limit of EIP-170; all others are compiled for gas. */
const SMALL_SOURCES = ["devnet/contracts/vault/FluxVault.sol"];
/** Runs inside old blocks, which know none of the later instructions. */
const OLD_CHAIN_SOURCES = ["devnet/contracts/lens/TotalsProbe.sol"];

interface Target {
  readonly runs: number;
  readonly evmVersion: "cancun" | "london";
}

const TARGETS = {
  small: { runs: 200, evmVersion: "cancun" },
  fast: { runs: 100_000, evmVersion: "cancun" },
  old: { runs: 200, evmVersion: "london" },
} as const satisfies Readonly<Record<string, Target>>;

const require = createRequire(import.meta.url);

interface SolcMessage {
  readonly severity: "error" | "warning" | "info";
  readonly formattedMessage: string;
  readonly sourceLocation?: { readonly file: string };
}

interface SolcContract {
  readonly abi: readonly unknown[];
  readonly evm: {
    readonly bytecode: { readonly object: string };
    readonly deployedBytecode: { readonly object: string };
  };
}

interface SolcOutput {
  readonly errors?: readonly SolcMessage[];
  readonly contracts?: Readonly<Record<string, Readonly<Record<string, SolcContract>>>>;
}

interface Solc {
  version(): string;
  compile(
    input: string,
    callbacks: { readonly import: (path: string) => { contents: string } | { error: string } },
  ): string;
}

/** What one file of `devnet/out` holds. */
export interface ContractArtifact {
  readonly abi: readonly unknown[];
  /** Creation code, `0x` for interfaces. */
  readonly bytecode: `0x${string}`;
  /** Runtime code, `0x` for interfaces. */
  readonly deployedBytecode: `0x${string}`;
}

/** The compiler refused the sources; the message is its own report. */
export class SolidityError extends Error {
  override readonly name = "SolidityError";
}

interface Source {
  readonly path: string;
  readonly content: string;
}

function readSources(): readonly Source[] {
  const own = readdirSync(SOURCE_DIR, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sol"))
    .sort()
    .map((file) => join(SOURCE_DIR, file))
    .map((file) => ({
      path: relative(ROOT, file).replaceAll("\\", "/"),
      content: readFileSync(file, "utf8"),
    }));
  const published = UNMODIFIED.map((path) => ({
    path,
    content: readFileSync(require.resolve(path), "utf8"),
  }));
  return [...own, ...published];
}

function settingsFor({ runs, evmVersion }: Target) {
  return {
    evmVersion,
    optimizer: { enabled: true, runs },
    metadata: { bytecodeHash: "none", appendCBOR: false },
  };
}

function stampOf(sources: readonly Source[]): string {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([SMALL_SOURCES, OLD_CHAIN_SOURCES, Object.values(TARGETS).map(settingsFor)]));
  for (const packageName of ["solc", "@openzeppelin/contracts"])
    hash.update(readFileSync(require.resolve(`${packageName}/package.json`)));
  hash.update(readFileSync(fileURLToPath(import.meta.url)));
  for (const { path, content } of sources) hash.update(`\0${path}\0${content}`);
  return hash.digest("hex");
}

function importSource(path: string): { contents: string } | { error: string } {
  try {
    return { contents: readFileSync(require.resolve(path), "utf8") };
  } catch (cause) {
    return { error: `cannot read ${path}: ${String(cause)}` };
  }
}

interface CompileRun {
  readonly solc: Solc;
  readonly sources: readonly Source[];
  readonly wanted: readonly string[];
  readonly target: Target;
}

function compileWanted({ solc, sources, wanted, target }: CompileRun): Map<string, ContractArtifact> {
  if (wanted.length === 0) return new Map();
  const fields = ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"];
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(
      sources.filter(({ path }) => wanted.includes(path)).map(({ path, content }) => [path, { content }]),
    ),
    settings: {
      ...settingsFor(target),
      outputSelection: Object.fromEntries(wanted.map((path) => [path, { "*": fields }])),
    },
  };
  const resolveImport = (path: string) => {
    const own = sources.find((source) => source.path === path);
    return own === undefined ? importSource(path) : { contents: own.content };
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: resolveImport })) as SolcOutput;

  const ours = (message: SolcMessage) => message.sourceLocation?.file.startsWith("devnet/") ?? true;
  const fatal = (output.errors ?? []).filter(
    (message) => message.severity === "error" || (message.severity === "warning" && ours(message)),
  );
  if (fatal.length > 0)
    throw new SolidityError(fatal.map(({ formattedMessage }) => formattedMessage).join("\n"));

  const artifacts = new Map<string, ContractArtifact>();
  for (const path of wanted)
    for (const [name, contract] of Object.entries(output.contracts?.[path] ?? {})) {
      if (artifacts.has(name)) throw new SolidityError(`two contracts are called ${name}`);
      artifacts.set(name, {
        abi: contract.abi,
        bytecode: `0x${contract.evm.bytecode.object}`,
        deployedBytecode: `0x${contract.evm.deployedBytecode.object}`,
      });
    }
  return artifacts;
}

const EIP_170_LIMIT_BYTES = 24_576;

function checkSizes(artifacts: ReadonlyMap<string, ContractArtifact>): void {
  for (const [name, { deployedBytecode }] of artifacts) {
    const bytes = (deployedBytecode.length - 2) / 2;
    if (bytes > EIP_170_LIMIT_BYTES)
      throw new SolidityError(`${name} has ${bytes} bytes of code; EIP-170 permits ${EIP_170_LIMIT_BYTES}`);
  }
}

function lensModule(lens: ContractArtifact): string {
  return `// Generated from devnet/contracts/lens/VaultLens.sol by \`npm run contracts\`. Do not edit; run that again instead.
// The layout of the answers is documented at the top of the Solidity file.

/** Runtime code, for the \`code\` field of a state override. */
export const VAULT_LENS_RUNTIME_BYTECODE = "${lens.deployedBytecode}" as const;
`;
}

function probeModule(probe: ContractArtifact): string {
  return `// Generated from devnet/contracts/lens/TotalsProbe.sol by \`npm run contracts\`. Do not edit; run that again instead.
// The layout of the answer is documented at the top of the Solidity file.

/** Creation code; the vault's address follows it as one word. */
export const TOTALS_PROBE_CREATION_BYTECODE = "${probe.bytecode}" as const;
`;
}

/** Never leaves half a file for a reader. */
function writeIfChanged(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  mkdirSync(dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}.tmp`;
  writeFileSync(fresh, text);
  renameSync(fresh, file);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Not permitted to signal it means that it is there.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Several test workers start at once: one compiles, the others wait for it. */
function withLock<T>(work: () => T): T {
  mkdirSync(OUT_DIR, { recursive: true });
  for (;;) {
    try {
      writeFileSync(LOCK_FILE, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = existsSync(LOCK_FILE) ? Number.parseInt(readFileSync(LOCK_FILE, "utf8"), 10) : 0;
    if (holder > 0 && !isRunning(holder)) rmSync(LOCK_FILE, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_POLL_MS);
  }
  try {
    return work();
  } finally {
    rmSync(LOCK_FILE, { force: true });
  }
}

function contractsInOut(): readonly string[] {
  return readdirSync(OUT_DIR)
    .filter((file) => file.endsWith(".json"))
    .map((file) => basename(file, ".json"))
    .sort();
}

/** Whether a compilation was needed, and the names of the contracts in `devnet/out`. */
export interface CompileResult {
  readonly compiled: boolean;
  readonly contracts: readonly string[];
}

/**
 * Brings `devnet/out` and the application's own modules of code for calls up to date.
 * @throws SolidityError when the compiler reports an error, or a warning about our own sources
 */
export function compileContracts(options: { readonly force?: boolean } = {}): CompileResult {
  const sources = readSources();
  const stamp = stampOf(sources);
  const upToDate = () =>
    existsSync(STAMP_FILE) &&
    readFileSync(STAMP_FILE, "utf8") === stamp &&
    existsSync(LENS_MODULE) &&
    existsSync(PROBE_MODULE);
  const asIs = () => ({ compiled: false, contracts: contractsInOut() });
  if (upToDate() && options.force !== true) return asIs();
  return withLock(() => (upToDate() && options.force !== true ? asIs() : compileAll(sources, stamp)));
}

function compileAll(sources: readonly Source[], stamp: string): CompileResult {
  const solc = require("solc") as Solc;
  const paths = sources.map(({ path }) => path);
  const small = paths.filter((path) => SMALL_SOURCES.includes(path));
  const old = paths.filter((path) => OLD_CHAIN_SOURCES.includes(path));
  const fast = paths.filter((path) => !small.includes(path) && !old.includes(path));
  const artifacts = new Map([
    ...compileWanted({ solc, sources, wanted: fast, target: TARGETS.fast }),
    ...compileWanted({ solc, sources, wanted: small, target: TARGETS.small }),
    ...compileWanted({ solc, sources, wanted: old, target: TARGETS.old }),
  ]);
  checkSizes(artifacts);

  rmSync(STAMP_FILE, { force: true });
  for (const stale of contractsInOut())
    if (!artifacts.has(stale)) rmSync(join(OUT_DIR, `${stale}.json`), { force: true });
  for (const [name, artifact] of artifacts)
    writeIfChanged(join(OUT_DIR, `${name}.json`), `${JSON.stringify(artifact)}\n`);
  const lens = artifacts.get("VaultLens");
  const probe = artifacts.get("TotalsProbe");
  if (lens === undefined || probe === undefined) throw new SolidityError("there is no lens or no probe");
  writeIfChanged(LENS_MODULE, lensModule(lens));
  writeIfChanged(PROBE_MODULE, probeModule(probe));
  writeIfChanged(STAMP_FILE, stamp);
  return { compiled: true, contracts: [...artifacts.keys()].sort() };
}

/**
 * One compiled contract by name. Call {@link compileContracts} first.
 * @throws Error when there is no such file in `devnet/out`
 */
export function readArtifact(name: string): ContractArtifact {
  return JSON.parse(readFileSync(join(OUT_DIR, `${name}.json`), "utf8")) as ContractArtifact;
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const startedAt = performance.now();
  try {
    const { compiled, contracts } = compileContracts({ force: process.argv.includes("--force") });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(
      compiled ? `compiled ${contracts.length} contracts in ${seconds} s` : "contracts are up to date",
    );
  } catch (error) {
    if (!(error instanceof SolidityError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
