import { operator } from '../../contract/operator.ts';

/**
 * `factor * sqrt(x)`: a standard deviation in the units asked for, from a variance.
 *
 * Cost: 2 ns a row.
 */
export const scaledRoot = operator({
  name: 'scaled_root',
  family: 'statistic',
  version: 1,
  summary: 'Square root times a factor',
  formula: 'factor * sqrt(x)',
  source: 'last step of TA-Lib STDDEV',
  inputs: ['x'],
  outputs: ['value'],
  params: [{ name: 'factor', min: -1e9, max: 1e9, integer: false, meaning: 'what the root is multiplied by' }],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  undefinedWhen: 'x is negative',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: factor } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = Math.sqrt(x[i]) * factor;
  },
});
