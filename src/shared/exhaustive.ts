import { InvariantError } from "./assert";

/**
 * Marks the branch of a `switch` that no value can reach; the compiler refuses it when a case is missing.
 *
 * @throws InvariantError when a value reaches it all the same (data from outside with a wrong type).
 */
export function exhaustive(value: never): never {
  throw new InvariantError(`No case for ${JSON.stringify(value)}`);
}
