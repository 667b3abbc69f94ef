import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

export interface Browser {
  readonly path: string;
  /** Where it came from, in words for the log. */
  readonly source: string;
  readonly version: string;
}

export class NoBrowserError extends Error {}

/** What the search needs to know of the machine; tests pass their own. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  readonly playwrightPath: () => string;
  readonly exists: (path: string) => boolean;
  /** Version line of the program, or undefined when it does not run. */
  readonly versionOf: (path: string) => string | undefined;
  /** Runs a command with its output shown; true when it succeeded. */
  readonly run: (command: string, args: readonly string[]) => boolean;
}

const SYSTEM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_APPS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const HOW_TO = [
  "No Chromium was found and none could be installed.",
  "Name one with PLIMSOLL_CHROMIUM=/path/to/chromium, install one with the system's package manager",
  "(Debian: apt-get install chromium), or run `npx playwright install chromium`.",
].join(" ");

export function thisMachine(): Machine {
  return {
    env: process.env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    playwrightPath: () => chromium.executablePath(),
    exists: existsSync,
    versionOf: (path) => {
      const { status, stdout } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 20_000 });
      return status === 0 ? stdout.trim() : undefined;
    },
    run: (command, args) => spawnSync(command, args, { stdio: "inherit" }).status === 0,
  };
}

function onPath(machine: Machine): string | undefined {
  const folders = (machine.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const paths = SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...paths, ...(machine.platform === "darwin" ? MAC_APPS : [])].find(machine.exists);
}

function checked(
  path: string,
  at: { readonly source: string; readonly machine: Machine },
): Browser | undefined {
  const version = at.machine.versionOf(path);
  return version === undefined ? undefined : { path, source: at.source, version };
}

/**
 * Finds a Chromium that really starts: the one named by PLIMSOLL_CHROMIUM, a system one, Playwright's own.
 * A named one that does not start is an error, since silently taking another would test something else.
 *
 * @throws NoBrowserError when PLIMSOLL_CHROMIUM names a program that does not run
 */
export function findBrowser(machine: Machine = thisMachine()): Browser | undefined {
  const named = machine.env.PLIMSOLL_CHROMIUM;
  if (named !== undefined && named !== "") {
    const browser = checked(named, { source: "PLIMSOLL_CHROMIUM", machine });
    if (browser === undefined) throw new NoBrowserError(`PLIMSOLL_CHROMIUM=${named} does not start`);
    return browser;
  }
  const system = onPath(machine);
  const found = system === undefined ? undefined : checked(system, { source: "the system's", machine });
  if (found !== undefined) return found;
  const own = machine.playwrightPath();
  return machine.exists(own) ? checked(own, { source: "Playwright's own", machine }) : undefined;
}

/**
 * Finds a Chromium, or installs one with the system's package manager when this is Linux and we are root.
 *
 * @throws NoBrowserError with what to do, when there is none and none can be installed
 */
export function findOrInstallBrowser(machine: Machine = thisMachine()): Browser {
  const found = findBrowser(machine);
  if (found !== undefined) return found;
  const canInstall = machine.platform === "linux" && machine.isRoot && machine.exists("/usr/bin/apt-get");
  if (!canInstall) throw new NoBrowserError(HOW_TO);
  const install = ["install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"];
  const isInstalled = machine.run("apt-get", ["update"]) && machine.run("apt-get", install);
  const browser = isInstalled ? findBrowser(machine) : undefined;
  if (browser === undefined) throw new NoBrowserError(HOW_TO);
  return { ...browser, source: "just installed with apt-get" };
}

/** Keeps Chromium from calling anybody but the page under test. */
export const QUIET_FLAGS: readonly string[] = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-default-apps",
];
