import { join } from "node:path";
import { readBuiltSite } from "./built-site";
import { findingsOf, LIMITS, publicChunks } from "./gates";
import { root } from "./steps";

/** Judges the site in `dist`: sizes, what the public page downloads, origins, policy, secrets, same bytes twice. */
async function main(): Promise<number> {
  const site = await readBuiltSite({ root, folder: join(root, "dist") });
  const publicBytes = publicChunks(site.chunks).reduce((sum, chunk) => sum + chunk.gzipBytes, 0);
  const kB = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} kB`;
  process.stdout.write(
    `${site.files.size} files, ${site.chunks.length} chunks; public page ${kB(publicBytes)} gzipped of ${kB(LIMITS.publicGzipBytes)} allowed\n`,
  );
  const findings = findingsOf(site);
  for (const { gate, where, problem } of findings) process.stdout.write(`${gate}: ${where}: ${problem}\n`);
  process.stdout.write(
    findings.length === 0 ? "static gates: all hold\n" : `static gates: ${findings.length} fail\n`,
  );
  return findings.length === 0 ? 0 : 1;
}

process.exitCode = await main();
