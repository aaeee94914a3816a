/** How far values are from those that a model was trained on, by what the artefact learned of each column. */
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { DEFAULT_THRESHOLD } from 'minotaur-core/internal/model/threshold';
import { applyColumn, columnKernel, type LearnedColumn } from 'minotaur-core/internal/transform/column';

/** What training knows of rows. */
export interface Training {
  /** Probabilities from here on are a signal. */
  readonly threshold: number;
  /** By column of a row: whether the model looks at it. */
  readonly used: readonly boolean[];
  /**
   * Of each value of a row: standard deviations from the middle of the training rows, after the steps that the model's columns take
   * but for those that cut it to size; NaN where nothing is known of it.
   */
  distances(values: Float64Array): Float64Array;
}

/** Of the quartiles of a normal distribution, and of an even one of width 1: in standard deviations. */
const [QUARTILES, EVEN] = [1.349, Math.sqrt(12)];

/** From a scaled value to standard deviations. */
const UNITS: Readonly<Record<LearnedColumn['scale']['kind'], (scaled: number) => number>> = {
  standard: (z) => z,
  'yeo-johnson': (z) => z,
  'quantile-normal': (z) => z,
  robust: (z) => QUARTILES * z,
  minmax: (share) => EVEN * (share - 0.5),
  'quantile-uniform': (share) => EVEN * (share - 0.5),
  none: () => NaN,
  unlearned: () => NaN,
};

/** What `artefact` knows of rows with these columns. */
export function trainingOf({ learned, decision }: Artefact, columns: readonly string[]): Training {
  const places = new Map(columns.map((name, i) => [name, i]));
  const known = learned.flatMap(({ name, spec, scale }) => {
    const at = places.get(name);
    return at === undefined ? [] : [{ at, kernel: columnKernel({ name, spec, scale }), unit: UNITS[scale.kind] }];
  });
  const used = columns.map(() => false);
  for (const { at } of known) used[at] = true;
  const room = new Float64Array(2);
  return {
    threshold: decision?.threshold.value ?? DEFAULT_THRESHOLD,
    used,
    distances(values) {
      const found = new Float64Array(values.length).fill(NaN);
      for (const { at, kernel, unit } of known) {
        applyColumn(kernel, values, at, at + 1, 1, room, 0, 1);
        found[at] = unit(room[0]);
      }
      return found;
    },
  };
}
