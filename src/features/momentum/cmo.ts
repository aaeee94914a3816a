import { fadingMemory, operator, period } from '../operator.ts';

/** Slots: values seen (up to period + 1), the last value, average change and average movement (sums while seeding). */
const SEEN = 0;
const LAST = 1;
const CHANGE = 2;
const MOVEMENT = 3;

/** TA-Lib takes movement below this for none. */
const NO_MOVEMENT = 1e-14;

/**
 * Chande momentum oscillator: gains less losses as a share of all movement, averaged as `rsi` does it (Chande took plain
 * sums; TA-Lib does not). 0 where nothing moved. A row with NaN is skipped.
 *
 * Cost: 5 ns a row.
 */
export const cmo = operator({
  name: 'cmo',
  family: 'momentum',
  version: 1,
  summary: 'Chande momentum oscillator, -100 to 100',
  formula: '100 * (gain - loss) / (gain + loss), averages: a[i] = a[i-1] * (1 - 1/period) + change / period',
  source: 'Chande, Kroll: The New Technical Trader (1994); TA-Lib CMO',
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
      out[i] = movement < NO_MOVEMENT ? 0 : 100 * (net / movement);
    }
    state[SEEN] = seen;
    state[LAST] = last;
    state[CHANGE] = net;
    state[MOVEMENT] = movement;
  },
});
