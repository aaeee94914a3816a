import { fadingMemory, operator, period } from '../operator.ts';

/** Slots: values seen (up to period + 1), the last value, average gain and loss (sums while seeding). */
const SEEN = 0;
const LAST = 1;
const GAIN = 2;
const LOSS = 3;

/** TA-Lib takes movement below this for none. */
const NO_MOVEMENT = 1e-14;

/**
 * Wilder's relative strength index: the share of gains in all movement, both averaged with weight 1 / period and seeded
 * by the mean of the first `period` changes. 0 where nothing moved. A row with NaN is skipped.
 *
 * Cost: 5 ns a row.
 */
export const rsi = operator({
  name: 'rsi',
  family: 'momentum',
  version: 1,
  summary: 'Relative strength index, 0 to 100',
  formula: '100 * gain / (gain + loss), averages: a[i] = a[i-1] * (1 - 1/period) + change / period',
  source: 'Wilder: New Concepts in Technical Trading Systems (1978); TA-Lib RSI',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2, 'rows of the average')],
  lookback: ([n]) => n,
  memory: ([n]) => fadingMemory(1 / n, n + 1),
  nan: 'skip',
  history: () => 0,
  slots: () => 4,
  run: ({ in: [x], out: [out], params: [n], state }, from, to) => {
    const weight = 1 / n;
    const keep = 1 - weight;
    let seen = state[SEEN];
    let last = state[LAST];
    let gain = state[GAIN];
    let loss = state[LOSS];
    for (let i = from; i < to; i++) {
      const value = x[i];
      if (value !== value) {
        out[i] = NaN;
        continue;
      }
      const change = value - last;
      last = value;
      const up = change > 0 ? change : 0;
      const down = change < 0 ? -change : 0;
      if (seen > n) {
        gain = gain * keep + up * weight;
        loss = loss * keep + down * weight;
      } else {
        // The first row has no change yet.
        if (seen > 0) {
          gain += up * weight;
          loss += down * weight;
        }
        if (seen++ < n) {
          out[i] = NaN;
          continue;
        }
      }
      const total = gain + loss;
      out[i] = total < NO_MOVEMENT ? 0 : (gain / total) * 100;
    }
    state[SEEN] = seen;
    state[LAST] = last;
    state[GAIN] = gain;
    state[LOSS] = loss;
  },
});
