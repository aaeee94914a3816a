import { operator } from '../../contract/operator.ts';

/**
 * Typical price of a bar.
 *
 * Cost: 1 ns a row.
 */
export const typprice = operator({
  name: 'typprice',
  family: 'transform',
  version: 1,
  summary: 'Typical price',
  formula: '(high + low + close) / 3',
  source: 'TA-Lib TYPPRICE',
  inputs: ['high', 'low', 'close'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: high, 1: low, 2: close }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = (high[i] + low[i] + close[i]) / 3;
  },
  instruction: { name: 'typprice' },
});
