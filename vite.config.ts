import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const src = fileURLToPath(new URL("./src", import.meta.url));

/** Version of package.json and the commit it was built from; a build outside a checkout says so. */
function buildVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  try {
    const commit = execFileSync("git", ["rev-parse", "--short=10", "HEAD"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return `${version} (${commit.trim()})`;
  } catch (cause) {
    return `${version} (no checkout: ${cause instanceof Error ? cause.name : "unknown cause"})`;
  }
}

/**
 * Emits embed/index.html, the one document that hosts may allow to be framed: the same page, one folder deeper.
 */
function embedDocument(): Plugin {
  return {
    name: "plimsoll-embed-document",
    apply: "build",
    enforce: "post",
    generateBundle(_options, bundle) {
      const index = bundle["index.html"];
      if (index?.type !== "asset")
        throw new Error("the build has no index.html to derive embed/index.html from");
      const source = String(index.source).replaceAll(/(src|href)="\.\//g, '$1="../');
      this.emitFile({ type: "asset", fileName: "embed/index.html", source });
    },
  };
}

export default defineConfig({
  // Relative asset addresses: the same build works at a domain's root, in a sub-folder and from IPFS.
  base: "./",
  define: { __PLIMSOLL_VERSION__: JSON.stringify(buildVersion()) },
  plugins: [react(), tailwindcss(), embedDocument()],
  resolve: { alias: { "@": src } },
  // Workers are modules like the page: their imports stay imports.
  worker: { format: "es" },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What both entries need before their first figure, in one file: small files compress badly.
          groups: [
            {
              name: "base",
              test: /node_modules\/(react|react-dom|scheduler|zod|clsx)\/|lucide-react\/dist\/esm\/(createLucideIcon|Icon|context|shared)|src\/(shared\/(assert|counted|embed-document|exhaustive|format|format-money|parse-address|text|unix-time|version)\.|domain\/(math|figure|ratio|share-price|chain-clock)\.|ui\/(layout\/(page|panel)|data\/(copy-button|progress-bar)|figures\/block-stamp)\.|report\/(config|load-state)|chain\/(rpc|errors|bytes|quantity))/,
            },
          ],
        },
      },
    },
  },
  test: {
    // One a core: the default leaves a core free, which on two cores is half of them.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
          include: ["src/**/*.test.{ts,tsx}", "e2e/**/*.test.ts", "devnet/**/*.test.ts"],
          exclude: ["**/*.chain.test.ts", "devnet/contracts-test/**", "node_modules/**"],
          // Generous, for machines that do other things as well: a test that hangs still ends.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "chain",
          environment: "node",
          include: ["**/*.chain.test.ts", "devnet/contracts-test/**/*.test.ts"],
          exclude: ["node_modules/**"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
