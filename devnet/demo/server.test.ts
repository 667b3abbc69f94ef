import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DashboardServer, type DevnetTools, serveDashboard } from "./server";

const PAGE = "<!doctype html><html><head><title>t</title></head><body></body></html>";
let folder: string;
let server: DashboardServer | undefined;
let config: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plimsoll-site-"));
  mkdirSync(join(folder, "dist/assets"), { recursive: true });
  mkdirSync(join(folder, "dist/embed"));
  writeFileSync(join(folder, "dist/index.html"), PAGE);
  writeFileSync(join(folder, "dist/embed/index.html"), PAGE);
  writeFileSync(join(folder, "dist/404.html"), "<p>not here</p>");
  writeFileSync(join(folder, "dist/assets/app-0a1b2c3d.js"), "export {};");
  writeFileSync(join(folder, "dist/.hidden"), "secret");
  writeFileSync(join(folder, "outside.txt"), "secret");
  config = '{"version":1}';
});

afterEach(async () => {
  await server?.stop();
  server = undefined;
  rmSync(folder, { recursive: true });
});

async function serve(devnetTools?: DevnetTools): Promise<string> {
  server = await serveDashboard({ root: join(folder, "dist"), config: () => config, devnetTools });
  return server.url;
}

const tools: DevnetTools = {
  scripts: { "wallet.js": "/* wallet */" },
  answer: async (question) => (question === "state" ? { chainId: 31_337 } : undefined),
};

/** A request with the path exactly as written; fetch would tidy it up. */
function rawGet(url: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    httpRequest({ hostname, port, path }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}

describe("the static server", () => {
  it("serves the built page byte for byte when no tools are asked for", async () => {
    const response = await fetch(await serve());
    expect(await response.text()).toBe(PAGE);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  });

  it("forbids framing everywhere but in the widget's folder", async () => {
    const url = await serve();
    const policyOf = async (path: string) =>
      (await fetch(new URL(path, url))).headers.get("content-security-policy");
    expect(await policyOf("/")).toBe("frame-ancestors 'none'");
    expect(await policyOf("/nothing-here")).toBe("frame-ancestors 'none'");
    expect(await policyOf("/embed/")).toBe("frame-ancestors *");
  });

  it("lets hashed assets be kept for ever and the configuration not at all", async () => {
    const url = await serve();
    const cachingOf = async (path: string) => (await fetch(new URL(path, url))).headers.get("cache-control");
    expect(await cachingOf("/assets/app-0a1b2c3d.js")).toContain("immutable");
    expect(await cachingOf("/")).toBe("no-cache");
    expect(await cachingOf("/plimsoll.config.json")).toBe("no-store");
  });

  it("reads the configuration anew for every request, for the widget too", async () => {
    const url = await serve();
    config = '{"version":2}';
    for (const path of ["/plimsoll.config.json", "/embed/plimsoll.config.json"]) {
      expect(await (await fetch(new URL(path, url))).json()).toEqual({ version: 2 });
    }
  });

  it("answers the host's own page for what is not there", async () => {
    const response = await fetch(new URL("/v/1/0xabc", await serve()));
    expect(response.status).toBe(404);
    expect(await response.text()).toBe("<p>not here</p>");
  });

  it.each(["/../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/.hidden", "/assets/%00", "/%zz"])(
    "gives nothing away at %s",
    async (path) => {
      expect(await rawGet(await serve(), path)).toBe(404);
    },
  );

  it("refuses to be written to", async () => {
    expect((await fetch(await serve(), { method: "POST" })).status).toBe(405);
  });
});

describe("the demo's tools", () => {
  it("come as external scripts in the page's head, and nowhere else", async () => {
    const url = await serve(tools);
    expect(await (await fetch(url)).text()).toContain(
      '<script defer src="./__devnet/wallet.js"></script></head>',
    );
    expect(await (await fetch(new URL("/embed/", url))).text()).toBe(PAGE);
    expect(await (await fetch(new URL("/__devnet/wallet.js", url))).text()).toBe("/* wallet */");
  });

  it("answer the demo's own page only", async () => {
    const url = await serve(tools);
    const state = new URL("/__devnet/state", url);
    expect(await (await fetch(state)).json()).toEqual({ chainId: 31_337 });
    const foreign = await fetch(state, { headers: { origin: "https://elsewhere.example" } });
    expect(foreign.status).toBe(403);
    const crossSite = await fetch(state, { headers: { "sec-fetch-site": "cross-site" } });
    expect(crossSite.status).toBe(403);
  });

  it("are not there when they were not asked for", async () => {
    expect((await fetch(new URL("/__devnet/state", await serve()))).status).toBe(404);
  });

  it("say when they do not know a question", async () => {
    expect((await fetch(new URL("/__devnet/nonsense", await serve(tools)))).status).toBe(404);
  });
});
