import { type ImportFound, isTypeOnly } from "./layers-imports";

/**
 * The house in one table. A layer may import itself and what is named here; everything else is a violation.
 * `shared <- domain <- chain <- report <- data <- features <- pages <- app` and `shared <- ui <- features`. Beside
 * the app stands `cli`, which says the same without a screen.
 */
export type Layer =
  | "shared"
  | "domain"
  | "chain"
  | "report"
  | "data"
  | "ui"
  | "features"
  | "pages"
  | "transparency"
  | "app"
  | "cli"
  | "main"
  | "testing"
  | "devnet"
  | "e2e"
  | "specs"
  | "config";

interface LayerRule {
  readonly may: readonly Layer[];
  /** Layers of which only types may be imported. */
  readonly mayTypes?: readonly Layer[];
  /** npm packages by name, "*" for any, "node:*" for Node's own. A trailing "/**" admits the sub-paths. */
  readonly npm: readonly string[];
}

const everySourceLayer = [
  "shared",
  "domain",
  "chain",
  "report",
  "data",
  "ui",
  "features",
  "pages",
  "transparency",
] as const satisfies readonly Layer[];

const react = ["react", "react/jsx-runtime"];

export const LAYER_RULES: Readonly<Record<Layer, LayerRule>> = {
  shared: { may: [], npm: [] },
  domain: { may: ["shared"], npm: [] },
  chain: { may: ["shared", "domain"], npm: ["viem", "viem/utils"] },
  report: {
    may: ["shared", "domain", "chain"],
    npm: ["zod/mini", "idb-keyval", "canonicalize", "@openzeppelin/merkle-tree"],
  },
  data: {
    may: ["shared", "domain", "chain", "report"],
    npm: ["react", "@tanstack/react-query", "wagmi/**", "viem/**", "idb-keyval"],
  },
  ui: {
    may: ["shared"],
    npm: [
      ...react,
      "react-dom",
      "recharts",
      "@tanstack/react-virtual",
      "lucide-react",
      "clsx",
      "@fontsource-variable/inter/**",
    ],
  },
  // A feature speaks of the report that it is shown, so it may name the report's types; the values reach it
  // through data.
  features: {
    may: ["shared", "domain", "data", "ui"],
    mayTypes: ["report"],
    npm: [...react, "react-router", "clsx", "lucide-react"],
  },
  pages: { may: ["shared", "features", "ui"], npm: [...react, "react-router"] },
  // The public page: no wallet, no router, no query cache, and charts only after the first figure. It shows the
  // features' own models and props-only views, so that a figure has one text; what hangs on the data layer cannot
  // come along, since the public-graph rule follows every path.
  transparency: {
    may: ["shared", "domain", "chain", "report", "ui", "features"],
    npm: [...react, "react-dom/client", "clsx", "lucide-react", "@fontsource-variable/inter/**"],
  },
  app: { may: everySourceLayer, npm: ["*"] },
  // The command line is a second top beside the app, and the only product code that runs in Node. It takes no
  // feature: its figures are the report's own, in the words that the screens share.
  cli: { may: ["shared", "domain", "chain", "report", "data", "ui"], npm: ["node:*"] },
  // The bootstrap chooses between the public entry and the app; what it may load at once is judged by the
  // public-graph rule, since a static import of the app would put a wallet in everybody's first chunk.
  main: {
    may: ["shared", "domain", "chain", "report", "ui", "app", "transparency"],
    npm: [...react, "react-dom/client", "@fontsource-variable/inter/**"],
  },
  testing: { may: [...everySourceLayer, "app", "cli", "devnet"], npm: ["*", "node:*"] },
  devnet: { may: [], npm: ["*", "node:*"] },
  e2e: { may: ["devnet", "config"], npm: ["*", "node:*"] },
  // A journey knows the browser only through fixtures and page objects.
  specs: { may: [], npm: [] },
  config: { may: ["devnet", "e2e"], npm: ["*", "node:*"] },
};

/** Names in viem's root that open a connection. `chain` takes a `request` function instead. */
const VIEM_CLIENT_NAMES =
  /^(create\w*Client|http|webSocket|ipc|custom|fallback|loadBalance|createTransport|\w+Actions|getContract)$/;

