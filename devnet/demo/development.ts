import { fileURLToPath } from "node:url";
import { createServer, type Plugin } from "vite";
import { answerTools, type DashboardServer, type DevnetTools, withTools } from "./server";
import { headersFor, send } from "./static-files";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const POLICY = /<meta\s+http-equiv="Content-Security-Policy"[^>]*>/;

/**
 * The dashboard from its sources, with hot reload and the devnet's tools. The bundler injects inline scripts and
 * styles while developing, so the page's content policy is left out here, and only here.
 */
export async function serveDevelopment(args: {
  readonly port: number;
  readonly config: () => string;
  readonly tools: DevnetTools;
}): Promise<DashboardServer> {
  const plugin: Plugin = {
    name: "plimsoll-devnet",
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? "/", "http://localhost").pathname;
        if (path === "/plimsoll.config.json") {
          send(response, { status: 200, headers: headersFor(path), body: args.config() });
        } else if (path.startsWith("/__devnet/")) {
          void answerTools(request, response, args.tools);
        } else next();
      });
    },
    transformIndexHtml: (html) => withTools(html.replace(POLICY, ""), args.tools),
  };
  const server = await createServer({
    root: ROOT,
    plugins: [plugin],
    server: { host: "127.0.0.1", port: args.port, strictPort: args.port !== 0 },
    clearScreen: false,
  });
  await server.listen();
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error("The development server says no address.");
  return { url, stop: () => server.close() };
}
