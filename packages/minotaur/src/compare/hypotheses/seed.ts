/** Another start, whose difference fades: an average that was seeded otherwise, or began elsewhere. */
import { log } from 'minotaur-core/internal/base/elementary/index';
import { jumpsOf } from '../measures/jumps.ts';
import { apart, NOTHING, type Pattern } from '../measures/pattern.ts';

/** Rows in which what fades has halved; NaN where it does not fade evenly. */
function halfLifeOf(x: Float64Array): number {
  const rows: number[] = [];
  for (let i = 0; i < x.length; i++) if (x[i] > 1e-12) rows.push(i);
  if (rows.length < 12) return NaN;
  // The largest of some rows: a difference may cross zero on the way.
  const heights = rows.map((_, k) => log(Math.max(...rows.slice(Math.max(0, k - 8), k + 1).map((i) => x[i]))));
  const n = rows.length;
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v / n, 0);
  const [mx, my] = [mean(rows), mean(heights)];
  let [xx, xy, yy] = [0, 0, 0];
  rows.forEach((row, k) => {
    xx += (row - mx) * (row - mx);
    xy += (row - mx) * (heights[k] - my);
    yy += (heights[k] - my) * (heights[k] - my);
  });
  const slope = xy / xx;
  return slope < 0 && xy / Math.sqrt(xx * yy) < -0.9 ? log(2) / -slope : NaN;
}

export const seed: Pattern = (pair, { starts }) => {
  const x = apart(pair);
  const begins = starts.map((start) => {
    let first = start;
    while (first < x.length && x[first] !== x[first]) first++;
    return first;
  });
  const jumps = jumpsOf(pair);
  if (jumps.length === 0 || !jumps.every((row) => begins.some((first) => row >= first && row <= first + 2)))
    return undefined;
  const [first] = begins;
  const end = starts[1] ?? x.length;
  const length = end - first;
  const part = Math.max(5, Math.floor(length / 20));
  const most = (from: number, to: number): number => {
    let largest = 0;
    for (let i = from; i < to; i++) if (x[i] > largest) largest = x[i];
    return largest;
  };
  const [head, tail] = [most(first, first + part), most(end - part, end)];
  if (head <= NOTHING || tail >= 0.05 * head) return undefined;
  let last = end - 1;
  while (last > first && !(x[last] > NOTHING)) last--;
  // Of a long column the part that fades says as much.
  const halfLife = halfLifeOf(x.subarray(first, Math.min(end, first + 4096)));
  const how =
    halfLife === halfLife
      ? `half every ${Number(halfLife.toPrecision(3))} rows`
      : `it is over after ${last - first + 1} rows`;
  return { cause: 'another seed', text: `B began otherwise and the difference fades: ${how}` };
};
