/** What a model said of the rows of one split, beside their labels. */
import { SPLITS } from '../../splits/splits.ts';

export interface Scores {
  readonly scores: Float64Array;
  readonly labels: Float64Array;
}

/** Scores and labels of the rows of split `name` that have both; NaN: has none. */
export function scoresOf(
  name: (typeof SPLITS)[number],
  codes: Int8Array,
  label: Float64Array,
  score: Float64Array,
): Scores {
  const code = SPLITS.indexOf(name);
  const isIn = (i: number): boolean => codes[i] === code && label[i] === label[i] && score[i] === score[i];
  return { scores: score.filter((_, i) => isIn(i)), labels: label.filter((_, i) => isIn(i)) };
}
