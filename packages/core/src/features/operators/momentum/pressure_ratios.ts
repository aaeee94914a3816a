import { operator, period } from '../../contract/operator.ts';

/** TA-Lib takes a range below this in the whole window for none. */
const NO_RANGE = 1e-14;

/**
 * Last step of the ultimate oscillator: sum of `pressure` over sum of `range` in three windows that end at the current
 * row, weighted 4, 2 and 1 from the shortest to the longest. A window without range counts 0. The windows are nested, so
 * that one walk back from the newest row, begun anew in each row, gives all sums.
 *
 * Cost: 0.6 ns per row of the longest window.
 */
export const pressureRatios = operator({
  name: 'pressure_ratios',
  family: 'momentum',
  version: 1,
  summary: 'Weighted mean of three ratios of window sums, in percent',
  formula: '100 / 7 * (4 * p1 / r1 + 2 * p2 / r2 + p3 / r3), sums over the shortest to the longest window',
  source: 'last step of TA-Lib ULTOSC',
  inputs: ['pressure', 'range'],
  outputs: ['value'],
  params: [
    period(1, 'rows of the first window', 'p1'),
    period(1, 'rows of the second window', 'p2'),
    period(1, 'rows of the third window', 'p3'),
  ],
  lookback: ([p1, p2, p3]) => Math.max(p1, p2, p3) - 1,
  memory: ([p1, p2, p3]) => ({ class: 'finite', rows: Math.max(p1, p2, p3) }),
  nan: 'window',
  history: ([p1, p2, p3]) => Math.max(p1, p2, p3) - 1,
  slots: () => 0,
  run: ({ in: { 0: pressure, 1: range }, out: { 0: out }, params: { 0: p1, 1: p2, 2: p3 } }, from, to) => {
    const shortest = Math.min(p1, p2, p3);
    const longest = Math.max(p1, p2, p3);
    const middle = p1 + p2 + p3 - shortest - longest;
    // Two rows at a time, the last one twice where it is left over: each addition waits for the one before it.
    for (let i = from; i < to; i += 2) {
      const j = i + 1 < to ? i + 1 : i;
      const step = j - i;
      let p = 0;
      let r = 0;
      let nextP = 0;
      let nextR = 0;
      let k = i;
      for (const end = i - shortest; k > end; k--) {
        p += pressure[k];
        r += range[k];
        nextP += pressure[k + step];
        nextR += range[k + step];
      }
      let sum = r < NO_RANGE ? 0 : 4 * (p / r);
      let nextSum = nextR < NO_RANGE ? 0 : 4 * (nextP / nextR);
      for (const end = i - middle; k > end; k--) {
        p += pressure[k];
        r += range[k];
        nextP += pressure[k + step];
        nextR += range[k + step];
      }
      sum += r < NO_RANGE ? 0 : 2 * (p / r);
      nextSum += nextR < NO_RANGE ? 0 : 2 * (nextP / nextR);
      for (const end = i - longest; k > end; k--) {
        p += pressure[k];
        r += range[k];
        nextP += pressure[k + step];
        nextR += range[k + step];
      }
      sum += r < NO_RANGE ? p - p : p / r;
      nextSum += nextR < NO_RANGE ? nextP - nextP : nextP / nextR;
      out[i] = (100 * sum) / 7;
      out[j] = (100 * nextSum) / 7;
    }
  },
  instruction: { name: 'pressure_ratios', numbers: (params) => [...params].sort((a, b) => a - b) },
});
