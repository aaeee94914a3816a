import { fadingMemory, operator, period } from '../operator.ts';

/** Slots: values seen (up to period + 1), the last value, average change and average movement (sums while seeding). */
const SEEN = 0;
const LAST = 1;
const CHANGE = 2;
const MOVEMENT = 3;

/** TA-Lib takes movement below this for none. */
const NO_MOVEMENT = 1e-14;

/**
 * Wilder's relative strength index: the share of gains in all movement, both averaged with weight 1 / period and seeded
 * by the mean of the first `period` changes. 0 where nothing moved. A row with NaN is skipped. Change and its size are
 * averaged instead of gains and losses, which is the same without a branch that nothing could predict.
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
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n }, state }, from, to) => {
    const weight = 1 / n;
    const keep = 1 - weight;
    let seen = state[SEEN];
    let last = state[LAST];
    let net = state[CHANGE];
    let movement = state[MOVEMENT];
    for (let i = from; i < to; i++) {
      const value = x[i];
      if (value !== value) {
        out[i] = NaN;
        continue;
      }
      const change = value - last;
      last = value;
      if (seen > n) {
        net = net * keep + change * weight;
        movement = movement * keep + Math.abs(change) * weight;
      } else {
        // The first row has no change yet.
        if (seen > 0) {
          net += change * weight;
          movement += Math.abs(change) * weight;
        }
        if (seen++ < n) {
          out[i] = NaN;
          continue;
        }
      }
      out[i] = movement < NO_MOVEMENT ? 0 : 50 + 50 * (net / movement);
    }
    state[SEEN] = seen;
    state[LAST] = last;
    state[CHANGE] = net;
    state[MOVEMENT] = movement;
  },
});
