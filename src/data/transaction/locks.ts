import type { LockPort } from "./ports";

/**
 * Locks of this tab alone: for a page without the Web Locks API (it needs a secure context, so a dashboard served
 * over plain HTTP from another machine has none). Two tabs are then told apart only by the stored transactions.
 */
export function tabLocks(): LockPort {
  const held = new Set<string>();
  return {
    async tryRun(name, job) {
      if (held.has(name)) return { kind: "busy" };
      held.add(name);
      try {
        return { kind: "ran", value: await job() };
      } finally {
        held.delete(name);
      }
    },
  };
}

/** Locks across all tabs of this origin; the browser releases them when a tab goes away. */
export function browserLocks(manager: LockManager | undefined): LockPort {
  if (manager === undefined) return tabLocks();
  return {
    tryRun: (name, job) =>
      manager.request(name, { ifAvailable: true }, async (lock) =>
        lock === null ? { kind: "busy" as const } : { kind: "ran" as const, value: await job() },
      ),
  };
}
