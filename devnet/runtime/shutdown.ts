import type { Devnet } from "../start";

/** Settles when this process is asked to end (Ctrl-C, kill, a closed terminal), or when the node ends by itself. */
export async function untilStopped(devnet: Pick<Devnet, "anvil">): Promise<void> {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  let stop = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    stop = () => resolve();
    for (const signal of signals) process.on(signal, stop);
  });
  await Promise.race([asked, devnet.anvil.exited]);
  // A second signal must not cut the clean-up short: the listeners stay until the process ends.
}
