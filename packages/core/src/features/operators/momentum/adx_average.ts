import { fadingMemory, operator, period } from '../../contract/operator.ts';

/** Slots: rows seen (up to the period), the average (the sum while seeding). */
const SEEN = 0;
const AVERAGE = 1;

/**
 * Wilder's average of the directional index `100 * |plus - minus| / (|plus| + |minus|)`. A row without movement counts as 0
 * in the seed and later holds the average, as in TA-Lib. A row with NaN is skipped.
 *
 * Cost: 5 ns a row.
 */
export const adxAverage = operator({
  name: 'adx_average',
  family: 'momentum',
  version: 3,
  summary: 'Wilder average of the directional index, from both indicators',
  formula: 'adx[i] = (adx[i-1] * (period - 1) + dx[i]) / period; first value: mean of the first period dx',
  source: 'last step of TA-Lib ADX',
  inputs: ['plus', 'minus'],
  outputs: ['value'],
  params: [period(2, 'rows of the average')],
  lookback: ([n]) => n - 1,
  memory: ([n], tolerance) => fadingMemory(1 / n, n, tolerance),
  nan: 'skip',
  history: () => 0,
  slots: () => 2,
  run: ({ in: { 0: plus, 1: minus }, out: { 0: out }, params: { 0: n }, state }, from, to) => {
    const weight = 1 / n;
    let seen = state[SEEN];
    let average = state[AVERAGE];
    for (let i = from; i < to; i++) {
      const total = Math.abs(plus[i]) + Math.abs(minus[i]);
      if (total !== total) {
        out[i] = NaN;
        continue;
      }
      const moved = total > 0;
      const dx = moved ? 100 * (Math.abs(plus[i] - minus[i]) / total) : 0;
      if (seen < n) {
        // Divided once: n products of a rounded 1 / n can come to more than the largest dx.
        average += dx;
        if (++seen === n) average /= n;
        out[i] = seen < n ? NaN : average;
      } else {
        if (moved) average += (dx - average) * weight;
        out[i] = average;
      }
    }
    state[SEEN] = seen;
    state[AVERAGE] = average;
  },
  instruction: { name: 'adx_average', numbers: ([n]) => [n, 1 / n] },
});
