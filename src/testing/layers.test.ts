import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checkLayers, readSourceTree, type SourceTree } from "./layers";
import { importsOf } from "./layers-imports";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const show = (tree: SourceTree): string[] =>
  checkLayers(tree).violations.map((one) => `${one.from}:${one.line} [${one.rule}] ${one.reason}`);

describe("the layers of this repository", () => {
  const tree = readSourceTree({ root, folders: ["src", "e2e", "devnet"] });

  it("hold for every import that is really written", () => {
    expect(show(tree)).toEqual([]);
  });

  it("are checked on real files and real imports, not on nothing", () => {
    const report = checkLayers(tree);
    expect(report.modulesRead).toBeGreaterThan(5);
    expect(report.importsRead).toBeGreaterThan(10);
    expect([...tree.keys()]).toContain("src/domain/model.ts");
    expect([...tree.keys()]).toContain("vite.config.ts");
  });
});

/** A house in small: one module a layer, no violation. Every case below adds one fault to it. */
const cleanHouse: Readonly<Record<string, string>> = {
  "src/shared/assert.ts": "export const assert = 1;",
  "src/domain/model.ts": "export interface Model { readonly a: bigint }",
  "src/domain/health.ts": 'import type { Model } from "./model";\nexport const health = (m: Model) => m.a;',
  "src/chain/read.ts":
    'import { decodeFunctionResult } from "viem";\nexport const read = decodeFunctionResult;',
  "src/report/report.ts": 'import { read } from "@/chain/read";\nexport const report = read;',
  "src/data/hooks.ts": 'import { useConnection } from "wagmi";\nexport const useIt = useConnection;',
  "src/ui/button.tsx": "export const Button = () => null;",
  "src/ui/charts/line.tsx": 'import { LineChart } from "recharts";\nexport const Line = LineChart;',
  "src/features/loss-share/panel.tsx":
    'import { Button } from "@/ui/button";\nimport { useIt } from "@/data/hooks";\nexport const Panel = [Button, useIt];',
  "src/features/wallet/wallet.tsx": "export const Wallet = 1;",
  "src/pages/overview.tsx":
    'import { Panel } from "@/features/loss-share/panel";\nexport const Overview = Panel;',
  "src/transparency/page.tsx": 'import { report } from "@/report/report";\nexport const page = report;',
  "src/app/start.tsx": 'import { Overview } from "@/pages/overview";\nexport const start = Overview;',
  "src/main.tsx": 'void import("./app/start");\nvoid import("./transparency/page");',
  "src/cli/report.ts":
    'import { writeFileSync } from "node:fs";\nimport { report } from "@/report/report";\nwriteFileSync("x", report);',
  "src/testing/builders.ts": "export const build = 1;",
  "src/domain/health.test.ts": 'import { build } from "@/testing/builders";\nbuild;',
  "devnet/start.ts": "export const startDevnet = 1;",
  "e2e/fixtures/test.ts":
    'import { startDevnet } from "../../devnet/start";\nexport const test = startDevnet;',
  "e2e/specs/read.spec.ts": 'import { test } from "../fixtures/test";\ntest;',
};

const withFile = (path: string, text: string): SourceTree =>
  new Map([...Object.entries(cleanHouse), [path, text]]);

