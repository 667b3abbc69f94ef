import { findOrInstallBrowser } from "./find-browser";
import { run } from "./steps";

/**
 * `npm run test:e2e [-- options of Playwright]`: finds or installs a Chromium and says which, builds the site and
 * runs the journeys on it. `--no-build` keeps the site that is there.
 */
async function main(): Promise<number> {
  const browser = findOrInstallBrowser();
  process.stdout.write(`Chromium: ${browser.source}, ${browser.path} (${browser.version})\n`);
  const isBuilt = process.argv.includes("--no-build");
  const args = process.argv.slice(2).filter((argument) => argument !== "--no-build");
  const built = isBuilt ? 0 : await run({ name: "build", program: "vite", args: ["build"] });
  if (built !== 0) return built;
  return run({
    name: "browser tests",
    program: "playwright",
    args: ["test", ...args],
    env: {
      PLIMSOLL_CHROMIUM: browser.path,
    },
  });
}

process.exitCode = await main();
