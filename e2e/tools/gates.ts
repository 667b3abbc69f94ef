import { createHash } from "node:crypto";
import type { BuiltSite, Chunk } from "./built-site";

export interface Finding {
  readonly gate: "size" | "public-graph" | "origins" | "policy" | "reproducible" | "secrets" | "paths";
  readonly where: string;
  readonly problem: string;
}

/** Kilobytes of 1,000 bytes, gzipped at level 9. */
export const LIMITS = {
  /** All JavaScript that a reader of the public page downloads before its first figure. */
  publicGzipBytes: 110_000,
  /** Any one lazily loaded page or chart chunk of the app, Recharts itself aside. */
  lazyChunkGzipBytes: 60_000,
} as const;

/** What operators need and readers must not download: a wallet, a client, a router, a cache, a chart library. */
const NOT_PUBLIC: readonly RegExp[] = [
  /\/node_modules\/(@?wagmi)\//,
  /\/node_modules\/(recharts|react-router|react-router-dom)\//,
  /\/node_modules\/@tanstack\/(react-)?query/,
  /\/node_modules\/viem\/_esm\/(clients|actions|chains|siwe|account-abstraction)\//,
  /\/src\/(data|pages)\//,
];

/**
 * Addresses that stand in the code as text and are never fetched: XML namespaces, and the places that libraries
 * name in their error messages. Anything else that looks like a host is a finding.
 */
const INERT_HOSTS: Readonly<Record<string, string>> = {
  "www.w3.org": "XML namespaces of SVG and MathML",
  "json-schema.org": "the dialect named by the configuration's schema",
  "react.dev": "React's error messages",
  "reactjs.org": "React's error messages",
  "fb.me": "React's error messages",
  "viem.sh": "viem's error messages",
  "oxlib.sh": "ox's error messages",
  "wagmi.sh": "wagmi's error messages",
  "reactrouter.com": "the router's error messages",
  "tanstack.com": "the query library's error messages",
  "github.com": "references in libraries' error messages",
  "radix-ui.com": "the primitives' accessibility warnings",
  "redux.js.org": "error messages of a library that Recharts brings",
  "redux-toolkit.js.org": "error messages of a library that Recharts brings",
  "tailwindcss.com": "the banner of the style sheet",
  "4byte.sourcify.dev": "viem's error messages",
  "abitype.dev": "viem's error messages",
  "docs.soliditylang.org": "viem's error messages",
  "bit.ly": "error messages of a library that Recharts brings",
};

/** Node names of the local test chain, in the sample configuration. */
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])$/;

