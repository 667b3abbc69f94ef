/**
 * The demo: the devnet, the dashboard and a wallet, with one command.
 *
 *   npm run demo                 chain, history, built dashboard; prints the address
 *   npm run demo -- --port 8080  the dashboard on a port of your choice
 *   npm run dev                  the same with the development server (hot reload, no content policy)
 */
import { parseArgs } from "node:util";
import { serveDevelopment } from "./demo/development";
import { BuildError, buildDashboard, DIST } from "./demo/dist";
import { buildPageScripts } from "./demo/page-scripts";
import { type DashboardServer, serveDashboard } from "./demo/server";
import { devnetTools } from "./demo/tools";
import { EXPECTED_FAILURES, progressLine, publishRun } from "./runtime/command-line";
import { runToExitCode, stopSignal, untilStopped } from "./runtime/shutdown";
import { type Devnet, startDevnet } from "./start";

interface DemoOptions {
  readonly dev: boolean;
  readonly port: number;
  readonly replace: boolean;
}

const OPTIONS = {
  dev: { type: "boolean", default: false },
  port: { type: "string", default: "0" },
  replace: { type: "boolean", default: false },
} as const;

function parsedOptions() {
  try {
    return parseArgs({ options: OPTIONS });
  } catch (cause) {
    // An unknown option: the parser's own words say which.
    if (cause instanceof TypeError) throw new RangeError(cause.message, { cause });
    throw cause;
  }
}

function readOptions(): DemoOptions {
  const { values } = parsedOptions();
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new RangeError(`"${values.port}" is not a port. Write a number between 1 and 65535.`);
  }
  return { dev: values.dev, port, replace: values.replace };
}

async function serve(devnet: Devnet, options: DemoOptions): Promise<DashboardServer> {
  const tools = devnetTools({ devnet, scripts: await buildPageScripts() });
  const config = (): string => JSON.stringify(devnet.config);
  return options.dev
    ? serveDevelopment({ port: options.port, config, tools })
    : serveDashboard({ root: DIST, port: options.port, config, devnetTools: tools });
}

function introduction(url: string, devnet: Devnet): string {
  const accounts = devnet.addressBook.accounts;
  const named = (name: string): string => accounts.find((account) => account.name === name)?.address ?? "";
  return [
    "",
    `Plimsoll is ready:  ${url}`,
    "",
    `The chain behind it: ${devnet.rpcUrl} (chain ${devnet.chainId}), 126 days of history, a block every 12 s.`,
    "Archive reads last for two hours; the demo says so here when they end.",
    "",
    "The strip at the foot of the page is the demo's own: the chain's clock, and a wallet that holds every role.",
    `  LP          Ada         ${named("Ada")}`,
    `  Operator                ${named("operator")}`,
    `  Liquidator  Dara        ${named("Dara")}  holds USDC, no executor yet`,
    `  Liquidator  Rhys        ${named("Rhys")}  empty wallet: sells the collateral`,
    `  Stranger                ${named("stranger")}`,
    "",
    "To try:",
    "  Read an LP's loss without a wallet: Harbour USDC, LPs, any address.",
    "  As Dara or Rhys: Liquidations, deploy and register an executor, then liquidate",
    `    Osprey ${named("Osprey")} at a profit, or Quail ${named("Quail")}, insolvent.`,
    "  As Operator: Parameters, the pending change; +48 h in the strip, then execute it. Or propose another:",
    "    one that makes healthy managers liquidatable (try 24 %) is refused until “override” is typed.",
    "  The textbook case, to the unit: Lesson USDC lost 5,000, shared 3,000 / 1,500 / 500.",
    "",
    "Ctrl-C ends everything.",
  ].join("\n");
}

async function run(options: DemoOptions, signal: AbortSignal): Promise<number> {
  const startedAt = performance.now();
  console.log("Starting the chain and building the dashboard. The first time takes about half a minute.");
  const building = options.dev ? Promise.resolve(false) : buildDashboard();
  // Awaited below; until then a failure must not count as unhandled.
  building.catch(() => undefined);
  const devnet = await startDevnet({ mining: "interval", onProgress: progressLine(), signal });
  try {
    await building;
    const server = await serve(devnet, options);
    const published = await publishRun(devnet, { replace: options.replace });
    console.log(introduction(server.url, devnet));
    console.log(`Ready after ${Math.round((performance.now() - startedAt) / 1_000)} s.`);
    const code = await untilStopped({ signal, exited: devnet.anvil.exited });
    published.stop();
    await server.stop();
    return code;
  } finally {
    await devnet.stop();
  }
}

const signal = stopSignal();
process.exitCode = await runToExitCode({
  signal,
  expected: [...EXPECTED_FAILURES, BuildError, RangeError],
  run: () => run(readOptions(), signal),
});
