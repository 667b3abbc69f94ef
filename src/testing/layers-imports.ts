import { parseSync, Visitor } from "oxc-parser";

/** How one module names another. `url` is `new URL("./worker.ts", import.meta.url)`, the way a worker is named. */
export type ImportKind =
  | "static"
  | "type"
  | "dynamic"
  | "re-export"
  | "type-re-export"
  | "side-effect"
  | "url";

export interface ImportFound {
  /** The text between the quotes, unchanged. */
  readonly specifier: string;
  readonly kind: ImportKind;
  /** Names taken from the module; `*` for a namespace or a star re-export, `default` for the default. */
  readonly names: readonly string[];
  readonly line: number;
}

export interface ModuleImports {
  readonly imports: readonly ImportFound[];
  /** Imports whose target is computed, so that no rule can judge them. Each is a violation. */
  readonly unreadable: readonly { readonly line: number; readonly text: string }[];
}

/** True for kinds that vanish when TypeScript is compiled. */
export function isTypeOnly(kind: ImportKind): boolean {
  return kind === "type" || kind === "type-re-export";
}

/** Any node of the syntax tree: names and literals are looked up by the fields that they really have. */
type Node = Readonly<{ type: string }>;

function literalOf(node: Node): string | undefined {
  return node.type === "Literal" && "value" in node && typeof node.value === "string"
    ? node.value
    : undefined;
}

function nameOf(node: Node): string {
  return "name" in node && typeof node.name === "string" ? node.name : (literalOf(node) ?? "");
}

/**
 * Every import of one TypeScript module, found by parsing it: static, type-only (of the whole declaration, of
 * each name, and `import("x").T`), dynamic, re-exports, `import x = require()`, `require()` and worker addresses.
 *
 * @throws Error when the text is not valid TypeScript: a file that cannot be read must not pass as clean.
 */
export function importsOf(file: { readonly path: string; readonly text: string }): ModuleImports {
  const parsed = parseSync(file.path, file.text);
  const firstError = parsed.errors[0];
  if (firstError !== undefined) throw new Error(`${file.path} cannot be parsed: ${firstError.message}`);

  const imports: ImportFound[] = [];
  const unreadable: { line: number; text: string }[] = [];
  const lineAt = (offset: number): number => file.text.slice(0, offset).split("\n").length;
  const add = (entry: {
    specifier: string;
    kind: ImportKind;
    names: readonly string[];
    at: number;
  }): void => {
    const { at, ...rest } = entry;
    imports.push({ ...rest, line: lineAt(at) });
  };
  const refuse = (span: { start: number; end: number }): void => {
    unreadable.push({ line: lineAt(span.start), text: file.text.slice(span.start, span.end).slice(0, 80) });
  };

  new Visitor({
    ImportDeclaration(node) {
      const specifiers = node.specifiers;
      const names = specifiers.map((one) =>
        one.type === "ImportSpecifier"
          ? nameOf(one.imported)
          : one.type === "ImportNamespaceSpecifier"
            ? "*"
            : "default",
      );
      const isType =
        node.importKind === "type" ||
        (specifiers.length > 0 &&
          specifiers.every((one) => one.type === "ImportSpecifier" && one.importKind === "type"));
      const kind = isType ? "type" : specifiers.length === 0 ? "side-effect" : "static";
      add({ specifier: node.source.value, kind, names, at: node.start });
    },
    ExportNamedDeclaration(node) {
      if (node.source === null) return;
      const isType =
        node.exportKind === "type" ||
        (node.specifiers.length > 0 && node.specifiers.every((one) => one.exportKind === "type"));
      const kind = isType ? "type-re-export" : "re-export";
      const names = node.specifiers.map((one) => nameOf(one.local));
      add({ specifier: node.source.value, kind, names, at: node.start });
    },
    ExportAllDeclaration(node) {
      const kind = node.exportKind === "type" ? "type-re-export" : "re-export";
      add({ specifier: node.source.value, kind, names: ["*"], at: node.start });
    },
    ImportExpression(node) {
      const specifier = literalOf(node.source);
      if (specifier === undefined) refuse(node);
      else add({ specifier, kind: "dynamic", names: ["*"], at: node.start });
    },
    TSImportType(node) {
      const specifier = literalOf(node.source);
      if (specifier === undefined) refuse(node);
      else add({ specifier, kind: "type", names: ["*"], at: node.start });
    },
    TSExternalModuleReference(node) {
      const specifier = literalOf(node.expression);
      if (specifier === undefined) refuse(node);
      else add({ specifier, kind: "static", names: ["*"], at: node.start });
    },
    CallExpression(node) {
      const { callee } = node;
      if (callee.type === "Identifier" && callee.name === "require") {
        const first = node.arguments[0];
        const specifier = first === undefined ? undefined : literalOf(first);
        if (specifier === undefined) refuse(node);
        else add({ specifier, kind: "static", names: ["*"], at: node.start });
      }
      if (
        callee.type === "MemberExpression" &&
        callee.object.type === "MetaProperty" &&
        nameOf(callee.property).startsWith("glob")
      )
        refuse(node);
    },
    NewExpression(node) {
      const [first, second] = node.arguments;
      if (node.callee.type !== "Identifier" || node.callee.name !== "URL") return;
      if (first === undefined || second?.type !== "MemberExpression") return;
      if (second.object.type !== "MetaProperty") return;
      const specifier = literalOf(first);
      // A folder or a data file addressed this way is no module; only code is an edge of the graph.
      if (specifier !== undefined && /\.[cm]?[jt]sx?$/.test(specifier))
        add({ specifier, kind: "url", names: [], at: node.start });
    },
  }).visit(parsed.program);

  return { imports, unreadable };
}
