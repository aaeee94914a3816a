import { operator } from '../../contract/operator.ts';

/** TA-Lib takes a range below this for none. */
const NO_RANGE = 1e-14;

/**
 * Balance of power: the body of a bar as a share of its range; 0 where the range is below 1e-14.
 *
 * Cost: 4 ns a row.
 */
export const bop = operator({
  name: 'bop',
  family: 'momentum',
  version: 1,
  summary: 'Balance of power, -1 to 1',
  formula: '(close - open) / (high - low), 0 where high = low',
  source: 'Livshin: Balance of Market Power (Stocks & Commodities, 2001); TA-Lib BOP',
  inputs: ['open', 'high', 'low', 'close'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: open, 1: high, 2: low, 3: close }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      const range = high[i] - low[i];
      const body = close[i] - open[i];
      // body - body is 0 unless it is NaN.
      out[i] = range < NO_RANGE ? body - body : body / range;
    }
  },
});
