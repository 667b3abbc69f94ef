import { type ConfigResult, type PlimsollConfig, parseConfig } from "@/report/config";
import { siteRootOf } from "@/shared/embed-document";

const CONFIG_FILE = "plimsoll.config.json";

/**
 * Reads and validates the configuration beside the app. A missing file, a server that answers with a page, and
 * broken JSON are configuration issues like any other: named, with the fix.
 */
export async function loadConfig(): Promise<ConfigResult> {
  const address = new URL(`${siteRootOf(window.location.pathname)}${CONFIG_FILE}`, window.location.href);
  let text: string;
  try {
    const response = await fetch(address, { cache: "no-store" });
    if (!response.ok) {
      return fault(
        `The server answered ${response.status} for this file. Put ${CONFIG_FILE} beside index.html.`,
      );
    }
    text = await response.text();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.name : "unknown cause";
    return fault(
      `The file could not be read (${reason}). Check the connection and that ${CONFIG_FILE} lies beside index.html.`,
    );
  }
  try {
    return parseConfig(JSON.parse(text));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return fault(`The file is not valid JSON: ${cause.message}. Correct it at that place.`);
  }
}

/**
 * Adds a second content security policy: from here on only this site and the configured endpoints may be called.
 * It stands beside the static one in index.html, which cannot know the endpoints; both must permit a request.
 */
export function restrictConnections(config: PlimsollConfig): void {
  const origins = new Set(config.chains.flatMap((chain) => chain.rpcUrls.map((url) => new URL(url).origin)));
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = `connect-src 'self' ${[...origins].join(" ")}`;
  document.head.append(meta);
}

function fault(message: string): ConfigResult {
  return { ok: false, issues: [{ field: CONFIG_FILE, message }] };
}
