/** One side has the changes of the other, or their sum. */
import { log } from 'minotaur-core/internal/base/elementary/index';
import type { Explanation, Hypothesis } from '../measures/pair.ts';

type Step = (now: number, before: number) => number;

const along = (values: Float64Array, step: Step): Float64Array =>
  values.map((x, i) => (i === 0 ? NaN : step(x, values[i - 1])));

const STEPS: readonly (readonly [text: string, step: Step])[] = [
  ['the change of A from row to row', (x, y) => x - y],
  ['the relative change of A', (x, y) => x / y - 1],
  ['the logarithmic return of A', (x, y) => (x / y > 0 ? log(x / y) : NaN)],
];

/** Row by row from the sum before it, so that a sum may have begun anywhere. */
function summed(a: Float64Array, b: Float64Array): Float64Array {
  return b.map((y, i) => (i === 0 || b[i - 1] !== b[i - 1] ? y : b[i - 1] + (a[i] === a[i] ? a[i] : 0)));
}

export const change: Hypothesis = ({ a }) => {
  if (a.length < 20) return [];
  const steps = STEPS.map(([text, step], i): Explanation => ({
    cause: 'changes',
    text,
    cost: 1.4 + i / 100,
    canLead: false,
    lacks: [1, 0],
    predict: (from) => along(from, step),
  }));
  return [...steps, { cause: 'sum', text: 'the running sum of A', cost: 1.45, canLead: false, predict: summed }];
};
