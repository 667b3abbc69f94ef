import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ChainError } from "@/chain/errors";
import { chainFaultText } from "./faults";
import { EXIT, runReport } from "./run-report";

const VAULT = "0x00000000000000000000000000000000000000aa";
const CONFIG = {
  version: 1,
  // Nobody listens there: these tests end before anything is asked for.
  chains: [{ id: 7, name: "Nowhere", rpcUrls: ["http://127.0.0.1:9"] }],
  vaults: [],
};

let folder: string;
let configFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "plimsoll-run-"));
  configFile = join(folder, "config.json");
  await writeFile(configFile, JSON.stringify(CONFIG));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function run(change: Readonly<Record<string, string>>, signal = new AbortController().signal) {
  const flags = { config: configFile, chain: "7", vault: VAULT, out: join(folder, "out"), ...change };
  let told = "";
  let printed = "";
  const code = await runReport({
    args: Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]),
    print: (text) => {
      printed += text;
    },
    progress: {
      write: (text) => {
        told += text;
      },
      isTerminal: false,
    },
    signal,
  });
  return { code, told, printed };
}

describe("what cannot be done is said with its flag and its cure, before the chain is asked", () => {
  it("a configuration that is not there", async () => {
    const { code, told } = await run({ config: join(folder, "nowhere.json") });
    expect([code, told]).toEqual([EXIT.refused, expect.stringMatching(/--config: there is no file/)]);
  });

  it("a configuration that is a folder", async () => {
    expect((await run({ config: folder })).told).toMatch(/--config: .* is a folder/);
  });

  it("a configuration that is no JSON", async () => {
    await writeFile(configFile, "{");
    expect((await run({})).told).toMatch(/--config: .* is not JSON/);
  });

  it("a configuration with a wrong field, by its name", async () => {
    await writeFile(configFile, JSON.stringify({ ...CONFIG, chains: [{ id: 7, name: "Nowhere" }] }));
    const { code, told } = await run({});
    expect([code, told]).toEqual([EXIT.refused, expect.stringMatching(/chains\[0\]\.rpcUrls: Write/)]);
  });

  it("a chain that is not described, with those that are", async () => {
    expect((await run({ chain: "5" })).told).toMatch(/--chain 5 is not described .*7 \(Nowhere\)/);
  });

  it.each([
    ["out", /--out: nothing can be written/],
    ["cache", /--cache: nothing can be kept/],
  ])("a folder for --%s that is a file", async (flag, words) => {
    const { code, told } = await run({ [flag]: configFile });
    expect([code, told]).toEqual([EXIT.refused, expect.stringMatching(words)]);
  });

  it("every missing flag, with the whole usage", async () => {
    let told = "";
    const progress = {
      write: (text: string) => {
        told += text;
      },
      isTerminal: false,
    };
    const { signal } = new AbortController();
    expect(await runReport({ args: [], print: () => undefined, progress, signal })).toBe(EXIT.refused);
    expect(told).toMatch(/--config is missing[\s\S]*--out is missing[\s\S]*npm run report --/);
  });
});

describe("being stopped", () => {
  it("has a code of its own and leaves no file behind", async () => {
    const { code, printed } = await run({}, AbortSignal.abort());
    expect([code, printed]).toEqual([EXIT.stopped, ""]);
    expect(await readdir(join(folder, "out"))).toEqual([]);
  });
});

describe("a fault of the chain in words", () => {
  it("names the host that is to blame and both chains, and nothing else of the endpoint", () => {
    const text = chainFaultText(
      new ChainError("wrong-chain", {
        message: "Another chain",
        endpointHost: "node.example",
        expectedChainId: 1,
        gotChainId: 10,
      }),
    );
    expect(text).toContain("Expected chain 1, got 10. Endpoint: node.example.");
    expect(text).toContain("--config");
  });
});
