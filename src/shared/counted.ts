import { formatInteger } from "./format";

/** A number of things in words, one of them in the singular: "1 manager", "1,204 managers". */
export function counted(count: number, [one, many]: readonly [one: string, many: string]): string {
  return `${formatInteger(count)} ${count === 1 ? one : many}`;
}

/** "1 manager", "1,204 managers". */
export function countedManagers(count: number): string {
  return counted(count, ["manager", "managers"]);
}