describe("the guard of the layers", () => {
  it("finds nothing in a clean house", () => {
    expect(show(new Map(Object.entries(cleanHouse)))).toEqual([]);
  });

  it.each<[title: string, path: string, text: string, reason: RegExp]>([
    [
      "an alias import upwards",
      "src/domain/x.ts",
      'import { read } from "@/chain/read"; read;',
      /domain may not import chain/,
    ],
    [
      "a relative import upwards",
      "src/shared/x.ts",
      'import { health } from "../domain/health"; health;',
      /shared may not import domain/,
    ],
    [
      "a type-only import upwards",
      "src/domain/x.ts",
      'import type { read } from "@/chain/read"; export type A = typeof read;',
      /domain may not import chain/,
    ],
    [
      "an inline type import upwards",
      "src/domain/x.ts",
      'export type A = typeof import("@/chain/read").read;',
      /domain may not import chain/,
    ],
    [
      "a dynamic import upwards",
      "src/domain/x.ts",
      'void import("../chain/read");',
      /domain may not import chain/,
    ],
    [
      "a re-export upwards",
      "src/domain/x.ts",
      'export { read } from "@/chain/read";',
      /domain may not import chain/,
    ],
    [
      "a star re-export upwards",
      "src/domain/x.ts",
      'export * from "@/chain/read";',
      /domain may not import chain/,
    ],
    [
      "a type re-export upwards",
      "src/domain/x.ts",
      'export type { read } from "@/chain/read";',
      /domain may not import chain/,
    ],
    [
      "a side-effect import upwards",
      "src/domain/x.ts",
      'import "@/chain/read";',
      /domain may not import chain/,
    ],
    [
      "a worker address upwards",
      "src/domain/x.ts",
      'new URL("../chain/read.ts", import.meta.url);',
      /domain may not import chain/,
    ],
    [
      "a require upwards",
      "src/domain/x.ts",
      'import read = require("../chain/read"); read;',
      /domain may not import chain/,
    ],
    [
      "an import whose target is computed",
      "src/app/x.ts",
      "const n = `./${1}`; void import(n);",
      /import\(n\)/,
    ],
    ["a glob import", "src/app/x.ts", 'import.meta.glob("../domain/*.ts");', /glob/],
    ["a target that does not exist", "src/app/x.ts", 'import "./gone";', /cannot resolve/],
    ["a file in no layer", "src/helpers/x.ts", "export const x = 1;", /belongs to no layer/],
    [
      "feature to feature",
      "src/features/wallet/x.ts",
      'import { Panel } from "../loss-share/panel"; Panel;',
      /features do not import each other/,
    ],
    [
      "a feature that reads the chain",
      "src/features/wallet/x.ts",
      'import { read } from "@/chain/read"; read;',
      /features may not import chain/,
    ],
    [
      "a feature that takes a value of the report",
      "src/features/wallet/x.ts",
      'import { report } from "@/report/report"; report;',
      /only types/,
    ],
    [
      "a page that fetches",
      "src/pages/x.ts",
      'import { useIt } from "@/data/hooks"; useIt;',
      /pages may not import data/,
    ],
    [
      "a view that reaches for data",
      "src/ui/x.ts",
      'import { useIt } from "@/data/hooks"; useIt;',
      /ui may not import data/,
    ],
    [
      "npm in the domain",
      "src/domain/x.ts",
      'import { z } from "zod/mini"; z;',
      /domain may not import the npm package/,
    ],
    [
      "an npm type in shared",
      "src/shared/x.ts",
      'import type { Hex } from "viem"; export type A = Hex;',
      /shared may not import the npm package/,
    ],
    [
      "Node in the domain",
      "src/domain/x.ts",
      'import { readFileSync } from "node:fs"; readFileSync;',
      /Node's/,
    ],
    ["Node in the app", "src/app/x.ts", 'import { readFileSync } from "node:fs"; readFileSync;', /Node's/],
    ["Node in the report", "src/report/x.ts", 'import { join } from "node:path"; join;', /Node's/],
    [
      "a page that imports the command line",
      "src/app/x.ts",
      'import "@/cli/report";',
      /app may not import cli/,
    ],
    [
      "a command line that shows a screen",
      "src/cli/x.ts",
      'import { Panel } from "@/features/loss-share/panel"; Panel;',
      /cli may not import features/,
    ],
    [
      "a command line that goes round the report's client",
      "src/cli/x.ts",
      'import { createPublicClient } from "viem"; createPublicClient;',
      /cli may not import the npm package/,
    ],
    [
      "Recharts outside the charts folder",
      "src/ui/x.tsx",
      'import { Line } from "recharts"; Line;',
      /only in src\/ui\/charts/,
    ],
    [
      "Recharts in a feature",
      "src/features/wallet/x.tsx",
      'import { Line } from "recharts"; Line;',
      /recharts/,
    ],
    [
      "viem in a feature",
      "src/features/wallet/x.ts",
      'import { parseUnits } from "viem"; parseUnits;',
      /viem/,
    ],
    [
      "a viem client in the chain layer",
      "src/chain/x.ts",
      'import { createPublicClient } from "viem"; createPublicClient;',
      /opens no connection/,
    ],
    [
      "a viem transport in the chain layer",
      "src/chain/x.ts",
      'import { http as h } from "viem"; h;',
      /opens no connection/,
    ],
    [
      "all of viem in the chain layer",
      "src/chain/x.ts",
      'import * as viem from "viem"; viem;',
      /opens no connection/,
    ],
    [
      "viem's actions in the chain layer",
      "src/chain/x.ts",
      'import { call } from "viem/actions"; call;',
      /viem\/actions/,
    ],
    [
      "wagmi in a feature",
      "src/features/wallet/x.ts",
      'import { useConnection } from "wagmi"; useConnection;',
      /wagmi/,
    ],
    [
      "test helpers in production",
      "src/app/x.ts",
      'import { build } from "@/testing/builders"; build;',
      /imported by tests only/,
    ],
    ["a test in production", "src/app/x.ts", 'import "../domain/health.test";', /imported by tests only/],
    [
      "production that imports devnet",
      "src/app/x.ts",
      'import "../../devnet/start";',
      /app may not import devnet/,
    ],
    [
      "production that imports e2e",
      "src/app/x.ts",
      'import "../../e2e/fixtures/test";',
      /app may not import e2e/,
    ],
    [
      "devnet that imports src",
      "devnet/x.ts",
      'import { health } from "../src/domain/health"; health;',
      /devnet may not import domain/,
    ],
    [
      "a devnet test that imports src",
      "devnet/x.test.ts",
      'import { health } from "../src/domain/health"; health;',
      /devnet may not import src/,
    ],
    [
      "a fixture that imports src",
      "e2e/fixtures/x.ts",
      'import { health } from "@/domain/health"; health;',
      /e2e may not import domain/,
    ],
    [
      "a journey that goes round the fixtures",
      "e2e/specs/x.spec.ts",
      'import "../../devnet/start";',
      /specs may not import devnet/,
    ],
    [
      "a journey that imports Playwright itself",
      "e2e/specs/x.spec.ts",
      'import { test } from "@playwright/test"; test;',
      /specs may not import/,
    ],
    [
      "charts in the public page's first chunk",
      "src/transparency/x.tsx",
      'import { Line } from "@/ui/charts/line"; Line;',
      /lazily/,
    ],
    [
      "a router on the public page",
      "src/transparency/x.tsx",
      'import { Link } from "react-router"; Link;',
      /react-router/,
    ],
  ])("finds %s", (_title, path, text, reason) => {
    const { violations } = checkLayers(withFile(path, text));
    expect(violations.map((one) => one.reason)).toContainEqual(expect.stringMatching(reason));
    // The public-graph rule reports the far end of a path; every other rule names the planted file itself.
    const direct = violations.filter((one) => one.rule !== "public-graph");
    expect(direct.map((one) => one.from)).toEqual(direct.map(() => path));
  });

  it("finds a cycle, even one closed by a type", () => {
    const tree = new Map(withFile("src/domain/a.ts", 'import type { B } from "./b";\nexport type A = B;'));
    tree.set("src/domain/b.ts", 'export type { A as B } from "./a";');
    expect(show(tree)).toEqual([
      "src/domain/b.ts:1 [cycle] src/domain/a.ts -> src/domain/b.ts -> src/domain/a.ts",
    ]);
  });

  it("finds a package for operators that the public page reaches by a detour", () => {
    const tree = new Map(
      withFile("src/ui/detour.tsx", 'import { Line } from "./charts/line";\nexport const D = Line;'),
    );
    tree.set("src/transparency/x.tsx", 'import { D } from "@/ui/detour"; D;');
    expect(show(tree)).toEqual([
      "src/ui/charts/line.tsx:1 [public-graph] src/transparency/x.tsx -> src/ui/detour.tsx -> src/ui/charts/line.tsx -> recharts",
    ]);
  });

  it("finds the operators' app in everybody's first chunk", () => {
    expect(show(withFile("src/main.tsx", 'import "./app/start";'))).toEqual([
      "src/app/start.tsx:1 [public-graph] src/main.tsx -> src/app/start.tsx -> src/pages/overview.tsx",
    ]);
  });

  it("lets the public page load its charts lazily", () => {
    expect(show(withFile("src/transparency/x.tsx", 'void import("@/ui/charts/line");'))).toEqual([]);
  });

  it("refuses a file that it cannot parse instead of passing it", () => {
    expect(() => checkLayers(withFile("src/domain/x.ts", "export const = ;"))).toThrow(/cannot be parsed/);
  });
});

describe("reading imports", () => {
  it("tells values from types, name by name", () => {
    const text = [
      'import a, { type B, c as d } from "one";',
      'import { type E } from "two";',
      'export { type F } from "three";',
      "export const local = 1;",
    ].join("\n");
    expect(importsOf({ path: "x.ts", text }).imports).toEqual([
      { specifier: "one", kind: "static", names: ["default", "B", "c"], line: 1 },
      { specifier: "two", kind: "type", names: ["E"], line: 2 },
      { specifier: "three", kind: "type-re-export", names: ["F"], line: 3 },
    ]);
  });
});
