import { formatInteger } from "./format";

/** A number of things in words, one of them in the singular: "1 manager", "1,204 managers". For regular nouns. */
export function counted(count: number, noun: string): string {
  return `${formatInteger(count)} ${noun}${count === 1 ? "" : "s"}`;
}
