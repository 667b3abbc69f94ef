import { fileURLToPath } from "node:url";
import { build } from "vite";

const ENTRIES = {
  wallet: new URL("./page/wallet.ts", import.meta.url),
  "time-bar": new URL("./page/time-bar.ts", import.meta.url),
};

/**
 * Bundles the two scripts that the demo adds to the page, in memory: each one classic script, so that it runs
 * under the app's content policy without a module graph of its own.
 */
export async function buildPageScripts(): Promise<Readonly<Record<string, string>>> {
  const built = await Promise.all(
    Object.entries(ENTRIES).map(async ([name, entry]) => {
      const result = await build({
        configFile: false,
        logLevel: "error",
        build: {
          write: false,
          target: "es2022",
          lib: {
            entry: fileURLToPath(entry),
            formats: ["iife"],
            name: `plimsollDevnet${name.replace("-", "")}`,
            fileName: () => `${name}.js`,
          },
        },
      });
      const [output] = Array.isArray(result) ? result : [result];
      if (output === undefined || !("output" in output)) throw new Error(`Vite built nothing for ${name}.`);
      return [`${name}.js`, output.output[0].code] as const;
    }),
  );
  return Object.fromEntries(built);
}
