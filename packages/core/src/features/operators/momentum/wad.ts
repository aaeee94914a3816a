import { addExact } from '../../../base/exact.ts';
import { operator } from '../../contract/operator.ts';

/** Slots: whether a row has been seen, the last close, the sum in two parts. */
const SEEN = 0;
const CLOSE = 1;
const SUM = 2;

/**
 * Williams' accumulation/distribution: how far a rising close is above the low, and a falling one below the high, of its true range,
 * summed from the first row without rounding. No volume, as in the form that is in use. It depends on where it starts: take differences of
 * it. A row with NaN is skipped.
 *
 * Cost: 9 ns a row.
 */
export const wad = operator({
  name: 'wad',
  family: 'momentum',
  version: 1,
  summary: "Williams' accumulation/distribution",
  formula:
    'wad[i] = wad[i-1] + close - min(low, close[i-1]) where close rose, + close - max(high, close[i-1]) where it fell; first value: 0',
  source: 'Achelis: Technical Analysis from A to Z (2000); TA-Lib WAD',
  inputs: ['high', 'low', 'close'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'unbounded' }),
  nan: 'skip',
  history: () => 0,
  slots: () => 4,
  run: ({ in: { 0: highs, 1: lows, 2: closes }, out: { 0: out }, state }, from, to) => {
    for (let i = from; i < to; i++) {
      const high = highs[i];
      const low = lows[i];
      const close = closes[i];
      if (high !== high || low !== low || close !== close) {
        out[i] = NaN;
        continue;
      }
      const last = state[CLOSE];
      if (state[SEEN] !== 0 && close > last) addExact(state, SUM, close - Math.min(low, last));
      else if (state[SEEN] !== 0 && close < last) addExact(state, SUM, close - Math.max(high, last));
      state[SEEN] = 1;
      state[CLOSE] = close;
      out[i] = state[SUM] + state[SUM + 1];
    }
  },
});
