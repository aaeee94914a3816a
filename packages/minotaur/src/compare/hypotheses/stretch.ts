/** Columns that are the same up to some row, or from some row on. */
import { isNear } from '../measures/pair.ts';
import type { Pattern } from '../measures/pattern.ts';

/** Of the rows of the stretch. */
const MOST_DIFFER = 0.9;
/** Largest difference at the end, of that at the beginning. */
const FADED = 0.2;
/** So many rows, of all, have to be the same. */
const SAME = 0.05;

export const stretch: Pattern = ({ a, b, scale }, { name }) => {
  const n = a.length;
  let [first, last, differ] = [-1, -1, 0];
  for (let i = 0; i < n; i++) {
    if (isNear(a[i], b[i], scale)) continue;
    if (first < 0) first = i;
    last = i;
    differ++;
  }
  const length = last - first + 1;
  if (first < 0 || differ < MOST_DIFFER * length || differ < 10) return undefined;
  const most = (from: number, to: number): number => {
    let largest = 0;
    for (let i = from; i < to; i++) if (Math.abs(b[i] - a[i]) > largest) largest = Math.abs(b[i] - a[i]);
    return largest;
  };
  // What fades is no other computation, but the same from another start.
  const part = Math.ceil(length / 5);
  if (most(last + 1 - part, last + 1) < FADED * most(first, first + part)) return undefined;
  if (first > SAME * n && last > n - SAME * n)
    return { cause: 'from a row on', text: `the same up to ${name(first)}, and another computation from there on` };
  if (last < n - SAME * n && first < SAME * n)
    return { cause: 'up to a row', text: `another computation up to ${name(last)}, and the same from there on` };
  return undefined;
};
