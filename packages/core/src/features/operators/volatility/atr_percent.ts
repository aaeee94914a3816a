import { operator, period } from '../../contract/operator.ts';

/**
 * Last step of `natr`: a range in percent of the price, 0 where that is 0. As in TA-Lib a period of 1 leaves the range
 * as it is.
 *
 * Cost: 1 ns a row.
 */
export const atrPercent = operator({
  name: 'atr_percent',
  family: 'volatility',
  version: 1,
  summary: 'Range in percent of the price',
  formula: '100 * x / price, 0 where price = 0; x itself for period 1',
  source: 'last step of TA-Lib NATR',
  inputs: ['x', 'price'],
  outputs: ['value'],
  params: [period(1, 'rows of the average')],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x, 1: price }, out: { 0: out }, params: { 0: n } }, from, to) => {
    for (let i = from; i < to; i++) {
      const range = x[i];
      // Period 1 has no use for the price, but a row without one is a row without a value.
      if (n === 1) out[i] = price[i] === price[i] ? range : NaN;
      else out[i] = price[i] === 0 ? range - range : (range / price[i]) * 100;
    }
  },
  instruction: { name: 'atr_percent' },
});
