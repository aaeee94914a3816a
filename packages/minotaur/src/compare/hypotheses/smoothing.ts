/** B is an average of A over some rows. */
import type { Explanation, Hypothesis, Pair } from '../measures/pair.ts';
import { isNear } from '../measures/pair.ts';
import { medianOf, pick } from '../measures/robust.ts';

const LONGEST = 60;

function averaged(values: Float64Array, rows: number): Float64Array {
  return values.map((_, i) => {
    if (i + 1 < rows) return NaN;
    let sum = 0;
    for (let k = i + 1 - rows; k <= i; k++) sum += values[k];
    return sum / rows;
  });
}

/** The length whose average is B in most of some rows; 0 where there is none. */
function lengthOf({ a, b, scale }: Pair): number {
  const step = Math.max(1, Math.floor((a.length - LONGEST) / 60));
  for (let rows = 2; rows <= LONGEST; rows++) {
    let [right, asked] = [0, 0];
    for (let i = LONGEST; i < a.length; i += step) {
      let sum = 0;
      for (let k = i + 1 - rows; k <= i; k++) sum += a[k];
      if (sum !== sum || b[i] !== b[i]) continue;
      asked++;
      if (isNear(sum / rows, b[i], scale)) right++;
    }
    if (asked >= 20 && right >= 0.9 * asked) return rows;
  }
  return 0;
}

/** Every value a share of the way from the one before to A. */
function exponential(a: Float64Array, b: Float64Array, share: number): Float64Array {
  return a.map((x, i) => (i === 0 || b[i - 1] !== b[i - 1] ? b[i] : b[i - 1] + share * (x - b[i - 1])));
}

export const smoothing: Hypothesis = (pair) => {
  const { a, b, scale } = pair;
  if (a.length < 2 * LONGEST) return [];
  const found: Explanation[] = [];
  const rows = lengthOf(pair);
  if (rows > 0)
    found.push({
      cause: 'average',
      text: `the average of A over ${rows} rows`,
      cost: 1.5,
      canLead: false,
      lacks: [rows - 1, 0],
      predict: (from) => averaged(from, rows),
    });
  const shares = b.map((y, i) => {
    const way = i === 0 ? NaN : a[i] - b[i - 1];
    return Math.abs(way) > 1e-3 * scale ? (y - b[i - 1]) / way : NaN;
  });
  const share = medianOf(pick(shares));
  if (share > 1e-3 && share < 0.999)
    found.push({
      cause: 'average',
      text: `an exponential average of A, each value ${Number(share.toPrecision(4))} of the way to A (span ${Number((2 / share - 1).toPrecision(4))})`,
      cost: 1.52,
      canLead: false,
      predict: (from, to) => exponential(from, to, share),
    });
  return found;
};
