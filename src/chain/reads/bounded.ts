/**
 * Works through a list, a bounded number of items at a time, beginning them in the order of the list.
 *
 * The first failure stops new items from beginning; what is under way still ends, so that nothing it keeps is lost, and
 * then that failure is thrown.
 */
export async function forEachBounded<T>(
  items: readonly T[],
  { inFlight, work }: { readonly inFlight: number; readonly work: (item: T) => Promise<void> },
): Promise<void> {
  const waiting = items.values();
  const failures: { readonly error: unknown }[] = [];
  const worker = async (): Promise<void> => {
    // One iterator is shared: every worker takes the next item that nobody has begun.
    for (const item of waiting) {
      if (failures.length > 0) return;
      try {
        await work(item);
      } catch (error) {
        failures.push({ error });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, items.length) }, worker));
  const [failure] = failures;
  if (failure !== undefined) throw failure.error;
}
