import { operator } from '../../contract/operator.ts';

/** Slots: whether a row has been seen, the last close, the sum. */
const SEEN = 0;
const CLOSE = 1;
const SUM = 2;

/**
 * On-balance volume: the volume of rising rows less that of falling ones, begun with the first row's volume. A row with NaN
 * is skipped.
 *
 * Cost: 2 ns a row.
 */
export const obv = operator({
  name: 'obv',
  family: 'volume',
  version: 1,
  summary: 'On-balance volume',
  formula: 'obv[i] = obv[i-1] + sign(close[i] - close[i-1]) * volume[i]; first value: volume[0]',
  source: 'Granville: New Key to Stock Market Profits (1963); TA-Lib OBV',
  inputs: ['close', 'volume'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'unbounded' }),
  nan: 'skip',
  history: () => 0,
  slots: () => 3,
  run: ({ in: { 0: close, 1: volume }, out: { 0: out }, state }, from, to) => {
    let seen = state[SEEN];
    let last = state[CLOSE];
    let sum = state[SUM];
    for (let i = from; i < to; i++) {
      const c = close[i];
      const v = volume[i];
      if (c !== c || v !== v) {
        out[i] = NaN;
        continue;
      }
      if (seen === 0 || c > last) sum += v;
      else if (c < last) sum -= v;
      seen = 1;
      last = c;
      out[i] = sum;
    }
    state[SEEN] = seen;
    state[CLOSE] = last;
    state[SUM] = sum;
  },
  instruction: { name: 'obv' },
});
