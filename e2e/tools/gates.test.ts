import { describe, expect, it } from "vitest";
import type { BuiltSite, Chunk } from "./built-site";
import { findingsOf, policyOf } from "./gates";

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src *; worker-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types plimsoll-workers";
const page = (policy: string, body = '<script type="module" src="./assets/main.js"></script>'): string =>
  `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><body>${body}</body>`;

const chunk = (file: string, change: Partial<Chunk> = {}): Chunk => ({
  file,
  facade: undefined,
  isEntry: false,
  modules: ["/p/src/main.tsx"],
  imports: [],
  lazyImports: [],
  gzipBytes: 10_000,
  ...change,
});

const CLEAN_CHUNKS: readonly Chunk[] = [
  chunk("assets/main.js", {
    isEntry: true,
    imports: ["assets/react.js"],
    lazyImports: ["assets/t.js", "assets/app.js"],
  }),
  chunk("assets/react.js", { modules: ["/p/node_modules/react/index.js"] }),
  chunk("assets/t.js", {
    facade: "/p/src/transparency/entry.tsx",
    imports: ["assets/react.js"],
    modules: ["/p/src/transparency/entry.tsx", "/p/node_modules/viem/_esm/utils/abi/decode.js"],
    lazyImports: ["assets/chart.js"],
  }),
  chunk("assets/app.js", {
    facade: "/p/src/app/entry.tsx",
    modules: ["/p/node_modules/wagmi/dist/index.js"],
    gzipBytes: 200_000,
  }),
  chunk("assets/chart.js", {
    facade: "/p/src/ui/charts/line.tsx",
    modules: ["/p/node_modules/recharts/es6/index.js"],
    gzipBytes: 105_000,
  }),
];

function siteWith(change: {
  files?: Record<string, string>;
  chunks?: readonly Chunk[];
  rebuilt?: Record<string, string>;
}): BuiltSite {
  const files: Record<string, string> = {
    "index.html": page(POLICY),
    "assets/main.js": 'const ns = "http://www.w3.org/2000/svg";',
    ...change.files,
  };
  const toMap = (texts: Record<string, string>) =>
    new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));
  return {
    files: toMap(files),
    rebuilt: toMap({ "assets/main.js": files["assets/main.js"] ?? "", ...change.rebuilt }),
    chunks: change.chunks ?? CLEAN_CHUNKS,
  };
}

const withChunk = (changed: Chunk): readonly Chunk[] => [
  ...CLEAN_CHUNKS.filter((one) => one.file !== changed.file),
  changed,
];

