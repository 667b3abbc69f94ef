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

function isLocked(from, name) {
  for (
    let dir = from;
    ;
    dir = dir.includes("/node_modules/") ? dir.slice(0, dir.lastIndexOf("/node_modules/")) : ""
  ) {
    if (packages[`${dir ? `${dir}/` : ""}node_modules/${name}`]) return true;
    if (!dir) return false;
  }
}

let added = 0;
for (const [from, entry] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (!/^\d+\.\d+\.\d+/.test(version) || isLocked(from, name)) continue;
    const os = name.match(OS)?.[1];
    const cpu = name.match(CPU)?.[1];
    if (!os && !cpu) {
      console.error(`left out: ${name} (no platform in its name)`);
      continue;
    }
    packages[`node_modules/${name}`] = {
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
