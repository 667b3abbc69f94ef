import type { FallInterval, Line } from "./lines";

/** Sums of lines over a grid of falls: each line is entered where it begins and taken out where it ends. */
export class GridSums {
  readonly #grid: readonly bigint[];
  readonly #level: bigint[];
  readonly #slope: bigint[];

  constructor(grid: readonly bigint[]) {
    this.#grid = grid;
    this.#level = Array.from({ length: grid.length + 1 }, () => 0n);
    this.#slope = Array.from({ length: grid.length + 1 }, () => 0n);
  }

  /** The place of the first fall of the grid that is not below `fallWad`. */
  #placeOf(fallWad: bigint): number {
    let low = 0;
    let high = this.#grid.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#grid[middle] ?? 0n) < fallWad) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  add({ level, slope }: Line, { fromWad, toWad }: FallInterval): void {
    const from = this.#placeOf(fromWad);
    const to = this.#placeOf(toWad + 1n);
    if (from >= to) return;
    this.#level[from] = (this.#level[from] ?? 0n) + level;
    this.#slope[from] = (this.#slope[from] ?? 0n) + slope;
    this.#level[to] = (this.#level[to] ?? 0n) - level;
    this.#slope[to] = (this.#slope[to] ?? 0n) - slope;
  }

  values(): readonly bigint[] {
    let level = 0n;
    let slope = 0n;
    return this.#grid.map((fallWad, place) => {
      level += this.#level[place] ?? 0n;
      slope += this.#slope[place] ?? 0n;
      return level + slope * fallWad;
    });
  }
}
