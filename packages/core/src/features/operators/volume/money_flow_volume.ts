import { operator } from '../../contract/operator.ts';

/**
 * Volume weighted by where the close stands in the range of its bar: all of it at the high, none in the middle, all of it negative at the
 * low. 0 where the bar has no range.
 *
 * Cost: 3 ns a row.
 */
export const moneyFlowVolume = operator({
  name: 'money_flow_volume',
  family: 'volume',
  version: 1,
  summary: 'Volume by the place of the close in the bar',
  formula: '((close - low) - (high - close)) / (high - low) * volume, 0 where high = low',
  source: 'Chaikin; step of TA-Lib AD and CMF',
  inputs: ['high', 'low', 'close', 'volume'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: high, 1: low, 2: close, 3: volume }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      const range = high[i] - low[i];
      const above = close[i] - low[i] - (high[i] - close[i]);
      // Without range 0, or NaN if there is one in what was read.
      out[i] = range > 0 ? (above / range) * volume[i] : (range + above + volume[i]) * 0;
    }
  },
});
