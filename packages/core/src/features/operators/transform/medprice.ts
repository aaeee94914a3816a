import { operator } from '../../contract/operator.ts';

/**
 * Middle of a bar's range.
 *
 * Cost: 1 ns a row.
 */
export const medprice = operator({
  name: 'medprice',
  family: 'transform',
  version: 1,
  summary: 'Median price',
  formula: '(high + low) / 2',
  source: 'TA-Lib MEDPRICE',
  inputs: ['high', 'low'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: high, 1: low }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = (high[i] + low[i]) / 2;
  },
});