export interface ResolvedImport extends ImportFound {
  readonly from: string;
  /** Path of the module in the repository, or undefined for an npm package. */
  readonly to: string | undefined;
}

/** Where a file lives, by its path from the repository's top. */
export function layerOf(path: string): Layer | undefined {
  if (path.startsWith("src/")) {
    const folder = path.split("/")[1] ?? "";
    if (path.split("/").length === 2) return "main";
    return folder in LAYER_RULES ? (folder as Layer) : undefined;
  }
  if (path.startsWith("devnet/")) return "devnet";
  if (path.startsWith("e2e/specs/")) return "specs";
  if (path.startsWith("e2e/")) return "e2e";
  return path.includes("/") && !path.startsWith(".ci/") ? undefined : "config";
}

export function isTestFile(path: string): boolean {
  return /\.(test|spec)\.tsx?$/.test(path) || path.startsWith("src/testing/");
}

const featureOf = (path: string): string => path.split("/")[2] ?? "";

function npmAllowed(specifier: string, allowed: readonly string[]): boolean {
  return allowed.some((entry) => {
    if (entry === "node:*") return specifier.startsWith("node:");
    if (entry === "*") return !specifier.startsWith("node:");
    if (!entry.endsWith("/**")) return specifier === entry;
    const name = entry.slice(0, -3);
    return specifier === name || specifier.startsWith(`${name}/`);
  });
}

function npmProblem(one: ResolvedImport, layer: Layer): string | undefined {
  const { specifier } = one;
  if (!npmAllowed(specifier, LAYER_RULES[layer].npm)) {
    const name = specifier.startsWith("node:") ? "Node's" : "the npm package";
    return `${layer} may not import ${name} "${specifier}"`;
  }
  if (layer === "ui" && specifier === "recharts" && !one.from.startsWith("src/ui/charts/"))
    return "Recharts is imported only in src/ui/charts";
  if (layer === "chain" && specifier === "viem" && !isTypeOnly(one.kind)) {
    const client = one.names.find((name) => name === "*" || VIEM_CLIENT_NAMES.test(name));
    if (client !== undefined)
      return `chain takes a request function and opens no connection: viem's "${client}"`;
  }
  return undefined;
}

/**
 * Judges one production import. Returns the reason in words, or undefined when it is allowed.
 * Tests are judged by `testProblem`.
 */
export function importProblem(one: ResolvedImport): string | undefined {
  const layer = layerOf(one.from);
  if (layer === undefined) return "this folder belongs to no layer";
  if (one.to === undefined) return npmProblem(one, layer);

  const target = layerOf(one.to);
  if (target === undefined) return `${one.to} belongs to no layer`;
  if (isTestFile(one.to)) return "test-only code is imported by tests only";

  if (layer === "features" && target === "features" && featureOf(one.from) !== featureOf(one.to))
    return "features do not import each other; they meet on a page";
  if (layer === "specs" && target === "e2e")
    return /^e2e\/(fixtures|pages)\//.test(one.to)
      ? undefined
      : "a journey imports only e2e/fixtures and e2e/pages";
  if (layer === "e2e" && one.from.startsWith("e2e/bench/") && one.to.startsWith("src/")) return undefined;
  if (layer === "transparency" && one.to.startsWith("src/ui/charts/") && one.kind !== "dynamic")
    return isTypeOnly(one.kind) ? undefined : "the public page loads charts lazily, after its first figure";
  if (layer === target) return undefined;

  const rule = LAYER_RULES[layer];
  if (rule.may.includes(target)) return undefined;
  if (rule.mayTypes?.includes(target)) {
    return isTypeOnly(one.kind) ? undefined : `${layer} may take only types from ${target}`;
  }
  return `${layer} may not import ${target}`;
}

/** Tests may reach anywhere below them, with two walls: devnet's tests stay away from src, journeys from all. */
export function testProblem(one: ResolvedImport): string | undefined {
  const layer = layerOf(one.from);
  if (layer === "specs") return importProblem(one);
  if (layer === "devnet" && one.to?.startsWith("src/")) return "devnet may not import src";
  if (layer === "e2e" && one.to?.startsWith("src/") && !one.from.startsWith("e2e/bench/"))
    return "e2e may not import src";
  return undefined;
}
