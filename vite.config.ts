import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const src = fileURLToPath(new URL("./src", import.meta.url));

export default defineConfig({
  // Relative asset addresses: the same build works at a domain's root, in a sub-folder and from IPFS.
  base: "./",
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": src } },
  build: { target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 600 },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
          include: ["src/**/*.test.{ts,tsx}", "e2e/**/*.test.ts", "devnet/**/*.test.ts"],
          exclude: ["**/*.chain.test.ts", "devnet/contracts-test/**", "node_modules/**"],
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
