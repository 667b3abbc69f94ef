import type { Figure, UnknownReason } from "./model";

/** A figure that is known. */
export function known<T>(value: T): Figure<T> {
  return { kind: "known", value };
}

/** A figure that cannot be known, with the reason that pages put into words. */
export function unknown(reason: UnknownReason): Figure<never> {
  return { kind: "unknown", reason };
}

/** Whether the figure is known. */
export function isKnown<T>(figure: Figure<T>): figure is { readonly kind: "known"; readonly value: T } {
  return figure.kind === "known";
}

/** Applies `fn` to a known figure; an unknown one stays unknown for the same reason. */
export function mapFigure<T, U>(figure: Figure<T>, fn: (value: T) => U): Figure<U> {
  return figure.kind === "known" ? known(fn(figure.value)) : figure;
}

/** Like {@link mapFigure}, for a step that can itself end in unknown. */
export function chainFigure<T, U>(figure: Figure<T>, fn: (value: T) => Figure<U>): Figure<U> {
  return figure.kind === "known" ? fn(figure.value) : figure;
}

/** Two figures that are only meaningful together; unknown when either is, for the first one's reason. */
export function bothFigures<T, U>(first: Figure<T>, second: Figure<U>): Figure<readonly [T, U]> {
  return chainFigure(first, (a) => mapFigure(second, (b) => [a, b] as const));
}

/** The sum of figures. One unknown makes the sum unknown: a total is never made of what happened to be read. */
export function sumFigures(figures: Iterable<Figure>): Figure {
  let sum = 0n;
  for (const figure of figures) {
    if (figure.kind === "unknown") return figure;
    sum += figure.value;
  }
  return known(sum);
}

/** `value` as a figure; `undefined` becomes unknown for `reason`. */
export function figureOf<T>(value: T | undefined, reason: UnknownReason): Figure<T> {
  return value === undefined ? unknown(reason) : known(value);
}
