/** Columns that are the same up to some row, or from some row on. */
import { isNear } from '../measures/pair.ts';
import type { Pattern } from '../measures/pattern.ts';

/** Of the rows of the stretch. */
const MOST_DIFFER = 0.5;
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
  if (first < 0 || differ < MOST_DIFFER * (last - first + 1) || differ < 10) return undefined;
  if (first > SAME * n && last > n - SAME * n)
    return { cause: 'from a row on', text: `the same up to ${name(first)}, and another computation from there on` };
  if (last < n - SAME * n && first < SAME * n)
    return { cause: 'up to a row', text: `another computation up to ${name(last)}, and the same from there on` };
  return undefined;
};
