/** A rule of the program itself was broken: a bug or an impossible input, never a user's mistake. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/**
 * Stops when a condition that the caller must guarantee does not hold.
 *
 * @throws InvariantError with `message`, which says what was expected.
 */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}
