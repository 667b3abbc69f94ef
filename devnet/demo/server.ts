import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { headersFor, readStaticFile, send } from "./static-files";

/**
 * A small static server for the built dashboard, with the headers that a real host should send. With
 * `devnetTools` it also adds the devnet wallet and the time bar to the page: from outside, so that what is
 * served is the shipped bundle, byte for byte.
 */
export interface DashboardServer {
  readonly url: string;
  stop(): Promise<void>;
}

export interface DevnetTools {
  /** The two scripts, by file name. */
  readonly scripts: Readonly<Record<string, string>>;
  /** Answers the scripts' questions: `state`, `rpc`, `describe`, `advance`. */
  answer(question: string, body: unknown): Promise<unknown>;
}

export interface DashboardOptions {
  /** Folder of the built app. */
  readonly root: string;
  /** The run-time configuration, asked for at every request so that it is never stale. */
  readonly config: () => string;
  readonly devnetTools?: DevnetTools | undefined;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly host?: string;
}

const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Starts the server; rejects when the port is taken. */
export async function serveDashboard(options: DashboardOptions): Promise<DashboardServer> {
  const host = options.host ?? "127.0.0.1";
  const server = createServer((request, response) => {
    handle(request, response, options).catch((cause: unknown) => fail(response, cause));
  });
  await listen(server, options.port ?? 0, host);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}/`,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((cause) => (cause === undefined ? resolve() : reject(cause)));
        server.closeAllConnections();
      }),
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  options: DashboardOptions,
): Promise<void> {
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  if (options.devnetTools !== undefined && path.startsWith("/__devnet/")) {
    await answerTools(request, response, options.devnetTools);
    return;
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    send(response, { status: 405, headers: { ...headersFor(path), allow: "GET, HEAD" }, body: "" });
    return;
  }
  if (path === "/plimsoll.config.json" || path === "/embed/plimsoll.config.json") {
    send(response, { status: 200, headers: headersFor(path), body: options.config() });
    return;
  }
  const file = await readStaticFile(options.root, path);
  if (file === undefined) {
    const missing = await readStaticFile(options.root, "/404.html");
    send(response, {
      status: 404,
      headers: headersFor(path, { contentType: "text/html; charset=utf-8" }),
      body: missing?.body ?? "Not found",
    });
    return;
  }
  const isPage = path === "/" || path === "/index.html";
  const body =
    isPage && options.devnetTools ? withTools(file.body.toString(), options.devnetTools) : file.body;
  const headers = path.endsWith("/")
    ? headersFor(path, { contentType: "text/html; charset=utf-8" })
    : headersFor(path);
  send(response, { status: 200, headers, body });
}

/** Adds the script tags to the document's head: external, so that the app's content policy admits them. */
export function withTools(html: string, tools: Pick<DevnetTools, "scripts">): string {
  const tags = Object.keys(tools.scripts)
    .map((name) => `<script defer src="./__devnet/${name}"></script>`)
    .join("");
  const end = html.indexOf("</head>");
  if (end < 0) throw new Error("The built page has no head: the devnet wallet cannot be added.");
  return html.slice(0, end) + tags + html.slice(end);
}

/** The tools' own endpoints, shared with the development server. Never rejects: a failure is an answer too. */
export async function answerTools(
  request: IncomingMessage,
  response: ServerResponse,
  tools: DevnetTools,
): Promise<void> {
  try {
    await answerTool(request, response, tools);
  } catch (cause) {
    fail(response, cause);
  }
}

async function answerTool(
  request: IncomingMessage,
  response: ServerResponse,
  tools: DevnetTools,
): Promise<void> {
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  const name = path.slice("/__devnet/".length);
  const script = tools.scripts[name];
  if (script !== undefined && request.method === "GET") {
    send(response, { status: 200, headers: headersFor(path), body: script });
    return;
  }
  if (!fromOwnPage(request)) {
    send(response, {
      status: 403,
      headers: headersFor(path),
      body: "Only the demo's own page may ask this.",
    });
    return;
  }
  const body: unknown = request.method === "POST" ? JSON.parse(await readBody(request)) : undefined;
  const answer = await tools.answer(name, body);
  const json = headersFor(path, { contentType: "application/json; charset=utf-8" });
  if (answer === undefined) send(response, { status: 404, headers: json, body: "{}" });
  else send(response, { status: 200, headers: json, body: JSON.stringify(answer) });
}

/** Another site open in the same browser must not be able to move the devnet's clock. */
function fromOwnPage(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  return origin === undefined || new URL(origin).host === host;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw new RangeError("The request is too large.");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString();
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function fail(response: ServerResponse, cause: unknown): void {
  console.error("The demo server could not answer:", cause);
  if (response.headersSent) response.end();
  else send(response, { status: 500, headers: headersFor("/error.txt"), body: "The demo server failed." });
}
