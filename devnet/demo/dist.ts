import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const DIST = join(ROOT, "dist");
/** Everything that the build reads. */
const SOURCES = [
  "src",
  "public",
  "index.html",
  "vite.config.ts",
  "tailwind.config.ts",
  "tsconfig.base.json",
  "package-lock.json",
] as const;

/** The dashboard could not be built; the bundler's own output says why. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}

/**
 * Builds the dashboard into `dist`, unless it is newer than everything it is made from. The bundler runs as a
 * process of its own, beside the seeding of the chain.
 * @returns whether a build was needed
 */
export async function buildDashboard(): Promise<boolean> {
  if (isFresh()) return false;
  const bundler = join(dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");
  const child = spawn(process.execPath, [bundler, "build", "--logLevel", "warn"], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const end = (): void => void child.kill("SIGTERM");
  process.once("exit", end);
  await new Promise<void>((resolve, reject) => {
    child.once("error", (cause) => reject(new BuildError("vite could not be started", { cause })));
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new BuildError(`vite build ended with code ${code}`)),
    );
  });
  process.removeListener("exit", end);
  return true;
}

function isFresh(): boolean {
  const built = join(DIST, "index.html");
  if (!existsSync(built)) return false;
  const builtAtMs = statSync(built).mtimeMs;
  return SOURCES.every((source) => newestMs(join(ROOT, source)) <= builtAtMs);
}

function newestMs(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestMs(join(path, name))),
    stat.mtimeMs,
  );
}
