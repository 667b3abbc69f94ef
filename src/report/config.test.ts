import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { type ConfigIssue, configSchema, DEFAULT_THRESHOLDS, parseConfig, vaultConfigOf } from "./config";

const VAULT = "0x00000000000000000000000000000000000000Aa";
const CHAIN = { id: 31337, name: "Local devnet", rpcUrls: ["http://127.0.0.1:8545"] };
const VALID = {
  version: 1,
  chains: [CHAIN],
  vaults: [{ chainId: 31337, address: VAULT, startBlock: 7 }],
};

function issuesOf(json: unknown): readonly ConfigIssue[] {
  const result = parseConfig(json);
  return result.ok ? [] : result.issues;
}

describe("a valid configuration", () => {
  it("comes back with lower-case addresses, bigint blocks and the default thresholds", () => {
    const result = parseConfig(VALID);
    if (!result.ok) throw new Error("expected a valid configuration");
    expect(result.config.vaults[0]?.address).toBe(VAULT.toLowerCase());
    expect(result.config.vaults[0]?.startBlock).toBe(7n);
    expect(result.config.thresholds).toEqual(DEFAULT_THRESHOLDS);
  });

  it("marks a vault that it does not list", () => {
    const result = parseConfig(VALID);
    if (!result.ok) throw new Error("expected a valid configuration");
    expect(vaultConfigOf(result.config, { chainId: 31337, address: "0x01" }).listed).toBe(false);
    expect(
      vaultConfigOf(result.config, { chainId: 31337, address: "0x00000000000000000000000000000000000000aa" })
        .listed,
    ).toBe(true);
  });
});

describe("every issue names its field", () => {
  it.each([
    ["a text instead of an object", "text", "(top level)"],
    ["another version", { ...VALID, version: 2 }, "version"],
    ["no chain", { ...VALID, chains: [] }, "chains"],
    [
      "an endpoint that is no web address",
      { ...VALID, chains: [{ ...CHAIN, rpcUrls: ["ok"] }] },
      "chains[0].rpcUrls[0]",
    ],
    ["an unknown field", { ...VALID, chains: [{ ...CHAIN, rpcs: [] }] }, "chains[0]"],
    ["a short address", { ...VALID, vaults: [{ ...VALID.vaults[0], address: "0x12" }] }, "vaults[0].address"],
    [
      "a negative block",
      { ...VALID, vaults: [{ ...VALID.vaults[0], startBlock: -1 }] },
      "vaults[0].startBlock",
    ],
    [
      "a chain that is not described",
      { ...VALID, vaults: [{ ...VALID.vaults[0], chainId: 5 }] },
      "vaults[0].chainId",
    ],
    ["a chain described twice", { ...VALID, chains: [CHAIN, CHAIN] }, "chains[1].id"],
    ["a vault listed twice", { ...VALID, vaults: [VALID.vaults[0], VALID.vaults[0]] }, "vaults[1]"],
    [
      "a threshold as a number",
      { ...VALID, thresholds: { badDebtRatioPercent: { warning: 1, critical: "2" } } },
      "thresholds.badDebtRatioPercent.warning",
    ],
  ])("%s", (_, json, field) => {
    const issues = issuesOf(json);
    expect(issues.map((issue) => issue.field)).toContain(field);
    for (const issue of issues) expect(issue.message.length).toBeGreaterThan(10);
  });

  it("names a missing field rather than its parent", () => {
    expect(issuesOf({ ...VALID, vaults: [{ chainId: 31337, address: VAULT }] })).toEqual([
      { field: "vaults[0].startBlock", message: "Write a whole number." },
    ]);
  });
});

describe("the files in public/", () => {
  it("hold the JSON schema that this code validates by (write it anew with vitest -u)", async () => {
    const schema = z.toJSONSchema(configSchema, { io: "input", unrepresentable: "any" });
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
      "../../public/plimsoll.config.schema.json",
    );
  });

  it("hold a default configuration that this code accepts", () => {
    const text = readFileSync(new URL("../../public/plimsoll.config.json", import.meta.url), "utf8");
    expect(issuesOf(JSON.parse(text))).toEqual([]);
  });
});
