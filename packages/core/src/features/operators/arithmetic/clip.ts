import { operator } from '../../contract/operator.ts';

/**
 * The value, but no less than low and no more than high.
 *
 * Cost: 3 ns a row.
 */
export const clip = operator({
  name: 'clip',
  family: 'arithmetic',
  version: 1,
  summary: 'Value held between two bounds',
  formula: 'min(max(x[i], low), high)',
  source: 'pandas Series.clip',
  inputs: ['x'],
  outputs: ['value'],
  params: [
    { name: 'low', min: -Number.MAX_VALUE, max: Number.MAX_VALUE, integer: false, meaning: 'least value' },
    { name: 'high', min: -Number.MAX_VALUE, max: Number.MAX_VALUE, integer: false, meaning: 'greatest value' },
  ],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  check: ([low, high]) => (low <= high ? undefined : 'low of clip to be at most high'),
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: low, 1: high } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = x[i] < low ? low : x[i] > high ? high : x[i];
  },
});
