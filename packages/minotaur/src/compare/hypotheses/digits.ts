/** B is A with fewer significant digits, as text or a narrow number keeps it. */
import { log10 } from 'minotaur-core/internal/base/elementary/index';
import type { Explanation, Hypothesis, Pair } from '../measures/pair.ts';
import { pick } from '../measures/robust.ts';
import { nearlyAll } from './rounded.ts';

const MOST_DIGITS = 9;

/** The fewest significant digits that nearly all values have; 0 where they have more than nine. */
function digitsOf(column: Float64Array): number {
  const values = pick(column, 512);
  const isWritten = (x: number, d: number): boolean => Number(x.toPrecision(d)) === x;
  if (values.length === 0 || !nearlyAll(values, (x) => isWritten(x, MOST_DIGITS))) return 0;
  for (let d = 2; ; d++) if (nearlyAll(values, (x) => isWritten(x, d))) return d;
}

export const digits: Hypothesis = ({ a, b }: Pair): readonly Explanation[] => {
  const d = digitsOf(b);
  const own = digitsOf(a);
  if (d === 0 || (own > 0 && own <= d)) return [];
  const limit = 0.5 * (1 + 1e-9);
  const predict = (from: Float64Array, to: Float64Array): Float64Array =>
    from.map((x, i) => {
      const y = to[i];
      if (y !== y || x !== x || x === 0) return x;
      const step = Number(`1e${Math.floor(log10(Math.abs(x))) - d + 1}`);
      return Math.abs(x - y) <= limit * step * (1 + 1e-6) ? y : x;
    });
  return [{ cause: 'rounded', text: `rounded to ${d} significant digits`, cost: 0.34, canLead: false, predict }];
};
