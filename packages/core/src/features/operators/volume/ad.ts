import { operator } from '../../contract/operator.ts';

/** Slot: the sum. */
const SUM = 0;

/**
 * Accumulation/distribution line: volume weighted by where the close stands in the bar's range, summed from the start.
 * A bar without range adds nothing. A row with NaN is skipped.
 *
 * Cost: 5 ns a row.
 */
export const ad = operator({
  name: 'ad',
  family: 'volume',
  version: 1,
  summary: 'Accumulation/distribution line',
  formula: 'ad[i] = ad[i-1] + ((close - low) - (high - close)) / (high - low) * volume',
  source: 'Chaikin; TA-Lib AD',
  inputs: ['high', 'low', 'close', 'volume'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'unbounded' }),
  nan: 'skip',
  history: () => 0,
  slots: () => 1,
  run: ({ in: { 0: high, 1: low, 2: close, 3: volume }, out: { 0: out }, state }, from, to) => {
    let sum = state[SUM];
    for (let i = from; i < to; i++) {
      const h = high[i];
      const l = low[i];
      const c = close[i];
      const v = volume[i];
      if (h !== h || l !== l || c !== c || v !== v) {
        out[i] = NaN;
        continue;
      }
      const range = h - l;
      if (range > 0) sum += ((c - l - (h - c)) / range) * v;
      out[i] = sum;
    }
    state[SUM] = sum;
  },
});
