import { operator } from '../../contract/operator.ts';

/**
 * Typical price in which the close counts twice.
 *
 * Cost: 1 ns a row.
 */
export const wclprice = operator({
  name: 'wclprice',
  family: 'transform',
  version: 1,
  summary: 'Weighted close price',
  formula: '(high + low + 2 * close) / 4',
  source: 'TA-Lib WCLPRICE',
  inputs: ['high', 'low', 'close'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: high, 1: low, 2: close }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = (high[i] + low[i] + close[i] * 2) / 4;
  },
});