const REQUIRED_POLICY: Readonly<Record<string, readonly string[]>> = {
  "default-src": ["'none'"],
  "script-src": ["'self'"],
  "style-src": ["'self'"],
  "worker-src": ["'self'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "object-src": ["'none'"],
  "require-trusted-types-for": ["'script'"],
  // The one policy that may be made: it lets through the addresses of the site's own workers and nothing else.
  "trusted-types": ["plimsoll-workers"],
};

const isText = (path: string): boolean => /\.(html|js|css|json|svg|txt|webmanifest)$/.test(path);
const kB = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} kB`;

/** Chunks loaded together with these, themselves included. */
export function closureOf(chunks: readonly Chunk[], from: readonly Chunk[]): Chunk[] {
  const byFile = new Map(chunks.map((chunk) => [chunk.file, chunk]));
  const seen = new Set<Chunk>();
  const walk = (chunk: Chunk): void => {
    if (seen.has(chunk)) return;
    seen.add(chunk);
    for (const file of chunk.imports) {
      const next = byFile.get(file);
      if (next !== undefined) walk(next);
    }
  };
  for (const chunk of from) walk(chunk);
  return [...seen];
}

/** The chunks that the public page loads before its first figure: the bootstrap's and its own entry's. */
export function publicChunks(chunks: readonly Chunk[]): Chunk[] {
  const entries = chunks.filter(
    (chunk) => chunk.isEntry || chunk.facade?.endsWith("/src/transparency/entry.tsx") === true,
  );
  return closureOf(chunks, entries);
}

function sizeFindings(site: BuiltSite): Finding[] {
  const findings: Finding[] = [];
  const publicBytes = publicChunks(site.chunks).reduce((sum, chunk) => sum + chunk.gzipBytes, 0);
  if (publicBytes > LIMITS.publicGzipBytes)
    findings.push({
      gate: "size",
      where: "public page",
      problem: `${kB(publicBytes)} gzipped before the first figure, allowed ${kB(LIMITS.publicGzipBytes)}`,
    });
  for (const chunk of site.chunks) {
    const isPage = /\/src\/(pages|features|ui\/charts)\//.test(chunk.facade ?? "");
    const isLibrary = chunk.modules.some((path) => path.includes("/node_modules/recharts/"));
    if (isPage && !isLibrary && chunk.gzipBytes > LIMITS.lazyChunkGzipBytes)
      findings.push({
        gate: "size",
        where: chunk.file,
        problem: `${kB(chunk.gzipBytes)} gzipped, allowed ${kB(LIMITS.lazyChunkGzipBytes)} for a lazily loaded page`,
      });
  }
  return findings;
}

function publicGraphFindings(site: BuiltSite): Finding[] {
  if (!site.chunks.some((chunk) => chunk.facade?.endsWith("/src/transparency/entry.tsx") === true))
    return [
      {
        gate: "public-graph",
        where: "src/transparency/entry.tsx",
        problem: "the public page has no chunk of its own",
      },
    ];
  return publicChunks(site.chunks).flatMap((chunk) =>
    chunk.modules.flatMap((path) => {
      const rule = NOT_PUBLIC.find((pattern) => pattern.test(path));
      if (rule === undefined) return [];
      const shown = path.slice(path.lastIndexOf("/node_modules/") + 1);
      return [
        { gate: "public-graph" as const, where: chunk.file, problem: `the public page downloads ${shown}` },
      ];
    }),
  );
}

function originFindings(site: BuiltSite): Finding[] {
  const findings: Finding[] = [];
  for (const [path, bytes] of site.files) {
    if (!isText(path)) continue;
    const text = bytes.toString("utf8");
    const hosts = new Set(
      [...text.matchAll(/\b(?:https?|wss?):\/\/([a-z0-9.[\]:-]+)/gi)].map((m) => m[1] ?? ""),
    );
    for (const full of hosts) {
      const host = full.replace(/:\d+$/, "").replace(/\.$/, "").toLowerCase();
      const bare = host.replace(/^www\./, "");
      const isKnown = host in INERT_HOSTS || bare in INERT_HOSTS;
      const isOperators = path.startsWith("plimsoll.config.");
      if (host === "" || isKnown || isOperators || LOCAL_HOST.test(host)) continue;
      findings.push({ gate: "origins", where: path, problem: `names another origin: ${host}` });
    }
    const markup = path.endsWith(".html")
      ? [...text.matchAll(/\b(?:src|href)\s*=\s*["']?((?:https?:)?\/\/[^"'\s>]+)/gi)]
      : [];
    const sheet = path.endsWith(".css")
      ? [...text.matchAll(/(?:url\(|@import)\s*["']?((?:https?:)?\/\/[^"')\s]+)/gi)]
      : [];
    for (const match of [...markup, ...sheet])
      findings.push({ gate: "origins", where: path, problem: `loads ${match[1] ?? ""}` });
  }
  return findings;
}

/** The policy of a page's meta element, by directive; undefined when it has none. */
export function policyOf(html: string): ReadonlyMap<string, readonly string[]> | undefined {
  const meta = /<meta[^>]*http-equiv="Content-Security-Policy"[^>]*>/i.exec(html)?.[0];
  const content = meta === undefined ? undefined : /content="([^"]*)"/.exec(meta)?.[1];
  if (content === undefined) return undefined;
  const directives = content.split(";").map((one) => one.trim().split(/\s+/));
  return new Map(
    directives.flatMap(([name, ...values]) => (name === undefined || name === "" ? [] : [[name, values]])),
  );
}

function inlineFindings(path: string, html: string, hashes: readonly string[]): Finding[] {
  const findings: Finding[] = [];
  const add = (problem: string): void => {
    findings.push({ gate: "policy", where: path, problem });
  };
  for (const [, attributes = "", body = ""] of html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/gi)) {
    const hash = `'sha256-${createHash("sha256").update(body).digest("base64")}'`;
    if (!/\bsrc=/.test(attributes) && !hashes.includes(hash))
      add("an inline script without its hash in the policy");
  }
  if (/<style[\s>]/i.test(html)) add("an inline style element");
  if (/<[a-z][^>]*\sstyle\s*=/i.test(html)) add("an inline style attribute");
  if (/<[a-z][^>]*\son[a-z]+\s*=/i.test(html)) add("an inline event handler");
  return findings;
}

function policyFindings(site: BuiltSite): Finding[] {
  const findings: Finding[] = [];
  for (const [path, bytes] of site.files) {
    if (!path.endsWith(".html")) continue;
    const html = bytes.toString("utf8");
    const policy = policyOf(html);
    if (policy === undefined) {
      findings.push({ gate: "policy", where: path, problem: "has no content security policy" });
      continue;
    }
    for (const [name, required] of Object.entries(REQUIRED_POLICY)) {
      const values = policy.get(name);
      // A hash narrows what may run to one exact text; every other extra source widens it.
      const rest = values?.filter((value) => !required.includes(value) && !/^'sha(256|384|512)-/.test(value));
      const isMissing = values === undefined || required.some((value) => !values.includes(value));
      const isWider = (rest ?? []).length > 0;
      // A document that needs nothing of the kind may allow nothing of it; this one directive asks, and allows nothing.
      const isSource = name !== "require-trusted-types-for";
      const isNothing = isSource && values?.length === 1 && values[0] === "'none'";
      if (!isNothing && (isMissing || isWider))
        findings.push({
          gate: "policy",
          where: path,
          problem: `${name} is "${(values ?? ["missing"]).join(" ")}", expected "${required.join(" ")}"`,
        });
    }
    findings.push(...inlineFindings(path, html, policy.get("script-src") ?? []));
  }
  return findings;
}

function reproducibleFindings(site: BuiltSite): Finding[] {
  return [...site.rebuilt].flatMap(([path, bytes]) => {
    const published = site.files.get(path);
    if (published?.equals(bytes) === true) return [];
    const problem =
      published === undefined ? "a second build makes this file too" : "a second build gives other bytes";
    return [{ gate: "reproducible" as const, where: path, problem }];
  });
}

/** Keys of the well-known test mnemonic and the marks of key files: nothing like it belongs in a published site. */
const SECRETS = /ac0974bec39a17e36ba4a6b4d238ff944bacb478|test test test test test|BEGIN [A-Z ]*PRIVATE KEY/;

function secretFindings(site: BuiltSite): Finding[] {
  return [...site.files].flatMap(([path, bytes]) => {
    if (path.endsWith(".map")) return [{ gate: "secrets" as const, where: path, problem: "a source map" }];
    const isFound = isText(path) && SECRETS.test(bytes.toString("utf8"));
    return isFound
      ? [{ gate: "secrets" as const, where: path, problem: "holds a private key or mnemonic" }]
      : [];
  });
}

function pathFindings(site: BuiltSite): Finding[] {
  return [...site.files].flatMap(([path, bytes]) => {
    if (!path.endsWith(".html")) return [];
    const rooted = [...bytes.toString("utf8").matchAll(/\b(?:src|href)="(\/[^/"][^"]*)"/g)];
    return rooted.map((match) => ({
      gate: "paths" as const,
      where: path,
      problem: `${match[1] ?? ""} is absolute: the site would break in a sub-folder and on IPFS`,
    }));
  });
}

/** Everything that can be said about the published files without opening a browser. Empty when all is well. */
export function findingsOf(site: BuiltSite): Finding[] {
  return [
    ...sizeFindings(site),
    ...publicGraphFindings(site),
    ...originFindings(site),
    ...policyFindings(site),
    ...reproducibleFindings(site),
    ...secretFindings(site),
    ...pathFindings(site),
  ];
}
