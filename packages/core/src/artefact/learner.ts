/** Columns learned one by one, or several at a time where the runtime has threads: what is learned of one depends on it alone. */
import { columnTransform } from '../transform/by-column.ts';
import { learnColumn, type LearnedColumn } from '../transform/column.ts';
import type { ColumnSpec } from '../transform/spec.ts';

/** A column that will be learned. */
export interface ColumnToLearn {
  readonly name: string;
  readonly spec: ColumnSpec;
}

/** What a fit takes from one column. */
export interface Learnt {
  readonly learned: LearnedColumn;
  /** Its transform of evenly spaced training values: what the selection looks at. */
  readonly sample: Float64Array;
}

/** Learns the columns that it was made for. */
export interface Learner {
  /** Where the training values of the next column are put; waits until there is room. */
  room(): Promise<Float64Array>;
  /** Learns column `k` from the values put into `room`, which is then free again. */
  learn(room: Float64Array, k: number): Promise<Learnt>;
  /** Nothing more will be learned. @throws what came of it meanwhile */
  end(): Promise<void>;
}

export type CreateLearner = (columns: readonly ColumnToLearn[], rows: number) => Learner;

/** Training rows that the selection looks at, at most; evenly spaced. Correlations of all pairs over more take minutes. */
const SAMPLE = 20_000;

/** Learns one column from its training values, which are not changed. */
export function learnTraining({ name, spec }: ColumnToLearn, training: Float64Array): Learnt {
  const learned = learnColumn(name, training, spec);
  return { learned, sample: columnTransform(learned)(thinned(training, SAMPLE))[0] };
}

/** At most so many of the values, evenly spaced, in an array of their own. */
export function thinned<T extends Float64Array | Int32Array>(values: T, most: number): T {
  const stride = Math.max(1, Math.ceil(values.length / most));
  const found = values.slice(0, Math.ceil(values.length / stride)) as T;
  for (let i = 0; i < found.length; i++) found[i] = values[i * stride];
  return found;
}

/** One after the other, in the thread of the caller. */
export const createLearner: CreateLearner = (columns, rows) => {
  const room = new Float64Array(rows);
  return {
    room: () => Promise.resolve(room),
    learn: async (values, k) => learnTraining(columns[k], values),
    end: () => Promise.resolve(),
  };
};
