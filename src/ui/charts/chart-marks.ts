import type { Tone } from "../tone";

/** Something that happened: a vertical mark with a number, explained under the chart. */
export interface ChartAnnotation {
  /** Unix seconds. */
  readonly at: number;
  readonly label: string;
  readonly tone?: Tone;
  readonly href?: string;
}

/** A horizontal mark: a threshold. */
export interface ChartThreshold {
  readonly value: number;
  readonly label: string;
  readonly tone?: Tone;
}
