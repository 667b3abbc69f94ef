// npm leaves the platform packages of other operating systems out of the lockfile when the registry in use
// does not serve them, and `npm ci` then refuses the lockfile it wrote itself. This adds the missing entries:
// exact version from the parent's optionalDependencies, marked optional and bound to their os / cpu / libc.
// Run it after every change of a dependency: npm run lock
import { readFileSync, writeFileSync } from "node:fs";

const FILE = "package-lock.json";
const lock = JSON.parse(readFileSync(FILE, "utf8"));
const packages = lock.packages;
const OS = /(android|darwin|linux|win32|freebsd|openharmony|netbsd|openbsd|aix|sunos)/;
const CPU = /(wasm32|x64|amd64|arm64|ia32|ppc64|riscv64|s390x|loong64|mips64el|arm)/;

/** The folder whose node_modules holds the package at `path`: "" for the top. */
const holderOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf("node_modules/") - 1));

/** Where Node would find `name` from the package at `from`: the entry's path and version, or undefined. */
function lockedAt(from, name) {
  for (let dir = from; ; dir = holderOf(dir)) {
    const path = `${dir ? `${dir}/` : ""}node_modules/${name}`;
    if (packages[path]) return { path, version: packages[path].version };
    if (!dir) return undefined;
  }
}

let added = 0;
// Outer packages first: theirs is the version that stands at the top; a nested one with another version gets its own.
const parents = Object.entries(packages).sort(
  ([a], [b]) => a.split("node_modules/").length - b.split("node_modules/").length,
);
for (const [from, entry] of parents) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (!/^\d+\.\d+\.\d+/.test(version)) continue;
    const locked = lockedAt(from, name);
    if (locked?.version === version) continue;
    const os = name.match(OS)?.[1];
    const cpu = name.match(CPU)?.[1];
    if (!os && !cpu) {
      console.error(`left out: ${name} (no platform in its name)`);
      continue;
    }
    const holder = locked === undefined ? "" : holderOf(from);
    packages[`${holder ? `${holder}/` : ""}node_modules/${name}`] = {
      version,
      ...(cpu ? { cpu: [cpu === "amd64" ? "x64" : cpu] } : {}),
      ...(from && entry.dev ? { dev: true } : {}),
      ...(name.includes("musl") ? { libc: ["musl"] } : {}),
      optional: true,
      ...(os ? { os: [os] } : {}),
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`lockfile: ${added} platform entries added`);
