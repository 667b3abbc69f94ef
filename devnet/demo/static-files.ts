import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, normalize, resolve, sep } from "node:path";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".map": "application/json; charset=utf-8",
};

export interface StaticFile {
  readonly path: string;
  readonly body: Buffer;
}

/**
 * Reads the file of a request path below `root`; undefined when there is none. A path that leaves the root, or
 * names a dot file, is treated as missing.
 */
export async function readStaticFile(root: string, requestPath: string): Promise<StaticFile | undefined> {
  const relative = decoded(requestPath);
  if (relative === undefined || relative.split("/").some((part) => part.startsWith("."))) return undefined;
  const name = relative.endsWith("/") ? `${relative}index.html` : relative;
  const path = resolve(root, `.${normalize(`/${name}`)}`);
  if (!path.startsWith(resolve(root) + sep)) return undefined;
  try {
    return { path, body: await readFile(path) };
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
}

/**
 * The headers a static host should send with this app. Only the widget's own document may be framed; hashed
 * assets never change; everything else is asked for again, the configuration is not even stored.
 */
export function headersFor(
  requestPath: string,
  extra: { readonly contentType?: string } = {},
): HeadersRecord {
  const embed = requestPath.startsWith("/embed/");
  return {
    "content-type":
      extra.contentType ?? CONTENT_TYPES[extname(requestPath) || ".html"] ?? "application/octet-stream",
    "content-security-policy": `frame-ancestors ${embed ? "*" : "'none'"}`,
    ...(embed ? {} : { "x-frame-options": "DENY" }),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "cache-control": cachingOf(requestPath),
  };
}

export type HeadersRecord = Readonly<Record<string, string>>;

export function send(
  response: ServerResponse,
  answer: { readonly status: number; readonly headers: HeadersRecord; readonly body: Buffer | string },
): void {
  response.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) });
  response.end(answer.body);
}

function cachingOf(requestPath: string): string {
  if (requestPath.endsWith("plimsoll.config.json") || requestPath.startsWith("/__devnet/")) return "no-store";
  return /^\/assets\/.+-[\w-]{8,}\.\w+$/.test(requestPath)
    ? "public, max-age=31536000, immutable"
    : "no-cache";
}

function decoded(path: string): string | undefined {
  try {
    const text = decodeURIComponent(path);
    return text.includes("\0") ? undefined : text;
  } catch (cause) {
    if (cause instanceof URIError) return undefined;
    throw cause;
  }
}

function isMissing(cause: unknown): boolean {
  const code = (cause as NodeJS.ErrnoException).code;
  return code === "ENOENT" || code === "EISDIR" || code === "ENOTDIR";
}
