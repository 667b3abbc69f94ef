import { element, openDock, whenReady } from "./dock";
import { advanceTime, callNode, readState } from "./server-api";

/**
 * Entry of the demo's time bar: the chain's own clock, and two buttons that move it. Waiting two days for a
 * timelock is a click.
 */
const REFRESH_MS = 4_000;
const HOUR = 3_600;
const STEPS = [
  { label: "+1 h", name: "Move the chain one hour ahead", seconds: HOUR },
  { label: "+48 h", name: "Move the chain 48 hours ahead", seconds: 48 * HOUR },
] as const;

const clockFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

async function chainSeconds(): Promise<number> {
  const block = (await callNode("eth_getBlockByNumber", ["latest", false])) as { readonly timestamp: string };
  return Number(block.timestamp);
}

/** How far the chain's clock is from this computer's, in words; undefined while they agree. */
function gapText(chain: number, wall: number): string | undefined {
  const gap = chain - wall;
  if (Math.abs(gap) < 120) return undefined;
  const hours = Math.abs(gap) / HOUR;
  const amount = hours < 1 ? `${Math.round(hours * 60)} min` : `${Math.round(hours * 10) / 10} h`;
  return `${amount} ${gap > 0 ? "ahead of" : "behind"} this computer's clock`;
}

async function start(): Promise<void> {
  const state = await readState();
  const dock = openDock();
  const clock = element("time");
  const status = element("div");
  status.setAttribute("role", "status");
  const buttons = STEPS.map((step) => {
    const button = element("button", { type: "button", textContent: step.label });
    button.setAttribute("aria-label", step.name);
    button.addEventListener("click", () => {
      move(step.seconds).catch((cause: unknown) => fail(cause));
    });
    return button;
  });
  dock.left.append(clock, ...buttons, status);

  async function draw(): Promise<void> {
    const seconds = await chainSeconds();
    const at = new Date(seconds * 1_000);
    clock.dateTime = at.toISOString();
    clock.textContent = clockFormat.format(at);
    const wall = Date.now() / 1_000;
    const archive =
      wall < state.archiveUntilSeconds
        ? `Archive reads until ${clockFormat.format(new Date(state.archiveUntilSeconds * 1_000))} UTC.`
        : "Archive reads have ended: the oldest blocks can no longer be read. Restart the demo for a full history.";
    const gap = gapText(seconds, wall);
    clock.title = `Chain time (UTC)${gap === undefined ? "" : `, ${gap}`}. ${archive}`;
  }

  async function move(seconds: number): Promise<void> {
    for (const button of buttons) button.disabled = true;
    try {
      await advanceTime(seconds);
      await draw();
      status.textContent = `The chain's clock is now ${clock.textContent ?? ""}.`;
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  }

  function fail(cause: unknown): void {
    clock.textContent = "no answer";
    clock.title = "The devnet does not answer. Is it still running?";
    console.warn("The devnet's time bar:", cause);
  }

  const tick = (): void => {
    if (document.visibilityState === "visible") draw().catch(fail);
  };
  tick();
  setInterval(tick, REFRESH_MS);
  document.addEventListener("visibilitychange", tick);
}

whenReady(() => {
  start().catch((cause: unknown) => console.error("The devnet's time bar did not start:", cause));
});
