/**
 * An abort signal that fires when this process is asked to end: Ctrl-C, kill, a closed terminal. The listeners stay,
 * so that a second Ctrl-C does not cut the clean-up short.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => controller.abort());
  }
  return controller.signal;
}

/**
 * Settles when the process is asked to end, or when the node ends by itself; returns the exit code.
 */
export async function untilStopped(args: {
  readonly signal: AbortSignal;
  readonly exited: Promise<void>;
}): Promise<number> {
  const asked = new Promise<void>((resolve) => {
    if (args.signal.aborted) resolve();
    else args.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await Promise.race([asked, args.exited]);
  // Ctrl-C in a terminal reaches the node too, a moment before or after it reaches this process.
  await new Promise((resolve) => setImmediate(resolve));
  if (args.signal.aborted) return 0;
  console.error("The node has ended by itself.");
  return 1;
}

/**
 * Runs a command and returns its exit code: what is expected to go wrong is told in one line, and being asked to end
 * is no failure.
 */
export async function runToExitCode(args: {
  readonly signal: AbortSignal;
  readonly run: () => Promise<number>;
  /** Errors whose message is all that a person needs. */
  readonly expected: readonly (new (
    ...values: never[]
  ) => Error)[];
}): Promise<number> {
  try {
    return await args.run();
  } catch (cause) {
    if (args.signal.aborted) return 0;
    if (cause instanceof Error && args.expected.some((kind) => cause instanceof kind)) {
      console.error(cause.message);
      return 1;
    }
    throw cause;
  }
}
