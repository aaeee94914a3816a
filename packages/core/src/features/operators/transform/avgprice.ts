import { operator } from '../../contract/operator.ts';

/**
 * Average price of a bar.
 *
 * Cost: 1 ns a row.
 */
export const avgprice = operator({
  name: 'avgprice',
  family: 'transform',
  version: 1,
  summary: 'Average price',
  formula: '(open + high + low + close) / 4',
  source: 'TA-Lib AVGPRICE',
  inputs: ['open', 'high', 'low', 'close'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: open, 1: high, 2: low, 3: close }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = (high[i] + low[i] + close[i] + open[i]) / 4;
  },
});
