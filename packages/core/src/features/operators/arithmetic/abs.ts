import { operator } from '../../contract/operator.ts';

/**
 * Distance from zero.
 *
 * Cost: 1 ns a row.
 */
export const abs = operator({
  name: 'abs',
  family: 'arithmetic',
  version: 1,
  summary: 'Absolute value',
  formula: '|x[i]|',
  source: 'plain',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = Math.abs(x[i]);
  },
  instruction: { name: 'abs' },
});