describe("the static gates", () => {
  it("find nothing in a clean site, whose operators and charts come lazily", () => {
    expect(findingsOf(siteWith({}))).toEqual([]);
  });

  it("let a document allow less than the site's pages need", () => {
    const strict = POLICY.replace("worker-src 'self'", "worker-src 'none'").replace(
      "plimsoll-workers",
      "'none'",
    );
    expect(findingsOf(siteWith({ files: { "404.html": page(strict) } }))).toEqual([]);
  });

  it.each<[title: string, change: Parameters<typeof siteWith>[0], gate: string, problem: RegExp]>([
    [
      "too much script before the first public figure",
      { chunks: withChunk(chunk("assets/react.js", { gzipBytes: 95_000 })) },
      "size",
      /115\.0 kB/,
    ],
    [
      "a page chunk that has grown too large",
      {
        chunks: [
          ...CLEAN_CHUNKS,
          chunk("assets/p.js", { facade: "/p/src/pages/lps.tsx", gzipBytes: 60_001 }),
        ],
      },
      "size",
      /60\.0 kB/,
    ],
    [
      "wallet code on the public page",
      { chunks: withChunk(chunk("assets/react.js", { modules: ["/p/node_modules/wagmi/dist/index.js"] })) },
      "public-graph",
      /wagmi/,
    ],
    [
      "a viem client on the public page",
      {
        chunks: withChunk(
          chunk("assets/react.js", { modules: ["/p/node_modules/viem/_esm/clients/createClient.js"] }),
        ),
      },
      "public-graph",
      /createClient/,
    ],
    [
      "Recharts on the public page",
      { chunks: withChunk(chunk("assets/react.js", { modules: ["/p/node_modules/recharts/es6/x.js"] })) },
      "public-graph",
      /recharts/,
    ],
    [
      "no public page at all",
      { chunks: CLEAN_CHUNKS.filter((one) => one.file !== "assets/t.js") },
      "public-graph",
      /no chunk/,
    ],
    [
      "an address of somebody else's in a script",
      { files: { "assets/x.js": 'fetch("https://api.example.com/p")' } },
      "origins",
      /api\.example\.com/,
    ],
    [
      "a default RPC of a library",
      { files: { "assets/x.js": '["wss://rpc.example.org"]' } },
      "origins",
      /rpc\.example\.org/,
    ],
    [
      "a script from another origin",
      { files: { "a.html": page(POLICY, '<script src="//cdn.example.com/x.js"></script>') } },
      "origins",
      /cdn\.example/,
    ],
    [
      "a font from another origin",
      { files: { "assets/x.css": "@import url(https://fonts.example.com/i.css);" } },
      "origins",
      /fonts\.example/,
    ],
    [
      "a page without a policy",
      { files: { "404.html": "<!doctype html>" } },
      "policy",
      /no content security policy/,
    ],
    [
      "a missing directive",
      { files: { "index.html": page(POLICY.replace("object-src 'none'; ", "")) } },
      "policy",
      /object-src/,
    ],
    [
      "a policy that was widened",
      {
        files: {
          "index.html": page(POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")),
        },
      },
      "policy",
      /script-src/,
    ],
    [
      "a second Trusted Types policy",
      {
        files: {
          "index.html": page(POLICY.replace("plimsoll-workers", "plimsoll-workers default")),
        },
      },
      "policy",
      /trusted-types/,
    ],
    [
      "Trusted Types that are asked of nothing",
      { files: { "index.html": page(POLICY.replace("types-for 'script'", "types-for 'none'")) } },
      "policy",
      /require-trusted-types-for/,
    ],
    [
      "a worker from elsewhere",
      {
        files: { "index.html": page(POLICY.replace("worker-src 'self'", "worker-src 'self' blob:")) },
      },
      "policy",
      /worker-src/,
    ],
    [
      "an inline script",
      { files: { "index.html": page(POLICY, "<script>1</script>") } },
      "policy",
      /inline script/,
    ],
    [
      "an inline style",
      { files: { "index.html": page(POLICY, '<p style="color:red">') } },
      "policy",
      /style attribute/,
    ],
    [
      "an inline handler",
      { files: { "index.html": page(POLICY, '<p onclick="x()">') } },
      "policy",
      /event handler/,
    ],
    [
      "a build that differs from itself",
      { rebuilt: { "assets/main.js": "other" } },
      "reproducible",
      /other bytes/,
    ],
    [
      "a file that only one build made",
      { rebuilt: { "assets/new.js": "x" } },
      "reproducible",
      /makes this file/,
    ],
    ["a source map", { files: { "assets/x.js.map": "{}" } }, "secrets", /source map/],
    ["a test mnemonic", { files: { "assets/x.js": "test test test test test test" } }, "secrets", /mnemonic/],
    [
      "a path that only works at a domain's root",
      { files: { "index.html": page(POLICY, '<script src="/assets/main.js"></script>') } },
      "paths",
      /sub-folder/,
    ],
  ])("find %s", (_title, change, gate, problem) => {
    const found = findingsOf(siteWith(change)).filter((one) => one.gate === gate);
    expect(found.map((one) => one.problem)).toContainEqual(expect.stringMatching(problem));
  });

  it("accept an inline script whose hash the policy names", () => {
    const hash = "'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='";
    const html = page(POLICY.replace("script-src 'self'", `script-src 'self' ${hash}`), "<script>1</script>");
    expect(findingsOf(siteWith({ files: { "index.html": html } }))).toEqual([]);
  });

  it("read a policy by directive", () => {
    expect(policyOf(page("default-src 'none'; img-src 'self' data:"))).toEqual(
      new Map([
        ["default-src", ["'none'"]],
        ["img-src", ["'self'", "data:"]],
      ]),
    );
    expect(policyOf("<!doctype html>")).toBeUndefined();
  });
});
