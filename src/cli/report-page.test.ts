import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { toReportJson } from "@/report/report-json";
import type { ReportJson } from "@/report/report-schema";
import { ledgerReportOf, lessonLedger } from "@/testing/ledger-builders";
import { LESSON, lessonReport, reportOf } from "@/testing/report-builders";
import { stateOf } from "@/testing/vault-builders";
import { html } from "./html";
import { reportPage } from "./report-page";

const LESSON_JSON = toReportJson(lessonLedger());
const pageOf = (report: ReportJson): string => reportPage({ report, reportSha256: "ab".repeat(32) });
/** What a person reads: no tags, no titles, entities as characters. */
const wordsOf = (page: string): string =>
  page
    .replace(/<style>[\s\S]*<\/style>/u, "")
    .replaceAll(/<[^>]+>/gu, " ")
    .replaceAll("&#39;", "'")
    .replaceAll(/\s+/gu, " ");

describe("a template", () => {
  it("escapes every value, in text and in attributes, and leaves finished HTML as it is", () => {
    const hostile = `"><script>alert('x')</script>&`;
    const inner = html`<b title="${hostile}">${hostile}</b>`;
    const escaped = "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;";
    expect(html`<p>${inner}${[inner]}</p>`.text).toBe(
      `<p><b title="${escaped}">${escaped}</b><b title="${escaped}">${escaped}</b></p>`,
    );
  });
});

describe("the page of the report", () => {
  const page = pageOf(LESSON_JSON);
  const words = wordsOf(page);

  it("names vault, block, hash, time and the file that it belongs to", () => {
    const { vault, block } = LESSON_JSON;
    for (const text of [vault, `${block.number}`, block.hash, "2023-11-14 22:33 UTC", "ab".repeat(32)])
      expect(words).toContain(text);
  });

  it("shows gross, recovered and net side by side", () => {
    expect(words).toMatch(/Bad debt, gross 5,000\.00 USDC .*Recovered 0\.00 USDC .*Net 5,000\.00 USDC/);
  });

  it("shows the loss and what each LP bore of it", () => {
    expect(words).toMatch(/50 2023-11-14 22:23 UTC .* 100,000\.00 95,000\.00 95,000\.00 5,000\.00 5,000\.00/);
    expect(words).toMatch(new RegExp(`${LESSON.lps[1]} 300,000\\.00 1,500\\.00`));
  });

  it("shows every account closing", () => {
    expect(words).toMatch(
      new RegExp(
        `${LESSON.lps[0]} 600,000\\.00 600,000\\.00 0\\.00 0\\.00 0\\.00 0\\.00 3,000\\.00 0\\.00 0 597,000\\.00 0 `,
      ),
    );
  });

  it("has nothing that runs and nothing that is loaded from anywhere", () => {
    expect(page).not.toMatch(
      /<script|<link|<img|<iframe|\bsrc=|\bhref=|\son\w+=|url\(|@import|javascript:/iu,
    );
  });

  it("has a policy that admits its own style alone", () => {
    const style = /<style>([\s\S]*)<\/style>/u.exec(page)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;"`);
    expect(page).not.toMatch(/\sstyle=/u);
  });

  it("follows the reader's light or dark setting and has a layout for paper", () => {
    expect(page).toContain("@media (prefers-color-scheme: dark)");
    expect(page).toContain("@media print");
  });

  it("leaves what single addresses avoided or inherited to report.json", () => {
    const [first, ...rest] = LESSON_JSON.lps;
    if (first === undefined) throw new Error("the lesson has LPs");
    const shown = pageOf({ ...LESSON_JSON, lps: [{ ...first, avoided: "987654321000" }, ...rest] });
    expect(shown).not.toContain("987,654");
  });
});

describe("names from contracts", () => {
  it("are neither markup nor invisible", () => {
    const name = `<img src=x onerror=alert(1)>\u202Eevil\u0000`;
    const page = pageOf({ ...LESSON_JSON, name, asset: { ...LESSON_JSON.asset, symbol: `"><script>` } });
    expect(page).not.toContain("<img");
    expect(page).not.toContain("<script");
    for (const hidden of ["\u202E", "\u0000"]) expect(page).not.toContain(hidden);
    expect(page).toContain("&lt;img src=x onerror=alert(1)&gt;evil");
  });
});

describe("what is not known", () => {
  it("stands first, and a partial history never says that there was none", () => {
    const { history } = lessonReport();
    const partial = { ...history, fromBlock: 60n, complete: false, vault: [] };
    const words = wordsOf(pageOf(toReportJson(lessonLedger({ history: partial }))));
    expect(words).toMatch(/Read this first The history is partial/);
    expect(words).toContain("None found since block 60.");
    expect(words).not.toContain("None since the vault began.");
    expect(words).toMatch(/LP loss unknown what fell/);
  });

  it("of a vault that is not Flux is called a suspicion", () => {
    const plain = toReportJson(ledgerReportOf(reportOf({ state: stateOf({ flux: undefined }) })));
    const [loss] = LESSON_JSON.losses;
    if (loss === undefined) throw new Error("the lesson has a loss");
    const fall = { ...loss, kind: "unexplained" as const, transaction: null, logIndex: null, fromBlock: 49 };
    const words = wordsOf(pageOf({ ...plain, losses: [{ ...fall, manager: null, liquidator: null }] }));
    expect(words).toMatch(/suspected loss between blocks 49 and 50/);
    expect(words).toContain("no event");
  });
});
