import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { importsOf, isTypeOnly } from "./layers-imports";
import { importProblem, isTestFile, layerOf, type ResolvedImport, testProblem } from "./layers-rules";

export interface LayerViolation {
  readonly rule: "direction" | "unreadable" | "unresolved" | "cycle" | "public-graph";
  readonly from: string;
  readonly line: number;
  readonly reason: string;
}

export interface LayerReport {
  readonly modulesRead: number;
  readonly importsRead: number;
  readonly violations: readonly LayerViolation[];
}

/** Repository paths with `/`, mapped to the file's text. */
export type SourceTree = ReadonlyMap<string, string>;

const CODE = /\.tsx?$/;
const SUFFIXES = ["", ".ts", ".tsx", "/index.ts", "/index.tsx"];
/** Styles, pictures and data: edges that end here and carry no code of ours. */
const ASSET = /\.(css|svg|json|woff2|png)$/;

/**
 * Reads every TypeScript file below the given folders, and those at the top level, from disk.
 *
 * @param at absolute path of the repository
 */
export function readSourceTree(at: {
  readonly root: string;
  readonly folders: readonly string[];
}): SourceTree {
  const files = new Map<string, string>();
  const add = (path: string): void => {
    files.set(path, readFileSync(join(at.root, path), "utf8"));
  };
  for (const folder of at.folders) {
    for (const entry of readdirSync(join(at.root, folder), { recursive: true, withFileTypes: true })) {
      const path = posix.join(entry.parentPath.slice(at.root.length).replace(/^\/+/, ""), entry.name);
      if (entry.isFile() && CODE.test(entry.name) && !path.includes("node_modules/")) add(path);
    }
  }
  for (const entry of readdirSync(at.root, { withFileTypes: true })) {
    if (entry.isFile() && CODE.test(entry.name)) add(entry.name);
  }
  return files;
}

type Resolution = { readonly kind: "file" | "asset" | "npm"; readonly path: string } | undefined;

function resolve(files: SourceTree, one: { readonly from: string; readonly specifier: string }): Resolution {
  const bare = one.specifier.split("?")[0] ?? "";
  const isAlias = bare.startsWith("@/");
  if (!isAlias && !bare.startsWith(".")) return { kind: "npm", path: one.specifier };
  const target = isAlias ? posix.join("src", bare.slice(2)) : posix.join(posix.dirname(one.from), bare);
  for (const suffix of SUFFIXES) {
    if (files.has(target + suffix)) return { kind: "file", path: target + suffix };
  }
  return ASSET.test(bare) ? { kind: "asset", path: target } : undefined;
}

/** One violation per cycle found by walking the graph depth first; the chain of paths is the reason. */
function cyclesOf(graph: ReadonlyMap<string, readonly ResolvedImport[]>): LayerViolation[] {
  const found: LayerViolation[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string): void => {
    if (done.has(path)) return;
    trail.push(path);
    for (const { to, line } of graph.get(path) ?? []) {
      if (to === undefined) continue;
      const at = trail.indexOf(to);
      if (at === -1) visit(to);
      else {
        const reason = [...trail.slice(at), to].join(" -> ");
        found.push({ rule: "cycle", from: path, line, reason });
      }
    }
    trail.pop();
    done.add(path);
  };
  for (const path of graph.keys()) visit(path);
  return found;
}

/** Packages that nobody should download in order to look at a vault. */
const NOT_PUBLIC = /^(wagmi|viem\/actions|@tanstack\/react-query|@wagmi|react-router|recharts)(\/|$)/;

/**
 * Follows what the browser loads at once (no `import()`, no workers) from the bootstrap and from the public
 * entry. A wallet, router or chart package, or an operators' layer, at the end of any such path makes every
 * reader pay for it.
 */
function publicGraphOf(graph: ReadonlyMap<string, readonly ResolvedImport[]>): LayerViolation[] {
  const found: LayerViolation[] = [];
  const seen = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const one of graph.get(path) ?? []) {
      if (isTypeOnly(one.kind) || one.kind === "dynamic" || one.kind === "url") continue;
      const layer = one.to === undefined ? undefined : layerOf(one.to);
      const isOperators = layer === "data" || layer === "pages";
      if (one.to !== undefined && !isOperators) walk(one.to, [...trail, path]);
      else if (isOperators || NOT_PUBLIC.test(one.specifier)) {
        const reason = [...trail, path, one.to ?? one.specifier].join(" -> ");
        found.push({ rule: "public-graph", from: path, line: one.line, reason });
      }
    }
  };
  for (const path of graph.keys()) {
    const layer = layerOf(path);
    if ((layer === "main" || layer === "transparency") && !isTestFile(path)) walk(path, []);
  }
  return found;
}

/**
 * Checks every import of the tree against the layer table, and the whole graph for cycles. Static, type-only,
 * dynamic and re-exporting imports count alike; an import that cannot be resolved or read is a violation too.
 */
export function checkLayers(files: SourceTree): LayerReport {
  const violations: LayerViolation[] = [];
  const graph = new Map<string, ResolvedImport[]>();
  let importsRead = 0;

  for (const [path, text] of files) {
    const { imports, unreadable } = importsOf({ path, text });
    const isTest = isTestFile(path);
    const edges: ResolvedImport[] = [];
    graph.set(path, edges);
    if (layerOf(path) === undefined)
      violations.push({ rule: "direction", from: path, line: 1, reason: "this folder belongs to no layer" });
    for (const { line, text: reason } of isTest ? [] : unreadable)
      violations.push({ rule: "unreadable", from: path, line, reason });
    for (const found of imports) {
      importsRead += 1;
      const target = resolve(files, { from: path, specifier: found.specifier });
      if (target === undefined) {
        const reason = `cannot resolve "${found.specifier}"`;
        violations.push({ rule: "unresolved", from: path, line: found.line, reason });
        continue;
      }
      if (target.kind === "asset") continue;
      const one: ResolvedImport = {
        ...found,
        from: path,
        to: target.kind === "file" ? target.path : undefined,
      };
      const reason = isTest ? testProblem(one) : importProblem(one);
      if (reason !== undefined && layerOf(path) !== undefined)
        violations.push({ rule: "direction", from: path, line: found.line, reason });
      edges.push(one);
    }
  }
  return {
    modulesRead: files.size,
    importsRead,
    violations: [...violations, ...cyclesOf(graph), ...publicGraphOf(graph)],
  };
}
