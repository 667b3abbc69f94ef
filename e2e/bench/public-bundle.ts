import { gzipSync } from "node:zlib";
import { build } from "vite";
import { readRebuiltSite } from "../tools/built-site";
import { findingsOf, LIMITS, publicChunks } from "../tools/gates";
import { root } from "../tools/steps";
import { atMost, type GoalResult } from "./goal";

/** Gzipped bytes of all JavaScript when nothing is loaded lazily: what one bundle for everybody would weigh. */
async function eagerBytes(): Promise<number> {
  const made = await build({
    root,
    logLevel: "error",
    build: { write: false, rolldownOptions: { output: { codeSplitting: false } } },
  });
  const outputs = (Array.isArray(made) ? made : [made]).flatMap((one) => ("output" in one ? one.output : []));
  return outputs.reduce(
    (sum, one) => sum + (one.type === "chunk" ? gzipSync(one.code, { level: 9 }).length : 0),
    0,
  );
}

/** P9: what a reader of the public page downloads before its first figure. */
export async function publicBundle(): Promise<GoalResult> {
  const site = await readRebuiltSite(root);
  const chunks = publicChunks(site.chunks);
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.gzipBytes, 0);
  const eager = await eagerBytes();
  const findings = findingsOf(site);
  const countOf = (gate: string): number => findings.filter((one) => one.gate === gate).length;
  return {
    id: "P9",
    goal: "public page: at most 110 kB of JavaScript gzipped, 0.40 of everything eager, no wallet, no charts",
    checks: [
      atMost({ what: "eager JavaScript", measured: bytes, limit: LIMITS.publicGzipBytes, unit: "bytes" }),
      atMost({ what: "of the everything-eager build", measured: bytes / eager, limit: 0.4, unit: "" }),
      atMost({
        what: "modules of wallet, router or charts",
        measured: countOf("public-graph"),
        limit: 0,
        unit: "",
      }),
      atMost({ what: "other origins", measured: countOf("origins"), limit: 0, unit: "" }),
    ],
    notes: {
      "everything eager": eager,
      "aim, bytes": 90_000,
      chunks: chunks.map((chunk) => `${chunk.file} ${chunk.gzipBytes}`).join(", "),
    },
  };
}
