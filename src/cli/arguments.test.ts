import { describe, expect, it } from "vitest";
import { parseArguments } from "./arguments";

const VAULT = "0x52908400098527886E0F7030069857D2E4169EE7";
const GOOD = ["--config", "c.json", "--chain", "1", "--vault", VAULT, "--out", "report"];

function faultsOf(args: readonly string[]): readonly string[] {
  const parsed = parseArguments(args);
  return parsed.kind === "refused" ? parsed.faults : [];
}

/** The good command line with one flag given another value, or left out. */
function changed(flag: string, value: string | undefined): readonly string[] {
  const at = GOOD.indexOf(flag);
  const rest = at === -1 ? GOOD : [...GOOD.slice(0, at), ...GOOD.slice(at + 2)];
  return value === undefined ? rest : [...rest, flag, value];
}

describe("a complete command line", () => {
  it("is read with the newest block, without a cache, the vault in small letters", () => {
    expect(parseArguments(GOOD)).toEqual({
      kind: "run",
      options: {
        configFile: "c.json",
        chainId: 1,
        vault: VAULT.toLowerCase(),
        block: undefined,
        outFolder: "report",
        cacheFolder: undefined,
        isStrict: false,
      },
    });
  });

  it("may name a block and a cache", () => {
    const parsed = parseArguments([...GOOD, "--block", "21000000", "--cache", "kept", "--strict"]);
    expect(parsed).toMatchObject({
      options: { block: 21_000_000n, cacheFolder: "kept", isStrict: true },
    });
  });

  it("asks for help whatever else it says", () => {
    expect(parseArguments(["--help"])).toEqual({ kind: "help" });
  });
});

describe("every fault names its flag and the fix", () => {
  it.each([
    ["no configuration", changed("--config", undefined), /--config is missing\. Name/],
    ["no chain", changed("--chain", undefined), /--chain is missing\. Give/],
    ["a chain by name", changed("--chain", "mainnet"), /--chain "mainnet" .*Write digits/],
    ["a negative chain", [...changed("--chain", undefined), "--chain=-1"], /--chain "-1"/],
    ["no vault", changed("--vault", undefined), /--vault is missing/],
    ["a short vault", changed("--vault", "0x12"), /--vault: .*missing/],
    [
      "a vault with a wrong checksum",
      changed("--vault", VAULT.replace("E7", "e7")),
      /--vault: .*Copy it again/,
    ],
    ["a block in words", [...GOOD, "--block", "latest"], /--block "latest"/],
    ["half a block", [...GOOD, "--block", "1.5"], /--block "1\.5"/],
    ["no folder", changed("--out", undefined), /--out is missing/],
    ["an empty cache", [...GOOD, "--cache", ""], /--cache is empty/],
    ["an unknown flag", [...GOOD, "--vualt", "x"], /--vualt/],
    ["a flag without its value", ["--config"], /--config/],
  ])("%s", (_title, args, fault) => {
    expect(faultsOf(args)).toEqual([expect.stringMatching(fault)]);
  });

  it("all faults at once, so that they are put right in one go", () => {
    expect(faultsOf([])).toHaveLength(4);
  });

  it("values without flags: npm has eaten the flags", () => {
    expect(faultsOf(["c.json"])[0]).toMatch(/two dashes/);
  });
});
