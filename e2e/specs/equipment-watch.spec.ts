import { expect, test } from "../fixtures/base";

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src *; require-trusted-types-for 'script'";
const page = (body: string): string =>
  `<!doctype html><html lang="en"><head><title>t</title><meta http-equiv="Content-Security-Policy" content="${POLICY}"><link rel="icon" href="data:,"></head><body>${body}</body></html>`;
const withScript = (script: string): Record<string, string> => ({
  "index.html": page('<main id="m"><p>1.25 USDC</p></main><script src="./x.js"></script>'),
  "x.js": script,
});

test.describe("the watch over every page", () => {
  test("finds nothing on a page that behaves", async ({ page: tab, servePage, watch }) => {
    const site = await servePage(withScript("document.getElementById('m').textContent = '2 of 3 managers';"));
    await tab.goto(site.url);
    await expect(tab.getByText("2 of 3 managers")).toBeVisible();
    expect(watch.findings).toEqual([]);
  });

  const faults: readonly (readonly [title: string, script: string, kind: string, message: RegExp])[] = [
    ["a number that was not one", "m.textContent = `${0 / 0} USDC`", "text", /<main>: NaN USDC/],
    [
      "a word that a missing value leaves",
      "m.firstChild.firstChild.data = `${({}).x} USDC`",
      "text",
      /<p>: undefined/,
    ],
    [
      "an object printed by mistake",
      "m.setAttribute('aria-label', `${{}}`)",
      "text",
      /<main aria-label>: \[object/,
    ],
    [
      "a drawing with a coordinate that is no number",
      "m.insertAdjacentElement('beforeend', Object.assign(document.createElementNS('http://www.w3.org/2000/svg', 'path'))).setAttribute('d', `M0,${NaN}`)",
      "text",
      /<path d>: M0,NaN/,
    ],
    [
      "text that shows for an instant only",
      "m.textContent = 'Infinity %'; m.textContent = 'fine'",
      "text",
      /Infinity/,
    ],
    [
      "a request to another origin",
      "void fetch('https://somewhere.invalid/x').catch(() => 0)",
      "foreign-origin",
      /somewhere\.invalid/,
    ],
    ["a console error", "console.error('it broke')", "console", /it broke/],
    ["an exception", "setTimeout(() => { throw new Error('loose') })", "exception", /loose/],
    ["an unhandled rejection", "void Promise.reject(new Error('dropped'))", "exception", /dropped/],
    [
      "an inline style that the policy blocks",
      "m.setAttribute('style', 'color: red')",
      "policy",
      /style-src/,
    ],
    ["markup from a string", "m.innerHTML = '<b>x</b>'", "policy", /require-trusted-types-for/],
    ["a native dialog", "alert('hello')", "dialog", /hello/],
  ];
  test("finds each thing that no page may do", async ({ page: tab, servePage, watch }) => {
    for (const [title, script, kind, message] of faults) {
      await test.step(title, async () => {
        const site = await servePage(withScript(`const m = document.getElementById('m'); ${script}`));
        await tab.goto(site.url);
        const found = (): boolean =>
          watch.findings.some((one) => one.kind === kind && message.test(one.message));
        await expect.poll(found).toBe(true);
        // What the browser writes about the same fault a moment later belongs to this step too.
        await tab.goto("about:blank");
        watch.takeFindings();
      });
    }
  });

  test("lets through what the browser writes about a failing endpoint, and no other origin's", async ({
    page: tab,
    servePage,
    watch,
  }) => {
    const site = await servePage(
      withScript("void fetch('http://127.0.0.1:9/').catch(() => document.title = 'done')"),
    );
    watch.allowEndpoint("http://127.0.0.1:9/");
    await tab.goto(site.url);
    await expect(tab).toHaveTitle("done");
    expect(watch.findings).toEqual([]);
  });
});
